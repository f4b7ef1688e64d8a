"""The text of the query box -> Query.

    red chair          words, all of them              "fire hydrant"   these words side by side
    -wood              none with this word             2:chair metal    chair counts double
    id:k3f9            like this model of the library  ./a.glb          like this file
    -id:k3f9           unlike this model               "my files/a.glb" a path with spaces
    photo.png          like the thing in this picture

A part is a model's path when it has a `/` or `\\` in it and ends like a file of a model; a bare `a.glb`
is a word. What ends like a picture's file is a picture. Neighbouring words of weight 1 are one term: a
record should hold all of them.
"""

from __future__ import annotations

import re

from polyseek.errors import QueryError
from polyseek.search.query import Kind, Query, Term, is_picture

_PART = re.compile(
    r"""(?P<minus>-)?
        (?:(?P<weight>\d+(?:\.\d+)?):(?=\S))?
        (?:(?P<id>id:(?P<key>[^\s"]+)) | "(?P<phrase>[^"]*)"? | (?P<word>[^\s"]+))""",
    re.VERBOSE,
)


def parse_query(text: str) -> Query:
    """Raises QueryError where nothing is asked for."""
    terms: list[Term] = []
    together: list[str] = []
    for part in _PART.finditer(text):
        term = _term(part)
        if term is None:
            continue
        if term.kind == "words" and term.weight == 1.0:
            together.append(term.value)
        else:
            terms.append(term)
    if together:
        terms.insert(0, Term("words", " ".join(together)))
    if not terms:
        raise QueryError("there is nothing to search for", hint="give words, a model file or id:...")
    return Query(tuple(terms))


def _term(part: re.Match[str]) -> Term | None:
    weight = float(part["weight"] or 1.0) * (-1.0 if part["minus"] else 1.0)
    if part["id"]:
        return Term("id", part["key"], weight)
    if part["phrase"] is not None:
        phrase = part["phrase"].strip()
        if not any(letter.isalnum() for letter in phrase):
            return None
        kind = _kind(phrase)
        return Term(kind, f'"{phrase}"' if kind == "words" else phrase, weight)
    word = part["word"]
    if not any(letter.isalnum() for letter in word):
        return None
    return Term(_kind(word), word, weight)


def _kind(text: str) -> Kind:
    if is_picture(text):
        return "picture"
    if "/" not in text and "\\" not in text:
        return "words"
    from polyseek.formats.table import format_of

    return "words" if format_of(text) is None else "file"
