"""How far a map can be trusted: are neighbours on it neighbours in the space it was made of?"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Int64


def trustworthiness(
    vectors: Float32[np.ndarray, "n d"],
    places: Float32[np.ndarray, "n 2"],
    k: int = 12,
    *,
    rows: Int64[np.ndarray, " r"] | None = None,
) -> float:
    """1 - 2 / (n k (2 n - 3 k - 1)) sum over i, j in U_k(i) of (rank(i, j) - k), Venna & Kaski 2001, eq. 2.

    U_k(i): the models among the k nearest of i on the map that are not so in the space; rank(i, j): the
    place of j by distance from i in the space, the nearest being 1. 1: every neighbour on the map is
    one; about 0.5: as by chance. `rows`: those over which the mean is taken, None: all. k < n / 2.
    """
    n = len(vectors)
    if not 0 < k < n / 2:
        raise ValueError(f"k is {k} of {n} models, and must be below half of them")
    chosen = np.arange(n) if rows is None else rows
    total = 0.0
    for row in chosen.tolist():
        near = _ranked(places, row)[:k]
        ranks = np.empty(n, np.int64)
        ranks[_ranked(vectors, row)] = np.arange(1, n + 1)
        total += float(np.maximum(ranks[near] - k, 0).sum())
    return 1 - 2 * total / (len(chosen) * k * (2 * n - 3 * k - 1))


def _ranked(points: Float32[np.ndarray, "n d"], row: int) -> Int64[np.ndarray, " n"]:
    """Every point by distance from one of them, which comes last; ties to the smaller place."""
    apart = points.astype(np.float64) - points[row]
    squared = np.vecdot(apart, apart)
    squared[row] = np.inf
    return np.argsort(squared, kind="stable").astype(np.int64)
