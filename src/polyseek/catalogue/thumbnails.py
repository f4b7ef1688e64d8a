"""Thumbnails: pictures of a record by name, WebP bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def write_pictures(connection: sqlite3.Connection, key: int, pictures: Mapping[str, bytes]) -> None:
    """Replace all pictures of a record."""
    connection.execute("DELETE FROM pictures WHERE key = ?", (key,))
    connection.executemany(
        "INSERT INTO pictures VALUES (?, ?, ?)", [(key, name, webp) for name, webp in pictures.items()]
    )


def read_picture(connection: sqlite3.Connection, key: int, name: str) -> bytes | None:
    row = connection.execute("SELECT webp FROM pictures WHERE key = ? AND name = ?", (key, name)).fetchone()
    return None if row is None else bytes(row[0])
