"""The text of the query box -> Query.

    red chair          words, all of them              "fire hydrant"   these words side by side
    -wood              none with this word             2:chair metal    chair counts double
    id:k3f9            like this model of the library  ./a.glb          like this file
    -id:k3f9           unlike this model               "my files/a.glb" a path with spaces

A part is a path when it has a `/` or `\\` in it and ends like a file of a model or a picture; a bare
`a.glb` is a word. Neighbouring words of weight 1 are one term: a record should hold all of them.
"""

from __future__ import annotations

import re

from polyseek.errors import QueryError
from polyseek.search.query import Kind, Query, Term

PICTURES = (".png", ".jpg", ".jpeg", ".webp")

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
        return Term("file", phrase, weight) if _is_path(phrase) else Term("words", f'"{phrase}"', weight)
    word = part["word"]
    if not any(letter.isalnum() for letter in word):
        return None
    kind: Kind = "file" if _is_path(word) else "words"
    return Term(kind, word, weight)


def _is_path(text: str) -> bool:
    if "/" not in text and "\\" not in text:
        return False
    from polyseek.formats.table import format_of

    return format_of(text) is not None or text.lower().endswith(PICTURES)
