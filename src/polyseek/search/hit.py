"""Hit and Hits: what a search gives back, with the same fields in Python, JSON, HTTP and the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from polyseek.catalogue.record import Record
from polyseek.search.why import Reason


@dataclass(frozen=True)
class Hit:
    """`score`: 0 to 1, comparable within one search. `why`: one short sentence on what matched, of its `reasons`."""

    rank: int
    id: str
    score: float
    name: str
    path: str
    why: str
    record: Record
    reasons: tuple[Reason, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "rank": self.rank,
            "id": self.id,
            "score": self.score,
            "name": self.name,
            "path": self.path,
            "why": self.why,
            "reasons": [reason.as_json() for reason in self.reasons],
            "record": self.record.as_json(),
        }


@dataclass(frozen=True)
class Hits(Sequence[Hit]):
    """Hits, best first. `good_match`: False when nothing close enough was found (the rest is then only the nearest).

    `ranked`: int64 array of the catalogue's keys of all records that the search ranked, of which the hits
    are the best; for counting them (`Library.facets`).
    """

    query: str
    hits: tuple[Hit, ...]
    good_match: bool
    seconds: float
    made_by: dict[str, str] = field(default_factory=dict[str, str])
    ranked: Any = field(default=None, repr=False, compare=False)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[index]

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def as_json(self) -> dict[str, Any]:
        return {
            "query": self.query,
            "hits": [hit.as_json() for hit in self.hits],
            "good_match": self.good_match,
            "seconds": self.seconds,
            "made_by": self.made_by,
        }
