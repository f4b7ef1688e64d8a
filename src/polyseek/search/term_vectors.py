"""The terms of a query -> their vectors: read from files, told with the query, or taken from the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from jaxtyping import Float32

from polyseek.catalogue.contract import Catalogue
from polyseek.errors import QueryError, SpaceMismatch
from polyseek.search.pages import Pages
from polyseek.search.query import Term

Vector = Float32[np.ndarray, " _"]  # of any Space
BySpace = Mapping[str, Vector]
Encode = Callable[[str], BySpace]
Look = Callable[[Sequence[str]], BySpace]


class TermVectors:
    """Vectors of models and pictures. `encode`, `look`: as a Searcher has them."""

    def __init__(self, catalogue: Catalogue, pages: Pages, encode: Encode, look: Look) -> None:
        self._catalogue = catalogue
        self._pages = pages
        self._encode = encode
        self._look = look

    def one(self, term: Term, space: str, given: Mapping[Term, BySpace]) -> Vector:
        """In one Space. Raises QueryError and SpaceMismatch where it has none there, UnknownId, FileError."""
        return next(vector for vector in self.each(term, (space,), given) if vector is not None)

    def each(self, term: Term, spaces: Sequence[str], given: Mapping[Term, BySpace]) -> list[Vector | None]:
        """In each of some Spaces, None where it has none; in one at least. `given`: vectors that are at hand.

        Raises as `one` does.
        """
        if term.kind == "id":
            key = self._catalogue.key_of(term.value)
            found = [self._pages.page(space).index.vector(key) for space in spaces]
            if all(vector is None for vector in found):
                raise QueryError(
                    f"the model {term.value} has no vector to compare",
                    hint="run polyseek index again on its folder",
                )
            return found
        if term in given:
            vectors = given[term]
        elif term.kind == "picture":
            vectors = self._look(term.paths)
        else:
            vectors = self._encode(term.value)
        found = [vectors.get(space) for space in spaces]
        if all(vector is None for vector in found):
            raise SpaceMismatch(
                f"it has no vector of Space {spaces[0]}", path=term.value, hint="run polyseek doctor"
            )
        return found
