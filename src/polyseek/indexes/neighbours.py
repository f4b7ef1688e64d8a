"""The nearest neighbours of every row among all rows: exact for thousands, by cells for more.

By cells (an inverted file, Sivic & Zisserman 2003): rows are gathered round seeds, and a row is compared
with the rows of the cells nearest to its own only.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Int64

EXACT = 20_000  # rows up to which all pairs are compared
PROBED = 12  # cells that are looked into
_CELL = 250  # rows of a cell, on average
_BLOCK = 512
_ROUNDS = 4


def neighbours(
    vectors: Float32[np.ndarray, "n d"], k: int, *, seed: int = 0, exact: int = EXACT
) -> tuple[Int64[np.ndarray, "n k"], Float32[np.ndarray, "n k"]]:
    """(places of the nearest rows, squared distances), nearest first, the row itself left out; k < n.

    More than `exact` rows are compared by cells: of 12 true neighbours it finds some 11.
    """
    n = len(vectors)
    if not 0 < k < n:
        raise ValueError(f"k is {k} of {n} rows, and must be 1 to n - 1")
    if n <= exact:
        everything = np.arange(n)
        blocks = ((everything[at : at + _BLOCK], everything) for at in range(0, n, _BLOCK))
    else:
        blocks = iter(_cells(vectors, max(k + 1, _CELL), seed))
    places = np.empty((n, k), np.int64)
    distances = np.empty((n, k), np.float32)
    norms = np.vecdot(vectors, vectors)
    for rows, others in blocks:
        for at in range(0, len(rows), _BLOCK):
            part = rows[at : at + _BLOCK]
            squared = norms[part, None] + norms[None, others] - 2 * (vectors[part] @ vectors[others].T)
            squared[part[:, None] == others[None, :]] = np.inf
            best = np.argpartition(squared, k - 1, axis=1)[:, :k]
            near = np.take_along_axis(squared, best, axis=1)
            order = np.lexsort((others[best], near), axis=1)
            places[part] = others[np.take_along_axis(best, order, axis=1)]
            distances[part] = np.maximum(np.take_along_axis(near, order, axis=1), 0)
    return places, distances


def _cells(
    vectors: Float32[np.ndarray, "n d"], size: int, seed: int
) -> list[tuple[Int64[np.ndarray, " r"], Int64[np.ndarray, " c"]]]:
    """(rows of a cell, rows of the cells nearest to it, its own among them) each."""
    n = len(vectors)
    number = max(1, n // size)
    centres = vectors[np.random.default_rng(seed).choice(n, number, replace=False)]
    cell = _nearest_centre(vectors, centres)
    for _ in range(_ROUNDS):  # k-means (Lloyd 1982)
        sums = np.zeros_like(centres)
        np.add.at(sums, cell, vectors)
        counts = np.bincount(cell, minlength=number).astype(np.float32)[:, None]
        centres = np.where(counts > 0, sums / np.maximum(counts, 1), centres)
        cell = _nearest_centre(vectors, centres)
    order = np.argsort(cell, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(cell, minlength=number))[:-1])
    norms = np.vecdot(centres, centres)
    apart = norms[:, None] + norms[None, :] - 2 * (centres @ centres.T)
    np.fill_diagonal(apart, -np.inf)
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for own, near in zip(members, np.argsort(apart, axis=1, kind="stable"), strict=True):
        if not len(own):
            continue
        # Cells may be small, or empty: as many as it takes for every row to have its neighbours.
        held = np.cumsum([len(members[each]) for each in near])
        probed = max(PROBED, int(np.searchsorted(held, size)) + 1)
        found.append((own, np.concatenate([members[each] for each in near[:probed]])))
    return found


def _nearest_centre(
    vectors: Float32[np.ndarray, "n d"], centres: Float32[np.ndarray, "c d"]
) -> Int64[np.ndarray, " n"]:
    norms = np.vecdot(centres, centres)
    blocks = range(0, len(vectors), 4096)
    return np.concatenate(
        [np.argmin(norms[None] - 2 * (vectors[at : at + 4096] @ centres.T), axis=1) for at in blocks]
    )
