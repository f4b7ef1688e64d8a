"""SqliteCatalogue: the catalogue as one SQLite file, `library.db` in the library's folder.

Readers never wait: with WAL each sees the last committed batch. Writers wait for one another, for
`timeout_s` at most, then LibraryBusy. Every write raises the generation, which caches compare.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from jaxtyping import Float32, Int64

from polyseek.catalogue import columns, folds, history, lessons, records, text, thumbnails, vectors
from polyseek.catalogue.column_cache import ColumnCache, one_state
from polyseek.catalogue.condition import Compare, Condition
from polyseek.catalogue.connection import Connections, on_network_share, transaction, translated
from polyseek.catalogue.contract import Batch, Held, Stamp, Thing, Unfolded
from polyseek.catalogue.copies import Duplicates
from polyseek.catalogue.duplicates import duplicates
from polyseek.catalogue.lesson import Lesson
from polyseek.catalogue.record import Record, TagBy
from polyseek.catalogue.schema import VERSION, migrate
from polyseek.catalogue.writing import SqliteBatch
from polyseek.encoders.contract import Space
from polyseek.errors import LibraryError, UsageError

log = logging.getLogger(__name__)

FILE_NAME = "library.db"
HISTORY_DAYS = 90
TIMEOUT_S = 10.0
_PAGE = 500


def utc_now() -> datetime:
    return datetime.now(UTC)


class SqliteCatalogue:
    """A Catalogue (see contract.py) in one file. Safe to use from several threads and processes.

    `network`: the file lies on another machine's disk, where it must be used from one machine at a time.
    """

    def __init__(self, connections: Connections, *, now: Callable[[], datetime], network: bool) -> None:
        self.path = connections.path
        self.network = network
        self.schema = VERSION
        self._connections = connections
        self._now = now
        self._columns = ColumnCache()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        create: bool = True,
        history_days: int = HISTORY_DAYS,
        timeout_s: float = TIMEOUT_S,
        now: Callable[[], datetime] = utc_now,
    ) -> SqliteCatalogue:
        """Open a library's catalogue, migrated to this version; edits older than `history_days` are forgotten.

        Raises LibraryError (there is none and `create` is off), LibraryNewer, LibraryDamaged, LibraryBusy.
        """
        path = Path(folder) / FILE_NAME
        if not path.exists():
            if not create:
                raise LibraryError(
                    "there is no library here", path=str(folder), hint="make one: polyseek index MODELS"
                )
            path.parent.mkdir(parents=True, exist_ok=True)
        network = on_network_share(path.parent)
        if network:
            log.warning("%s lies on a network share: use it from one machine at a time", folder)
        connections = Connections(path, timeout_s=timeout_s, network=network)
        catalogue = cls(connections, now=now, network=network)
        try:
            catalogue._bring_up_to_date(history_days)
        except BaseException:
            connections.close()
            raise
        return catalogue

    def _bring_up_to_date(self, history_days: int) -> None:
        with translated(self.path):
            connection = self._connections.get()
            migrate(connection)
            if text.outdated(connection):
                with transaction(connection):
                    keys = records.select_keys(connection, None, None, None, 0)
                    text.rebuild(connection, records.read_records(connection, keys).items())
            if history.expired(connection, self._now(), history_days):
                with transaction(connection):
                    history.expire(connection, self._now(), history_days)

    def close(self) -> None:
        self._connections.close()

    def __enter__(self) -> SqliteCatalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        with translated(self.path):
            yield self._connections.get()

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        with translated(self.path):
            connection = self._connections.get()
            with transaction(connection):
                yield connection

    @contextmanager
    def _deriving(self) -> Generator[sqlite3.Connection]:
        """For writing what follows from what is there: the generation stays."""
        with translated(self.path):
            connection = self._connections.get()
            with transaction(connection, derived=True):
                yield connection

    @contextmanager
    def batch(self) -> Generator[Batch]:
        with self._writing() as connection:
            batch = SqliteBatch(connection)
            yield batch
            batch.flush()

    def generation(self) -> int:
        with self._reading() as connection:
            return int(connection.execute("SELECT generation FROM changes").fetchone()[0])

    # -- spaces and vectors

    def add_space(self, space: Space, encoder: str) -> None:
        with self._writing() as connection:
            vectors.add_space(connection, space, encoder)

    def spaces(self) -> list[tuple[Space, str, int]]:
        with self._reading() as connection:
            return vectors.spaces(connection)

    def held(self) -> list[Held]:
        with self._reading() as connection:
            return vectors.held(connection)

    def lacking(self, digest: str) -> dict[str, int]:
        with self._reading() as connection, one_state(connection):
            return vectors.lacking(connection, digest)

    def fill(self, digests: Sequence[str], keep: Sequence[str] = ()) -> None:
        with self._writing() as connection:
            vectors.fill(connection, digests, keep)

    def vectors_of(self, digest: str, keys: Sequence[int]) -> dict[int, Float32[np.ndarray, " d"]]:
        with self._reading() as connection:
            return vectors.read_rows(connection, digest, keys)

    def vectors(self, digest: str) -> tuple[Int64[np.ndarray, " n"], Float32[np.ndarray, "n d"]]:
        with self._reading() as connection:
            return vectors.read_vectors(connection, digest)

    # -- files

    def stamps(self, root: str | None = None) -> Iterator[Stamp]:
        with self._reading() as connection:
            return iter(records.read_files(connection, root))

    def ids_of_file(self, path: str) -> list[str]:
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT id FROM records WHERE file = ? AND {records.LIVE} ORDER BY key", (path,)
            )
            return [row[0] for row in rows]

    # -- records

    def record(self, id: str) -> Record:
        with self._reading() as connection:
            key = records.key_of(connection, id)
            return records.read_records(connection, [key])[key]

    def path_of(self, id: str) -> str | None:
        with self._reading() as connection:
            return records.path_of(connection, id)

    def key_of(self, id: str) -> int:
        with self._reading() as connection:
            return records.key_of(connection, id)

    def keys_of(self, ids: Sequence[str]) -> dict[str, int]:
        with self._reading() as connection:
            return records.keys_of(connection, ids)

    def records(
        self, where: Condition | None = None, *, sort: str = "path", limit: int | None = None, offset: int = 0
    ) -> Iterator[Record]:
        with self._reading() as connection:
            keys = records.select_keys(connection, where, sort, limit, offset)
        return self._pages(keys)

    def _pages(self, keys: Sequence[int]) -> Iterator[Record]:
        for some in records.chunked(keys, _PAGE):
            found = self.records_by_key(some)
            yield from (found[key] for key in some if key in found)

    def records_by_key(self, keys: Sequence[int]) -> dict[int, Record]:
        with self._reading() as connection:
            return records.read_records(connection, [int(key) for key in keys])

    def keys(self, where: Condition | None, *, sort: str | None = None) -> Int64[np.ndarray, " n"]:
        with self._reading() as connection:
            if sort is None and where is not None and self._columns.loaded:
                return self._columns.chosen(connection, where)
            if sort is None:
                return np.array(records.select_keys(connection, where, None, None, 0), np.int64)
            return self._columns.ordered(connection, self._chosen(where), sort)

    def _chosen(
        self, where: Condition | None, keys: Int64[np.ndarray, " n"] | None = None
    ) -> Int64[np.ndarray, " n"] | None:
        """The keys of a condition; without one the given keys, None for all."""
        if where is None:
            return keys
        with self._reading() as connection:
            return self._columns.chosen(connection, where)

    def count(self, where: Condition | None = None) -> int:
        with self._reading() as connection:
            if where is not None and self._columns.loaded:
                return len(self._columns.chosen(connection, where))
            return records.count(connection, where)

    def values_of(self, field: str) -> dict[str, int]:
        with self._reading() as connection:
            return records.values_of(connection, field)

    def facets(
        self, where: Condition | None = None, *, keys: Int64[np.ndarray, " n"] | None = None
    ) -> dict[str, dict[str, int]]:
        chosen = self._chosen(where, keys)
        with self._reading() as connection:
            return columns.facet_counts(self._columns.columns(connection), chosen)

    def counts_below(
        self,
        borders: Mapping[str, Sequence[float]],
        where: Condition | None = None,
        *,
        keys: Int64[np.ndarray, " n"] | None = None,
    ) -> dict[str, list[int]]:
        chosen = self._chosen(where, keys)
        with self._reading() as connection:
            return columns.counts_below(self._columns.columns(connection), chosen, borders)

    def duplicates(self, limit: int | None, after: tuple[int, str] | None) -> Duplicates:
        with self._reading() as connection, one_state(connection):
            return duplicates(connection, limit, after)

    def picture(self, id: str, name: str = "front") -> bytes | None:
        with self._reading() as connection:
            return thumbnails.read_picture(connection, records.key_of(connection, id), name)

    def keep_picture(self, record: Record, name: str, webp: bytes) -> None:
        with self._deriving() as connection:
            thumbnails.keep_picture(connection, record, name, webp)

    # -- folds

    def unfolded(self, rules: int) -> Unfolded:
        with self._reading() as connection, one_state(connection):
            return folds.unfolded(connection, rules)

    def leaders_of(self, stems: Iterable[str]) -> dict[str, list[Thing]]:
        with self._reading() as connection:
            return folds.leaders_of(connection, stems)

    def fold(self, change: Unfolded, rules: int, placed: Iterable[tuple[int, str, int]]) -> bool:
        with self._deriving() as connection:
            return folds.write_folds(connection, change, rules, placed)

    def variants(self) -> tuple[Int64[np.ndarray, " v"], Int64[np.ndarray, " v"]]:
        with self._reading() as connection:
            return folds.variants(connection)

    # -- words

    def match_words(self, query: Sequence[Sequence[str]], limit: int) -> list[tuple[int, float]]:
        with self._reading() as connection:
            return text.match(connection, query, limit)

    def matched_columns(self, query: Sequence[Sequence[str]], keys: Sequence[int]) -> dict[int, list[str]]:
        """Of each record: for each group the field that holds it (name, tags or folders), "" for none."""
        with self._reading() as connection:
            return text.matched_columns(connection, query, keys)

    def similar_words(self, token: str, limit: int = 5) -> list[str]:
        with self._reading() as connection:
            return text.similar(connection, token, limit)

    # -- edits by a person

    def tag(
        self, ids: Sequence[str], add: Sequence[str] = (), remove: Sequence[str] = (), by: TagBy = "person"
    ) -> int:
        with self._writing() as connection:
            keys = [records.key_of(connection, id) for id in ids]
            changed = history.tag(connection, self._now(), keys, add, remove, by)
            for key, record in records.read_records(connection, changed).items():
                text.write_words(connection, key, record)
            return len(changed)

    def suggest(self, tags: Mapping[str, Sequence[str]]) -> int:
        with self._writing() as connection:
            by_key = {records.key_of(connection, id): names for id, names in tags.items()}
            return len(history.suggest(connection, self._now(), by_key))

    def settle(self, ids: Sequence[str], tags: Sequence[str] = (), *, accept: bool) -> int:
        with self._writing() as connection:
            keys = [records.key_of(connection, id) for id in ids]
            changed = history.settle(connection, self._now(), keys, tags, accept=accept)
            for key, record in records.read_records(connection, changed).items():
                text.write_words(connection, key, record)
            return len(changed)

    def remove(self, ids: Sequence[str]) -> int:
        with self._writing() as connection:
            keys = [records.key_of(connection, id) for id in ids]
            return history.remove(connection, self._now(), keys, "remove")

    def prune(self) -> int:
        with self._writing() as connection:
            missing = records.select_keys(connection, Compare("status", "=", "missing"), None, None, 0)
            return history.remove(connection, self._now(), missing, "prune")

    def undo(self) -> str | None:
        with self._writing() as connection:
            return history.undo(connection)

    def restore(self, when: str) -> int:
        moment = _moment(when)
        with self._writing() as connection:
            return history.undo_after(connection, moment)

    def history(self, limit: int = 50) -> list[tuple[str, str]]:
        with self._reading() as connection:
            return history.entries(connection, limit)

    # -- lessons

    def lessons(self, space: str, tag: str | None = None) -> list[Lesson]:
        with self._reading() as connection:
            return lessons.read_lessons(connection, space, tag)

    def teach(self, space: str, taught: Sequence[Lesson]) -> None:
        with self._writing() as connection:
            lessons.write_lessons(connection, space, taught)

    def forget_lessons(self, tags: Sequence[str] = ()) -> int:
        with self._writing() as connection:
            return lessons.forget_lessons(connection, [records.normal_tag(tag) for tag in tags])

    # -- health

    def problems(self) -> list[str]:
        from polyseek.catalogue.repair import problems_of

        return problems_of(self._connections.get())

    def backup(self, target: str) -> None:
        """A copy of the library's file, whole and packed, while others go on. Raises UsageError where `target` exists."""
        if Path(target).exists():
            raise UsageError("the backup's file exists already", path=target, hint="choose another name")
        with self._reading() as connection:
            try:
                connection.execute("VACUUM INTO ?", (target,))
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(target).unlink(missing_ok=True)
                raise


def _moment(when: str) -> datetime:
    """An ISO 8601 moment as UTC; without a zone it is this machine's local time."""
    try:
        return datetime.fromisoformat(when).astimezone(UTC)
    except ValueError as error:
        raise UsageError(
            f"{when!r} is no date and time", hint="write it as 2026-03-01T14:30, or 2026-03-01"
        ) from error
