"""What points on a surface show of which way is up: 97 numbers for each of the six axes.

Profiles over BINS slices from the lowest to the highest point along the axis: how much surface there is, how
much of it faces up, down and sideways, how far it spreads about its own middle, and how far that middle is
from the whole's. Beside them the box, where the weight is, the two ends, and how well the shape is its own
mirror image along each axis.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

BINS = 12
_END = 0.03  # share of the height that is an end
_CELLS = 6

Points = Float64[np.ndarray, "n 3"]


def features(points: Points, normals: Points) -> Float64[np.ndarray, "6 97"]:
    """Rows in the order x, -x, y, -y, z, -z. Neither place, scale nor a turn of 90 degrees about the axis matters."""
    low = points.min(0)
    size = np.maximum(points.max(0) - low, 1e-9 * float(np.ptp(points, 0).max()) + 1e-30)
    mirrored = _mirror_likeness(points, low, size)
    rows: list[Float64[np.ndarray, " f"]] = []
    for axis in range(3):
        lateral = [(axis + 1) % 3, (axis + 2) % 3]
        height = (points[:, axis] - low[axis]) / size[axis]
        aside = (points[:, lateral] - low[lateral] - size[lateral] / 2) / size.max()
        box = np.array([size[axis], *np.sort(size[lateral])]) / size.max()
        facing = normals[:, axis]
        square = np.array([(facing**2).mean(), (np.abs(facing) > 0.95).mean()])
        likeness = np.array([mirrored[axis], *np.sort(mirrored[lateral])])
        for sign in (1, -1):
            above = height if sign > 0 else 1 - height
            up = facing * sign
            weight = np.array([above.mean(), above.std(), np.median(above)])
            both = [_end(above < _END, -up, aside), _end(above > 1 - _END, up, aside)]
            faces = np.array([np.clip(up, 0, 1).mean(), np.clip(-up, 0, 1).mean()])
            rows.append(
                np.concatenate([_profiles(above, up, aside), box, weight, *both, likeness, faces, square])
            )
    return np.stack(rows)


def _profiles(
    above: Float64[np.ndarray, " n"], up: Float64[np.ndarray, " n"], aside: Float64[np.ndarray, "n 2"]
) -> Float64[np.ndarray, " p"]:
    slice_ = np.minimum((above * BINS).astype(np.int64), BINS - 1)

    def summed(values: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " b"]:
        return np.bincount(slice_, values, BINS) / len(above)

    share = np.bincount(slice_, minlength=BINS) / len(above)
    part = np.maximum(share, 1e-6)
    first, second = summed(aside[:, 0]) / part, summed(aside[:, 1]) / part
    spread = summed((aside**2).sum(1)) / part - first**2 - second**2
    middle = aside.mean(0)
    strays = np.hypot(first - middle[0], second - middle[1])
    there = share > 0
    return np.concatenate(
        [
            share,
            summed(np.clip(up, 0, 1)),
            summed(np.clip(-up, 0, 1)),
            summed(1 - up * up),
            np.sqrt(np.maximum(spread, 0)) * there,
            strays * there,
        ]
    )


def _end(
    inside: np.ndarray, outward: Float64[np.ndarray, " n"], aside: Float64[np.ndarray, "n 2"]
) -> Float64[np.ndarray, " 6"]:
    """How much there is at one end, how flat it is, how wide, and whether the whole's middle is over it."""
    if not inside.any():
        return np.zeros(6)
    found, middle = aside[inside], aside.mean(0)
    wide = np.sort(np.ptp(found, 0) / np.maximum(np.ptp(aside, 0), 1e-12))
    over = bool(np.all((found.min(0) < middle) & (middle < found.max(0))))
    off = float(np.hypot(*(found.mean(0) - middle)))
    return np.array([inside.mean(), np.clip(outward[inside], 0, 1).mean(), *wide, off, float(over)])


def _mirror_likeness(
    points: Points, low: Float64[np.ndarray, " 3"], size: Float64[np.ndarray, " 3"]
) -> Float64[np.ndarray, " 3"]:
    """Cosine of the shape, in cells, to its mirror image along each axis."""
    cell = np.minimum(((points - low) / size * _CELLS).astype(np.int64), _CELLS - 1)
    flat = np.bincount(np.ravel_multi_index(tuple(cell.T), (_CELLS,) * 3), minlength=_CELLS**3)
    held = np.sqrt(flat).reshape((_CELLS,) * 3)
    return np.array([(held * np.flip(held, axis)).sum() for axis in range(3)]) / (held * held).sum()
