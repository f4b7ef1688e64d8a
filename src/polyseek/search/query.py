"""Query: what a person asks for, as a weighted sum of parts. Composed with + and -, scaled with *."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

Kind = Literal["words", "file", "id"]


@dataclass(frozen=True)
class Term:
    """One part of a query. `value`: the words, the path of a model or picture, or the id. Negative weight: unlike."""

    kind: Kind
    value: str
    weight: float = 1.0

    def __str__(self) -> str:
        """The term in the query box's syntax: `chair`, `-wood`, `2:chair`, `id:k3f9`."""
        value = f"id:{self.value}" if self.kind == "id" else self.value
        if self.kind == "file" and " " in value:
            value = f'"{value}"'
        size = abs(self.weight)
        weight = "" if size == 1 else f"{size:g}:"
        return ("-" if self.weight < 0 else "") + weight + value


@dataclass(frozen=True)
class Query:
    """A sum of terms. `Query.like("a.glb") - Query.words("wood")`, `2 * Query.words("red chair")`."""

    terms: tuple[Term, ...] = ()

    @classmethod
    def words(cls, text: str) -> Query:
        return cls((Term("words", text),))

    @classmethod
    def like(cls, model: str | Path) -> Query:
        """Like a model file, or like an indexed model given as `id:...`."""
        text = str(model)
        return cls((Term("id", text[3:]),)) if text.startswith("id:") else cls((Term("file", text),))

    def __add__(self, other: Query) -> Query:
        return Query(self.terms + other.terms)

    def __sub__(self, other: Query) -> Query:
        return self + -1.0 * other

    def __mul__(self, weight: float | int) -> Query:
        return Query(tuple(replace(term, weight=term.weight * weight) for term in self.terms))

    __rmul__ = __mul__

    def __str__(self) -> str:
        return " ".join(str(term) for term in self.terms)
