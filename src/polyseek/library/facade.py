"""Library: the face of the room. Each method says what it does, and hands it to who does it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from polyseek.indexing.settings import FILE_NAME, read_settings
from polyseek.library.opening import RepairReport, folder_of, opened, repaired, warn_of_absent
from polyseek.library.queries import Queries, condition_of

if TYPE_CHECKING:
    from polyseek.catalogue.lesson import Lesson
    from polyseek.indexing.events import Event
    from polyseek.indexing.report import Report
    from polyseek.naming.suggesting import Suggested

Progress = Callable[["Event"], None]


class Library(Queries):
    """A folder of models, searchable. Use `Library.open`; a context manager; safe to use from several threads."""

    @classmethod
    def open(cls, path: str | Path | None = None, *, create: bool = True) -> Library:
        """The library in the folder `path`; None: of POLYSEEK_LIBRARY, else the person's own.

        With `create` it is made where there is none. Warns with EncoderAbsent of encoders that it names and
        this machine has not. Raises LibraryError where there is none, LibraryDamaged, LibraryNewer, LibraryBusy.
        """
        folder = folder_of(path)
        return cls(folder, *opened(folder, create=create))

    @staticmethod
    def repair(path: str | Path | None = None) -> RepairReport:
        """Save what can be read of a damaged library; the damaged file is kept beside it."""
        return repaired(folder_of(path))

    def close(self) -> None:
        """End worker processes and let go of the catalogue's file."""
        self._searchers.close()
        self._catalogue.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # -- indexing

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        jobs: int | None = None,
        exclude: Sequence[str] = (),
        up: str | None = None,
        unit: str | None = None,
        split: Literal["nodes", "none"] | None = None,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> Report:
        """Index folders, archives and files, or bring them up to date; only what is new or changed is read.

        `exclude`: globs of paths to leave out of these folders, "" for none any more. `up`, `unit`: overrule
        what files say or what is guessed ("auto" goes back to it); `split`: "nodes" makes a record of each
        object of a scene. What is not said here holds as it was told of a folder or file before. `progress`
        is called with every event. Setting `stop` ends the run in order. A file that cannot be read is in
        `failures`; raises UsageError, LibraryBusy, LibraryError.
        """
        from polyseek.indexing.excluding import leave_out
        from polyseek.indexing.pipeline import index
        from polyseek.indexing.told import Told
        from polyseek.indexing.work import Options

        told = Told(up, unit, split)
        told.check()
        self.settings = leave_out(self.path / FILE_NAME, self.settings, paths, exclude)
        return index(
            self._catalogue,
            self.settings,
            [Path(path) for path in paths],
            Options(told, tuple(filter(None, exclude))),
            jobs=jobs or self.settings.workers(),
            library=self.path,
            listen=progress or (lambda event: None),
            stop=stop or threading.Event(),
        )

    def reembed(
        self,
        *,
        jobs: int | None = None,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> Report:
        """Give the indexed models the vectors that they lack since `encoders` changed; `add` does so in its paths.

        Folders are not looked through, and nothing else of a model is made again. Searches go on in the
        old Spaces, which are dropped when all is done. Raises LibraryBusy, LibraryError.
        """
        from polyseek.indexing.reembed import reembed

        return reembed(
            self._catalogue,
            self.settings,
            jobs=jobs or self.settings.workers(),
            library=self.path,
            listen=progress or (lambda event: None),
            stop=stop or threading.Event(),
        )

    def watch(
        self,
        paths: Sequence[str | Path],
        *,
        stop: threading.Event,
        progress: Progress | None = None,
        poll: bool | None = None,
        jobs: int | None = None,
        exclude: Sequence[str] = (),
        up: str | None = None,
        unit: str | None = None,
        split: Literal["nodes", "none"] | None = None,
        turn: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        """Index folders, then again after each change in them; returns when `stop` is set.

        `poll`: look every few seconds instead of waiting for events; None does so on network shares.
        `turn`: entered while it indexes, for those who let one index at a time.
        """
        from polyseek.indexing.watch import follow, only_news

        listen = only_news(progress) if progress else None

        def refresh() -> None:
            with turn():
                self.add(
                    paths,
                    jobs=jobs,
                    exclude=exclude,
                    up=up,
                    unit=unit,
                    split=split,
                    progress=listen,
                    stop=stop,
                )

        follow([str(path) for path in paths], refresh, stop, poll)

    def keep_watching(self, folder: str | Path, on: bool = True) -> tuple[str, ...]:
        """Write into `library.toml` whether a server keeps a folder up to date; all such folders. Raises LibraryError."""
        from polyseek.indexing.settings import change_setting

        path = str(Path(folder).expanduser().absolute())
        folders = tuple(each for each in self.watched() if each != path) + ((path,) if on else ())
        change_setting(self.path / FILE_NAME, "watch", folders)
        return folders

    # -- settings

    def use_encoders(self, ids: Sequence[str], *, default: bool = False) -> None:
        """Use these encoders too, from now on; `default`: the first of them compares models. `reembed` makes their vectors.

        Writes `library.toml`, whose comments stay. Raises UsageError for an unknown one, LibraryError.
        """
        from polyseek.indexing.choosing import use

        self.settings = use(self.path / FILE_NAME, self.settings, ids, default=default)

    def drop_encoders(self, ids: Sequence[str]) -> None:
        """Use these encoders no longer; their vectors go when the next run has nothing left to do.

        Raises UsageError for the default one and for one that is not used, LibraryError.
        """
        from polyseek.indexing.choosing import drop

        self.settings = drop(self.path / FILE_NAME, self.settings, ids)

    def reload(self) -> bool:
        """Read `library.toml` again; whether it, or the encoders on this machine, are others now.

        Warns with EncoderAbsent of encoders that have gone. Raises LibraryError.
        """
        before, self.settings = self.settings, read_settings(self.path / FILE_NAME)
        if not set(self.settings.absent) <= set(before.absent):
            warn_of_absent(self.settings, stacklevel=3)
        return self.settings != before

    # -- edits

    def tag(self, ids: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> int:
        """Add and take away tags; how many records changed."""
        return self._catalogue.tag(ids, add, remove)

    def suggest(
        self,
        ids: Sequence[str] | None = None,
        *,
        where: str | None = None,
        vocabulary: Sequence[str] | None = None,
        language: str = "en",
        most: int = 3,
        encoder: str | None = None,
        keep: bool = True,
    ) -> Suggested:
        """Suggest tags by looks for these models, None: for all; one undo takes them back.

        `vocabulary`: the tags to choose from; None: what the lexicon knows, named in `language`. `keep`:
        write them, as suggested. Raises UnknownId, QueryError, UsageError.
        """
        return self._naming.suggest(
            ids,
            where=condition_of(where),
            vocabulary=vocabulary,
            language=language,
            most=most,
            encoder=encoder,
            keep=keep,
        )

    def accept(self, ids: Sequence[str], tags: Sequence[str] = ()) -> int:
        """Make suggested tags of models the person's own, all where none are named; how many models changed."""
        return self._catalogue.settle(ids, tags, accept=True)

    def reject(self, ids: Sequence[str], tags: Sequence[str] = ()) -> int:
        """Take suggested tags away for good, all where none are named; how many models changed."""
        return self._catalogue.settle(ids, tags, accept=False)

    def teach(self, tags: Sequence[str] | None = None, *, encoder: str | None = None) -> list[Lesson]:
        """Learn from the models that the person gave these tags, None: all own tags; kept where measured to help.

        A lesson stands for its tag's words in searches by meaning, suggestions and labels. Raises UsageError
        for a tag with too few models, QueryError.
        """
        return self._naming.teach(tags, encoder)

    def unteach(self, tags: Sequence[str] = ()) -> int:
        """Forget what these tags have taught, all where none are named; how many tags."""
        return self._catalogue.forget_lessons(tags)

    def remove(self, ids: Sequence[str]) -> int:
        """Take records out of the library (not the files); how many."""
        return self._catalogue.remove(ids)

    def prune(self) -> int:
        """Forget records whose files are missing; how many."""
        return self._catalogue.prune()

    def undo(self) -> str | None:
        """Take back the last edit; what it was, None when there is none."""
        return self._catalogue.undo()

    def restore(self, when: str) -> int:
        """Take back every edit after `when` (ISO 8601); how many."""
        return self._catalogue.restore(when)

    def backup(self, target: str | Path) -> None:
        """Write a copy of the catalogue to a new file, while the library is in use."""
        self._catalogue.backup(str(target))
