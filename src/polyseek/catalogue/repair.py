"""Health of a library's file: what is wrong with it, and saving what can still be read.

Repair copies row by row into a new file; where a stretch of rows cannot be read, it is halved until
only the broken ones are left out. Full text is made anew. The damaged file is kept beside the new one.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from polyseek.catalogue import records, text
from polyseek.catalogue.connection import on_network_share
from polyseek.catalogue.schema import migrate
from polyseek.catalogue.vectors import BLOCK_ROWS, FREE
from polyseek.errors import LibraryBusy, LibraryError

FILE_NAME = "library.db"
_SIDES = ("-wal", "-shm", "-journal")

# In this order each table's parents are there before it. Full text is derived and not copied.
_TABLES = (
    "history",
    "files",
    "records",
    "details",
    "measures",
    "tags",
    "pictures",
    "spaces",
    "blocks",
    "lessons",
)


@dataclass(frozen=True)
class RepairReport:
    """`saved`, `lost`: models; `lost` counts those that the damaged file still names. `backup`: the damaged file, kept."""

    saved: int
    lost: int
    backup: Path


# -- what is wrong


def problems_of(connection: sqlite3.Connection) -> list[str]:
    """Sentences on what is wrong with an open file: SQLite's own check, then what must hold between the tables."""
    try:
        lines = [row[0] for row in connection.execute("PRAGMA quick_check(20)")]
        found = [f"SQLite: {line}" for line in lines if line != "ok"]
        return found or [
            *_broken_references(connection),
            *_broken_vectors(connection),
            *_broken_words(connection),
        ]
    except sqlite3.DatabaseError as error:
        return [f"the file cannot be read through: {error}"]


def _broken_references(connection: sqlite3.Connection) -> list[str]:
    broken: dict[str, int] = {}
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        broken[table] = broken.get(table, 0) + 1
    return [f"{number} rows of {table} belong to nothing" for table, number in sorted(broken.items())]


def _broken_vectors(connection: sqlite3.Connection) -> list[str]:
    """Blocks have their fixed length; each key stands once in a Space and has a record."""
    found: list[str] = []
    known = np.array([row[0] for row in connection.execute("SELECT key FROM records")], np.int64)
    for digest, name, dimensions in connection.execute(
        "SELECT digest, name, dimensions FROM spaces"
    ).fetchall():
        keys: list[np.ndarray] = []
        for blob, length in connection.execute(
            "SELECT keys, length(vectors) FROM blocks WHERE space = ? ORDER BY number", (digest,)
        ):
            if len(blob) != BLOCK_ROWS * 8 or length != BLOCK_ROWS * dimensions * 4:
                found.append(f"a block of {name} has a wrong length")
            else:
                keys.append(np.frombuffer(blob, "<i8"))
        held = np.concatenate(keys) if keys else np.empty(0, np.int64)
        held = held[held != FREE]
        if len(np.unique(held)) != len(held):
            found.append(f"a model has two vectors of {name}")
        strangers = int(np.count_nonzero(~np.isin(held, known)))
        if strangers:
            found.append(f"{strangers} vectors of {name} belong to no model")
    return found


def _broken_words(connection: sqlite3.Connection) -> list[str]:
    sql = "SELECT (SELECT count(*) FROM records WHERE {live} AND key NOT IN (SELECT rowid FROM words)), (SELECT count(*) FROM words WHERE rowid NOT IN (SELECT key FROM records WHERE {live}))"
    missing, left = connection.execute(sql.format(live=records.LIVE)).fetchone()
    found = [f"{missing} models cannot be found by words"] if missing else []
    return found + ([f"full text names {left} models that are not there"] if left else [])


# -- saving what can be read


def repair(folder: Path, *, now: datetime | None = None) -> RepairReport:
    """Save what can be read of the library in `folder` into a new file; the old one becomes `library.damaged-TIME.db`.

    Raises LibraryError where there is no library, LibraryBusy where another process uses it.
    """
    path = Path(folder) / FILE_NAME
    if not path.exists():
        raise LibraryError("there is no library here", path=str(folder), hint="check --library")
    stamp = (now or datetime.now()).strftime("%Y%m%d-%H%M%S")
    backup = path.with_name(f"library.damaged-{stamp}.db")
    fresh = path.with_name(f"library.repaired-{stamp}.db")
    source = sqlite3.connect(path, isolation_level=None, timeout=2.0)
    target = sqlite3.connect(fresh, isolation_level=None)
    try:
        _refuse_while_used(source, path)
        migrate(target)
        target.execute(f"PRAGMA journal_mode = {'TRUNCATE' if on_network_share(path) else 'WAL'}")
        saved, named = _save(source, target)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        source.close()
        target.close()
        _unlink(fresh)
        raise
    source.close()
    target.close()
    _rename(path, backup)
    _rename(fresh, path)
    return RepairReport(saved, max(named - saved, 0), backup)


def _refuse_while_used(source: sqlite3.Connection, path: Path) -> None:
    try:
        source.execute("BEGIN IMMEDIATE")
        source.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise LibraryBusy(
                "another process is writing to the library", path=str(path), hint="end it, then repair"
            ) from error
    except sqlite3.DatabaseError:
        pass  # too damaged to lock: nobody can be writing to it either


