"""History: every edit by a person, with what stood there before, so that it can be taken back.

Removed records stay in their tables, marked with the entry that removed them, until the entry is
forgotten; they are out of every answer, and undoing only takes the mark away.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from polyseek.catalogue.records import LIVE, chunked, marks, normal_tag, read_records
from polyseek.catalogue.text import forget_words, write_words
from polyseek.catalogue.vectors import forget_vectors

FORMAT = "%Y-%m-%dT%H:%M:%S.%f+00:00"  # of fixed length, so that times sort as text


def models(count: int) -> str:
    return "1 model" if count == 1 else f"{count:,} models"


def _entry(connection: sqlite3.Connection, at: datetime, kind: str, what: str, before: object) -> int:
    cursor = connection.execute(
        "INSERT INTO history (at, kind, what, before) VALUES (?, ?, ?, ?)",
        (at.strftime(FORMAT), kind, what, json.dumps(before)),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


# -- edits


def tag(
    connection: sqlite3.Connection,
    at: datetime,
    keys: Sequence[int],
    add: Sequence[str],
    remove: Sequence[str],
    by: str,
) -> list[int]:
    """Add and take away tags; the keys of records that changed. One entry, none when nothing changed."""
    added = [name for name in dict.fromkeys(map(normal_tag, add)) if name]
    taken = [name for name in dict.fromkeys(map(normal_tag, remove)) if name]
    before: list[tuple[int, str, str | None, int]] = []
    for key in dict.fromkeys(keys):
        rows = connection.execute("SELECT tag, by, hidden FROM tags WHERE key = ?", (key,)).fetchall()
        held = {str(name): (str(origin), int(hidden)) for name, origin, hidden in rows}
        for name in taken:
            if name in held and not held[name][1] and name not in added:
                before.append((key, name, *held[name]))
                _take_tag(connection, key, name, held[name][0])
        for name in added:
            # What was only suggested becomes the person's.
            if name not in held or held[name][1] or (held[name][0] == "suggested" and by == "person"):
                origin, hidden = held.get(name, (None, 0))
                before.append((key, name, origin, hidden))
                _set_tag(connection, key, name, by, 0)
    changed = sorted({key for key, *_ in before})
    if changed:
        signs = [*(f"+{name}" for name in added), *(f"-{name}" for name in taken)]
        _entry(connection, at, "tag", f"tagged {models(len(changed))}: {' '.join(signs)}", before)
    return changed


def suggest(connection: sqlite3.Connection, at: datetime, tags: Mapping[int, Sequence[str]]) -> list[int]:
    """Add tags as suggested, by record; the keys of records that changed. One entry, none when nothing changed.

    A record keeps what it has, and a tag that a person took away or rejected is not suggested again.
    """
    before: list[tuple[int, str, str | None, int]] = []
    for key, names in tags.items():
        held = {row[0] for row in connection.execute("SELECT tag FROM tags WHERE key = ?", (key,))}
        for name in dict.fromkeys(map(normal_tag, names)):
            if name and name not in held:
                before.append((key, name, None, 0))
                _set_tag(connection, key, name, "suggested", 0)
    changed = sorted({key for key, *_ in before})
    if changed:
        _entry(connection, at, "tag", f"suggested tags for {models(len(changed))}", before)
    return changed


def settle(
    connection: sqlite3.Connection, at: datetime, keys: Sequence[int], names: Sequence[str], *, accept: bool
) -> list[int]:
    """Make suggested tags of these records the person's, or reject them for good; the keys that changed.

    `names`: only these tags; all that are suggested where there are none.
    """
    wanted = {normal_tag(name) for name in names}
    before: list[tuple[int, str, str, int]] = []
    for key in dict.fromkeys(keys):
        rows = connection.execute(
            "SELECT tag FROM tags WHERE key = ? AND by = 'suggested' AND NOT hidden ORDER BY tag", (key,)
        ).fetchall()
        for (name,) in rows:
            if not wanted or name in wanted:
                before.append((key, name, "suggested", 0))
                _set_tag(connection, key, name, *(("person", 0) if accept else ("suggested", 1)))
    changed = sorted({key for key, *_ in before})
    if changed:
        verb = "accepted" if accept else "rejected"
        _entry(connection, at, "tag", f"{verb} suggested tags of {models(len(changed))}", before)
    return changed


def _take_tag(connection: sqlite3.Connection, key: int, name: str, by: str) -> None:
    """A person's tag goes; another is hidden, so that neither reading the file nor a suggestion brings it back."""
    if by == "person":
        connection.execute("DELETE FROM tags WHERE key = ? AND tag = ?", (key, name))
    else:
        _set_tag(connection, key, name, by, 1)


def _set_tag(connection: sqlite3.Connection, key: int, name: str, by: str, hidden: int) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO tags (key, tag, by, hidden) VALUES (?, ?, ?, ?)", (key, name, by, hidden)
    )


