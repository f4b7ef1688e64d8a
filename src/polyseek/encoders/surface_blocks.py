"""Blocks of numbers about an upright surface that a turn about +Y, a shift and a scale leave alone.

In: Points of the surface (area-weighted, normals of unit length) and Measures. Each block is a plain
function; `polyseek.encoders.shape1` weighs and joins them.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Float64

from polyseek.representations.measures import Measures

LAYERS, TILTS, OUTWARD = 4, 5, 5
TILT_BINS = 12
PROPORTIONS = (
    "bodies", "euler", "area", "solid", "open", "height", "wide", "narrow", "upright", "middle",
)  # fmt: skip


def facing(
    positions: Float[np.ndarray, "n 3"], normals: Float[np.ndarray, "n 3"]
) -> Float64[np.ndarray, " 100"]:
    """Which way the surface faces, and where: square roots of shares over 4 layers of height x 5 tilts x 5 outward bins.

    Tilt is the normal's y; outward is its component along the horizontal direction away from the
    middle of the points: a wall seen from outside has 1, the inside of a bowl -1. All zeros where no
    point has a normal. The square roots make the cosine of two blocks the Bhattacharyya coefficient.
    """
    known = np.einsum("ij,ij->i", normals, normals) > 0.25
    if not known.any():
        return np.zeros(LAYERS * TILTS * OUTWARD)
    height = positions[:, 1].astype(np.float64)
    low, tall = height.min(), np.ptp(height)
    from_middle = positions[:, [0, 2]] - positions[:, [0, 2]].mean(0, dtype=np.float64)
    distance = np.linalg.norm(from_middle, axis=1)
    along = np.einsum("ij,ij->i", normals[:, [0, 2]], from_middle) / np.where(distance > 0, distance, 1.0)
    layer = _bins((height - low) / (tall if tall > 0 else 1.0), LAYERS)
    cell = (layer * TILTS + _bins((normals[:, 1] + 1) / 2, TILTS)) * OUTWARD + _bins((along + 1) / 2, OUTWARD)
    return _roots_of_shares(cell[known], LAYERS * TILTS * OUTWARD)


def tilts(normals: Float[np.ndarray, "n 3"]) -> Float64[np.ndarray, " 12"]:
    """Square roots of the shares of surface by the normal's y, in 12 equal bins (equal areas of the sphere); zeros without normals."""
    known = np.einsum("ij,ij->i", normals, normals) > 0.25
    if not known.any():
        return np.zeros(TILT_BINS)
    return _roots_of_shares(_bins((normals[known, 1] + 1) / 2, TILT_BINS), TILT_BINS)


def proportions(positions: Float[np.ndarray, "n 3"], measures: Measures) -> Float64[np.ndarray, " 10"]:
    """The values of PROPORTIONS; NaN where the geometry gives one no meaning.

    With s the standard deviations of the points (vertical y; horizontal a >= b along the principal
    axes) and r² = a² + b² + y²: ln bodies, asinh of the Euler number, ln area / r², ln volume / r³, 1
    for a surface that encloses nothing (else 0), ln height / r, ln a / r, ln b / r, ln y / r, and the
    height of the mean point as a share of the whole.
    """
    points = positions.astype(np.float64)
    centred = points - points.mean(0)
    flat = centred[:, [0, 2]]
    narrow, wide = np.sqrt(np.maximum(np.linalg.eigvalsh(flat.T @ flat / len(flat)), 0.0))
    upright = centred[:, 1].std()
    r = float(np.sqrt(narrow**2 + wide**2 + upright**2))
    if r == 0.0:
        return np.full(len(PROPORTIONS), np.nan)
    tall = float(np.ptp(points[:, 1]))
    # A hundredth of r: thinner than that is as flat as flat.
    ratios = [np.log(max(float(side) / r, 0.01)) for side in (tall, wide, narrow, upright)]
    return np.array(
        [
            np.nan if measures.body_count is None else np.log(max(measures.body_count, 1)),
            np.nan if measures.euler_number is None else np.arcsinh(measures.euler_number),
            np.nan if not measures.area else np.log(measures.area / r**2),
            np.nan if not measures.volume else np.log(max(measures.volume / r**3, 1e-4)),
            float(not measures.encloses),
            *ratios,
            -centred[:, 1].min() / tall if tall > 0 else np.nan,
        ]
    )


def _bins(values: Float[np.ndarray, " n"], count: int) -> np.ndarray:
    """Bin of values from 0 to 1; what lies outside by rounding goes to the nearest."""
    return np.clip((values * count).astype(np.int64), 0, count - 1)


def _roots_of_shares(cells: np.ndarray, count: int) -> Float64[np.ndarray, " c"]:
    return np.sqrt(np.bincount(cells, minlength=count) / len(cells))
