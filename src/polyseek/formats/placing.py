"""Positions in double precision -> single precision, without losing the detail of surveyed coordinates."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Float32, Float64

# Single precision resolves 1 part in 2**24: a model this many of its sides away from the origin has lost 3 digits of it.
FAR_SIDES = 100.0


def single(positions: Float[np.ndarray, "n 3"]) -> Float32[np.ndarray, "n 3"]:
    """Positions in single precision; those beyond its range become infinite, which the check of every reading finds."""
    with np.errstate(over="ignore", invalid="ignore"):
        return positions.astype(np.float32, copy=False)


def far_centre(positions: Float[np.ndarray, "n 3"]) -> Float64[np.ndarray, " 3"] | None:
    """A whole-numbered point near the middle, where the positions lie far from the origin for their size.

    None where they do not, and for positions that are stored in single precision already.
    """
    if positions.dtype != np.float64 or not len(positions):
        return None
    low, high = positions.min(0), positions.max(0)
    if not (np.isfinite(low).all() and np.isfinite(high).all()):
        known = positions[np.isfinite(positions).all(1)]
        if not len(known):
            return None
        low, high = known.min(0), known.max(0)
    centre = (low + high) / 2
    side = float((high - low).max())
    return np.round(centre) if side > 0 and np.abs(centre).max() > FAR_SIDES * side else None


def centred(
    positions: Float[np.ndarray, "n 3"],
) -> tuple[Float32[np.ndarray, "n 3"], Float64[np.ndarray, "4 4"]]:
    """(positions in single precision, the matrix that places them): moved to the origin where that keeps detail."""
    matrix = np.eye(4)
    centre = far_centre(positions)
    if centre is None:
        return single(positions), matrix
    matrix[:3, 3] = centre
    return single(positions - centre), matrix
