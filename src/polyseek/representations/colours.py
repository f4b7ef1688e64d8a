"""The few colours a person would name when asked what colour a model is."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Float64, Int64

from polyseek.representations.points import Points

# Steps of 1/6 in each sRGB channel group shades of one paint without mixing paints.
BINS = 6
# Two colours nearer than this (Euclidean, sRGB 0..1) are one to the eye that skims a list.
TOO_NEAR = 0.14


def dominant_colours(points: Points, count: int = 5, least_share: float = 0.04) -> tuple[str, ...]:
    """Up to `count` colours "#rrggbb" by share of the surface, most first.

    Area-sampled points vote with their opacity: colours fall into a coarse grid, near cells are taken
    together, and the mean of each group is given. Shares under `least_share` are left out, but there
    is always one colour where anything is visible.
    """
    weights = points.opacity.astype(np.float64)
    if weights.sum() <= 0:
        return ()
    means, shares = _grid_means(points.colours.astype(np.float64), weights)
    merged: list[tuple[Float64[np.ndarray, " 3"], float]] = []
    for mean, share in zip(means, shares, strict=True):
        near = next(
            (i for i, (other, _) in enumerate(merged) if np.linalg.norm(other - mean) < TOO_NEAR), None
        )
        if near is None:
            merged.append((mean, float(share)))
        else:
            other, held = merged[near]
            merged[near] = ((other * held + mean * share) / (held + share), held + float(share))
    merged.sort(key=lambda group: -group[1])
    kept = [mean for place, (mean, share) in enumerate(merged) if share >= least_share or place == 0]
    return tuple(hexadecimal(mean) for mean in kept[:count])


def hexadecimal(colour: Float[np.ndarray, " 3"]) -> str:
    """ "#rrggbb" of sRGB 0..1."""
    red, green, blue = (round(float(value) * 255) for value in np.clip(colour, 0, 1))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _grid_means(
    colours: Float64[np.ndarray, "n 3"], weights: Float64[np.ndarray, " n"]
) -> tuple[Float64[np.ndarray, "m 3"], Float64[np.ndarray, " m"]]:
    """The mean colour and the share (sum 1) of each grid cell in use, largest share first."""
    cell: Int64[np.ndarray, "n 3"] = np.minimum((colours * BINS).astype(np.int64), BINS - 1)
    key = (cell[:, 0] * BINS + cell[:, 1]) * BINS + cell[:, 2]
    held = np.bincount(key, weights, minlength=BINS**3)
    sums = np.stack([np.bincount(key, weights * colours[:, k], minlength=BINS**3) for k in range(3)], axis=1)
    order = np.argsort(-held, kind="stable")
    order = order[held[order] > 0]
    return sums[order] / held[order, None], held[order] / held.sum()
