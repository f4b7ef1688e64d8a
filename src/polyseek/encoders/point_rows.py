"""What trained point encoders look at: rows of position, normal and colour, the well-spread ones first.

The same rows are made when an encoder is trained and when it is used. Positions fill the unit sphere,
so where a model stands and how large it is has no say.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32

from polyseek.representations.points import Points, PointsOptions

CHANNELS = 9
# As many as the first layer of a PointNet++ has centres.
SPREAD = 128


def surface_points(count: int) -> PointsOptions:
    """`count` points, uniform over the surface, in the unit sphere."""
    return PointsOptions(count, "area", "sphere")


def rows_of(points: Points) -> Float32[np.ndarray, "n 9"]:
    """Position (unit sphere), normal (unit length; zeros where unknown) and colour (sRGB, -1 to 1) of each point.

    In the order of `spread_first`. `points` come from options of `surface_points`.
    """
    rows = np.concatenate([points.positions, points.normals, 2 * points.colours - 1], 1)
    return spread_first(rows.astype(np.float32))


def spread_first(rows: Float32[np.ndarray, "n c"], count: int = SPREAD) -> Float32[np.ndarray, "n c"]:
    """The rows, the first `count` of them by farthest point sampling, the rest as they were.

    Columns 0 to 2 are positions. It begins at row 0: each next row is the one farthest from those
    before it (Qi et al. 2017, PointNet++, 3.2, sampling layer). Where there are fewer places than
    `count`, each comes first once.
    """
    from polyseek.representations.point_kernels import farthest

    count = min(count, len(rows))
    # Where fewer places are than asked for, the first row is chosen again and again.
    chosen = list(dict.fromkeys(farthest(np.ascontiguousarray(rows[:, :3]), count).tolist()))
    others = np.ones(len(rows), bool)
    others[chosen] = False
    return np.concatenate([rows[chosen], rows[others]])
