"""What the pipeline says while it runs, as values: the command line draws bars from them, the server streams them, tests count them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    def as_json(self) -> dict[str, Any]:
        """`{"event": "added", ...}`."""
        return {"event": type(self).__name__.lower(), **asdict(self)}


@dataclass(frozen=True)
class Started(Event):
    """Scanning is done: `total` files are to be looked at."""

    total: int


@dataclass(frozen=True)
class Added(Event):
    path: str
    id: str


@dataclass(frozen=True)
class Known(Event):
    """`count` files are as they were."""

    count: int


@dataclass(frozen=True)
class Changed(Event):
    path: str
    id: str


@dataclass(frozen=True)
class Embedded(Event):
    """`models` of a known file have got the vectors that they lacked."""

    path: str
    models: int


@dataclass(frozen=True)
class Moved(Event):
    path: str
    id: str
    old_path: str


@dataclass(frozen=True)
class Missing(Event):
    path: str


@dataclass(frozen=True)
class Failed(Event):
    path: str
    error: str  # the kind of polyseek.errors
    reason: str


@dataclass(frozen=True)
class Committed(Event):
    """A batch is on disk and searchable. `done` of `total` files so far."""

    done: int
    total: int


@dataclass(frozen=True)
class Finished(Event):
    seconds: float
    interrupted: bool = False
