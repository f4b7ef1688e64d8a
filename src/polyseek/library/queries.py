"""What can be asked of a library. Commands and queries are kept apart: nothing here changes a library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from polyseek.catalogue.record import Record
from polyseek.indexing.settings import FILE_NAME, Settings, read_settings
from polyseek.library.naming import Naming
from polyseek.library.searchers import Searchers
from polyseek.search.hit import Hits
from polyseek.search.query import Query, Term, is_picture

if TYPE_CHECKING:
    import numpy as np
    from jaxtyping import Float32, Int64

    from polyseek.catalogue.condition import Condition
    from polyseek.catalogue.contract import Catalogue
    from polyseek.catalogue.copies import Duplicates
    from polyseek.catalogue.lesson import Lesson
    from polyseek.errors import PolyseekError
    from polyseek.library.info import Info
    from polyseek.naming.classifying import Classified
    from polyseek.search.atlas import Map
    from polyseek.search.browse import Listing


class Queries:
    """The questions that a Library answers, over its catalogue, what searches it, and what names its models."""

    def __init__(self, path: Path, settings: Settings, catalogue: Catalogue) -> None:
        self.path = path
        self.settings = settings
        self._catalogue = catalogue
        self._searchers = Searchers(path, catalogue, lambda: self.settings)
        self._naming = Naming(catalogue, self._searchers, lambda: self.settings)

    # -- search

    def search(
        self,
        query: str | Path | Query,
        *,
        k: int = 10,
        where: str | None = None,
        mode: str = "auto",
        encoder: str | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> Hits:
        """The `k` best models for words, the Path of a model or picture, or a composed Query, best first.

        `where`: an expression over Record's fields. `mode`: auto, words, meaning or hybrid.
        `encoder`: the id of the one that compares and reads, alone. `files`: bytes by name of what the query's
        files and pictures, and the side files beside them, are called, where they are at hand and not on a
        disk. Raises QueryError, UsageError, UnknownId, and a FileError for a file that cannot be read.
        """
        return self._searchers.search(
            query_of(query), k=k, where=where, mode=mode, encoder=encoder, files=files
        )

    def similar(self, id: str, *, k: int = 10, where: str | None = None, encoder: str | None = None) -> Hits:
        """The `k` models most like an indexed one, itself left out, by shape and looks, or by one encoder alone.

        Raises UnknownId, UsageError, QueryError.
        """
        return self._searchers.now.by_id.similar(id, k=k, where=where, encoder=encoder)

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
        return self._searchers.now.browser.groups(records)

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
        return self._naming.classify(
            models, labels, encoder=encoder, prompts=prompts, jobs=jobs, failed=failed
        )

    # -- records

    def records(
        self, where: str | None = None, *, sort: str = "path", limit: int | None = None, offset: int = 0
    ) -> Iterator[Record]:
        """Records, filtered and sorted ("-" before a field: descending). Raises QueryError."""
        return self._catalogue.records(condition_of(where), sort=sort, limit=limit, offset=offset)

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
        return self._searchers.now.browser.page(
            where, sort=sort, fold=fold, limit=limit, offset=offset, after=after
        )

    def record(self, id: str) -> Record:
        """Raises UnknownId."""
        return self._catalogue.record(id)

    def records_of(self, ids: Sequence[str]) -> list[Record]:
        """The records of these ids, in their order; those that are not there are left out."""
        keys = self._catalogue.keys_of(ids)
        found = self._catalogue.records_by_key(list(keys.values()))
        return [found[keys[id]] for id in dict.fromkeys(ids) if id in keys and keys[id] in found]

    def keys(self, where: str | None = None) -> Int64[np.ndarray, " n"]:
        """The catalogue's keys of the records that match, ascending, as a Map has them. Raises QueryError."""
        return self._catalogue.keys(condition_of(where))

    def count(self, where: str | None = None) -> int:
        """How many records match. Raises QueryError."""
        return self._catalogue.count(condition_of(where))

    def facets(self, where: str | None = None, *, among: Hits | None = None) -> dict[str, dict[str, int]]:
        """Field -> value -> number of records: of those that match, or of all that a search ranked."""
        return self._catalogue.facets(condition_of(where), keys=None if among is None else among.ranked)

    def counts_below(
        self,
        borders: Mapping[str, Sequence[float]],
        where: str | None = None,
        *,
        among: Hits | None = None,
    ) -> dict[str, list[int]]:
        """Field (triangles, longest) -> how many of these records are below each border, and at last all of them."""
        keys = None if among is None else among.ranked
        return self._catalogue.counts_below(borders, condition_of(where), keys=keys)

    def duplicates(self, *, limit: int | None = None, after: tuple[int, str] | None = None) -> Duplicates:
        """Groups of files with the same bytes, the largest waste first; `after`: behind a group's (waste, digest)."""
        return self._catalogue.duplicates(limit, after)

    # -- vectors and the map

    def vectors(self, encoder: str | None = None) -> tuple[list[str], Float32[np.ndarray, "n d"]]:
        """(ids, one unit row each) of an encoder; None: the default one. Raises SpaceMismatch where it has none here."""
        from polyseek.encoders.shelf import load

        digest = load(encoder or self.settings.default_encoder).space.digest
        keys, vectors = self._catalogue.vectors(digest)
        records = self._catalogue.records_by_key([int(key) for key in keys])
        return [records[int(key)].id for key in keys], vectors

    def map(self) -> Map:
        """The library's map: its models in the plane, like beside like, in the first Space that similar() compares in.

        Laid out when much has changed since the last time, which takes seconds, and kept in the library's
        folder. Raises SpaceMismatch where no model has a vector.
        """
        return self._searchers.cartographer.draw()

    def map_now(self) -> tuple[Map | None, bool]:
        """(the map as it was last drawn, is it up to date?), at once; where it is not, drawing goes on in the background."""
        self._searchers.cartographer.begin()
        return self._searchers.cartographer.look()

    # -- the models

    def thumbnail(self, id: str, name: str = "front") -> bytes | None:
        """WebP bytes of "front" or "back"; None where there is none. Raises UnknownId."""
        return self._catalogue.picture(id, name)

    def model_glb(self, id: str) -> bytes:
        """The model as one GLB, +Y up, in metres. Raises UnknownId, and FileErrors as reading does."""
        from polyseek.library.models import glb

        return glb(self._catalogue, self._searchers.examples.models(), self.settings, id)

    def turntable(self, id: str) -> bytes:
        """The model from all around as one WebP: 12 pictures, 30 degrees from one to the next, 4 in a row.

        Drawn when first asked for, and kept. Raises UnknownId, and FileErrors as reading does.
        """
        from polyseek.library.models import turntable

        return turntable(self._catalogue, lambda: self._searchers.examples.models(), self.settings, id)

    # -- tags and lessons

    def own_tags(self) -> list[str]:
        """The tags that the person gave to any model."""
        from polyseek.naming.suggesting import own_tags

        return own_tags(self._catalogue)

    def lessons(self, *, encoder: str | None = None) -> list[Lesson]:
        """What tags have taught one of the library's encoders, also where it does not help."""
        return self._naming.lessons(encoder)

    # -- state

    def info(self) -> Info:
        """Size, formats, encoders and health."""
        from polyseek.library.info import info_of

        return info_of(self.path, self._catalogue, self.settings, self._searchers.readers)

    def history(self, limit: int = 50) -> list[tuple[str, str]]:
        """(when, what) of the edits, latest first."""
        return self._catalogue.history(limit)

    def folders(self) -> list[str]:
        """The folders that models were indexed from, sorted."""
        return sorted(self._catalogue.values_of("root"))

    def watched(self) -> tuple[str, ...]:
        """The folders that a server of this library keeps up to date, as `library.toml` says now."""
        return read_settings(self.path / FILE_NAME).watch

    def lacking(self) -> dict[str, int]:
        """Encoder -> how many present models have no vector of it yet, for each encoder of the library."""
        from polyseek.indexing.choosing import lacking

        return lacking(self._catalogue, self.settings)

    def is_incomplete(self) -> bool:
        """Whether `reembed` has something to do: vectors to make, or those of dropped encoders to let go."""
        from polyseek.indexing.choosing import is_incomplete

        return is_incomplete(self._catalogue, self.settings)

    def reembedding_seconds(self, *, jobs: int | None = None) -> float:
        """How long `reembed` will take, about: some files are read to know it, for a few seconds."""
        from polyseek.indexing.choosing import seconds

        return seconds(self._catalogue, self.settings, jobs or self.settings.workers())


def query_of(query: str | Path | Query) -> Query:
    """What a person asks, as a Query: a text is parsed, a Path is a model or a picture. Raises QueryError."""
    from polyseek.search.parse import parse_query

    if isinstance(query, Query):
        return query
    return Query.like(query) if isinstance(query, Path) else parse_query(query)


def condition_of(where: str | None) -> Condition | None:
    """An expression over Record's fields as a Condition; None where it says nothing. Raises QueryError."""
    if where is None or not where.strip():
        return None
    from polyseek.search.where import parse_where

    return parse_where(where)
