"""The socket of a catalogue: records, vectors, words, thumbnails, history of one library.

Inside, a record is named by an integer key that is never used again; people see `Record.id`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float32, Int64

from polyseek.catalogue.condition import Condition
from polyseek.catalogue.copies import Duplicates
from polyseek.catalogue.lesson import Lesson
from polyseek.catalogue.record import Record, TagBy
from polyseek.encoders.contract import Space


@dataclass(frozen=True)
class Stamp:
    """What a rescan compares before it reads: of one indexed file and the side files it names.

    `side_files`: (path, bytes, mtime_ns) each. `reading`: digest of the options that decided the
    reading (up, unit, split), so that a changed option reads again. `failure`: (kind, reason) of a
    file that could not be read, None for one that could.
    """

    path: str
    root: str
    bytes: int
    mtime_ns: int
    digest: str
    side_files: tuple[tuple[str, int, int], ...] = ()
    reading: str = ""
    failure: tuple[str, str] | None = None


Vectors = Mapping[str, Float32[np.ndarray, " d"]]  # by Space digest


@dataclass(frozen=True)
class Entry:
    """All that is written of one model at once. `vectors`: Space digest -> (d,) float32. Pictures: WebP bytes by name."""

    record: Record
    vectors: Mapping[str, Float32[np.ndarray, " d"]] = field(default_factory=dict[str, Any])
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


@dataclass(frozen=True)
class Held:
    """A Space that a library holds. `filled`: every model that could be read has its vector."""

    digest: str
    encoder: str
    filled: bool


@dataclass(frozen=True)
class Thing:
    """What decides with which records one may fold, besides its vector and picture. `size`: x, y, z in metres."""

    key: int
    id: str
    root: str
    name: str
    size: tuple[float, float, float]


@dataclass(frozen=True)
class Unfolded:
    """What has changed since the folds were made. `since`, `generation`: from when, and up to when.

    `gone`: keys whose folds are no longer right, of records that were removed too. `things`: the live
    records that must be placed, by ascending key.
    """

    since: int
    generation: int
    gone: tuple[int, ...]
    things: tuple[Thing, ...]


@runtime_checkable
class Batch(Protocol):
    """One transaction: all of it or nothing."""

    def put(self, stamp: Stamp, entries: Sequence[Entry]) -> None:
        """Write or replace the models of one file. A record keeps id, added date and person's tags if its id exists."""
        ...

    def fail(self, stamp: Stamp) -> None:
        """Remember a file that could not be read (`stamp.failure`); its earlier records become missing."""
        ...

    def embed(self, stamp: Stamp, vectors: Mapping[str, Vectors]) -> int:
        """Add vectors to records of a file, by their paths, and nothing else; how many records took them.

        None does where the file was read anew since this stamp. Raises SpaceMismatch.
        """
        ...

    def move(self, old_path: str, stamp: Stamp) -> None:
        """A file was moved or renamed: its records keep their ids and take the new path, root, name, words and file tags."""
        ...

    def mark(self, paths: Iterable[str], status: str) -> int:
        """Set the status of every record of these files; how many changed."""
        ...


