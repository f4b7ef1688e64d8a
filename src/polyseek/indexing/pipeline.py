"""The pipeline scan -> load -> ... -> record over folders: incremental, resumable, isolated.

The parent process scans, plans and writes; workers read. What is written is committed every few
seconds, so that it can be searched while the rest goes on, and a killed run loses only the files in
hand: the next run finds the others as they were.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import polyseek
from polyseek.catalogue.condition import Compare
from polyseek.catalogue.contract import Batch, Catalogue, Entry, Stamp
from polyseek.errors import FileError, MissingExtra, PolyseekError
from polyseek.formats.sandbox import Outcome, Sandbox
from polyseek.indexing.events import (
    Added,
    Changed,
    Committed,
    Event,
    Failed,
    Finished,
    Known,
    Missing,
    Moved,
    Started,
)
from polyseek.indexing.ids import Ids
from polyseek.indexing.plan import Plan, make_plan
from polyseek.indexing.reader import failed_stamp, read_models, warm
from polyseek.indexing.reembed import Embedding, declared, embeddable, lacks
from polyseek.indexing.report import Report
from polyseek.indexing.scan import Scan, ScanOptions
from polyseek.indexing.settings import Settings
from polyseek.indexing.sources import full_path
from polyseek.indexing.stages import resolved
from polyseek.indexing.tally import Listen, Tally
from polyseek.indexing.work import Job, Options, Reading, Recipe

COMMIT_FILES = 64
COMMIT_SECONDS = 2.0
EXTRAS = ("cascadio", "pxr", "opengl_basisu")

Record = Callable[[Batch, Stamp, Sequence[Entry]], None]


def index(
    catalogue: Catalogue,
    settings: Settings,
    paths: Sequence[Path],
    options: Options,
    *,
    jobs: int,
    library: Path,
    listen: Listen,
    stop: threading.Event,
) -> Report:
    """Bring the catalogue up to date with folders, archives and files. `library`: its folder, never looked into.

    Setting `stop` ends the run in order; what was read until then is kept. Raises LibraryError
    when the catalogue cannot be written; a file that cannot be read is a Failed event.
    """
    run = _Run(catalogue, settings, options, stop, Tally(listen, Report()))
    return run.all([full_path(path) for path in paths], jobs, library)


class _Run:
    def __init__(
        self, catalogue: Catalogue, settings: Settings, options: Options, stop: threading.Event, tally: Tally
    ) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self.options = options
        self.stop = stop
        self.tally = tally
        self.recipe = Recipe.of(settings, options)
        self.write: Record = resolved(settings.stages[settings.flow[-1]])
        self.ids = Ids(catalogue.path_of)
        self.pending: list[Reading] = []
        self.committed = time.monotonic()
        self.done = 0
        self.total = 0

    def all(self, paths: list[str], jobs: int, library: Path) -> Report:
        start = time.monotonic()
        spaces = declared(self.catalogue, self.settings)
        wanted = embeddable(self.settings, spaces)
        scan = self._scan(paths, library)
        stamps = list(self.catalogue.stamps())
        plan = make_plan(
            scan,
            stamps,
            self.recipe.digest(),
            self.recipe.failing_digest(spaces, _program()),
            self.options.told,
            self.stop.is_set,
        )
        self.total = plan.total + len(scan.failures)
        self.tally.tell(Started(self.total))
        for path, error in scan.failures:
            self.tally.tell(_failed(path, error))
        self._settle(plan)
        known = set(plan.known)
        todo = lacks(self.catalogue, (stamp for stamp in stamps if stamp.path in known), wanted)
        if len(known) > len(todo):
            self.tally.tell(Known(len(known) - len(todo)))
        self.done = self.total - len(plan.jobs) - len(todo)
        self._read(plan, jobs)
        embedding = Embedding(
            self.catalogue, self.recipe, self.tally.tell, self.stop.is_set, done=self.done, total=self.total
        )
        embedding.embed(list(todo.values()), jobs)
        embedding.fill(wanted, library)
        self.tally.tell(Finished(time.monotonic() - start, self.stop.is_set()))
        return replace(self.tally.report, seconds=time.monotonic() - start, interrupted=self.stop.is_set())

    def _scan(self, paths: list[str], library: Path) -> Scan:
        exclude = (*self.settings.exclude, *self.options.exclude)
        walk: Callable[..., Scan] = resolved(self.settings.stages[self.settings.flow[0]])
        options = ScanOptions(exclude, (str(library),), self.settings.limits, self.settings.exclude_in)
        return walk(paths, options, self.stop.is_set)

    def _settle(self, plan: Plan) -> None:
        """Write all that needs no reading: moves, what is gone, what is back."""
        was_missing = {
            record.path
            for record in self.catalogue.records(Compare("status", "=", "missing"))
            if record.parent is None
        }
        back = [path for path in plan.known if path in was_missing]
        gone = [path for path in plan.gone if path not in was_missing]
        if plan.moved or back or gone:
            with self.catalogue.batch() as batch:
                for move in plan.moved:
                    batch.move(move.old_path, move.stamp)
                batch.mark(back, "present")
                batch.mark(gone, "missing")
        for move in plan.moved:
            self.tally.tell(Moved(move.stamp.path, self._first_id(move.stamp.path), move.old_path))
        for path in gone:
            self.tally.tell(Missing(path))
        for stamp in plan.failed:
            kind, reason = stamp.failure or ("file", "")
            self.tally.tell(Failed(stamp.path, kind, reason))

    def _read(self, plan: Plan, jobs: int) -> None:
        if not plan.jobs or self.stop.is_set():
            return
        by_path = {job.path: job for job in plan.jobs}
        tasks = ((job.path, (job, self.recipe)) for job in plan.jobs)
        workers = min(jobs, len(plan.jobs))
        with Sandbox(workers, self.settings.limits, partial(warm, self.recipe)) as sandbox:
            for outcome in sandbox.stream(read_models, tasks):
                self.pending.append(_reading(outcome, by_path[outcome.name]))
                late = time.monotonic() - self.committed > COMMIT_SECONDS
                if late or len(self.pending) >= COMMIT_FILES:
                    self._commit(plan)
                if self.stop.is_set():
                    break
        self._commit(plan)

    def _commit(self, plan: Plan) -> None:
        """Write what has been read, in one transaction, then tell of it."""
        with self.catalogue.batch() as batch:
            events = [self._put(batch, reading, plan) for reading in self.pending]
        self.done += len(self.pending)
        self.pending.clear()
        self.committed = time.monotonic()
        for event in events:
            self.tally.tell(event)
        self.tally.tell(Committed(self.done, self.total))

    def _put(self, batch: Batch, reading: Reading, plan: Plan) -> Event:
        stamp, path = reading.stamp, reading.stamp.path
        if stamp.failure is not None:
            self.write(batch, stamp, ())
            return Failed(path, *stamp.failure)
        if reading.entries is None:
            batch.move(path, stamp)  # only its times have changed
            batch.mark([path], "present")
            return Known(1)
        known = self._ids_by_path(path) if path in plan.changed else {}
        entries = self._named(reading.entries, known)
        self.write(batch, stamp, entries)
        first = entries[0].record.id if entries else ""
        return Changed(path, first) if known else Added(path, first)

    def _named(self, entries: Sequence[Entry], known: Mapping[str, str]) -> list[Entry]:
        """The entries with ids, also in the place of the parents' paths, and the moment they were added."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        ids = {entry.record.path: self.ids.give(entry.record.path, known) for entry in entries}
        return [
            replace(
                entry,
                record=replace(
                    entry.record,
                    id=ids[entry.record.path],
                    added=now,  # the catalogue keeps the earlier moment of a record that it has
                    parent=ids.get(entry.record.parent) if entry.record.parent else None,
                ),
            )
            for entry in entries
        ]

    def _ids_by_path(self, file: str) -> dict[str, str]:
        records = (self.catalogue.record(id) for id in self.catalogue.ids_of_file(file))
        return {record.path: record.id for record in records}

    def _first_id(self, file: str) -> str:
        return next(iter(self.catalogue.ids_of_file(file)), "")


def _reading(outcome: Outcome, job: Job) -> Reading:
    if outcome.error is None:
        return outcome.value
    if isinstance(outcome.error, FileError | MissingExtra):
        return Reading(failed_stamp(job, outcome.error))
    raise outcome.error  # no file's fault: a worker that cannot start, a stage that is not there


def _failed(path: str, error: PolyseekError) -> Failed:
    return Failed(path, error.kind, ": ".join(text for text in (error.message, error.hint) if text))


def _program() -> str:
    """What decides, besides options and limits, whether a file can be read: this version and its extras."""
    extras = [module for module in EXTRAS if find_spec(module) is not None]
    return " ".join([polyseek.__version__, *extras])
