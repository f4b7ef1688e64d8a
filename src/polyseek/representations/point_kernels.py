"""Kernel of farthest-point sampling."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Int64

from polyseek.kernels import kernel


@kernel
def farthest(points: Float32[np.ndarray, "n 3"], count: int) -> Int64[np.ndarray, " k"]:
    """Rows chosen one by one, each the farthest from those before it; the first row is the first.

    The greedy 2-approximation of the k-centre problem (Gonzalez 1985). `count` is at most n.
    """
    nearest = np.full(len(points), np.float32(np.inf))
    chosen = np.empty(count, np.int64)
    last = 0
    for k in range(count):
        chosen[k] = last
        x, y, z = points[last, 0], points[last, 1], points[last, 2]
        best = np.float32(-1)
        for i in range(len(points)):
            dx, dy, dz = points[i, 0] - x, points[i, 1] - y, points[i, 2] - z
            distance = dx * dx + dy * dy + dz * dz
            if distance < nearest[i]:
                nearest[i] = distance
            if nearest[i] > best:
                best = nearest[i]
                last = i
    return chosen