def remove(connection: sqlite3.Connection, at: datetime, keys: Sequence[int], kind: str) -> int:
    """Take records out of the library; how many. Files none of whose records are left are forgotten with them."""
    live = [
        row[0]
        for some in chunked(sorted(set(keys)))
        for row in connection.execute(
            f"SELECT key FROM records WHERE key IN ({marks(some)}) AND {LIVE}", some
        )
    ]
    if not live:
        return 0
    verb = "pruned" if kind == "prune" else "removed"
    entry = _entry(connection, at, kind, f"{verb} {models(len(live))}", None)
    for some in chunked(live):
        connection.execute(f"UPDATE records SET removed = ? WHERE key IN ({marks(some)})", (entry, *some))
        connection.execute(
            f"UPDATE files SET removed = ? WHERE failure_kind IS NULL"
            f" AND path IN (SELECT file FROM records WHERE key IN ({marks(some)}))"
            f" AND NOT EXISTS (SELECT 1 FROM records WHERE file = files.path AND {LIVE})",
            (entry, *some),
        )
    forget_words(connection, live)
    return len(live)


# -- taking back


def undo(connection: sqlite3.Connection) -> str | None:
    """Take the latest edit back; what it was, None when there is none."""
    row = connection.execute(
        "SELECT entry, kind, what, before FROM history ORDER BY entry DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    entry, kind, what, before = row
    if kind == "tag":
        _undo_tag(connection, json.loads(before))
    else:
        _undo_removal(connection, entry)
    connection.execute("DELETE FROM history WHERE entry = ?", (entry,))
    return str(what)


def _undo_tag(connection: sqlite3.Connection, before: list[Any]) -> None:
    """`before`: of each change [key, tag, by or None where it was not there, hidden]."""
    for key, name, by, hidden in reversed(before):
        if by is None:
            connection.execute("DELETE FROM tags WHERE key = ? AND tag = ?", (key, name))
        elif connection.execute("SELECT 1 FROM records WHERE key = ?", (key,)).fetchone():
            _set_tag(connection, key, name, by, hidden)
    _write_words(connection, sorted({key for key, *_ in before}))


def _undo_removal(connection: sqlite3.Connection, entry: int) -> None:
    # A file that was indexed again since has its records already: the removed ones stay away.
    rows = connection.execute(
        "SELECT key FROM records WHERE removed = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM records AS again WHERE again.path = records.path AND again.removed IS NULL)",
        (entry,),
    ).fetchall()
    connection.execute("UPDATE files SET removed = NULL WHERE removed = ?", (entry,))
    back = [row[0] for row in rows]
    for some in chunked(back):
        connection.execute(f"UPDATE records SET removed = NULL WHERE key IN ({marks(some)})", some)
    _write_words(connection, back)
    left = connection.execute("SELECT key FROM records WHERE removed = ?", (entry,)).fetchall()
    erase(connection, [row[0] for row in left])


def _write_words(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    for key, record in read_records(connection, keys).items():
        write_words(connection, key, record)


def undo_after(connection: sqlite3.Connection, when: datetime) -> int:
    """Take back every edit later than `when`, latest first; how many."""
    edits = connection.execute(
        "SELECT count(*) FROM history WHERE at > ?", (when.strftime(FORMAT),)
    ).fetchone()[0]
    for _ in range(edits):
        undo(connection)
    return int(edits)


def entries(connection: sqlite3.Connection, limit: int) -> list[tuple[str, str]]:
    """(when, what) of the edits that can be taken back, latest first."""
    rows = connection.execute("SELECT at, what FROM history ORDER BY entry DESC LIMIT ?", (limit,))
    return [(str(at), str(what)) for at, what in rows]


# -- forgetting


def expire(connection: sqlite3.Connection, now: datetime, days: int) -> int:
    """Forget edits older than `days`, and with them the records that they removed; how many edits."""
    limit = (now - timedelta(days=days)).strftime(FORMAT)
    old = [row[0] for row in connection.execute("SELECT entry FROM history WHERE at < ?", (limit,))]
    for entry in old:
        gone = [row[0] for row in connection.execute("SELECT key FROM records WHERE removed = ?", (entry,))]
        erase(connection, gone)
        connection.execute(
            "DELETE FROM files WHERE removed = ? AND NOT EXISTS (SELECT 1 FROM records WHERE file = files.path)",
            (entry,),
        )
        connection.execute("DELETE FROM history WHERE entry = ?", (entry,))
    return len(old)


def expired(connection: sqlite3.Connection, now: datetime, days: int) -> bool:
    limit = (now - timedelta(days=days)).strftime(FORMAT)
    return connection.execute("SELECT 1 FROM history WHERE at < ? LIMIT 1", (limit,)).fetchone() is not None


def erase(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Delete records for good, with their vectors, words, tags and pictures."""
    if keys:
        forget_vectors(connection, np.array(keys, np.int64))
        forget_words(connection, keys)
        connection.executemany("DELETE FROM records WHERE key = ?", [(key,) for key in keys])
