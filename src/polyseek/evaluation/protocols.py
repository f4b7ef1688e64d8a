"""How a table of vectors is judged: leave one out, variants of one model on one side, means over groups.

Every item is a query once, against all others but those of its own group: a recoloured or
renumbered copy is no achievement. Items whose label occurs in no other group are part of the
gallery, as distractors, but ask nothing. The queries of a group are averaged first, then the
groups, so that a model in forty colours counts once; intervals come from resampling groups.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64

from polyseek.errors import UsageError
from polyseek.evaluation.metrics import METRICS, RECALLS, interpolated_precision

PROTOCOL = (
    "leave one out; items of the query's own group left out of the gallery; exact cosine ranking, ties in the order "
    "of the items; mean over the queries of a group, then over groups; 95 % percentile bootstrap over groups"
)


@dataclass(frozen=True, eq=False)
class Result:
    """What one encoder reached. `values` and `intervals` (low, high): by the names of metrics.METRICS.

    `per_group`: group -> metric values in the order of METRICS. `precision`: mean interpolated
    precision at RECALLS. `confusion`: (label of the query, label of its first neighbour) -> number of queries.
    """

    values: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    queries: int
    gallery: int
    per_group: Mapping[str, Float64[np.ndarray, " m"]]
    precision: Float64[np.ndarray, " 11"]
    confusion: Mapping[tuple[str, str], int]


@dataclass(frozen=True, eq=False)
class Ranking:
    """One query's list. `order`: rows of the gallery, best first. `relevant[i]`: has `order[i]` the query's label?"""

    query: int
    order: Int64[np.ndarray, " g"]
    relevant: Bool[np.ndarray, " g"]


def rankings(
    vectors: Float32[np.ndarray, "n d"], labels: Sequence[str], groups: Sequence[str], block: int = 256
) -> Iterator[Ranking]:
    """The list of every row that can be a query, in order. Vectors are unit rows; a larger dot product is nearer."""
    label = _codes(labels)
    group = _codes(groups)
    for start in range(0, len(vectors), block):
        scores = vectors[start : start + block] @ vectors.T
        for row, score in enumerate(scores):
            query = start + row
            order = np.argsort(-score, kind="stable")
            order = order[group[order] != group[query]]
            relevant = label[order] == label[query]
            if relevant.any():
                yield Ranking(query, order, relevant)


def evaluate(
    vectors: Float32[np.ndarray, "n d"],
    labels: Sequence[str],
    groups: Sequence[str],
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> Result:
    """All metrics of unit rows with one label and one group each.

    Raises UsageError where no label occurs in two groups: there would be nothing to find.
    """
    if not len(vectors) == len(labels) == len(groups):
        raise ValueError(
            f"{len(vectors)} vectors, {len(labels)} labels, {len(groups)} groups: one of each an item"
        )
    by_group: dict[str, list[list[float]]] = {}
    precisions: dict[str, list[Float64[np.ndarray, " 11"]]] = {}
    confusion: dict[tuple[str, str], int] = {}
    for ranking in rankings(vectors, labels, groups):
        group = groups[ranking.query]
        by_group.setdefault(group, []).append([metric(ranking.relevant) for metric in METRICS.values()])
        precisions.setdefault(group, []).append(interpolated_precision(ranking.relevant))
        pair = labels[ranking.query], labels[int(ranking.order[0])]
        confusion[pair] = confusion.get(pair, 0) + 1
    if not by_group:
        raise UsageError(
            "no label has models of two groups, so there is nothing to find",
            hint="give several different models the same label",
        )
    per_group = {group: np.mean(rows, axis=0) for group, rows in by_group.items()}
    table = np.stack(list(per_group.values()))
    low, high = bootstrap(table, resamples=resamples, seed=seed)
    means = table.mean(0)
    return Result(
        values={name: float(means[i]) for i, name in enumerate(METRICS)},
        intervals={name: (float(low[i]), float(high[i])) for i, name in enumerate(METRICS)},
        queries=sum(len(rows) for rows in by_group.values()),
        gallery=len(vectors),
        per_group=per_group,
        precision=np.mean([np.mean(rows, axis=0) for rows in precisions.values()], axis=0),
        confusion=confusion,
    )


def bootstrap(
    table: Float64[np.ndarray, "groups m"], *, resamples: int = 1000, seed: int = 0, level: float = 0.95
) -> tuple[Float64[np.ndarray, " m"], Float64[np.ndarray, " m"]]:
    """(low, high) of the column means when rows are drawn with replacement (Efron & Tibshirani 1993, 13.3, percentiles)."""
    rng = np.random.default_rng(seed)
    count = len(table)
    means = np.empty((resamples, table.shape[1]))
    for sample in range(resamples):
        drawn = np.bincount(rng.integers(0, count, count), minlength=count)
        means[sample] = drawn @ table / count
    tail = (1 - level) / 2
    low, high = np.quantile(means, [tail, 1 - tail], axis=0)
    return low, high


def compare(
    first: Result, second: Result, metric: str, *, resamples: int = 1000, seed: int = 0
) -> tuple[float, float, float]:
    """(difference, low, high) of `first` minus `second` in one metric, by a paired bootstrap over the groups both judged."""
    column = list(METRICS).index(metric)
    shared = [group for group in first.per_group if group in second.per_group]
    if not shared:
        raise ValueError("the two results have no group in common")
    gaps = np.array([[first.per_group[group][column] - second.per_group[group][column]] for group in shared])
    low, high = bootstrap(gaps, resamples=resamples, seed=seed)
    return float(gaps.mean()), float(low[0]), float(high[0])


def split_of(group: str, *, seed: int = 0, validation: float = 0.5) -> str:
    """ "validation" or "test": which side a group is on, by a hash of its name, so that it never moves.

    All variants of a model share a group, hence a side; a grown library keeps the sides of the groups it had.
    """
    digest = hashlib.blake2b(f"{seed}:{group}".encode(), digest_size=8).digest()
    return "validation" if int.from_bytes(digest, "big") / 2**64 < validation else "test"


def recall_levels() -> list[float]:
    """The recalls at which `Result.precision` is given."""
    return [round(float(recall), 1) for recall in RECALLS]


def _codes(names: Sequence[str]) -> Int64[np.ndarray, " n"]:
    return np.unique(np.asarray(names, dtype=str), return_inverse=True)[1].astype(np.int64)
