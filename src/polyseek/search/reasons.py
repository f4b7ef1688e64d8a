"""The reasons of a search's hits: what each part of the query says of each record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Int64

from polyseek.catalogue.contract import Catalogue
from polyseek.catalogue.record import Record
from polyseek.search import meaning, why
from polyseek.search.composed import Composed, near_each
from polyseek.search.lexical import Found
from polyseek.search.pages import Page
from polyseek.search.parts import Part
from polyseek.search.why import Reason

Said = dict[int, list[Reason]]


def reasons(
    catalogue: Catalogue,
    parts: Sequence[Part],
    keys: Sequence[int],
    places: Int64[np.ndarray, " k"],
    records: Mapping[int, Record],
    page: Page | None,
) -> dict[int, tuple[Reason, ...]]:
    """Key of a hit -> one or more. `places`: of the hits in the parts' scores; `page`: of the tower's Space."""
    said: Said = {key: [] for key in keys}
    likes = [part for part in parts if part.term is not None]
    for part in parts:
        for found in part.found:
            _of_words(said, catalogue, found, records)
        if part.composed is not None:
            assert page is not None
            _of_place(said, part.composed, page)
        if part.term is not None:
            unwanted = part.weight < 0
            like = part.term if len(likes) > 1 else None
            for key, score in zip(keys, part.scores[places].tolist(), strict=True):
                said[key].append(
                    why.of_unwanted(score, part.term) if unwanted else why.of_shape(score, like, part.said)
                )
    return {key: tuple(each) or (Reason("rest"),) for key, each in said.items()}


def _of_words(said: Said, catalogue: Catalogue, found: Found, records: Mapping[int, Record]) -> None:
    columns = catalogue.matched_columns(found.groups, list(said))
    for key, each in said.items():
        if key in found.by_meaning and key in records:
            each.append(meaning.reason(records[key], found.meant))
        elif any(columns[key]):
            each.append(why.of_words(found.shown, columns[key]))


def _of_place(said: Said, composed: Composed, page: Page) -> None:
    held = [(key, vector) for key in said if (vector := page.index.vector(key)) is not None]
    if not held:
        return
    several = len(composed.pieces) > 1
    for piece, scores in near_each(composed, np.stack([vector for _, vector in held])):
        term = piece.term
        for (key, _), score in zip(held, scores.tolist(), strict=True):
            if term.weight < 0:
                said[key].append(why.of_unwanted(score, term))
            elif term.kind in ("words", "picture"):
                said[key].append(why.of_likeness(score, term, piece.meant))
            else:
                said[key].append(why.of_shape(score, term if several else None))
