"""Report: the summary of one run of the pipeline."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Failure:
    """A file that is not in the library. `kind`: of polyseek.errors. `reason`: what happened and what to do."""

    path: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Report:
    """How many files were new, as they were, changed, given vectors they lacked, moved, gone, and could not be read.

    `known` and `failed` count remembered files too, which were not read again. Members of archives
    count as files.
    """

    added: int = 0
    known: int = 0
    changed: int = 0
    embedded: int = 0
    moved: int = 0
    missing: int = 0
    failed: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    failures: tuple[Failure, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """`{"added","known","changed","embedded","moved","missing","failed","seconds","interrupted","failures":[...]}`."""
        return {**asdict(self), "seconds": round(self.seconds, 3)}
