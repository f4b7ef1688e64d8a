"""What made buildings share: roofs, windows, doors, and what walls and roofs are made of."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import material, metal, paint
from polyseek.procedural.polygons import rectangle
from polyseek.procedural.solids import (
    Solid,
    box,
    extrusion,
    loft,
    merged,
    sphere,
)  # fmt: skip

PANE = material("window", "#9cc3d3", roughness=0.15)
LIT = material("lamp light", "#ffe3a0", glow=0.8)


def gable(width: float, height: float, depth: float) -> Solid:
    """A roof ridge along z: a triangle `width` wide, standing on y = 0."""
    return extrusion(np.array([(-width / 2, 0), (width / 2, 0), (0, height)]), depth)


def hip(width: float, height: float, depth: float) -> Solid:
    """A roof that slopes on all four sides."""
    low, ridge = rectangle(width, depth), rectangle(width * 0.04, max(depth - width, depth * 0.04))
    rings = [
        np.column_stack([points[:, 0], np.full(4, y), points[:, 1]])
        for points, y in ((low, 0.0), (ridge, height))
    ]
    return loft(np.stack(rings))


def add_window(
    model: Assembly, x: float, y: float, z: float, width: float, height: float, *, turn: float = 0.0
) -> None:
    """A framed window with a cross, centred on (x, y) of the wall at z, the whole turned about Y."""
    frame = merged(
        box(width + 0.14, height + 0.14, 0.06).moved(0, -height / 2 - 0.07),
        box(width + 0.3, 0.07, 0.16).moved(0, -height / 2 - 0.13),
    )
    bars = merged(box(0.05, height, 0.09).moved(0, -height / 2), box(width, 0.05, 0.09).moved(0, -0.025))
    model.add("window frame", frame.moved(x, y, z).turned("y", turn), paint("white"))
    model.add("window pane", box(width, height, 0.08).moved(x, y - height / 2, z).turned("y", turn), PANE)
    model.add("window bar", bars.moved(x, y, z).turned("y", turn), paint("white"))


def add_door(
    model: Assembly,
    z: float,
    skin: Material,
    *,
    width: float = 0.95,
    height: float = 2.05,
    y: float = 0.0,
    x: float = 0.0,
) -> None:
    model.add("door frame", box(width + 0.18, height + 0.09, 0.07), paint("white"), [(x, y, z)])
    model.add("door", box(width, height, 0.11), skin, [(x, y, z)])
    model.add(
        "door knob", sphere(0.05, sides=12), metal("brass"), [(x + width * 0.36, y + height * 0.48, z + 0.08)]
    )


def any_wall(draw: Draw) -> Material:
    return material(
        *draw.pick(
            ("brick", "#b0664f"),
            ("plaster", "#e6dcc6"),
            ("limestone", "#cdc8ba"),
            ("yellow plaster", "#dfc078"),
            ("blue plaster", "#8faec2"),
            ("pink plaster", "#d8a296"),
        ),
        roughness=0.9,
    )


def any_tiles(draw: Draw) -> Material:
    return material(
        *draw.pick(
            ("red tiles", "#a94f3d"),
            ("slate", "#5d656f"),
            ("brown tiles", "#74523f"),
            ("thatch", "#b89a5e"),
            ("green tiles", "#54796a"),
        ),
        roughness=0.9,
    )
