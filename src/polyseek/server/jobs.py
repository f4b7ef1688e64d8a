"""Jobs, each in a thread of its own, watched over server-sent events: one that indexes at a time, one that re-embeds.

A job reads folders that the person names, or files that are indexed, and writes to the library only.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from polyseek.errors import FileNotFound, LibraryBusy, PolyseekError, UnknownId, UsageError
from polyseek.indexing.events import Added, Changed, Embedded, Event, Failed, Known, Moved, Started
from polyseek.indexing.report import Report
from polyseek.library import Library

log = logging.getLogger(__name__)

Kind = Literal["index", "embed"]
State = Literal["scanning", "indexing", "paused", "finished", "stopped", "failed"]
OVER = ("finished", "stopped", "failed")
LOOK_S = 0.25
CLOSE_S = 20.0
SHOWN_FAILURES = 100


@dataclass
class Job:
    """One run over some folders, or over all models that lack vectors (kind "embed"). Written by its own thread, read by any."""

    id: str
    paths: tuple[str, ...]
    kind: Kind = "index"
    state: State = "scanning"
    done: int = 0
    total: int | None = None
    failed: int = 0
    failures: deque[dict[str, str]] = field(default_factory=lambda: deque(maxlen=SHOWN_FAILURES))
    report: dict[str, Any] | None = None
    error: dict[str, Any] | None = None
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    going: threading.Event = field(default_factory=threading.Event)

    def as_json(self) -> dict[str, Any]:
        """What the page shows: state, counts, rate in files a second, seconds that remain (null: not known).

        `failures`: the last SHOWN_FAILURES; the report of a finished job holds all.
        """
        seconds = (self.ended or time.monotonic()) - self.started
        rate = self.done / seconds if seconds > 0 else 0.0
        left = None if self.total is None or rate == 0 else (self.total - self.done) / rate
        return {
            "id": self.id,
            "kind": self.kind,
            "paths": list(self.paths),
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "failed": self.failed,
            "rate": round(rate, 1),
            "remaining_s": None if left is None else round(left, 1),
            "failures": list(self.failures),
            "report": self.report,
            "error": self.error,
        }

    def listen(self, event: Event) -> None:
        """Take a pipeline event in; while the job is paused, the pipeline waits here."""
        if isinstance(event, Started):
            self.total, self.state = event.total, "indexing"
        elif isinstance(event, Known):
            self.done += event.count
        elif isinstance(event, Added | Changed | Embedded | Moved | Failed):
            self.done += 1
            if isinstance(event, Failed):
                self.failed += 1
                self.failures.append({"path": event.path, "kind": event.error, "reason": event.reason})
        self.going.wait()


class JobBoard:
    """The jobs of one server. `open_library` gives a library of the job's own: its connection stays in its thread."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._threads: dict[str, threading.Thread] = {}
        self._indexing = threading.Lock()

    @contextmanager
    def turn(self, stop: threading.Event) -> Generator[None]:
        """One indexes at a time: wait until nobody else does, or until `stop` is set."""
        mine = False
        while not mine and not stop.is_set():
            mine = self._indexing.acquire(timeout=LOOK_S)
        try:
            yield
        finally:
            if mine:
                self._indexing.release()

    def start(self, paths: list[str]) -> Job:
        """Begin to index. Raises as full_path does, and LibraryBusy while another job runs."""
        full = tuple(full_path(path) for path in paths)
        with self._lock:
            if any(job.state not in OVER for job in self._jobs.values() if job.kind == "index"):
                raise LibraryBusy("another job is running", hint="wait for it, or stop it")
            return self._begin(full, "index", self._index)

    def embed(self) -> Job:
        """Begin to make the vectors that models lack. It waits while anything else is indexed, and holds up nothing."""
        with self._lock:
            return self._begin((), "embed", self._embed)

    def end_embedding(self) -> None:
        """Stop a job that makes vectors, and wait for it, CLOSE_S at most."""
        for job in self.all():
            if job.kind == "embed" and job.state not in OVER:
                self.stop(job.id)
                self._threads[job.id].join(CLOSE_S)

    def _begin(self, paths: tuple[str, ...], kind: Kind, work: Callable[[Job], Report]) -> Job:
        job = Job(f"job{len(self._jobs) + 1}", paths, kind)
        job.going.set()
        self._jobs[job.id] = job
        thread = threading.Thread(target=self._run, args=(job, work), name=job.id, daemon=True)
        self._threads[job.id] = thread
        thread.start()
        return job

    def get(self, id: str) -> Job:
        if id not in self._jobs:
            raise UnknownId(f"there is no job {id!r}")
        return self._jobs[id]

    def all(self) -> list[Job]:
        return list(self._jobs.values())

    def pause(self, id: str) -> Job:
        job = self.get(id)
        if job.state == "indexing":
            job.state = "paused"
            job.going.clear()
        return job

    def resume(self, id: str) -> Job:
        job = self.get(id)
        if job.state == "paused":
            job.state = "indexing"
            job.going.set()
        return job

    def stop(self, id: str) -> Job:
        job = self.get(id)
        job.stop.set()
        job.going.set()
        return job

    def close(self) -> None:
        """Stop what runs and wait for it, CLOSE_S at most; what was indexed is kept."""
        for job in self.all():
            self.stop(job.id)
        for thread in list(self._threads.values()):
            if thread.is_alive():
                thread.join(CLOSE_S)

    def _index(self, job: Job) -> Report:
        with self._open() as library, self.turn(job.stop):
            return library.add(list(job.paths), progress=job.listen, stop=job.stop)

    def _embed(self, job: Job) -> Report:
        def listen(event: Event) -> None:
            job.listen(event)
            while self._indexing.locked() and not job.stop.is_set():
                time.sleep(LOOK_S)

        with self._open() as library:
            return library.reembed(progress=listen, stop=job.stop)

    def _run(self, job: Job, work: Callable[[Job], Report]) -> None:
        state: State = "failed"
        try:
            report = work(job)
            job.report = report.as_json()
            state = "stopped" if report.interrupted else "finished"
        except PolyseekError as error:
            job.error = error.as_json()
        except Exception as error:  # else the job would seem to run for ever
            log.exception("%s failed", job.id)
            job.error = PolyseekError(f"indexing failed in a way that nobody foresaw ({error})").as_json()
        finally:
            job.ended = time.monotonic()
            job.state = state


def full_path(text: str) -> str:
    """A path as a person types it, `~` resolved. Raises UsageError unless it is full, FileNotFound unless it is there."""
    try:
        path = Path(text).expanduser()
        if not path.is_absolute():
            # Nobody at the page knows in which folder the server was started.
            raise UsageError("the path must be a full one", hint=f"instead of {text!r}, as /home/me/models")
        if path.exists():
            return str(path)
    except (OSError, RuntimeError, ValueError):
        pass  # too long, no such user, a folder that may not be looked into, a zero byte
    raise FileNotFound("there is no such file or folder", path=text)


async def events(job: Job) -> AsyncIterator[str]:
    """Server-sent events: the job as JSON whenever it changed, until it is over."""
    before = ""
    while True:
        over = job.state in OVER
        now = json.dumps(job.as_json(), ensure_ascii=False)
        if now != before:
            yield f"event: {job.state}\ndata: {now}\n\n"
            before = now
        if over:
            return
        await asyncio.sleep(LOOK_S)
