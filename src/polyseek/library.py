"""Library: the one object behind Python, the command line and the server.

A library is a folder with a catalogue (`library.db`) and settings (`library.toml`). Models stay
where they are; nothing outside the library's folder is ever written.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from polyseek.catalogue.record import Record
from polyseek.errors import LibraryBusy, LibraryError
from polyseek.indexing.settings import ENCODERS, FILE_NAME, Settings, as_toml, read_settings
from polyseek.search.hit import Hits
from polyseek.search.query import Query, Term, is_picture

if TYPE_CHECKING:
    import numpy as np
    from jaxtyping import Float32, Int64

    from polyseek.assets import Asset
    from polyseek.catalogue.contract import Catalogue, Held
    from polyseek.catalogue.copies import Duplicates
    from polyseek.catalogue.lesson import Lesson
    from polyseek.encoders.contract import Encoder
    from polyseek.errors import PolyseekError
    from polyseek.indexing.events import Event
    from polyseek.indexing.examples import Examples
    from polyseek.indexing.report import Report
    from polyseek.naming.classifying import Classified
    from polyseek.naming.suggesting import Suggested
    from polyseek.search.atlas import Cartographer, Map
    from polyseek.search.browse import Browser, Listing
    from polyseek.search.engine import Searcher
    from polyseek.search.serving import Serving
    from polyseek.search.suggest import ConceptTree

Progress = Callable[["Event"], None]
TURNTABLE = "turntable"  # the name of its picture in the catalogue


@dataclass(frozen=True)
class Info:
    """Size, encoders and health.

    `encoders`: of each Space its encoder's id, its digest, dimensions, number of vectors, what the encoder
    `reads` besides models ("words", "pictures"), whether the library's settings name it (`used`), and how
    many present models are `lacking` a vector. `unused`: encoders that new libraries have and this one has not.
    """

    library: str
    schema: int
    records: int
    present: int
    missing: int
    encoders: tuple[dict[str, Any], ...]
    unused: tuple[str, ...]
    formats: dict[str, int]
    bytes: int
    healthy: bool
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The fields as plain JSON values."""
        lists = {name: list(getattr(self, name)) for name in ("encoders", "unused", "problems")}
        return {**asdict(self), **lists}


@dataclass(frozen=True)
class RepairReport:
    """`saved`, `lost`: records. `backup`: where the damaged file is kept."""

    saved: int
    lost: int
    backup: Path


@dataclass(frozen=True, eq=False)
class _Searchers:
    """What answers searches, in the Spaces that serve. `by_id`: for models like an indexed one, in `space`."""

    of: Serving
    any: Searcher
    by_id: Searcher
    space: str
    browser: Browser


def load(path: str | Path, *, up: str = "auto", unit: str | None = None) -> Asset:
    """The model of a file, or of a member of an archive (`pack.zip!/a.glb`), +Y up and in metres.

    Read in this process, for files that you trust. Raises a FileError that says why it cannot be read.
    """
    from polyseek.assets import in_one_frame
    from polyseek.formats.reading import read_asset
    from polyseek.indexing.sources import open_source

    return in_one_frame(read_asset(open_source(str(path))), up=up, unit=unit)


