"""Listing a library page by page: any filter, any order, variants of one thing as one card.

The keys of a list are worked out once for each filter, order and state of the library; a page is a
slice of them, wherever it begins.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from jaxtyping import Int64

from polyseek.catalogue.contract import Catalogue
from polyseek.catalogue.record import Record
from polyseek.search.where import parse_where

Keys = Int64[np.ndarray, " n"]
KEPT = 12  # lists that are kept: of 100,000 records 2 MB each


@dataclass(frozen=True)
class Cards:
    """`keys`: of every record, card by card; card i has keys[starts[i]:starts[i + 1]], in the list's order."""

    keys: Int64[np.ndarray, " n"]
    starts: Int64[np.ndarray, " cards_and_one"]

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True)
class Listing:
    """A page of cards. `groups`: of each card its first record, then the variants under it.

    `start`: the place of the first card among all `cards`; `models`: records on all cards.
    """

    groups: tuple[tuple[Record, ...], ...]
    start: int
    cards: int
    models: int


class Browser:
    """Lists one catalogue. Safe to use from several threads.

    `leaders`: the key under which each of some records stands, as Variants.leaders says it.
    """

    def __init__(self, catalogue: Catalogue, leaders: Callable[[Keys], Keys]) -> None:
        self._catalogue = catalogue
        self._leaders = leaders
        self._lists: OrderedDict[tuple[int, str, str, bool], Cards] = OrderedDict()
        self._lock = Lock()

    def page(
        self,
        where: str | None = None,
        *,
        sort: str = "name",
        fold: bool = False,
        limit: int = 200,
        offset: int = 0,
        after: Sequence[str] = (),
    ) -> Listing:
        """`limit` cards from `offset`, or from behind the last of the records `after` that is still in the list.

        Raises QueryError.
        """
        cards = self.cards(where, sort=sort, fold=fold)
        start = self._behind(cards, after, offset)
        end = min(start + limit, len(cards))
        keys = cards.keys[cards.starts[start] : cards.starts[end]].tolist() if start < end else []
        records = self._catalogue.records_by_key(keys)
        groups: list[tuple[Record, ...]] = []
        for place in range(start, end):
            own = cards.keys[cards.starts[place] : cards.starts[place + 1]].tolist()
            groups.append(tuple(records[key] for key in own if key in records))
        # A record may have been removed since its key was read.
        return Listing(tuple(group for group in groups if group), start, len(cards), len(cards.keys))

    def cards(self, where: str | None, *, sort: str, fold: bool) -> Cards:
        """All cards of a list."""
        asked = (self._catalogue.generation(), (where or "").strip(), sort, fold)
        with self._lock:
            found = self._lists.get(asked)
            if found is not None:
                self._lists.move_to_end(asked)
                return found
        condition = parse_where(asked[1]) if asked[1] else None
        keys = self._catalogue.keys(condition, sort=sort)
        found = gathered(keys, self._leaders(keys) if fold else keys)
        with self._lock:
            self._lists[asked] = found
            while len(self._lists) > KEPT:
                self._lists.popitem(last=False)
        return found

    def groups(self, records: Sequence[Record]) -> list[list[int]]:
        """Places in `records` by group of variants, groups and members in their order."""
        known = self._catalogue.keys_of([record.id for record in records])
        # One that was removed a moment ago stands alone.
        keys = np.array([known.get(record.id, -1 - place) for place, record in enumerate(records)], np.int64)
        found: dict[int, list[int]] = {}
        for place, leader in enumerate(self._leaders(keys).tolist()):
            found.setdefault(leader, []).append(place)
        return list(found.values())

    def _behind(self, cards: Cards, after: Sequence[str], offset: int) -> int:
        known = self._catalogue.keys_of(after) if after else {}
        for id in reversed(after):
            places = np.flatnonzero(cards.keys == known.get(id, -1))
            if len(places):
                return int(np.searchsorted(cards.starts, places[0], side="right"))
        return min(offset, len(cards))


def gathered(keys: Int64[np.ndarray, " n"], leaders: Int64[np.ndarray, " n"]) -> Cards:
    """Records with one leader together: each card where its first record stands, its records in their order."""
    if not len(keys) or leaders is keys or np.array_equal(leaders, keys):
        return Cards(keys, np.arange(len(keys) + 1))
    # Keys count up from 1. Written backwards, the first place of each leader is what stays.
    first = np.empty(int(leaders.max()) + 1, np.int64)
    first[leaders[::-1]] = np.arange(len(keys))[::-1]
    card = first[leaders]
    order = np.argsort(card, kind="stable")
    starts = np.flatnonzero(np.diff(card[order], prepend=-1))
    return Cards(keys[order], np.append(starts, len(keys)).astype(np.int64))
