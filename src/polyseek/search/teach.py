"""Teaching: where a person's own tag lies in a frozen Space, from its words and a few examples.

The examples' mean m says where they lie, and the library's own vectors (mean u, covariance S) what is
common to all models and tells nothing. Without a single negative example (Hariharan et al. 2012,
"Discriminative decorrelation for clustering and classification", eq. 3), n examples point to

    w = (S + s I)^-1 (m - u),    s = SHRINKAGE * trace(S) / d

and the lesson lies between them and the place t of the tag's words, as a prior worth PRIOR examples:

    lesson = unit(PRIOR t + n unit(w)) .

What it is worth is measured by cross-validation on examples that were kept away, variants of one thing
together, against t alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64

from polyseek.catalogue.lesson import Lesson
from polyseek.encoders.contract import CosineScale, unit_rows

# From the middle of what makes little difference (benchmarks/zero_shot.py --choose prints the grid).
SHRINKAGE = 0.3
PRIOR = 3.0
LEAST_EXAMPLES = 4
FOLDS = 5
_LEAST_SPREAD = 1e-3


@dataclass(frozen=True, eq=False)
class Background:
    """What all models of a library have in common: their mean, and the inverse of their shrunken covariance."""

    mean: Float64[np.ndarray, " d"]
    precision: Float64[np.ndarray, "d d"]

    @staticmethod
    def of(vectors: Float32[np.ndarray, "n d"], shrinkage: float = SHRINKAGE) -> Background:
        """Of all vectors of a Space that a library holds, at least one."""
        rows = vectors.astype(np.float64)
        mean = rows.mean(axis=0)
        covariance = (rows - mean).T @ (rows - mean) / len(rows)
        size = len(mean)
        # One model alone has no covariance; then no direction is told from another.
        shrunk = max(shrinkage * float(np.trace(covariance)) / size, 1e-9)
        return Background(mean, np.linalg.inv(covariance + shrunk * np.eye(size)))


def place(
    examples: Float32[np.ndarray, "n d"],
    words: Float32[np.ndarray, " d"],
    background: Background,
    prior: float = PRIOR,
) -> Float32[np.ndarray, " d"]:
    """Where a tag lies by its examples and its words, of length 1; by its words alone where there are no examples."""
    if not len(examples):
        return words
    away = examples.astype(np.float64).mean(axis=0) - background.mean
    learned = unit_rows((background.precision @ away)[None])[0]
    return unit_rows((prior * words + len(examples) * learned)[None])[0]


def average_precision(scores: Float64[np.ndarray, " n"], right: Bool[np.ndarray, " n"]) -> float:
    """Mean over the right items of the share of right ones up to each (trec_eval's map); at least one is right.

    Wrong items come first among equal scores.
    """
    order = np.lexsort((right, -scores))
    at = np.flatnonzero(right[order])
    return float(np.mean(np.arange(1, len(at) + 1) / (at + 1)))


def learn(
    tag: str,
    words: Float32[np.ndarray, " d"],
    scale: CosineScale,
    vectors: Float32[np.ndarray, "n d"],
    right: Bool[np.ndarray, " n"],
    groups: Int64[np.ndarray, " n"],
    background: Background,
    *,
    seed: int = 0,
) -> Lesson | None:
    """The lesson of a tag, from all vectors of a library; None for examples of fewer than LEAST_EXAMPLES things.

    `words`, `scale`: where the tag's words lie, and what cosines with them mean. `right`: which models have the tag.
    `groups`: variants of one thing have one number, and are never learned from and asked for at once.
    """
    things = np.unique(groups[right])
    if len(things) < LEAST_EXAMPLES:
        return None
    folds = np.array_split(np.random.default_rng(seed).permutation(things), min(FOLDS, len(things)))
    frozen: list[float] = []
    taught: list[float] = []
    reached: list[float] = []
    for fold in folds:
        away = np.isin(groups, fold) & right
        asked = away | ~right  # what was learned from is not asked for
        lesson = place(vectors[right & ~away], words, background)
        scores = (vectors @ lesson).astype(np.float64)
        frozen.append(average_precision((vectors[asked] @ words).astype(np.float64), away[asked]))
        taught.append(average_precision(scores[asked], away[asked]))
        reached += scores[away].tolist()
    lesson = place(vectors[right], words, background)
    return Lesson(
        tag,
        int(right.sum()),
        lesson,
        _scale(vectors @ lesson, np.array(reached), scale),
        float(np.median(reached)),
        round(float(np.mean(frozen)), 4),
        round(float(np.mean(taught)), 4),
    )


def _scale(
    cosines: Float32[np.ndarray, " n"], reached: Float64[np.ndarray, " m"], words: CosineScale
) -> CosineScale:
    """What cosines with a lesson mean; the cut-off stands at the same score as that of words."""
    nothing = float(np.median(cosines))
    right = max(float(np.quantile(reached, 0.9)), nothing + _LEAST_SPREAD)
    share = (words.cut_off - words.nothing) / (words.right - words.nothing)
    return CosineScale(nothing, right, nothing + share * (right - nothing))
