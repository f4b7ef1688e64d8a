"""Which records of a library are variants of one thing: worked out for what has changed, and kept in the catalogue.

A record stands under the first of its bucket (folding.py) that it is a variant of. Only buckets that
something changed in are looked at, and there only what changed is compared with those that lead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from threading import Lock

import numpy as np
from jaxtyping import Float32, Int64

from polyseek.catalogue.contract import Catalogue, Thing
from polyseek.errors import LibraryBusy, SpaceMismatch
from polyseek.search.folding import RULES, Silhouette, bucket, covered, leaders

NEVER = -1  # no generation has this number

Vector = Float32[np.ndarray, " d"]


class Variants:
    """The variants of one catalogue. `space`: digest of the Space in which models are compared."""

    def __init__(self, catalogue: Catalogue, space: str) -> None:
        self._catalogue = catalogue
        self._space = space
        self._lock = Lock()
        self._known: tuple[int, Int64[np.ndarray, " v"], Int64[np.ndarray, " v"]] | None = None

    def leaders(self, keys: Int64[np.ndarray, " n"]) -> Int64[np.ndarray, " n"]:
        """The key under which each of these records stands, its own where it is no variant."""
        with self._lock:
            generation = self._catalogue.generation()
            if self._known is None or self._known[0] != generation:
                done = bring_up_to_date(self._catalogue, self._space)
                self._known = (generation if done else NEVER, *self._catalogue.variants())
            _, variants, under = self._known
        if not len(variants):
            return keys.copy()
        places = np.minimum(np.searchsorted(variants, keys), len(variants) - 1)
        return np.where(variants[places] == keys, under[places], keys)


def bring_up_to_date(catalogue: Catalogue, space: str) -> bool:
    """Place every record that has changed.

    False where another process writes for too long: what changed last then stands alone until the next time.
    """
    change = catalogue.unfolded(RULES)
    if not change.things and not change.gone:
        return True
    gone = set(change.gone)
    buckets: dict[str, list[Thing]] = {}
    for thing in change.things:
        buckets.setdefault(bucket(thing), []).append(thing)
    led = {
        stem: [thing for thing in found if thing.key not in gone]
        for stem, found in catalogue.leaders_of(buckets).items()
    }
    shared = {stem for stem, things in buckets.items() if len(things) + len(led.get(stem, ())) > 1}
    compared = [thing.key for stem in shared for thing in (*buckets[stem], *led.get(stem, ()))]
    vectors = _vectors(catalogue, space, compared)
    placed: list[tuple[int, str, int]] = []
    for stem, things in buckets.items():
        under = [things[0].key]
        if stem in shared:
            under = leaders(things, led.get(stem, ()), vectors, _silhouettes(catalogue))
        placed += [(thing.key, stem, key) for thing, key in zip(things, under, strict=True)]
    try:
        return catalogue.fold(change, RULES, placed)
    except LibraryBusy:
        return False


def _vectors(catalogue: Catalogue, space: str, keys: Sequence[int]) -> Mapping[int, Vector]:
    try:
        return catalogue.vectors_of(space, keys) if keys else {}
    except SpaceMismatch:  # indexed without the encoder that compares models: all stand alone
        return {}


def _silhouettes(catalogue: Catalogue) -> Callable[[Thing], Silhouette | None]:
    """What a thing's picture covers, decoded once."""

    @cache
    def seen(thing: Thing) -> Silhouette | None:
        return covered(catalogue.picture(thing.id))

    return seen
