"""Retrieval metrics of one ranked list, each with formula and source.

`relevant[i]`: is the item at rank i + 1 of the same label as the query? The list holds the whole gallery, best
first, without the query and without variants of it; at least one item is relevant. R is their number.
Sources: Shilane, Min, Kazhdan & Funkhouser 2004, The Princeton Shape Benchmark, section 4 [PSB];
Manning, Raghavan & Schütze 2008, Introduction to Information Retrieval, chapter 8 [IIR];
Järvelin & Kekäläinen 2002, Cumulated Gain-Based Evaluation of IR Techniques [JK].
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Bool, Float64

Relevant = Bool[np.ndarray, " g"]
RECALLS = np.linspace(0.0, 1.0, 11)


def hit_at(relevant: Relevant, k: int) -> float:
    """1 when any of the first k is relevant, else 0. Papers of retrieval by text print its mean as R@k."""
    return float(relevant[:k].any())


def nearest_neighbour(relevant: Relevant) -> float:
    """NN: 1 when the first is relevant [PSB]; the mean is the accuracy of a 1-nearest-neighbour classifier."""
    return hit_at(relevant, 1)


def first_tier(relevant: Relevant) -> float:
    """(relevant among the first R) / R [PSB]; 1 for a perfect ranking. IR calls it R-precision."""
    count = int(relevant.sum())
    return float(relevant[:count].sum() / count)


def second_tier(relevant: Relevant) -> float:
    """(relevant among the first 2 R) / R [PSB]."""
    count = int(relevant.sum())
    return float(relevant[: 2 * count].sum() / count)


def precision_at(relevant: Relevant, k: int) -> float:
    """(relevant among the first k) / k [IIR 8.4]; at most R / k where fewer than k are relevant."""
    return float(relevant[:k].sum() / k)


def average_precision(relevant: Relevant) -> float:
    """AP = 1/R * sum over relevant ranks r of (relevant among the first r) / r [IIR 8.4]; its mean is mAP."""
    ranks = np.flatnonzero(relevant) + 1
    return float((np.arange(1, len(ranks) + 1) / ranks).mean())


def ndcg(relevant: Relevant) -> float:
    """Sum over relevant ranks r of 1 / log2(r + 1), divided by the same sum for ranks 1 to R [JK; PSB with its own start]."""
    ranks = np.flatnonzero(relevant) + 1
    ideal = np.arange(1, len(ranks) + 1)
    return float((1 / np.log2(ranks + 1)).sum() / (1 / np.log2(ideal + 1)).sum())


def interpolated_precision(relevant: Relevant) -> Float64[np.ndarray, " 11"]:
    """Highest precision at any rank whose recall is at least 0, 0.1, ..., 1 [IIR 8.4, 11-point]."""
    ranks = np.flatnonzero(relevant) + 1
    found = np.arange(1, len(ranks) + 1)
    best_from = np.maximum.accumulate((found / ranks)[::-1])[::-1]
    # The first relevant rank that reaches each recall; 1e-9 forgives 0.1 * 3 > 0.3.
    first = np.searchsorted(found / len(ranks), RECALLS - 1e-9)
    return best_from[first]


# Name in JSON -> its function of one ranked list.
METRICS: dict[str, Callable[[Relevant], float]] = {
    "nn": nearest_neighbour,
    "first_tier": first_tier,
    "second_tier": second_tier,
    "map": average_precision,
    "ndcg": ndcg,
    "p20": lambda relevant: precision_at(relevant, 20),
    "hit@1": lambda relevant: hit_at(relevant, 1),
    "hit@5": lambda relevant: hit_at(relevant, 5),
    "hit@10": lambda relevant: hit_at(relevant, 10),
}
