"""Solids from how a thing looks: a side view given a width, cross sections joined along its length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from polyseek.procedural.solids import Solid, extrusion, lathe, loft


def side_view(outline: Sequence[tuple[float, float]], width: float, *, tuck: float = 0.0) -> Solid:
    """A side view, points (z, y), given a width along x; its upper half drawn in by the share `tuck`."""
    solid = extrusion(np.array(outline, np.float64), width).turned("y", -90)
    high = solid.vertices[:, 1]
    middle = (high.min() + high.max()) / 2
    share = np.clip((high - middle) / max(float(high.max() - middle), 1e-9), 0, 1)
    vertices = solid.vertices.copy()
    vertices[:, 0] *= 1 - tuck * share
    return Solid(vertices, solid.faces)


def along_z(profile: Sequence[tuple[float, float]], *, sides: int = 20) -> Solid:
    """The profile [(radius, z), ...] turned about the Z axis."""
    return lathe(profile, sides=sides).turned("x", 90)


def along_x(profile: Sequence[tuple[float, float]], *, sides: int = 20) -> Solid:
    """The profile [(radius, x), ...] turned about the X axis."""
    return lathe(profile, sides=sides).turned("z", -90)


def hull(stations: Sequence[tuple[float, float, float, float]], *, chine: float = 0.6) -> Solid:
    """A boat's solid hull along z from stations (z, half width at the deck, keel y, deck y).

    `chine`: how wide the hull is half way down, as a share of the deck.
    """
    rings = [
        [
            (-half, deck, z),
            (-half * (0.5 + chine / 2), keel + 0.55 * (deck - keel), z),
            (-half * chine * 0.75, keel + 0.15 * (deck - keel), z),
            (0, keel, z),
            (half * chine * 0.75, keel + 0.15 * (deck - keel), z),
            (half * (0.5 + chine / 2), keel + 0.55 * (deck - keel), z),
            (half, deck, z),
        ]
        for z, half, keel, deck in stations
    ]
    return loft(np.array(rings, float))


def wing(span: float, root: float, tip: float, sweep: float, thick: float, *, rise: float = 0.0) -> Solid:
    """A wing out to +x: chords `root` and `tip` along z, its tip `sweep` further back and `rise` higher."""
    rings = [
        [(x, y + thick * scale / 2, z + c / 2), (x, y - thick * scale / 2, z + c / 2),
         (x, y - thick * scale / 2, z - c / 2), (x, y + thick * scale / 2, z - c / 2)]
        for x, y, z, c, scale in ((0, 0, 0, root, 1.0), (span, rise, -sweep, tip, 0.4))
    ]  # fmt: skip
    return loft(np.array(rings, float))
