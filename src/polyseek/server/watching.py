"""Folders that the server keeps up to date: one thread each, which indexes when its turn comes.

Which folders these are stands in `library.toml`, so that the next server watches them again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from polyseek.errors import FileNotFound, PolyseekError
from polyseek.indexing.events import Added, Changed, Event, Failed, Finished, Missing, Moved, Started
from polyseek.library import Library

log = logging.getLogger(__name__)

# A folder that cannot be watched (a disk that is not plugged in) is tried again.
RETRY_S = 30.0
CLOSE_S = 20.0
_COUNTED: dict[type[Event], str] = {
    Added: "added", Changed: "changed", Moved: "changed", Missing: "missing", Failed: "failed",
}  # fmt: skip

Turn = Callable[[threading.Event], AbstractContextManager[None]]


@dataclass
class Watched:
    """What has happened in a folder since it is watched. Written by its own thread, read by any.

    `latest`: when the last file came, changed or went (ISO 8601, UTC). `error`: why it is "failed".
    """

    path: str
    state: Literal["indexing", "watching", "failed"] = "indexing"
    added: int = 0
    changed: int = 0
    missing: int = 0
    failed: int = 0
    latest: str | None = None
    error: dict[str, Any] | None = None

    def listen(self, event: Event) -> None:
        """Take a pipeline event in."""
        if isinstance(event, Started):
            self.state, self.error = "indexing", None
        elif isinstance(event, Finished):
            self.state = "watching"
        elif name := _COUNTED.get(type(event)):
            setattr(self, name, getattr(self, name) + 1)
            self.latest = datetime.now(UTC).isoformat(timespec="seconds")


@dataclass
class _Running:
    watched: Watched
    thread: threading.Thread
    stop: threading.Event = field(default_factory=threading.Event)


class Watchers:
    """The watched folders of one server. `open_library` gives each thread a library of its own; `turn` lets it index."""

    def __init__(self, open_library: Callable[[], Library], turn: Turn) -> None:
        self._open = open_library
        self._turn = turn
        self._running: dict[str, _Running] = {}
        self._lock = threading.Lock()

    def open(self, paths: tuple[str, ...]) -> None:
        """Watch these folders."""
        for path in paths:
            self.start(path)

    def start(self, path: str) -> None:
        """Watch a folder, unless it is watched already."""
        with self._lock:
            if path in self._running:
                return
            watched, stop = Watched(path), threading.Event()
            thread = threading.Thread(
                target=self._watch, args=(watched, stop), name=f"watch {path}", daemon=True
            )
            self._running[path] = _Running(watched, thread, stop)
        thread.start()

    def end(self, path: str) -> None:
        """Watch a folder no longer; what was indexed is kept."""
        with self._lock:
            running = self._running.pop(path, None)
        if running is not None:
            running.stop.set()

    def as_json(self) -> dict[str, dict[str, Any]]:
        """Of each watched folder what has happened there, by path."""
        with self._lock:
            return {path: asdict(running.watched) for path, running in self._running.items()}

    def close(self) -> None:
        """Stop all of them and wait, CLOSE_S each at most."""
        with self._lock:
            running = list(self._running.values())
            self._running.clear()
        for each in running:
            each.stop.set()
        for each in running:
            each.thread.join(CLOSE_S)

    def _watch(self, watched: Watched, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                with self._open() as library:
                    library.watch(
                        [watched.path],
                        stop=stop,
                        progress=watched.listen,
                        turn=lambda: self._turn_in(watched.path, stop),
                    )
            except PolyseekError as error:
                watched.error = error.as_json()
            except Exception as error:  # else the folder would seem to be watched for ever
                log.exception("%s is not watched", watched.path)
                watched.error = PolyseekError(f"watching failed ({error})", path=watched.path).as_json()
            if stop.is_set():
                return
            watched.state = "failed"
            stop.wait(RETRY_S)

    @contextmanager
    def _turn_in(self, path: str, stop: threading.Event) -> Generator[None]:
        with self._turn(stop):
            # Nothing is marked missing because a disk is not plugged in.
            if not Path(path).exists():
                raise FileNotFound(
                    "the folder is not there", path=path, hint="plug its disk in, or let it go"
                )
            yield
