"""Query: what a person asks for, as a weighted sum of parts. Composed with + and -, scaled with *."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Literal

Kind = Literal["words", "file", "id", "picture"]
# How the file of a picture ends; models are known by formats/table.py.
PICTURES = frozenset([".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"])


def is_picture(name: str) -> bool:
    """Is it, by how its name ends, the file of a picture?"""
    return PurePath(name).suffix.lower() in PICTURES


@dataclass(frozen=True)
class Term:
    """One part of a query. `value`: the words, the path of a model or picture, or the id. Negative weight: unlike.

    `more`: paths of further pictures of the same thing; of a picture only.
    """

    kind: Kind
    value: str
    weight: float = 1.0
    more: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it names, none for words and ids."""
        return (self.value, *self.more) if self.kind in ("file", "picture") else ()

    @property
    def called(self) -> str:
        """Its name in a sentence: words as they are, of a path the last part."""
        if self.kind == "words":
            return "“" + self.value.replace('"', "") + "”"
        if self.kind == "id":
            return self.value
        others = f" and {len(self.more)} more" if self.more else ""
        return self.value.replace("\\", "/").rsplit("/", 1)[-1] + others

    def __str__(self) -> str:
        """The term in the query box's syntax: `chair`, `-wood`, `2:chair`, `id:k3f9`, `photo.png`.

        Several pictures of one thing stand in brackets, which the box does not read.
        """
        value = f"id:{self.value}" if self.kind == "id" else self.value
        if self.paths:
            value = " ".join(f'"{path}"' if " " in path else path for path in self.paths)
            value = f"({value})" if self.more else value
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
        """Like a model file, like an indexed model given as `id:...`, or like a picture (known by its suffix)."""
        text = str(model)
        if text.startswith("id:"):
            return cls((Term("id", text[3:]),))
        return cls.image(text) if is_picture(text) else cls((Term("file", text),))

    @classmethod
    def image(cls, *pictures: str | Path) -> Query:
        """Like the thing in one picture, or in several pictures of the same thing."""
        if not pictures:
            return cls()
        first, *more = map(str, pictures)
        return cls((Term("picture", first, more=tuple(more)),))

    def __add__(self, other: Query) -> Query:
        return Query(self.terms + other.terms)

    def __sub__(self, other: Query) -> Query:
        return self + -1.0 * other

    def __mul__(self, weight: float | int) -> Query:
        return Query(tuple(replace(term, weight=term.weight * weight) for term in self.terms))

    __rmul__ = __mul__

    def __str__(self) -> str:
        return " ".join(str(term) for term in self.terms)
