"""Thumbnails: pictures of a record by name, WebP bytes. Those made later than the record go when it is read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from polyseek.catalogue.record import Record
from polyseek.catalogue.records import LIVE


def write_pictures(connection: sqlite3.Connection, key: int, pictures: Mapping[str, bytes]) -> None:
    """Replace all pictures of a record."""
    connection.execute("DELETE FROM pictures WHERE key = ?", (key,))
    connection.executemany(
        "INSERT INTO pictures VALUES (?, ?, ?)", [(key, name, webp) for name, webp in pictures.items()]
    )


def keep_picture(connection: sqlite3.Connection, record: Record, name: str, webp: bytes) -> None:
    """Add a picture that was made of a record; not where it has been read again, or has gone, since."""
    connection.execute(
        "INSERT OR REPLACE INTO pictures SELECT key, ?, ? FROM records"
        f" WHERE id = ? AND digest = ? AND up = ? AND longest = ? AND {LIVE}",
        (name, webp, record.id, record.digest, record.up, float(max(record.size_metres))),
    )


def read_picture(connection: sqlite3.Connection, key: int, name: str) -> bytes | None:
    row = connection.execute("SELECT webp FROM pictures WHERE key = ? AND name = ?", (key, name)).fetchone()
    return None if row is None else bytes(row[0])