@runtime_checkable
class Catalogue(Protocol):
    def close(self) -> None: ...

    def batch(self) -> AbstractContextManager[Batch]:
        """A write transaction; committed on leaving, rolled back on an exception. Raises LibraryBusy."""
        ...

    def generation(self) -> int:
        """Changes whenever anything was written, by any process: what caches compare."""
        ...

    # -- spaces and vectors
    def add_space(self, space: Space, encoder: str) -> None: ...
    def spaces(self) -> list[tuple[Space, str, int]]:
        """(space, encoder id, number of vectors) each."""
        ...

    def held(self) -> list[Held]:
        """The Spaces, without a look at their vectors: cheap enough for every search."""
        ...

    def lacking(self, digest: str) -> dict[str, int]:
        """File -> number of its present records that have no vector in a Space; all where it is not held."""
        ...

    def fill(self, digests: Sequence[str], keep: Sequence[str] = ()) -> None:
        """These Spaces have all the vectors that can be had; every other Space but `keep` goes, with its vectors."""
        ...

    def vectors(self, digest: str) -> tuple[Int64[np.ndarray, " n"], Float32[np.ndarray, "n d"]]:
        """(keys ascending, vectors). Raises SpaceMismatch for a digest that this library does not hold."""
        ...

    def vectors_of(self, digest: str, keys: Sequence[int]) -> dict[int, Float32[np.ndarray, " d"]]:
        """Vectors of some records by key; those that have none are left out. Raises SpaceMismatch."""
        ...

    # -- files
    def stamps(self, root: str | None = None) -> Iterator[Stamp]: ...
    def ids_of_file(self, path: str) -> list[str]: ...

    # -- records
    def record(self, id: str) -> Record:
        """Raises UnknownId, with near misses (unique prefixes are accepted)."""
        ...

    def key_of(self, id: str) -> int: ...
    def keys_of(self, ids: Sequence[str]) -> dict[str, int]:
        """Keys of the records that have exactly these ids; those that are not there are left out."""
        ...

    def path_of(self, id: str) -> str | None:
        """Path of the record that has exactly this id; None where the id is free."""
        ...

    def records(
        self, where: Condition | None = None, *, sort: str = "path", limit: int | None = None, offset: int = 0
    ) -> Iterator[Record]:
        """`sort`: a field of condition.FIELDS, "-" before it for descending."""
        ...

    def records_by_key(self, keys: Sequence[int]) -> dict[int, Record]: ...
    def keys(self, where: Condition | None, *, sort: str | None = None) -> Int64[np.ndarray, " n"]:
        """Keys of the matching records, ascending, or as `records` sorts them."""
        ...

    def count(self, where: Condition | None = None) -> int: ...
    def values_of(self, field: str) -> dict[str, int]:
        """Value -> number of records of one field: format, root, licence or status."""
        ...

    def facets(
        self, where: Condition | None = None, *, keys: Int64[np.ndarray, " n"] | None = None
    ) -> dict[str, dict[str, int]]:
        """field -> value -> number of records that match, or that have these keys: format, root, folder (with
        all below it), tag, licence, status, added (days), has_texture, animated, watertight.
        """
        ...

    def counts_below(
        self,
        borders: Mapping[str, Sequence[float]],
        where: Condition | None = None,
        *,
        keys: Int64[np.ndarray, " n"] | None = None,
    ) -> dict[str, list[int]]:
        """Field (triangles, longest) -> the number of these records below each of its borders, and at last of all."""
        ...

    def duplicates(self, limit: int | None, after: tuple[int, str] | None) -> Duplicates:
        """Groups of present files with one digest by descending waste, then digest; `after`: behind (waste, digest)."""
        ...

    def picture(self, id: str, name: str = "front") -> bytes | None: ...
    def keep_picture(self, record: Record, name: str, webp: bytes) -> None:
        """Keep a picture that was made of this record, until it is read again; the generation stays."""
        ...

    # -- folds
    def unfolded(self, rules: int) -> Unfolded:
        """What has changed since the folds were made, all where they were made by other rules."""
        ...

    def leaders_of(self, stems: Iterable[str]) -> dict[str, list[Thing]]:
        """The records of each stem that stand under themselves, by ascending key."""
        ...

    def fold(self, change: Unfolded, rules: int, placed: Iterable[tuple[int, str, int]]) -> bool:
        """Write (key, stem, leader) of each thing of a change; False where another process was there before."""
        ...

    def variants(self) -> tuple[Int64[np.ndarray, " v"], Int64[np.ndarray, " v"]]:
        """(keys ascending, leaders) of the records that stand under another, where each leads its own card else."""
        ...

    # -- words
    def match_words(self, query: Sequence[Sequence[str]], limit: int) -> list[tuple[int, float]]:
        """(key, BM25 score, higher is better) of records that hold every group's any token; tokens are `words.tokens`'."""
        ...

    def matched_columns(self, query: Sequence[Sequence[str]], keys: Sequence[int]) -> dict[int, list[str]]:
        """Of each record, for each group: "name", "tags" or "folders", the first that holds it; "" for none."""
        ...

    def similar_words(self, token: str, limit: int = 5) -> list[str]:
        """Words of the library that look like `token` (trigrams), nearest first: for parts and typos."""
        ...

    # -- edits by a person, each one undoable
    def tag(
        self, ids: Sequence[str], add: Sequence[str] = (), remove: Sequence[str] = (), by: TagBy = "person"
    ) -> int: ...
    def suggest(self, tags: Mapping[str, Sequence[str]]) -> int:
        """Add tags as suggested, by id; how many records changed. What a person took away is not suggested again."""
        ...

    def settle(self, ids: Sequence[str], tags: Sequence[str] = (), *, accept: bool) -> int:
        """Make suggested tags the person's, or reject them for good; all of these records' where none are named."""
        ...

    def remove(self, ids: Sequence[str]) -> int: ...
    def prune(self) -> int:
        """Forget records whose files are missing; how many."""
        ...

    def undo(self) -> str | None:
        """Take the last edit back; one sentence that says which, None when there is none."""
        ...

    def restore(self, when: str) -> int:
        """Take back every edit after `when` (ISO 8601); how many."""
        ...

    def history(self, limit: int = 50) -> list[tuple[str, str]]:
        """(when, what) of the edits, latest first."""
        ...

    # -- lessons
    def lessons(self, space: str, tag: str | None = None) -> list[Lesson]:
        """What tags have taught in a Space, by tag, also where it does not help; that of `tag` where one is named."""
        ...

    def teach(self, space: str, taught: Sequence[Lesson]) -> None:
        """Keep lessons, in place of earlier ones of the same tags. Raises SpaceMismatch."""
        ...

    def forget_lessons(self, tags: Sequence[str] = ()) -> int:
        """Forget what these tags have taught, all where none are named; how many tags."""
        ...

    # -- health
    def problems(self) -> list[str]:
        """What is wrong with the file, in sentences; empty when it is healthy."""
        ...

    def backup(self, target: str) -> None: ...