class Library:
    """A folder of models, searchable. Use `Library.open`; a context manager; safe to use from several threads."""

    def __init__(self, path: Path, settings: Settings, catalogue: Catalogue) -> None:
        self.path = path
        self.settings = settings
        self._catalogue = catalogue
        self._read: Examples | None = None
        self._outgrown: list[Examples] = []  # those that lack an encoder; a query may still be in their hands
        self._served: tuple[tuple[Settings, tuple[Held, ...]], Serving] | None = None
        self._made: _Searchers | None = None
        self._trees: dict[tuple[str, str], ConceptTree] = {}  # by Space and language
        self._drawer: Cartographer | None = None
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: str | Path | None = None, *, create: bool = True) -> Library:
        """The library in the folder `path`; None: of POLYSEEK_LIBRARY, else the person's own.

        With `create` it is made where there is none. Raises LibraryError where there is none,
        LibraryDamaged, LibraryNewer, LibraryBusy.
        """
        from polyseek.catalogue.sqlite import SqliteCatalogue

        folder = _folder(path)
        settings = read_settings(folder / FILE_NAME)
        try:
            catalogue = SqliteCatalogue.open(folder, create=create, history_days=settings.history_days)
            if create and not (folder / FILE_NAME).exists():
                (folder / FILE_NAME).write_text(as_toml(settings), encoding="utf-8")
        except OSError as error:
            raise LibraryError(
                f"the library's folder cannot be used ({error.strerror or error})",
                path=str(folder),
                hint="choose another one with --library",
            ) from error
        return cls(folder, settings, catalogue)

    @staticmethod
    def repair(path: str | Path | None = None) -> RepairReport:
        """Save what can be read of a damaged library; the damaged file is kept beside it."""
        from polyseek.catalogue.repair import repair

        repaired = repair(_folder(path))
        return RepairReport(repaired.saved, repaired.lost, repaired.backup)

    def close(self) -> None:
        """End worker processes and let go of the catalogue's file."""
        if self._drawer is not None:
            self._drawer.close()
        with self._lock:
            for each in (*self._outgrown, self._read):
                if each is not None:
                    each.close()
            self._read = None
            self._outgrown.clear()
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

        `exclude`: globs of paths to leave out. `up`, `unit`: overrule what files say or what is
        guessed ("auto" goes back to it); `split`: "nodes" makes a record of each object of a scene.
        What is left out holds as it was told of a file before. `progress` is called with every event. Setting `stop` ends the run in order. A file
        that cannot be read is in `failures`; raises UsageError, LibraryBusy, LibraryError.
        """
        from polyseek.indexing.pipeline import index
        from polyseek.indexing.told import Told
        from polyseek.indexing.work import Options

        told = Told(up, unit, split)
        told.check()
        return index(
            self._catalogue,
            self.settings,
            [Path(path) for path in paths],
            Options(told, tuple(exclude)),
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

    def lacking(self) -> dict[str, int]:
        """Encoder -> how many present models have no vector of it yet, for each encoder of the library."""
        from polyseek.indexing.choosing import lacking

        return lacking(self._catalogue, self.settings)

    def is_incomplete(self) -> bool:
        """Whether `reembed` has something to do: vectors to make, or those of dropped encoders to let go."""
        from polyseek.indexing.stages import encoder

        own = {encoder(id).space.digest for id in self.settings.encoders}
        held = self._catalogue.held()
        return any(self.lacking().values()) or any(not each.filled or each.digest not in own for each in held)

    def reembedding_seconds(self, *, jobs: int | None = None) -> float:
        """How long `reembed` will take, about: some files are read to know it, for a few seconds."""
        from polyseek.indexing.choosing import seconds

        return seconds(self._catalogue, self.settings, jobs or self.settings.workers())

    def folders(self) -> list[str]:
        """The folders that models were indexed from, sorted."""
        return sorted(self._catalogue.values_of("root"))

    def reload(self) -> bool:
        """Read `library.toml` again; whether it says other things now. Raises LibraryError."""
        settings = read_settings(self.path / FILE_NAME)
        changed = settings != self.settings
        if changed:
            self.settings = settings
        return changed

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

    def watched(self) -> tuple[str, ...]:
        """The folders that a server of this library keeps up to date, as `library.toml` says now."""
        return read_settings(self.path / FILE_NAME).watch

    def keep_watching(self, folder: str | Path, on: bool = True) -> tuple[str, ...]:
        """Write into `library.toml` whether a server keeps a folder up to date; all such folders. Raises LibraryError."""
        from polyseek.indexing.settings import change_setting

        path = str(Path(folder).expanduser().absolute())
        folders = tuple(each for each in self.watched() if each != path) + ((path,) if on else ())
        change_setting(self.path / FILE_NAME, "watch", folders)
        return folders

    # -- search

    def search(
        self,
        query: str | Path | Query,
        *,
        k: int = 10,
        where: str | None = None,
        mode: str = "auto",
        files: Mapping[str, bytes] | None = None,
    ) -> Hits:
        """The `k` best models for words, the Path of a model or picture, or a composed Query, best first.

        `where`: an expression over Record's fields. `mode`: auto, words, meaning or hybrid. `files`:
        bytes by name of what the query's files and pictures, and the side files beside them, are called,
        where they are at hand and not on a disk. Raises QueryError, UnknownId, and a FileError for a file
        that cannot be read.
        """
        asked = _query(query)
        kinds = {term.kind for term in asked.terms}
        if "file" in kinds:
            self._examples.models().start()  # gets ready while the catalogue is opened
        if "picture" in kinds and self._readers:
            self._examples.picture_worker().start()
        given = self._given(asked, files) if files else None
        return self._searchers.any.search(asked, k=k, where=where, mode=mode, given=given)

    def similar(self, id: str, *, k: int = 10, where: str | None = None) -> Hits:
        """The `k` models most like an indexed one, itself left out. Raises UnknownId."""
        return self._searchers.by_id.similar(id, k=k, where=where)

    def search_bytes(
        self,
        name: str,
        data: bytes,
        siblings: Mapping[str, bytes] | None = None,
        *,
        k: int = 10,
        where: str | None = None,
    ) -> Hits:
        """The `k` models most like an upload: `name` of the file, its bytes, and its side files by relative name."""
        query = Query.image(name) if is_picture(name) else Query((Term("file", name),))
        return self.search(query, k=k, where=where, files={**(siblings or {}), name: data})

    def folded(self, records: Sequence[Record]) -> list[list[int]]:
        """Places in `records` by group of variants of one thing (search/folding.py says which), in their order."""
        return self._searchers.browser.groups(records)

    def classify(
        self,
        models: Sequence[str | Path],
        labels: Sequence[str],
        *,
        encoder: str | None = None,
        prompts: Sequence[str] = (),
        jobs: int | None = None,
        failed: Callable[[PolyseekError], None] | None = None,
    ) -> Iterator[Classified]:
        """Which of `labels` each model is: those of the library (ids), then files (Paths); see polyseek.naming.classifying.

        `encoder`: one that reads words; the library's first else. A file that cannot be read goes to
        `failed`, and is raised where there is none. Raises UnknownId, QueryError, UsageError.
        """
        from polyseek.naming import classifying

        reader = self._reader(encoder)
        asked = classifying.ask(reader, labels, prompts, self._catalogue.lessons(reader.space.digest))
        ids = [str(each).removeprefix("id:") for each in models if not isinstance(each, Path)]
        paths = {record.id: record.path for record in map(self.record, ids)}
        yield from classifying.classify_records(asked, paths, self._searchers.any.vectors_of)
        files = [str(each) for each in models if isinstance(each, Path)]
        roots = list(self._catalogue.values_of("root")) if files else []
        yield from classifying.classify_files(
            asked, files, self.settings, roots=roots, jobs=jobs, failed=failed
        )

    # -- records

    def records(
        self, where: str | None = None, *, sort: str = "path", limit: int | None = None, offset: int = 0
    ) -> Iterator[Record]:
        """Records, filtered and sorted ("-" before a field: descending). Raises QueryError."""
        return self._catalogue.records(_condition(where), sort=sort, limit=limit, offset=offset)

    def browse(
        self,
        where: str | None = None,
        *,
        sort: str = "name",
        fold: bool = False,
        limit: int = 200,
        offset: int = 0,
        after: Sequence[str] = (),
    ) -> Listing:
        """A page of a list: `limit` cards from `offset`, or from behind the last of `after` (ids) that is still there.

        `fold`: variants of one thing (search/folding.py says which) are one card. Raises QueryError.
        """
        return self._searchers.browser.page(
            where, sort=sort, fold=fold, limit=limit, offset=offset, after=after
        )

    def record(self, id: str) -> Record:
        """Raises UnknownId."""
        return self._catalogue.record(id)

    def duplicates(self, *, limit: int | None = None, after: tuple[int, str] | None = None) -> Duplicates:
        """Groups of files with the same bytes, the largest waste first; `after`: behind a group's (waste, digest)."""
        return self._catalogue.duplicates(limit, after)

    def count(self, where: str | None = None) -> int:
        """How many records match. Raises QueryError."""
        return self._catalogue.count(_condition(where))

    def facets(self, where: str | None = None, *, among: Hits | None = None) -> dict[str, dict[str, int]]:
        """Field -> value -> number of records: of those that match, or of all that a search ranked."""
        return self._catalogue.facets(_condition(where), keys=None if among is None else among.ranked)

    def counts_below(
        self,
        borders: Mapping[str, Sequence[float]],
        where: str | None = None,
        *,
        among: Hits | None = None,
    ) -> dict[str, list[int]]:
        """Field (triangles, longest) -> how many of these records are below each border, and at last all of them."""
        keys = None if among is None else among.ranked
        return self._catalogue.counts_below(borders, _condition(where), keys=keys)

    def vectors(self, encoder: str | None = None) -> tuple[list[str], Float32[np.ndarray, "n d"]]:
        """(ids, one unit row each) of an encoder; None: the default one. Raises SpaceMismatch where it has none here."""
        digest = self._space(encoder or self.settings.default_encoder)
        keys, vectors = self._catalogue.vectors(digest)
        records = self._catalogue.records_by_key([int(key) for key in keys])
        return [records[int(key)].id for key in keys], vectors

    def map(self) -> Map:
        """The library's map: its models in the plane, like beside like, in the Space that similar() compares in.

        Laid out when much has changed since the last time, which takes seconds, and kept in the library's
        folder. Raises SpaceMismatch where no model has a vector.
        """
        return self._cartographer.draw()

    def map_now(self) -> tuple[Map | None, bool]:
        """(the map as it was last drawn, is it up to date?), at once; where it is not, drawing goes on in the background."""
        self._cartographer.begin()
        return self._cartographer.look()

    def keys(self, where: str | None = None) -> Int64[np.ndarray, " n"]:
        """The catalogue's keys of the records that match, ascending, as a Map has them. Raises QueryError."""
        return self._catalogue.keys(_condition(where))

    def records_of(self, ids: Sequence[str]) -> list[Record]:
        """The records of these ids, in their order; those that are not there are left out."""
        keys = self._catalogue.keys_of(ids)
        found = self._catalogue.records_by_key(list(keys.values()))
        return [found[keys[id]] for id in dict.fromkeys(ids) if id in keys and keys[id] in found]

    def thumbnail(self, id: str, name: str = "front") -> bytes | None:
        """WebP bytes of "front" or "back"; None where there is none. Raises UnknownId."""
        return self._catalogue.picture(id, name)

    def model_glb(self, id: str) -> bytes:
        """The model as one GLB, +Y up, in metres. Raises UnknownId, and FileErrors as reading does."""
        from polyseek.indexing.export import glb_of

        record = self._catalogue.record(id)
        return self._examples.models().run(glb_of, record, self.settings.limits, name=record.path)

    def turntable(self, id: str) -> bytes:
        """The model from all around as one WebP: 12 pictures, 30 degrees from one to the next, 4 in a row.

        Drawn when first asked for, and kept. Raises UnknownId, and FileErrors as reading does.
        """
        from polyseek.indexing.export import turntable_of

        record = self._catalogue.record(id)
        known = self._catalogue.picture(record.id, TURNTABLE)
        if known is not None:
            return known
        side = self.settings.thumbnail_side
        made = self._examples.models().run(turntable_of, record, self.settings.limits, side, name=record.path)
        # Who writes now may write: it is drawn again the next time.
        with suppress(LibraryBusy):
            self._catalogue.keep_picture(record, TURNTABLE, made)
        return made

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
        from polyseek.naming import suggesting

        reader = self._reader(encoder)
        with self._lock:
            tree = self._trees.get((reader.space.digest, language))
            if tree is None:
                tree = suggesting.concepts_of(reader, language)
                self._trees[reader.space.digest, language] = tree
        chosen = None if ids is None else [id.removeprefix("id:") for id in ids]
        return suggesting.suggest(
            self._catalogue,
            reader,
            tree,
            ids=chosen,
            where=_condition(where),
            vocabulary=vocabulary,
            most=most,
            keep=keep,
        )

    def teach(self, tags: Sequence[str] | None = None, *, encoder: str | None = None) -> list[Lesson]:
        """Learn from the models that the person gave these tags, None: all own tags; kept where measured to help.

        A lesson stands for its tag's words in searches by meaning, suggestions and labels. Raises UsageError
        for a tag with too few models, QueryError.
        """
        from polyseek.naming.teaching import teach
        from polyseek.search.variants import Variants

        variants = Variants(self._catalogue, self._space(self.settings.default_encoder))
        return teach(self._catalogue, self._reader(encoder), variants.leaders, tags)

    def lessons(self, *, encoder: str | None = None) -> list[Lesson]:
        """What tags have taught one of the library's encoders, also where it does not help."""
        return self._catalogue.lessons(self._reader(encoder).space.digest)

    def unteach(self, tags: Sequence[str] = ()) -> int:
        """Forget what these tags have taught, all where none are named; how many tags."""
        return self._catalogue.forget_lessons(tags)

    def own_tags(self) -> list[str]:
        """The tags that the person gave to any model."""
        from polyseek.naming.suggesting import own_tags

        return own_tags(self._catalogue)

    def accept(self, ids: Sequence[str], tags: Sequence[str] = ()) -> int:
        """Make suggested tags of models the person's own, all where none are named; how many models changed."""
        return self._catalogue.settle(ids, tags, accept=True)

    def reject(self, ids: Sequence[str], tags: Sequence[str] = ()) -> int:
        """Take suggested tags away for good, all where none are named; how many models changed."""
        return self._catalogue.settle(ids, tags, accept=False)

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

    def history(self, limit: int = 50) -> list[tuple[str, str]]:
        """(when, what) of the edits, latest first."""
        return self._catalogue.history(limit)

    # -- health

    def info(self) -> Info:
        """Size, formats, encoders and health."""
        from polyseek.catalogue.condition import Compare
        from polyseek.catalogue.schema import VERSION

        problems = tuple(self._catalogue.problems())
        records = self._catalogue.count()
        missing = self._catalogue.count(Compare("status", "=", "missing"))
        return Info(
            library=str(self.path),
            schema=VERSION,  # a file of an earlier one was migrated when it was opened
            records=records,
            present=records - missing,
            missing=missing,
            encoders=tuple(self._encoders()),
            unused=tuple(id for id in ENCODERS if id not in self.settings.encoders),
            formats=self._catalogue.values_of("format"),
            bytes=sum(file.stat().st_size for file in self.path.iterdir() if file.is_file()),
            healthy=not problems,
            problems=problems,
        )

    def _encoders(self) -> Iterator[dict[str, Any]]:
        """What `info` tells of each Space: those that are held, and those that are yet to be."""
        from polyseek.indexing.stages import encoder
        from polyseek.search.tower import tower_of

        reads = {tower.space: tower.reads for tower in map(tower_of, self._readers)}
        lacking = self.lacking()
        own = {encoder(id).space.digest: (encoder(id).space, id) for id in self.settings.encoders}
        held = {space.digest: (space, id, number) for space, id, number in self._catalogue.spaces()}
        awaited = {digest: (*each, 0) for digest, each in own.items() if digest not in held}
        for digest, (space, id, number) in (held | awaited).items():
            yield {
                "id": id,
                "space": digest,
                "dimensions": space.dimensions,
                "vectors": number,
                "reads": reads.get(digest, []),
                "used": digest in own,
                "lacking": lacking[id] if digest in own else 0,
            }

    def backup(self, target: str | Path) -> None:
        """Write a copy of the catalogue to a new file, while the library is in use."""
        self._catalogue.backup(str(target))

    # -- inside

    @property
    def _serving(self) -> Serving:
        """Which Spaces answer now: others once they are filled, or when the settings have changed."""
        from polyseek.encoders.shelf import DEFAULT
        from polyseek.indexing.stages import encoder
        from polyseek.search.serving import serving

        of = (self.settings, tuple(self._catalogue.held()))
        with self._lock:
            if self._served is None or self._served[0] != of:
                settings, held = of
                found = serving(settings.encoders, settings.default_encoder, held, encoder, DEFAULT)
                self._served = (of, found)
            return self._served[1]

    @property
    def _searchers(self) -> _Searchers:
        """What answers searches, made anew when other Spaces answer."""
        answers, readers = self._serving, self._readers
        with self._lock:
            if self._made is None or self._made.of != answers:
                self._made = self._make_searchers(answers, readers)
            return self._made

    def _make_searchers(self, answers: Serving, readers: list[Encoder]) -> _Searchers:
        from polyseek.search.browse import Browser
        from polyseek.search.engine import Searcher
        from polyseek.search.tower import tower_of
        from polyseek.search.variants import Variants

        def searcher(space: str) -> Searcher:
            return Searcher(
                self._catalogue,
                lambda path: self._examples.model(path),
                space,
                encoder=answers.encoder,
                towers=[tower_of(each) for each in readers],
                look=lambda paths: self._examples.pictures(paths),
            )

        every = searcher(answers.space)
        by_id = every if answers.by_id == answers.space else searcher(answers.by_id)
        browser = Browser(self._catalogue, Variants(self._catalogue, answers.folding).leaders)
        return _Searchers(answers, every, by_id, answers.by_id, browser)

    @property
    def _cartographer(self) -> Cartographer:
        """What draws the library's map."""
        from polyseek.search.atlas import Cartographer

        with self._lock:
            if self._drawer is None:
                self._drawer = Cartographer(self._catalogue, lambda: self._searchers.space, self.path)
            return self._drawer

    @property
    def _readers(self) -> list[Encoder]:
        """The encoders that read words or pictures, the first to be asked first."""
        from polyseek.indexing.stages import encoder

        return [encoder(id) for id in self._serving.readers]

    def _reader(self, encoder: str | None) -> Encoder:
        """One that reads words: the library's first, or the one called `encoder`. Raises UsageError."""
        from polyseek.encoders.contract import ReadsWords
        from polyseek.naming.classifying import reader_of

        own = [each for each in self._readers if isinstance(each, ReadsWords)]
        found = next((each for each in own if encoder in (None, each.card.id)), None)
        return found or reader_of(encoder, self.settings)

    def _given(self, query: Query, files: Mapping[str, bytes]) -> dict[Term, Mapping[str, Any]]:
        """Vectors by Space of the terms whose files are at hand."""
        found: dict[Term, Mapping[str, Any]] = {}
        for term in query.terms:
            if term.paths and term.weight and all(path in files for path in term.paths):
                if term.kind == "file":
                    found[term] = self._examples.uploaded_model(term.value, files)
                elif self._readers:
                    found[term] = self._examples.pictures(term.paths, files)
        return found

    @property
    def _examples(self) -> Examples:
        """What reads the models and pictures of queries."""
        from polyseek.indexing.examples import Examples

        needed, readers = self._serving.encoders, self._readers
        with self._lock:
            if self._read is None or not set(needed) <= set(self._read.encoders):
                if self._read is not None:
                    self._outgrown.append(self._read)
                settings = replace(self.settings, encoders=needed)
                roots = partial(self._catalogue.values_of, "root")
                self._read = Examples(settings, lambda: list(roots()), readers)
            return self._read

    def _space(self, encoder: str) -> str:
        """Digest of an encoder's Space. Raises UsageError for an unknown one."""
        from polyseek.encoders.shelf import load as load_encoder

        return load_encoder(encoder).space.digest


def _folder(path: str | Path | None) -> Path:
    if path is None:
        path = os.environ.get("POLYSEEK_LIBRARY")
    if path:
        return Path(path).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("polyseek", appauthor=False)) / "library"


def _query(query: str | Path | Query) -> Query:
    from polyseek.search.parse import parse_query

    if isinstance(query, Query):
        return query
    return Query.like(query) if isinstance(query, Path) else parse_query(query)


def _condition(where: str | None) -> Any:
    if where is None or not where.strip():
        return None
    from polyseek.search.where import parse_where

    return parse_where(where)
