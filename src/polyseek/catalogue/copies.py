"""Files of the same bytes, as a catalogue tells of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Copy:
    """One file of a group. `ids`: its records, several where its scene was split; `added`: when the first came."""

    path: str
    added: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Duplicate:
    """Files with the same bytes, the one that was added first before the others. `bytes`: of one of them."""

    digest: str
    bytes: int
    copies: tuple[Copy, ...]

    @property
    def waste(self) -> int:
        """Bytes of all copies but one, their side files not counted."""
        return self.bytes * (len(self.copies) - 1)

    def as_json(self) -> dict[str, Any]:
        """The fields and `waste`, as plain JSON values."""
        return {**asdict(self), "waste": self.waste}


@dataclass(frozen=True)
class Duplicates:
    """A page of groups. `number`, `waste`: of all groups, how many there are and their bytes together."""

    groups: tuple[Duplicate, ...]
    number: int
    waste: int
