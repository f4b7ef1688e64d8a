"""Statues on pedestals. They look towards +z."""

from __future__ import annotations

from collections.abc import Callable

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.foliage import blob
from polyseek.procedural.memorials import MARBLE
from polyseek.procedural.palette import STONES, lighter, material, metal, stone
from polyseek.procedural.solids import (
    Solid,
    box,
    cone,
    cylinder,
    ellipsoid,
    lathe,
    merged,
    rounded_box,
    sphere,
)  # fmt: skip


def statue(draw: Draw) -> Assembly:
    style = draw.pick("figure", "bust", "knight", "orator", "torch-bearer", "lion")
    skin = draw.pick(
        MARBLE,
        stone("limestone"),
        stone("granite"),
        stone("slate"),
        metal("copper"),
        metal("gold"),
        metal("iron"),
        material("bronze", "#7d6a43", metallic=0.4, roughness=0.5),
        material("patina", "#6fa08c", roughness=0.8),
    )
    base = stone(draw.pick(*STONES))
    statue = Assembly({"style": style, "material": skin.name})
    statue.proportions = draw.stretch(0.08, "xz", "y")
    w, h = draw.between(0.75, 1.0), draw.between(0.5, 1.2)
    round_ = draw.chance(0.35)
    for y, high, wide in ((0.0, 0.14, 1.25), (0.14, h, 0.92), (0.14 + h, 0.12, 1.1)):
        block = cylinder(w * wide * 0.6, high, sides=24) if round_ else box(w * wide, high, w * wide)
        statue.add("pedestal", block, lighter(base, 0.08 if wide > 1 else 0), [(0, y, 0)])
    top = 0.26 + h
    if not round_ and draw.chance(0.6):
        statue.attributes["plaque"] = True
        statue.add("plaque", box(w * 0.5, h * 0.3, 0.03), metal("brass"), [(0, 0.14 + h * 0.4, w * 0.46)])

    def put(label: str, solid: Solid) -> None:
        statue.add(label, solid.moved(0, top, 0), skin)

    if style == "lion":
        put("body", ellipsoid(0.26, 0.28, 0.42, sides=16).turned("x", -28).moved(0, 0.42, -0.05))
        put("mane", blob(draw, 0.3, rough=0.12, sides=16).moved(0, 0.8, 0.22))
        put("head", ellipsoid(0.18, 0.2, 0.2, sides=14).moved(0, 0.84, 0.38))
        put("muzzle", rounded_box(0.17, 0.13, 0.16, 0.05).moved(0, 0.72, 0.52))
        for x in (-0.15, 0.15):
            put("front leg", tube([(x, 0.6, 0.2), (x, 0.05, 0.34)], [0.11, 0.08], sides=10))
            put("paw", ellipsoid(0.1, 0.07, 0.14, sides=10).moved(x, 0.06, 0.4))
            put("haunch", ellipsoid(0.14, 0.22, 0.26, sides=12).moved(x * 1.6, 0.2, -0.15))
        put(
            "tail",
            tube(spline([(0.1, 0.12, -0.38), (0.3, 0.1, -0.36), (0.38, 0.14, -0.1)], 8), 0.045, sides=8),
        )
        return statue
    if style == "bust":
        s = 2.0
        put(
            "shoulders",
            lathe(
                [(0, 0), (0.12, 0), (0.1, 0.08), (0.26, 0.3), (0.24, 0.4), (0.08, 0.46), (0, 0.46)], sides=20
            ).scaled(1.2, 1, 0.75),
        )
        put("neck", cylinder(0.075, 0.2, sides=12).moved(0, 0.42))
        _head(draw, put, 0.74, s)
        return statue
    robed = style in ("figure", "orator") and draw.chance(0.6)
    statue.attributes["robed"] = robed
    if robed:
        put(
            "robe",
            lathe([(0, 0), (0.3, 0), (0.24, 0.3), (0.17, 0.85), (0, 0.88)], sides=14).scaled(1, 1, 0.8),
        )
    else:
        for x in (-0.1, 0.1):
            put(
                "leg",
                tube(
                    [(x, 0.85, 0), (x * 1.15, 0.45, 0.04), (x * 1.25, 0.03, 0.02 + x * 0.6)],
                    [0.11, 0.085, 0.06],
                    sides=10,
                ),
            )
            put("foot", ellipsoid(0.065, 0.05, 0.13, sides=10).moved(x * 1.25, 0.045, 0.07 + x * 0.6))
    put(
        "torso",
        lathe(
            [(0, 0.78), (0.17, 0.8), (0.16, 0.95), (0.23, 1.25), (0.19, 1.38), (0.07, 1.43), (0, 1.43)],
            sides=16,
        ).scaled(1, 1, 0.68),
    )
    put("neck", cylinder(0.06, 0.14, sides=10).moved(0, 1.4))
    _head(draw, put, 1.62, 1.3)
    rest = [(0.22, 1.32, 0), (0.32, 1.05, 0.02), (0.3, 0.8, 0.12)]
    raised = [(0.22, 1.32, 0), (0.4, 1.4, 0.08), (0.42, 1.72, 0.16)]
    bent = [(0.22, 1.32, 0), (0.34, 1.08, 0.02), (0.16, 1.04, 0.24)]
    right = {"orator": raised, "knight": bent, "torch-bearer": raised}.get(
        style, draw.pick(rest, raised, bent)
    )
    left = draw.pick(rest, bent)
    for points, side in ((right, 1), (left, -1)):
        arm = tube(spline(points, 8), [0.075, 0.06, 0.05], sides=8)
        put("arm", arm.scaled(side, 1, 1) if side < 0 else arm)
        put("hand", sphere(0.055, sides=8).moved(side * points[-1][0], points[-1][1], points[-1][2]))
    if style == "knight":
        put(
            "sword",
            merged(
                cylinder(0.025, 0.95, sides=4).moved(0.16, 0.1, 0.27),
                box(0.24, 0.04, 0.05).moved(0.16, 0.98, 0.27),
                sphere(0.04, sides=8).moved(0.16, 1.15, 0.27),
            ),
        )
        put("helmet", lathe([(0.135, 0), (0.15, 0.1), (0.1, 0.22), (0, 0.27)], sides=14).moved(0, 1.6, 0))
        put("cape", box(0.42, 1.1, 0.05).moved(0, 0.25, -0.17))
    elif style == "torch-bearer":
        put(
            "torch",
            merged(cylinder(0.03, 0.3, top=0.06, sides=8), cone(0.08, 0.22, sides=8).moved(0, 0.28)).moved(
                0.42, 1.68, 0.16
            ),
        )
        put(
            "crown",
            merged(
                *(
                    cone(0.025, 0.13, sides=4).turned("x", 60).moved(0, 0.08, 0.12).turned("y", 40 * k)
                    for k in range(-3, 4)
                )
            ).moved(0, 1.68),
        )
    elif style == "orator" and draw.chance(0.5):
        put("book", box(0.2, 0.05, 0.15).moved(-left[-1][0], left[-1][1], left[-1][2] + 0.05))
    return statue


def _head(draw: Draw, put: Callable[[str, Solid], None], y: float, s: float) -> None:
    """A head at height `y`, `s` times life size, with or without hair and beard."""
    put("head", ellipsoid(0.1 * s, 0.13 * s, 0.11 * s, sides=16).moved(0, y, 0.01))
    put("nose", cone(0.02 * s, 0.055 * s, sides=6).moved(0, y - 0.03 * s, 0.115 * s))
    if draw.chance(0.6):
        put("hair", blob(draw, 0.115 * s, rough=0.1, sides=12).moved(0, y + 0.035 * s, -0.02 * s))
    if draw.chance(0.35):
        put("beard", ellipsoid(0.07 * s, 0.09 * s, 0.06 * s, sides=10).moved(0, y - 0.1 * s, 0.07 * s))
