"""When nothing in a library is what words ask for: a cut-off for each query, fitted on the validation side.

The best cosine of a query among n models grows with n by chance, and some queries are near to everything. Both
show in the query's cosines with the whole library: best b, mean m and standard deviation s. A logistic
regression of "some model is right" on (b, m, s) has its border at

    b = base + by_mean m + by_spread s

moved so that REFUSED of the queries with a right model are refused. It is fitted on libraries of several
sizes, drawn from half of validation's models and trained ones of other concepts, and on two sorts of queries: the
names of concepts, and what people wrote for validation's. Of the concepts that are in no library, only
those that `is_fitted_on` takes are asked for: the others are for telling how well it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64

from polyseek.encoders.contract import FEWEST as FEWEST_MODELS
from polyseek.evaluation.protocols import split_of
from polyseek_training.lexicon import LANGUAGES, Concept

# Of the queries with a right model: half of the tenth that is aimed at, since all concepts of validation were trained and
# those of other people are not.
REFUSED = 0.05
SIZES = (60, 120, 250, 500, 1000, 2000)
DRAWS = 8  # libraries of each size
ABSENT = 0.08  # share of the absent concepts that a library is asked for
FOLDS = 10
FEWEST = 100  # queries with a right model, and without one, that a fit takes
FIELDS = ("base", "by_mean", "by_spread")
_RIDGE = 1e-2
_STEPS = 60

Encode = Callable[[Sequence[str]], Float32[np.ndarray, "n d"]]


# What a query is, and how much each sort weighs among those with a right model, and among those without one.
UNTAUGHT, TAUGHT, WRITTEN = range(3)
SHARES = {
    True: {UNTAUGHT: 0.0, TAUGHT: 0.5, WRITTEN: 0.5},
    False: {UNTAUGHT: 0.25, TAUGHT: 0.25, WRITTEN: 0.5},
}


@dataclass(frozen=True, eq=False)
class Asked:
    """Queries, each in one library. `told`: best, mean and standard deviation of its cosines; `right`: is a model right?

    `sort`: the name of a concept that was learned from models (TAUGHT) or not (UNTAUGHT), or what a person
    wrote. `concept`: a number for each; `library`: which one it was asked in.
    """

    told: Float64[np.ndarray, "n 3"]
    right: Bool[np.ndarray, " n"]
    sort: Int64[np.ndarray, " n"]
    concept: Int64[np.ndarray, " n"]
    library: Int64[np.ndarray, " n"]

    def weights(self) -> Float64[np.ndarray, " n"]:
        """Libraries weigh the same, in each those with a right model as much as the others, and sorts as in SHARES.

        If they did not, words that training knew would be told from words that it did not, or names from
        sentences, and not the present from the absent.
        """
        found = np.zeros(len(self.right))
        for library in np.unique(self.library):
            for right, shares in SHARES.items():
                for sort, share in shares.items():
                    chosen = (self.library == library) & (self.right == right) & (self.sort == sort)
                    found[chosen] = share / max(chosen.sum(), 1)
        return found * len(found) / found.sum()


@dataclass(frozen=True)
class CutOff:
    """The fields of a CosineScale, and what ten-fold cross-validation by concept says of them.

    `refused`: shares of queries (with a right model, without one) that are refused; `plain`: by one
    cut-off for all queries, chosen alike.
    """

    base: float
    by_mean: float
    by_spread: float
    refused: tuple[float, float]
    plain: tuple[float, float]

    @property
    def fields(self) -> dict[str, float]:
        """By their names in the card; none where one cut-off for all queries does as well."""
        if self.refused[1] <= self.plain[1]:
            return {}
        return dict(zip(FIELDS, (self.base, self.by_mean, self.by_spread), strict=True))


def is_fitted_on(concept: str) -> bool:
    """Whether an absent concept is among those that a cut-off is fitted on: half of them are."""
    return split_of(concept) == "validation"


def ask(
    lexicon: Mapping[str, Concept],
    encode: Encode,
    own: tuple[Sequence[str], Float32[np.ndarray, "n d"]],
    trained: tuple[Sequence[str], Float32[np.ndarray, "m d"]],
    written: Sequence[tuple[str, str]],
    seed: int = 0,
) -> Asked:
    """Names of concepts in every language and `written` queries (text, concept key), asked for in drawn libraries.

    `own`: concept keys and vectors of validation's models; `trained`: of models that were learned from,
    of which those of other concepts are drawn. A concept is absent where no model is it, nor shares its parent.
    """
    held = set(own[0])
    others = np.flatnonzero([key not in held for key in trained[0]])
    keys = np.array([*own[0], *(trained[0][place] for place in others.tolist())])
    vectors = np.concatenate([own[1], trained[1][others]])
    taught = held | set(trained[0])
    asked = [(key, name, TAUGHT) for key in sorted(held) for name in _names(lexicon, key)]
    asked += [(key, text, WRITTEN) for text, key in written if key in held]
    asked += [
        (key, name, TAUGHT if key in taught else UNTAUGHT)
        for key in sorted(lexicon)
        if key not in held and is_fitted_on(key)
        for name in _names(lexicon, key)
    ]
    cosines = encode([text for _, text, _ in asked]) @ vectors.T
    number = {key: place for place, key in enumerate(dict.fromkeys(key for key, _, _ in asked))}
    draw = np.random.default_rng(seed)
    told: list[tuple[float, float, float]] = []
    facts: list[tuple[bool, int, int, int]] = []
    for library, size in enumerate(np.repeat(SIZES, DRAWS).tolist()):
        chosen = _drawn(draw, len(own[0]), len(others), size)
        if len(chosen) < FEWEST_MODELS:
            continue
        there = set(keys[chosen].tolist())
        near = there | {lexicon[key].parent for key in there if key in lexicon}
        for place, (key, _, sort) in enumerate(asked):
            absent = key in lexicon and key not in there and lexicon[key].parent not in near
            right = key in held and key in there
            if right or (absent and (key in held or draw.random() < ABSENT)):
                row = cosines[place, chosen]
                told.append((float(row.max()), float(row.mean()), float(row.std())))
                facts.append((right, sort, number[key], library))
    right, sort, concept, library = np.array(facts, np.int64).reshape(-1, 4).T
    return Asked(np.array(told).reshape(-1, 3), right > 0, sort, concept, library)


def fit(asked: Asked) -> CutOff:
    """The cut-off of all queries, and how it does where its concepts were not fitted on; of few queries none."""
    concepts = len(np.unique(asked.concept[asked.right]))
    if concepts < FOLDS or min(np.count_nonzero(asked.right), np.count_nonzero(~asked.right)) < FEWEST:
        return CutOff(0.0, 0.0, 0.0, (0.0, 0.0), (0.0, 0.0))
    weights = asked.weights()
    border = _border(asked, weights, np.ones(len(weights), bool))
    held = {name: np.zeros(len(weights), bool) for name in ("fitted", "plain")}
    for fold in range(FOLDS):
        # Consecutive numbers share a first letter: a stride apart they do not.
        inside = (asked.concept * 7919) % FOLDS == fold
        own = _border(asked, weights, ~inside)
        plain = _quantile(asked.told[:, 0], weights, ~inside & asked.right)
        held["fitted"] |= inside & (_margin(asked, own) < 0)
        held["plain"] |= inside & (asked.told[:, 0] < plain)
    fitted, plain = (_refused(refused, asked.right, weights) for refused in (held["fitted"], held["plain"]))
    base, by_mean, by_spread = (round(float(value), 4) for value in border)
    return CutOff(base, by_mean, by_spread, fitted, plain)


def _refused(
    refused: Bool[np.ndarray, " n"], right: Bool[np.ndarray, " n"], weights: Float64[np.ndarray, " n"]
) -> tuple[float, float]:
    """The share of the weight that is refused: of those with a right model, and of the others."""
    return (
        round(float(np.average(refused[right], weights=weights[right])), 3),
        round(float(np.average(refused[~right], weights=weights[~right])), 3),
    )


def write_fields(card: Path, fields: Mapping[str, float]) -> None:
    """Puts the fields of a cut-off into the table [words] of a card, in the place of those that it had."""
    lines = card.read_text(encoding="utf-8").splitlines()
    start = lines.index("[words]") + 1
    end = next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))
    kept = [line for line in lines[start:end] if line.split(" = ")[0] not in FIELDS]
    new = [f"{name} = {value}" for name, value in fields.items()]
    card.write_text("\n".join([*lines[:start], *kept, *new, *lines[end:]]) + "\n", encoding="utf-8")


def _names(lexicon: Mapping[str, Concept], key: str) -> list[str]:
    if key not in lexicon:
        return [key]
    return [lexicon[key].names[tongue][0] for tongue in LANGUAGES if lexicon[key].names[tongue]]


def _drawn(draw: np.random.Generator, own: int, others: int, size: int) -> Int64[np.ndarray, " n"]:
    """Places of a library's models: a quarter of them, at least 20, from the first `own`, but at most half of those."""
    first = min(own // 2, max(20, size // 4))
    rest = min(others, size - first)
    chosen = np.concatenate(
        [draw.choice(own, first, replace=False), own + draw.choice(others, rest, replace=False)]
    )
    return chosen.astype(np.int64)


def _margin(asked: Asked, border: Float64[np.ndarray, " 3"]) -> Float64[np.ndarray, " n"]:
    """How far each best cosine is above its cut-off."""
    best, mean, spread = asked.told.T
    return best - (border[0] + border[1] * mean + border[2] * spread)


def _border(
    asked: Asked, weights: Float64[np.ndarray, " n"], chosen: Bool[np.ndarray, " n"]
) -> Float64[np.ndarray, " 3"]:
    """(base, by_mean, by_spread), fitted on the chosen queries."""
    told, right = asked.told[chosen], asked.right[chosen].astype(np.float64)
    middle, scale = told.mean(axis=0), told.std(axis=0)
    _, best, mean, spread = logistic((told - middle) / scale, right, weights[chosen])
    slope = best / scale[0]
    by = -np.array([mean / scale[1], spread / scale[2]]) / slope
    above = _margin(asked, np.array([0.0, *by]))
    return np.array([_quantile(above, weights, chosen & asked.right), *by])


def _quantile(
    values: Float64[np.ndarray, " n"], weights: Float64[np.ndarray, " n"], chosen: Bool[np.ndarray, " n"]
) -> float:
    """Below it lies REFUSED of the chosen values' weight."""
    order = np.argsort(values[chosen], kind="stable")
    reached = np.cumsum(weights[chosen][order]) / weights[chosen].sum()
    return float(values[chosen][order][np.searchsorted(reached, REFUSED)])


def logistic(
    x: Float64[np.ndarray, "n k"], y: Float64[np.ndarray, " n"], weights: Float64[np.ndarray, " n"]
) -> Float64[np.ndarray, " k+1"]:
    """Intercept and slopes by Newton's method (Hastie, Tibshirani & Friedman 2009, 4.4.1), with a slight ridge."""
    design = np.column_stack([np.ones(len(x)), x])
    ridge = np.diag([0.0, *[_RIDGE] * x.shape[1]])
    found = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        gradient = design.T @ (weights * (y - likely)) - ridge @ found
        curvature = (design * (weights * likely * (1 - likely))[:, None]).T @ design + ridge
        step = np.linalg.solve(curvature, gradient)
        found += step
        if np.abs(step).max() < 1e-9:
            break
    return found
