"""Re-embedding: models that are in the library get the vectors that they lack, and nothing else is made again.

They lack some when the library's `encoders` have changed, or an encoder came in another version, whose
Space is another one. Records and their old vectors stay as they are, so that searches go on in the old
Spaces; what is committed is kept, so that a killed run goes on where it was. When a run leaves nothing
to be done, its Spaces are filled, and those that no encoder of the library names are dropped.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from polyseek.catalogue.contract import Batch, Catalogue, Stamp, Vectors
from polyseek.encoders.contract import Space
from polyseek.errors import FileError, FileNotFound, LibraryError, MissingExtra
from polyseek.formats.sandbox import Outcome, Sandbox
from polyseek.indexing.events import Committed, Embedded, Event, Failed, Finished, Started
from polyseek.indexing.reader import embed_models, warm
from polyseek.indexing.report import Report
from polyseek.indexing.settings import FILE_NAME, Settings, read_settings
from polyseek.indexing.stages import encoder
from polyseek.indexing.tally import Listen, Tally
from polyseek.indexing.told import told_in
from polyseek.indexing.work import Job, Options, Recipe

COMMIT_FILES = 64
COMMIT_SECONDS = 2.0


@dataclass(frozen=True)
class Lack:
    """A file whose models lack vectors. `encoders`: ids of those that must read it."""

    job: Job
    encoders: tuple[str, ...]


def declared(catalogue: Catalogue, settings: Settings) -> dict[str, Space]:
    """Encoder id -> Space of the library's encoders, each declared in the catalogue."""
    spaces = {id: encoder(id).space for id in settings.encoders}
    held = {space.digest for space in catalogue.held()}
    for id, space in spaces.items():
        if space.digest not in held:
            catalogue.add_space(space, id)
    return spaces


def embeddable(settings: Settings, spaces: Mapping[str, Space]) -> Mapping[str, Space]:
    """Those of the Spaces that this library's stages bring vectors to: none in a pipeline without `encode`."""
    return spaces if "encode" in settings.flow else {}


def lacks(catalogue: Catalogue, stamps: Iterable[Stamp], spaces: Mapping[str, Space]) -> dict[str, Lack]:
    """By path, the indexed files whose present models lack a vector in one of `spaces` (encoder id -> Space)."""
    found: dict[str, list[str]] = {}
    for id, space in spaces.items():
        for path in catalogue.lacking(space.digest):
            found.setdefault(path, []).append(id)
    return {
        stamp.path: Lack(_job(stamp), tuple(found[stamp.path]))
        for stamp in stamps
        if found and stamp.path in found and stamp.failure is None
    }


def _job(stamp: Stamp) -> Job:
    told = told_in(stamp.reading)
    return Job(stamp.path, stamp.root, stamp.bytes, stamp.mtime_ns, stamp.reading, "", stamp, told)


def reembed(
    catalogue: Catalogue,
    settings: Settings,
    *,
    jobs: int,
    library: Path,
    listen: Listen,
    stop: threading.Event,
) -> Report:
    """Give every present model of the library the vectors that it lacks; folders are not looked through. `library`: its folder.

    A file that cannot be read now is a Failed event, and tried again by the next run. Setting `stop`
    ends the run in order. Raises LibraryError when the catalogue cannot be written.
    """
    start = time.monotonic()
    tally = Tally(listen, Report())
    spaces = embeddable(settings, declared(catalogue, settings))
    todo = lacks(catalogue, catalogue.stamps(), spaces)
    tally.tell(Started(len(todo)))
    run = Embedding(catalogue, Recipe.of(settings, Options()), tally.tell, stop.is_set)
    run.embed(list(todo.values()), jobs)
    run.fill(spaces, library)
    tally.tell(Finished(time.monotonic() - start, stop.is_set()))
    return replace(tally.report, seconds=time.monotonic() - start, interrupted=stop.is_set())


