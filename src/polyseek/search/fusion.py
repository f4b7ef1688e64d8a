"""Several parts of a query -> one score a record.

Each part gives scores within 0 and 1. They are averaged with the parts' weights over the positive
parts; what a negative part likes is taken away, with its weight relative to the positive ones
(Rocchio 1971, on scores instead of vectors, so that parts of different kinds can be mixed). Scores,
not ranks, are fused: they say how near a match is, and a rank does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32

HALF = np.float32(0.5)


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
