"""The socket of a file format: bytes of a Source in, an Asset in the file's own frame out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from polyseek.assets import Asset
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source

Read = Callable[[Source, Limits], Asset]


@dataclass(frozen=True)
class Format:
    """One kind of file. `reader`: "module:function" with the signature of Read, imported on first use.

    `suffixes`: lower case with the dot. `magic`: byte strings, any of which opens a file of this
    kind (empty where the kind has none). `extra`: the optional dependency it needs, None for none.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    reader: str
    magic: tuple[bytes, ...] = ()
    extra: str | None = None


@dataclass(frozen=True)
class Unreadable:
    """A kind of file that people have and polyseek does not read; `instead`: one plain line on what to export."""

    suffixes: tuple[str, ...]
    title: str
    instead: str