class Embedding:
    """Reads files for the vectors they lack, and writes those. `done` of `total`: how far the whole run was before."""

    def __init__(
        self,
        catalogue: Catalogue,
        recipe: Recipe,
        tell: Callable[[Event], None],
        stopped: Callable[[], bool],
        *,
        done: int = 0,
        total: int | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._recipe = replace(recipe, vectors_only=True)
        self._tell = tell
        self._stopped = stopped
        self._done = done
        self._total = total
        self._tried: set[str] = set()  # paths of files that have all the vectors which can be had
        self._pending: list[tuple[Lack, Mapping[str, Vectors]]] = []
        self._committed = time.monotonic()

    def embed(self, todo: Sequence[Lack], jobs: int) -> None:
        """Read these files in worker processes; commit every few seconds."""
        if not todo or self._stopped():
            return
        if self._total is None:
            self._total = len(todo)
        by_path = {lack.job.path: lack for lack in todo}
        wanted = {id for lack in todo for id in lack.encoders}
        every = replace(self._recipe, encoders=tuple(id for id in self._recipe.encoders if id in wanted))
        self._committed = time.monotonic()
        tasks = ((lack.job.path, (lack.job, replace(every, encoders=lack.encoders))) for lack in todo)
        with Sandbox(min(jobs, len(todo)), every.limits, partial(warm, every)) as sandbox:
            for outcome in sandbox.stream(embed_models, tasks):
                self._take(outcome, by_path[outcome.name])
                if len(self._pending) >= COMMIT_FILES or time.monotonic() - self._committed > COMMIT_SECONDS:
                    self._commit()
                if self._stopped():
                    break
        self._commit()

    def fill(self, spaces: Mapping[str, Space], library: Path) -> None:
        """Where nothing that can be read is lacking in these Spaces: note it, and drop all others.

        Not where the settings in the library's folder name other encoders by now: those have another run.
        While one that they name is absent, no others are dropped: its vectors are of use when it is back.
        """
        held = self._catalogue.held()
        digests = [space.digest for space in spaces.values()]
        now = _settings_in(library)
        if self._stopped() or now is None or not spaces or set(now.encoders) != set(spaces):
            return
        keep = [each.digest for each in held if each.digest not in digests] if now.absent else []
        if all(each.filled if each.digest in digests else each.digest in keep for each in held):
            return
        left = {path for digest in digests for path in self._catalogue.lacking(digest)}
        if left <= self._tried:
            self._catalogue.fill(digests, keep)

    def _take(self, outcome: Outcome, lack: Lack) -> None:
        error = outcome.error
        if error is None and outcome.value is not None:
            self._pending.append((lack, outcome.value))
            return
        self._done += 1
        if error is None:
            error = FileError("it has changed since it was indexed", hint="run polyseek index again")
        elif not isinstance(error, FileError | MissingExtra):
            raise error  # no file's fault: a worker that cannot start, a stage that is not there
        elif not isinstance(error, FileNotFound):  # perhaps a share that is not mounted
            self._tried.add(lack.job.path)
        reason = ": ".join(text for text in (error.message, error.hint) if text)
        self._tell(Failed(lack.job.path, error.kind, reason))

    def _commit(self) -> None:
        """Write what has been read, in one transaction, then tell of it."""
        with self._catalogue.batch() as batch:
            events = [self._put(batch, lack, vectors) for lack, vectors in self._pending]
        self._done += len(self._pending)
        self._pending.clear()
        self._committed = time.monotonic()
        for event in events:
            self._tell(event)
        self._tell(Committed(self._done, self._total or 0))

    def _put(self, batch: Batch, lack: Lack, vectors: Mapping[str, Vectors]) -> Embedded:
        assert lack.job.before is not None
        models = batch.embed(lack.job.before, vectors)
        if models:  # none: another process has read the file anew
            self._tried.add(lack.job.path)
        return Embedded(lack.job.path, models)


def _settings_in(library: Path) -> Settings | None:
    """What a library's settings say now; None where they cannot be read."""
    try:
        return read_settings(library / FILE_NAME)
    except LibraryError:
        return None
