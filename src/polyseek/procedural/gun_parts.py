"""What made firearms share: their metals, plates cut to an outline, triggers."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.solids import (
    Solid,
    extrusion,
)  # fmt: skip

STEELS = (
    ("black", "#2f3136"),
    ("gunmetal", "#4d5359"),
    ("steel", "#8f959b"),
    ("tan", "#b09a70"),
    ("olive", "#66704a"),
)


def plate(points: list[tuple[float, float]], depth: float) -> Solid:
    """An outline of (x, y) points pulled along z."""
    return extrusion(np.array(points), depth)


def add_guard(model: Assembly, x: float, y: float, size: float, skin: Material) -> None:
    """A trigger and the loop around it, hanging below (x, y)."""
    loop = [
        (x - size * 0.6, y, 0),
        (x - size * 0.5, y - size * 0.8, 0),
        (x + size * 0.5, y - size * 0.85, 0),
        (x + size * 0.7, y, 0),
    ]
    model.add("trigger guard", tube(spline(loop, 10), size * 0.09, sides=6), skin)
    model.add(
        "trigger",
        tube([(x, y + size * 0.1, 0), (x + size * 0.05, y - size * 0.55, 0)], size * 0.08, sides=6),
        skin,
    )