def _save(source: sqlite3.Connection, target: sqlite3.Connection) -> tuple[int, int]:
    """(models saved, models that the source names)."""
    named = 0
    target.execute("BEGIN IMMEDIATE")
    for table in _TABLES:
        # A file of an earlier schema has fewer columns, and the new ones have values of their own.
        held = {row[1] for row in _as_far_as_possible(source, f"PRAGMA table_info({table})")}
        columns = [row[1] for row in target.execute(f"PRAGMA table_info({table})") if row[1] in held]
        if not columns:
            continue
        for row in _rows(source, table, columns):
            target.execute(
                f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({records.marks(columns)})", row
            )
    with contextlib.suppress(sqlite3.DatabaseError):
        named = int(source.execute("SELECT count(*) FROM records INDEXED BY records_path").fetchone()[0])
    _drop_orphans(target)
    keys = records.select_keys(target, None, None, None, 0)
    text.rebuild(target, records.read_records(target, keys).items())
    # Above every generation of the old file: caches of other processes must see the change.
    target.execute("UPDATE changes SET generation = ?", (int(datetime.now().timestamp() * 1000),))
    target.execute("COMMIT")
    saved = int(target.execute("SELECT count(*) FROM records").fetchone()[0])
    return saved, named


def _drop_orphans(target: sqlite3.Connection) -> None:
    """Make references hold again: records of lost files get a stamp that asks for a new reading."""
    target.execute(
        "INSERT INTO files SELECT DISTINCT file, root, -1, -1, '', '[]', '', NULL, NULL, NULL FROM records"
        " WHERE file NOT IN (SELECT path FROM files)"
    )
    target.execute(
        "INSERT INTO details SELECT key, '[]', '[]', '[]' FROM records WHERE key NOT IN (SELECT key FROM details)"
    )
    for table in ("details", "measures", "tags", "pictures"):
        target.execute(f"DELETE FROM {table} WHERE key NOT IN (SELECT key FROM records)")
    target.execute(
        "DELETE FROM blocks WHERE space NOT IN (SELECT digest FROM spaces) OR length(keys) <> ? OR length(vectors) <>"
        " (SELECT ? * dimensions FROM spaces WHERE digest = space)",
        (BLOCK_ROWS * 8, BLOCK_ROWS * 4),
    )
    target.execute(
        "DELETE FROM lessons WHERE length(vector) <> coalesce((SELECT 4 * dimensions FROM spaces WHERE digest = space), -1)"
    )
    known = np.array([row[0] for row in target.execute("SELECT key FROM records")], np.int64)
    seen: dict[str, np.ndarray] = {}
    for number, space, blob in target.execute(
        "SELECT number, space, keys FROM blocks ORDER BY number"
    ).fetchall():
        keys = np.frombuffer(blob, "<i8").astype(np.int64)
        before = seen.get(space, np.empty(0, np.int64))
        first = np.zeros(len(keys), bool)
        first[np.unique(keys, return_index=True)[1]] = True
        keys[~(first & np.isin(keys, known) & ~np.isin(keys, before))] = FREE
        seen[space] = np.concatenate([before, keys[keys != FREE]])
        target.execute("UPDATE blocks SET keys = ? WHERE number = ?", (keys.astype("<i8").tobytes(), number))
    # A vector that was lost is made again when its file is read again: its stamp asks for that.
    spaces = [row[0] for row in target.execute("SELECT digest FROM spaces")]
    lacking = {
        int(key) for space in spaces for key in known if key not in set(seen.get(space, known[:0]).tolist())
    }
    target.executemany(
        "UPDATE files SET bytes = -1, mtime_ns = -1 WHERE path = (SELECT file FROM records WHERE key = ?)",
        [(key,) for key in sorted(lacking)],
    )


def _rows(source: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table that can be read."""
    names = ", ".join(columns)
    if table == "tags":  # has no rowid: read in both directions as far as it goes
        yield from _as_far_as_possible(source, f"SELECT {names} FROM tags ORDER BY key, tag")
        yield from _as_far_as_possible(source, f"SELECT {names} FROM tags ORDER BY key DESC, tag DESC")
        return
    last = 0
    for order in ("DESC", "ASC"):
        for (rowid,) in _as_far_as_possible(source, f"SELECT rowid FROM {table} ORDER BY rowid {order}"):
            last = max(last, int(rowid))
            if order == "DESC":
                break
    stretches = [(1, last + (1 << 16) if last else 0)]
    while stretches:
        first, end = stretches.pop()
        query = f"SELECT {names} FROM {table} WHERE rowid BETWEEN {first} AND {end} ORDER BY rowid"
        try:
            yield from source.execute(query).fetchall()
        except sqlite3.Error:
            if first < end:
                middle = (first + end) // 2
                stretches += [(middle + 1, end), (first, middle)]


def _as_far_as_possible(source: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    with contextlib.suppress(sqlite3.Error):
        yield from source.execute(query)


def _rename(path: Path, to: Path) -> None:
    for side in ("", *_SIDES):
        part = Path(f"{path}{side}")
        if part.exists():
            part.replace(f"{to}{side}")


def _unlink(path: Path) -> None:
    for side in ("", *_SIDES):
        Path(f"{path}{side}").unlink(missing_ok=True)
