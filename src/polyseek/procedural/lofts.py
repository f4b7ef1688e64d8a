"""Lofts: solids through stacked or nested outlines, which make basins, frames, shoes and cases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from polyseek.procedural.solids import Solid, box, loft, rounded_box


def stacked(levels: Sequence[tuple[Float[np.ndarray, "n 2"], float]]) -> Solid:
    """Outlines of (x, z) points, all with as many points, each at its height y in metres, joined in their order.

    Heights that fall again after rising make a vessel: its outside first, then its inside. Both ends
    are capped, so the first and the last outline must be star-shaped about their centre.
    """
    rings = [
        np.column_stack([outline[:, 0], np.full(len(outline), y), outline[:, 1]]) for outline, y in levels
    ]
    return loft(np.stack(rings))


def framed(outer: Float[np.ndarray, "n 2"], inner: Float[np.ndarray, "n 2"], depth: float) -> Solid:
    """What lies between two outlines of (x, y) points, pulled along z by `depth` metres, centred on z = 0."""
    z = np.full(len(outer), depth / 2)
    rings = [
        np.column_stack([outline, side])
        for outline, side in ((outer, z), (outer, -z), (inner, -z), (inner, z))
    ]
    return loft(np.stack(rings), loop=True)


def block(width: float, height: float, depth: float, softness: float) -> Solid:
    """A box on y = 0 whose edges are rounded by `softness` (0 to 0.5) times its smallest side; 0 keeps them sharp.

    Below 0.1 the edges are bevelled, with one flat step.
    """
    if softness <= 0:
        return box(width, height, depth)
    smallest = min(width, height, depth)
    return rounded_box(width, height, depth, softness * smallest, steps=1 if softness < 0.1 else 3)
