"""What was asked, checked: a query with the mode and the Spaces that answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from polyseek.errors import QueryError, UsageError
from polyseek.search.blend import Blend
from polyseek.search.pages import Page
from polyseek.search.query import Query, Term
from polyseek.search.term_vectors import BySpace
from polyseek.search.tower import Tower

MODES = ("auto", "words", "meaning", "hybrid")
_NOTHING_ASKED = "give words, a model file, a picture or id:..."


@dataclass(frozen=True, eq=False)
class Asked:
    """A query on its way.

    `compared`: the Spaces in which models are compared; `towers`: those that may be asked; `tower` and
    `page`: where it is summed, if it is; `given`: vectors of terms by Space.
    """

    query: Query
    mode: str
    compared: Blend
    towers: Sequence[Tower]
    tower: Tower | None
    page: Page | None
    given: Mapping[Term, BySpace]

    def words(self, *, wanted: bool) -> list[Term]:
        """Its terms of words, to be held or to be left out."""
        return [
            term
            for term in self.query.terms
            if term.kind == "words" and (term.weight > 0 if wanted else term.weight < 0)
        ]

    def models(self) -> list[Term]:
        return [term for term in self.query.terms if term.kind in ("file", "id") and term.weight != 0]


def check(query: Query, k: int, mode: str) -> None:
    """Raises QueryError and UsageError for what cannot be searched for."""
    if not any(term.weight != 0 for term in query.terms):
        raise QueryError("there is nothing to search for", hint=_NOTHING_ASKED)
    if k < 1:
        raise UsageError(f"k is {k}, and must be 1 or more")
    if mode not in MODES:
        raise QueryError(f"there is no mode {mode!r}", hint=f"modes: {', '.join(MODES)}")
    if mode == "words" and any(term.kind != "words" for term in query.terms):
        raise QueryError("mode words cannot compare models or pictures", hint="use mode auto")
