"""Several parts of a query -> one score a record.

Each part gives scores within 0 and 1. They are averaged with the parts' weights over the positive
parts; what a negative part likes is taken away, with its weight relative to the positive ones
(Rocchio 1971, on scores instead of vectors, so that parts of different kinds can be mixed). Scores,
not ranks, are fused: they say how near a match is, and a rank does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float32

HALF = np.float32(0.5)
# Cormack, Clarke and Buettcher 2009 found 60 on other collections; nothing here is tuned.
RANK_OFFSET = 60.0


def fuse(scores: Sequence[Float32[np.ndarray, " n"]], weights: Sequence[float]) -> Float32[np.ndarray, " n"]:
    """Fused scores within 0 and 1. With negative parts only, what they like least comes first."""
    likes = [(s, w) for s, w in zip(scores, weights, strict=True) if w > 0]
    unlikes = [(s, -w) for s, w in zip(scores, weights, strict=True) if w < 0]
    total = sum(w for _, w in likes)
    if likes:
        fused = np.sum([np.float32(w / total) * s for s, w in likes], axis=0, dtype=np.float32)
    else:
        fused = np.ones_like(scores[0])
    for s, w in unlikes:
        # Half, so that a model which both parts like equally keeps some of its score.
        fused = (
            fused - np.float32(min(w / total if total else 1.0, 2.0)) * (HALF if likes else np.float32(1)) * s
        )
    return np.clip(fused, 0.0, 1.0)


def fuse_ranks(
    words: Float32[np.ndarray, " n"], meant: Float32[np.ndarray, " n"], exact: Bool[np.ndarray, " n"]
) -> Float32[np.ndarray, " n"]:
    """Reciprocal rank fusion (Cormack et al. 2009) of scores by words and by meaning, within 0 and 1.

    A score of 0 has no rank. The `exact` ones, whose words are the query's, come before all others.
    """
    fused = _reciprocal_ranks(words) + _reciprocal_ranks(meant)
    share = fused * np.float32((RANK_OFFSET + 1) / 2)
    return np.where(exact, HALF + HALF * share, HALF * share).astype(np.float32)


def _reciprocal_ranks(scores: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, " n"]:
    """1 / (RANK_OFFSET + rank), ranks from 1; equal scores share the best of their ranks."""
    values, places = np.unique(-scores, return_inverse=True)
    counts = np.bincount(places, minlength=len(values))
    ranks = 1 + np.concatenate([[0], np.cumsum(counts)[:-1]])
    return np.where(scores > 0, 1 / (RANK_OFFSET + ranks[places]), 0.0).astype(np.float32)
