"""The short names of models: lower-case letters and digits, made of the path at which a model was first seen."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping

SHORTEST = 8


def id_of(path: str, length: int = SHORTEST) -> str:
    """`length` (8 to 32) characters of base32 (RFC 4648, lower case) of the path's BLAKE2b digest."""
    digest = hashlib.blake2b(path.encode(), digest_size=20).digest()
    return base64.b32encode(digest).decode().lower()[:length]


class Ids:
    """Gives each model its id: the one it has, else a new one that no other has.

    `holder`: id -> path of the record that has it, None where it is free.
    """

    def __init__(self, holder: Callable[[str], str | None]) -> None:
        self._holder = holder
        self._given: dict[str, str] = {}

    def give(self, path: str, known: Mapping[str, str]) -> str:
        """The id of the model at `path`. `known`: path -> id of the records that its file has already."""
        if path in known:
            return known[path]
        for length in range(SHORTEST, 33):
            id = id_of(path, length)
            if (self._given.get(id) or self._holder(id) or path) == path:
                self._given[id] = path
                return id
        raise AssertionError("two paths have one digest")
