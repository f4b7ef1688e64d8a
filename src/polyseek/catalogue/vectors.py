"""Vectors in blocks of 1,024 rows: one series of blocks a Space, keyed by its digest.

A block is two blobs of fixed length: int64 record keys (-1: the row is free) and float32 rows, both
little-endian. Rows are written in place, so replacing one vector touches a page or two of the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float32, Int64

from polyseek.catalogue.contract import Held
from polyseek.encoders.contract import Space
from polyseek.errors import SpaceMismatch

BLOCK_ROWS = 1024
FREE = -1
_CHUNK = 500
_KEYS, _ROWS = np.dtype("<i8"), np.dtype("<f4")


def add_space(connection: sqlite3.Connection, space: Space, encoder: str) -> None:
    """Declare a Space, filled where there are no records. Raises SpaceMismatch where its digest stands for other dimensions."""
    connection.execute(
        "INSERT OR IGNORE INTO spaces (digest, name, dimensions, metric, encoder, filled)"
        " VALUES (?, ?, ?, ?, ?, NOT EXISTS (SELECT 1 FROM records))",
        (space.digest, space.name, space.dimensions, space.metric, encoder),
    )
    held = space_of(connection, space.digest)
    if held.dimensions != space.dimensions or held.metric != space.metric:
        raise SpaceMismatch(
            f"Space {space.digest} has {held.dimensions} dimensions in this library, not {space.dimensions}",
            hint="an encoder of another version made them: index again into a new library",
        )


def space_of(connection: sqlite3.Connection, digest: str) -> Space:
    """The Space with this digest. Raises SpaceMismatch where the library holds none."""
    row = connection.execute(
        "SELECT name, dimensions, digest, metric FROM spaces WHERE digest = ?", (digest,)
    ).fetchone()
    if row is None:
        known = ", ".join(
            f"{name} {key}" for name, key in connection.execute("SELECT name, digest FROM spaces")
        )
        raise SpaceMismatch(
            f"this library holds no vectors of Space {digest}",
            hint=f"it holds: {known or 'none'}; run polyseek index again to add this encoder's vectors",
        )
    return Space(*row)


def spaces(connection: sqlite3.Connection) -> list[tuple[Space, str, int]]:
    """(Space, encoder id, number of vectors of records that are not removed) each, by name."""
    rows = connection.execute(
        "SELECT name, dimensions, digest, metric, encoder FROM spaces ORDER BY name, digest"
    ).fetchall()
    gone = _removed(connection)
    counts = [int(np.count_nonzero(_live(_keys(connection, row[2]), gone))) for row in rows]
    return [(Space(*row[:4]), str(row[4]), count) for row, count in zip(rows, counts, strict=True)]


def held(connection: sqlite3.Connection) -> list[Held]:
    """The Spaces that are declared, by name, without a look at their vectors."""
    rows = connection.execute("SELECT digest, encoder, filled FROM spaces ORDER BY name, digest")
    return [Held(digest, encoder, bool(filled)) for digest, encoder, filled in rows]


def lacking(connection: sqlite3.Connection, digest: str) -> dict[str, int]:
    """File -> number of its present records without a vector in a Space, which need not be declared."""
    sql = "SELECT key FROM records WHERE status = 'present' AND removed IS NULL"
    present = np.array([row[0] for row in connection.execute(sql)], np.int64)
    keys = np.setdiff1d(present, _keys(connection, digest)).tolist()
    found: dict[str, int] = {}
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        marks = ", ".join("?" * len(some))
        for (file,) in connection.execute(f"SELECT file FROM records WHERE key IN ({marks})", some):
            found[file] = found.get(file, 0) + 1
    return found


def fill(connection: sqlite3.Connection, digests: Sequence[str], keep: Sequence[str] = ()) -> None:
    """Note that these Spaces have all vectors that can be had, and drop every other but `keep` with its vectors."""
    for (digest,) in connection.execute("SELECT digest FROM spaces").fetchall():
        if digest in digests:
            connection.execute("UPDATE spaces SET filled = 1 WHERE digest = ?", (digest,))
        elif digest not in keep:
            connection.execute("DELETE FROM blocks WHERE space = ?", (digest,))
            connection.execute("DELETE FROM spaces WHERE digest = ?", (digest,))


def write_vectors(
    connection: sqlite3.Connection, digest: str, vectors: Mapping[int, Float32[np.ndarray, " d"]]
) -> None:
    """Add or replace the vectors of records, by key. Raises SpaceMismatch, ValueError for values that are not finite."""
    space = space_of(connection, digest)
    for vector in vectors.values():
        if vector.shape != (space.dimensions,):
            raise SpaceMismatch(
                f"a vector of shape {vector.shape} was given for {space.name}, which has ({space.dimensions},)",
                hint="an encoder of another version made it",
            )
        if not np.isfinite(vector).all():
            raise ValueError(f"a vector of {space.name} holds values that are not finite")
    held = _keys(connection, digest)
    places = {int(key): place for place, key in enumerate(held) if int(key) in vectors}
    free = iter(np.flatnonzero(held == FREE).tolist())
    numbers = _blocks(connection, digest)
    size = len(held)
    for key in sorted(vectors.keys() - places.keys()):
        place = next(free, None)
        if place is None:
            numbers.append(_new_block(connection, space))
            free = iter(range(size, size + BLOCK_ROWS))
            size += BLOCK_ROWS
            place = next(free)
        places[key] = place
    for key, place in places.items():
        row = np.ascontiguousarray(vectors[key], _ROWS).tobytes()
        _write_row(connection, numbers[place // BLOCK_ROWS], place % BLOCK_ROWS, key, row)


def forget_vectors(connection: sqlite3.Connection, keys: Int64[np.ndarray, " n"]) -> None:
    """Free the rows of these records in every Space; blocks are packed when more than half stands free."""
    for (digest,) in connection.execute("SELECT digest FROM spaces").fetchall():
        held = _keys(connection, digest)
        numbers = _blocks(connection, digest)
        for place in np.flatnonzero(np.isin(held, keys) & (held != FREE)).tolist():
            _write_row(connection, numbers[place // BLOCK_ROWS], place % BLOCK_ROWS, FREE, b"")
            held[place] = FREE
        if len(held) > BLOCK_ROWS and np.count_nonzero(held == FREE) > len(held) // 2:
            _pack(connection, space_of(connection, digest))


def read_vectors(
    connection: sqlite3.Connection, digest: str
) -> tuple[Int64[np.ndarray, " n"], Float32[np.ndarray, "n d"]]:
    """(keys ascending, vectors) of the records that are not removed. Raises SpaceMismatch."""
    space = space_of(connection, digest)
    keys, vectors = _page(connection, space)
    live = _live(keys, _removed(connection))
    if not live.all():
        keys, vectors = keys[live], vectors[live]
    if (keys[1:] < keys[:-1]).any():
        order = np.argsort(keys)
        keys, vectors = keys[order], vectors[order]
    return keys, vectors


def read_rows(
    connection: sqlite3.Connection, digest: str, keys: Sequence[int]
) -> dict[int, Float32[np.ndarray, " d"]]:
    """Vectors of some records by key, without reading the others where they are few. Raises SpaceMismatch."""
    space = space_of(connection, digest)
    held = _keys(connection, digest)
    places = np.flatnonzero(np.isin(held, np.array(keys, np.int64)))
    numbers = _blocks(connection, digest)
    length = space.dimensions * _ROWS.itemsize
    found: dict[int, Float32[np.ndarray, " d"]] = {}
    for block in np.unique(places // BLOCK_ROWS).tolist():
        with connection.blobopen("blocks", "vectors", numbers[block], readonly=True) as blob:
            for place in places[places // BLOCK_ROWS == block].tolist():
                blob.seek(place % BLOCK_ROWS * length)
                found[int(held[place])] = np.frombuffer(blob.read(length), _ROWS).astype(np.float32)
    return found


def _page(
    connection: sqlite3.Connection, space: Space
) -> tuple[Int64[np.ndarray, " n"], Float32[np.ndarray, "n d"]]:
    """Every row of the blocks in use, copied once into one page; a free tail is left out."""
    count = connection.execute("SELECT count(*) FROM blocks WHERE space = ?", (space.digest,)).fetchone()[0]
    keys = np.empty(count * BLOCK_ROWS, np.int64)
    vectors = np.empty((count * BLOCK_ROWS, space.dimensions), np.float32)
    rows = connection.execute(
        "SELECT keys, vectors FROM blocks WHERE space = ? ORDER BY number", (space.digest,)
    )
    end = 0
    for block_keys, block_vectors in rows:
        here = np.frombuffer(block_keys, _KEYS)
        used = int(np.max(np.flatnonzero(here != FREE), initial=-1)) + 1
        keys[end : end + used] = here[:used]
        vectors[end : end + used] = np.frombuffer(block_vectors, _ROWS).reshape(BLOCK_ROWS, -1)[:used]
        end += used
    return keys[:end], vectors[:end]


def _keys(connection: sqlite3.Connection, digest: str) -> Int64[np.ndarray, " n"]:
    """Keys of every row of every block, free ones too, in the order of places."""
    blobs = [
        row[0]
        for row in connection.execute("SELECT keys FROM blocks WHERE space = ? ORDER BY number", (digest,))
    ]
    return np.frombuffer(b"".join(blobs), _KEYS).astype(np.int64)


def _blocks(connection: sqlite3.Connection, digest: str) -> list[int]:
    rows = connection.execute("SELECT number FROM blocks WHERE space = ? ORDER BY number", (digest,))
    return [int(row[0]) for row in rows]


def _removed(connection: sqlite3.Connection) -> Int64[np.ndarray, " r"]:
    rows = connection.execute("SELECT key FROM records WHERE removed IS NOT NULL").fetchall()
    return np.array([row[0] for row in rows], np.int64)


def _live(keys: Int64[np.ndarray, " n"], removed: Int64[np.ndarray, " r"]) -> np.ndarray:
    live = keys != FREE
    return live & ~np.isin(keys, removed) if len(removed) else live


def _new_block(connection: sqlite3.Connection, space: Space) -> int:
    keys = np.full(BLOCK_ROWS, FREE, _KEYS).tobytes()
    cursor = connection.execute(
        "INSERT INTO blocks (space, keys, vectors) VALUES (?, ?, zeroblob(?))",
        (space.digest, keys, BLOCK_ROWS * space.dimensions * _ROWS.itemsize),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _write_row(connection: sqlite3.Connection, number: int, row: int, key: int, vector: bytes) -> None:
    """Write key and vector of one row in place; an empty vector leaves the old numbers."""
    if vector:
        with connection.blobopen("blocks", "vectors", number) as blob:
            blob.seek(row * len(vector))
            blob.write(vector)
    with connection.blobopen("blocks", "keys", number) as blob:
        blob.seek(row * _KEYS.itemsize)
        blob.write(np.array(key, _KEYS).tobytes())


def _pack(connection: sqlite3.Connection, space: Space) -> None:
    """Write the rows in use anew, without gaps."""
    keys, vectors = _page(connection, space)
    used = keys != FREE
    connection.execute("DELETE FROM blocks WHERE space = ?", (space.digest,))
    write_vectors(connection, space.digest, dict(zip(keys[used].tolist(), vectors[used].copy(), strict=True)))
