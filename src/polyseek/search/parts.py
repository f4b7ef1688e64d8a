"""The parts of a query and what each says of the records: by words, by shape, by a place in a tower's Space.

A part gives scores within 0 and 1 in the order of the search's keys, which ascend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Int64

from polyseek.indexes.exact import nearest
from polyseek.search.blend import Blended, Vector
from polyseek.search.composed import Composed
from polyseek.search.fusion import fuse, fuse_ranks
from polyseek.search.lexical import Found
from polyseek.search.pages import Page
from polyseek.search.query import Term

Keys = Int64[np.ndarray, " n"]
Scores = Float32[np.ndarray, " n"]


@dataclass(frozen=True, eq=False)
class Part:
    """One scored part. `good`: it has a good match. `term`: a model that was compared, by what is `said`.

    `found`: what words matched, one for each term of words; `composed`: what was summed in a tower's
    Space; `order`: what the hits of this part alone are ordered by, where that is not the score.
    """

    weight: float
    scores: Scores
    good: bool
    term: Term | None = None
    found: tuple[Found, ...] = ()
    composed: Composed | None = None
    order: Scores | None = None
    said: str = "shape"


def by_words(term: Term, found: Found, keys: Keys) -> Part:
    """Records that hold the words, or what they mean."""
    scores = _scores_of(found, keys)
    # A condition may have left out every record that holds all words.
    return Part(term.weight, scores, found.complete and bool(scores.any()), found=(found,))


def by_likeness(
    term: Term, vectors: Sequence[Vector | None], blended: Blended, keys: Keys, said: str
) -> Part:
    """Models that are near to one in the Spaces of a blend. `vectors`: its own in each, None where it has none."""
    cosines, scale = blended.compared(vectors, keys)
    good = bool(len(cosines)) and float(cosines.max()) >= scale.cut_off
    return Part(term.weight, scale.scores(cosines), good, term, order=cosines, said=said)


def by_place(composed: Composed, page: Page, keys: Keys) -> Part:
    """Models near to a composed query."""
    cosines = page.cosines(composed.vector, keys)
    good = bool(len(cosines)) and float(cosines.max()) >= composed.scale.cut_off
    # The pieces' weights are in the sum already.
    return Part(1.0, composed.scale.scores(cosines), good, composed=composed, order=cosines)


def by_both(words: Sequence[Part], place: Part) -> Part:
    """Words and a place, in the order of their reciprocal ranks; what holds all the words comes first.

    A rank says nothing of how near a record is, so its score is the better of the two that it has.
    Records that hold a few of the words only count where nothing is near: `something to sit on` does not ask for `on`.
    """
    counted = [part for part in words if part.good or not place.good]
    held = np.zeros_like(place.scores)
    if counted:
        held = fuse([part.scores for part in counted], [part.weight for part in counted])
    exact = np.logical_and.reduce([(part.scores > 0) & np.bool_(part.good) for part in words])
    assert place.order is not None
    near = np.where(place.scores > 0, 1 + place.order, np.float32(0))
    found = tuple(each for part in words for each in part.found)
    good = place.good or all(part.good for part in words)
    scores = np.maximum(held, place.scores)
    return Part(1.0, scores, good, found=found, composed=place.composed, order=fuse_ranks(held, near, exact))


def ranked(
    keys: Keys, parts: Sequence[Part], keep: Bool[np.ndarray, " n"], k: int
) -> tuple[Int64[np.ndarray, " k"], Float32[np.ndarray, " k"], bool]:
    """Places of the best k, their scores, and whether the search found a good match."""
    if not len(keys):
        return np.empty(0, np.int64), np.empty(0, np.float32), False
    if not parts:  # only words to leave out: the rest, in the order they came
        fused = order = np.ones(len(keys), np.float32)
    else:
        fused = order = fuse([part.scores for part in parts], [part.weight for part in parts])
        if len(parts) == 1 and parts[0].weight > 0 and parts[0].order is not None:
            order = parts[0].order
    places = nearest(np.where(keep, order, np.float32(-np.inf)), k)
    likes = [part for part in parts if part.weight > 0]
    good = not likes or any(part.good for part in likes)
    return places, fused[places], good


def keys_of(found: Sequence[Found]) -> Keys:
    """The records that any of them found, ascending."""
    return np.array(sorted({key for each in found for key in each.scores}), np.int64)


def either(keys: Keys, others: Int64[np.ndarray, " m"]) -> Int64[np.ndarray, " k"]:
    """The keys of both, ascending, as both are."""
    if members(keys, others).all():  # as most often: nothing to sort
        return others
    return np.union1d(keys, others)


def members(keys: Keys, allowed: Int64[np.ndarray, " a"]) -> Bool[np.ndarray, " n"]:
    """Which keys are among the allowed ones; both ascending."""
    if not len(allowed):
        return np.zeros(len(keys), bool)
    places = np.minimum(np.searchsorted(allowed, keys), len(allowed) - 1)
    return allowed[places] == keys


def _scores_of(found: Found, keys: Keys) -> Scores:
    scores = np.zeros(len(keys), np.float32)
    held = np.array(list(found.scores), np.int64)
    values = np.array(list(found.scores.values()), np.float32)
    if len(held) and len(keys):
        places = np.minimum(np.searchsorted(keys, held), len(keys) - 1)
        there = keys[places] == held
        scores[places[there]] = values[there]
    return scores
