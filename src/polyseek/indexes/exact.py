"""Exact search: every vector compared with the query in one matrix product, no approximation."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float32, Int64


class ExactIndex:
    """One page of vectors by ascending key. A million rows of 128 numbers take half a gigabyte and some 20 ms a query."""

    def __init__(self) -> None:
        self._keys: np.ndarray = np.empty(0, np.int64)
        self._vectors: np.ndarray = np.empty((0, 0), np.float32)

    def build(self, keys: Int64[np.ndarray, " n"], vectors: Float32[np.ndarray, "n d"]) -> None:
        """Take these rows for all. Keys are unique; the arrays are kept, not copied, where they are in order."""
        if len(keys) > 1 and not (keys[1:] > keys[:-1]).all():
            order = np.argsort(keys, kind="stable")
            keys, vectors = keys[order], vectors[order]
            if (keys[1:] == keys[:-1]).any():
                raise ValueError("the keys of an index are unique")
        self._keys, self._vectors = keys, vectors

    def add(self, keys: Int64[np.ndarray, " n"], vectors: Float32[np.ndarray, "n d"]) -> None:
        """Add rows; rows whose keys are there already are replaced."""
        if not len(keys):
            return
        stay = ~np.isin(self._keys, keys)
        kept = self._vectors[stay] if len(self._keys) else np.empty((0, vectors.shape[1]), np.float32)
        self.build(np.concatenate([self._keys[stay], keys]), np.concatenate([kept, vectors]))

    def remove(self, keys: Int64[np.ndarray, " n"]) -> None:
        """Take rows out; keys that are not there are passed over."""
        stay = ~np.isin(self._keys, keys)
        self.build(self._keys[stay], self._vectors[stay])

    def keys(self) -> Int64[np.ndarray, " n"]:
        return self._keys

    def scores(self, query: Float32[np.ndarray, " d"]) -> Float32[np.ndarray, " n"]:
        """The inner product of every row with one query, in the order of `keys()`."""
        # Not a matrix product: its threads wait for one another on a busy machine, and two are hardly faster.
        return np.vecdot(self._vectors, query)

    def vector(self, key: int) -> Float32[np.ndarray, " d"] | None:
        """The row of a key, None where there is none."""
        place = int(np.searchsorted(self._keys, key))
        return self._vectors[place] if place < len(self._keys) and self._keys[place] == key else None

    def search(
        self,
        queries: Float32[np.ndarray, "q d"],
        k: int,
        allowed: Bool[np.ndarray, " n"] | None = None,
    ) -> tuple[Int64[np.ndarray, "q k"], Float32[np.ndarray, "q k"]]:
        """(keys, scores), best first, ties to the smaller key; key -1 and score -inf where rows run out."""
        found = np.full((len(queries), k), -1, np.int64)
        scores = np.full((len(queries), k), -np.inf, np.float32)
        if not len(self._keys):
            return found, scores
        for i, query in enumerate(queries):
            all_scores = self.scores(query)
            if allowed is not None:
                all_scores = np.where(allowed, all_scores, np.float32(-np.inf))
            best = nearest(all_scores, k)
            found[i, : len(best)] = self._keys[best]
            scores[i, : len(best)] = all_scores[best]
        return found, scores


def nearest(scores: Float32[np.ndarray, " n"], k: int) -> Int64[np.ndarray, " m"]:
    """Places of the k largest scores above -inf, best first, ties to the smaller place; m <= k."""
    if k < len(scores):
        # Everything at or above the k-th score: ties at the border are settled by the sort below.
        border = scores[np.argpartition(scores, len(scores) - k)[len(scores) - k]]
        places = np.flatnonzero(scores >= border)
    else:
        places = np.arange(len(scores))
    places = places[scores[places] > -np.inf]
    return places[np.argsort(-scores[places], kind="stable")][:k].astype(np.int64)
