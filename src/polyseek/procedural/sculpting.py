"""Sculpting: the same body as three kinds of artist build it, smooth, faceted or of blocks. Creatures face +z."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creases import CREASE_DEG
from polyseek.procedural.creatures import EYE
from polyseek.procedural.curves import Point, spline, sweep
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import paint
from polyseek.procedural.polygons import regular
from polyseek.procedural.solids import Solid, box, ellipsoid, loft, sphere

Station = tuple[float, float, float, float]


@dataclass(frozen=True)
class Hand:
    """An artist's way of building. `sides`: of round parts; edges sharper than `crease_deg` stay sharp."""

    style: str
    sides: int
    crease_deg: float

    @property
    def blocky(self) -> bool:
        return self.style == "blocky"

    def ball(self, x: float, y: float, z: float) -> Solid:
        """A roundish lump of these half axes, centred on the origin; a box of the same size where blocky."""
        if self.blocky:
            return box(2 * x, 2 * y, 2 * z).moved(y=-y)
        return ellipsoid(x, y, z, sides=self.sides)

    def body(self, stations: Sequence[Station]) -> Solid:
        """A body along z through stations (z, middle y, half width, half height), rounded off at both ends.

        Where blocky it is the box that holds every station but for a tenth.
        """
        z, y, wide, high = np.array(stations, np.float64).T
        if self.blocky:
            low, top = float((y - high).min()), float((y + high).max())
            height = 0.9 * (top - low)
            solid = box(1.8 * float(wide.max()), height, float(np.ptp(z)))
            return solid.moved(y=(low + top - height) / 2, z=float(z.min() + z.max()) / 2)
        steps = 16 if self.style == "smooth" else 9
        middles = spline([(0.0, float(b), float(a)) for a, b in zip(z, y, strict=True)], steps)
        sizes = spline([(float(a), float(b), 0.0) for a, b in zip(wide, high, strict=True)], steps)
        t = np.linspace(-1, 1, steps)
        sizes = sizes[:, :2] * np.sqrt(np.clip(1 - np.abs(t) ** 9, 0, 1))[:, None]
        ring = regular(self.sides, 1.0, phase=90.0)
        rings = np.zeros((steps, self.sides, 3))
        rings[:, :, :2] = ring[None] * np.maximum(sizes, 1e-4)[:, None]
        return loft(rings + middles[:, None])

    def limb(self, path: Sequence[Point], radii: Sequence[float], *, flatten: float = 1.0) -> Solid:
        """A leg, neck or tail along a smooth path, its radii spread evenly over it. `flatten` as in curves.tube."""
        steps = {"smooth": 3 * len(path), "faceted": 2 * len(path), "blocky": len(path)}[self.style]
        points = spline(path, max(steps, 3))
        at = np.linspace(0, 1, len(points))
        wide = np.interp(at, np.linspace(0, 1, len(radii)), radii)
        section = (
            regular(4, 2**0.5 * 0.9, phase=45) if self.blocky else regular(max(6, self.sides // 2 + 1), 1.0)
        )
        return sweep(points, section[None] * [1.0, flatten] * wide[:, None, None])

    def put(
        self,
        model: Assembly,
        label: str,
        solid: Solid,
        material: Material,
        at: Sequence[tuple[float, float, float]] | None = None,
    ) -> None:
        model.add(label, solid, material, at, crease_deg=self.crease_deg)

    def pair(self, model: Assembly, label: str, solid: Solid, material: Material) -> None:
        """A part on the left, and its mirror image on the right."""
        self.put(model, f"left {label}", solid, material)
        self.put(model, f"right {label}", solid.scaled(-1, 1, 1), material)

    def spot(
        self, half: tuple[float, float, float], azimuth_deg: float, elevation_deg: float
    ) -> Float64[np.ndarray, " 3"]:
        """The point of `ball(*half)` in a direction: azimuth from +z towards +x, elevation up."""
        a, e = np.radians(azimuth_deg), np.radians(elevation_deg)
        way = np.array([np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)])
        scaled = np.abs(way) / np.array(half)
        return way / (float(scaled.max()) if self.blocky else float(np.linalg.norm(scaled)))

    def eyes(
        self,
        model: Assembly,
        draw: Draw,
        middle: tuple[float, float, float],
        half: tuple[float, float, float],
        size: float,
        *,
        azimuth_deg: float = 32.0,
        elevation_deg: float = 18.0,
    ) -> None:
        """Two eyes on the head `ball(*half)` at `middle`: dark beads, or white balls with pupils."""
        x, y, z = np.array(middle) + self.spot(half, azimuth_deg, elevation_deg)
        way = np.radians(azimuth_deg)
        if draw.chance(0.6):
            bead = box(size * 1.6, size * 1.6, size * 1.6).moved(y=-size * 0.8) if self.blocky else None
            model.both("eye", (bead or sphere(size, sides=10)).moved(x, y, z), EYE)
            return
        white = box(size * 2.4, size * 2.4, size * 0.9).moved(y=-size * 1.2) if self.blocky else None
        model.both("eye", (white or sphere(size * 1.35, sides=12)).moved(x, y, z), paint("white"))
        gap = size * (0.4 if self.blocky else 0.85)
        ahead = (x + gap * np.sin(way) * 0.8, y + size * 0.1, z + gap * np.cos(way) + size * 0.1)
        model.both("pupil", self.ball(size * 0.75, size * 0.8, size * 0.55).moved(*ahead), EYE)


def any_hand(draw: Draw) -> Hand:
    """Smooth, faceted or blocky, the last more seldom."""
    style = draw.pick("smooth", "smooth", "faceted", "faceted", "blocky")
    if style == "smooth":
        return Hand(style, 16, CREASE_DEG + 20)
    return Hand(style, draw.whole(6, 9) if style == "faceted" else 8, 0.0)


def add_four_legs(
    hand: Hand,
    model: Assembly,
    coat: Material,
    foot: Material,
    at: Sequence[tuple[float, float]],
    height: float,
    radius: float,
    *,
    stride: float = 0.0,
    hoofed: bool = True,
) -> None:
    """Legs at (x, z), right and left of each pair in turn, from `height` to the ground.

    `stride`: how far the feet of opposite corners swing forwards and back, metres. Hoofs are capped
    cylinders, else the foot is a paw.
    """
    for i, (x, z) in enumerate(at):
        step = stride * (1 if i % 3 == 0 else -1)
        knee = (x, height * 0.5, z + step * 0.3 + radius * 0.15)
        leg = hand.limb(
            [(x, height, z), knee, (x, 0.02 * height, z + step)], [radius * 1.45, radius, radius * 0.85]
        )
        hand.put(model, "leg", leg, coat)
        if hoofed:
            shape = hand.ball(radius * 1.05, radius * 1.1, radius * 1.15).moved(y=radius)
            hand.put(model, "hoof", shape, foot, [(x, -0.1 * radius, z + step)])
        else:
            shape = hand.ball(radius * 1.15, radius * 0.75, radius * 1.6).moved(y=radius * 0.7)
            hand.put(model, "paw", shape, foot, [(x, 0, z + step + radius * 0.4)])
