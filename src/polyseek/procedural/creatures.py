"""What made animals share: coats, smooth bodies, eyes and legs."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import Point, spline, sweep, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import material, paint
from polyseek.procedural.polygons import regular
from polyseek.procedural.solids import (
    Solid,
    ellipsoid,
    sphere,
)

EYE = material("eye", "#26242a", roughness=0.2)


def fur(draw: Draw, *coats: tuple[str, str]) -> Material:
    return material(*draw.pick(*coats), roughness=0.9)


def smooth_body(points: list[Point], radii: list[float], *, sides: int = 18, flat: float = 1.0) -> Solid:
    """A smooth body along a spline, its ends rounded off. `flat` below 1 makes it slim sideways."""
    path = spline(points, 22)
    t = np.linspace(0, 1, 22)
    wide = np.interp(t, np.linspace(0, 1, len(radii)), radii)
    wide = np.convolve(np.pad(wide, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    ends = np.sqrt(np.clip(1 - (np.abs(2 * t - 1) ** 9), 0, 1))
    wide = np.maximum(wide * ends, 1e-4)
    section = regular(sides, 1.0) * [1.0, flat]
    return sweep(path, section[None] * wide[:, None, None])


def add_eyes(model: Assembly, x: float, y: float, z: float, size: float) -> None:
    for side in (-1, 1):
        model.add("eye", sphere(size, sides=12), EYE, [(side * x, y, z)])
        model.add(
            "eye shine",
            sphere(size * 0.32, sides=8),
            paint("white"),
            [(side * x * 1.05 + size * 0.2, y + size * 0.5, z + size * 0.72)],
        )


def add_legs(
    model: Assembly,
    skin: Material,
    height: float,
    radius: float,
    at: list[tuple[float, float]],
    foot: Material,
) -> None:
    for x, z in at:
        leg = tube(
            spline([(x * 0.9, height * 1.25, z), (x, height * 0.55, z), (x, 0.02, z)], 10),
            [radius * 1.35, radius * 0.9, radius * 0.85],
        )
        model.add("leg", leg, skin)
        model.add(
            "paw",
            ellipsoid(radius * 1.05, radius * 0.7, radius * 1.4, sides=14),
            foot,
            [(x, radius * 0.68, z + radius * 0.35)],
        )
