"""Compiled loop of the D2 shape distribution."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64, Int64

from polyseek.kernels import kernel


@kernel
def pair_histogram(
    points: Float64[np.ndarray, "n 3"], bins: int, largest: float
) -> tuple[Int64[np.ndarray, " bins"], float]:
    """(counts, mean): distances of all pairs, in `bins` equal bins of the range 0 to `largest` times their mean.

    Distances past the range fall into the last bin. The mean is 0, and every count too, where all
    points coincide or there are fewer than two.
    """
    counts = np.zeros(bins, np.int64)
    n = len(points)
    total = 0.0
    for i in range(n):
        row = 0.0
        for j in range(i + 1, n):
            x = points[i, 0] - points[j, 0]
            y = points[i, 1] - points[j, 1]
            z = points[i, 2] - points[j, 2]
            row += np.sqrt(x * x + y * y + z * z)
        total += row
    if total <= 0.0:
        return counts, 0.0
    mean = total / (0.5 * n * (n - 1))
    per_unit = bins / (largest * mean)
    for i in range(n):
        for j in range(i + 1, n):
            x = points[i, 0] - points[j, 0]
            y = points[i, 1] - points[j, 1]
            z = points[i, 2] - points[j, 2]
            place = int(np.sqrt(x * x + y * y + z * z) * per_unit)
            counts[min(place, bins - 1)] += 1
    return counts, mean
