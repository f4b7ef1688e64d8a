"""One file that means harm."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class HostileFile:
    """`name`: with the suffix; `beside`: further files by relative path. `refused`: must not become an Asset."""

    name: str
    data: bytes
    refused: bool = True
    beside: dict[str, bytes] = field(default_factory=dict)
