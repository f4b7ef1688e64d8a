"""Folds: under which record each record stands where variants of one thing are one card. Derived from the records.

A record that leads stands under itself. What is a variant of what, search/variants.py decides; here it is
kept, with the generation up to which that was done and the number of the rules by which.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from jaxtyping import Int64

from polyseek.catalogue.contract import Thing, Unfolded
from polyseek.catalogue.records import LIVE, chunked, marks

_FIELDS = "records.key, records.id, records.root, records.name, size_x, size_y, size_z"


def unfolded(connection: sqlite3.Connection, rules: int) -> Unfolded:
    """What must be placed; everything where the folds were made by other rules."""
    since, made_by = connection.execute("SELECT folded, fold_rules FROM derived").fetchone()
    generation = int(connection.execute("SELECT generation FROM changes").fetchone()[0])
    if since == generation and made_by == rules:
        return Unfolded(since, generation, (), ())
    if since < 0 or made_by != rules:
        rows = connection.execute(f"SELECT {_FIELDS} FROM records WHERE {LIVE} ORDER BY key")
        gone = connection.execute("SELECT key FROM folds").fetchall()
        return Unfolded(since, generation, tuple(row[0] for row in gone), _things(rows))
    changed = {row[0] for row in connection.execute("SELECT key FROM records WHERE changed > ?", (since,))}
    # Whoever stood under a record that has changed looks for another place.
    for some in chunked(sorted(changed)):
        rows = connection.execute(
            f"SELECT key FROM folds WHERE leader IN ({marks(some)}) AND leader <> key", some
        )
        changed |= {row[0] for row in rows}
    keys = sorted(changed)
    found: list[Thing] = []
    for some in chunked(keys):
        found += _things(
            connection.execute(
                f"SELECT {_FIELDS} FROM records WHERE key IN ({marks(some)}) AND {LIVE} ORDER BY key", some
            )
        )
    return Unfolded(since, generation, tuple(keys), tuple(found))


def leaders_of(connection: sqlite3.Connection, stems: Iterable[str]) -> dict[str, list[Thing]]:
    """The live leaders of each stem that has some, by ascending key."""
    found: dict[str, list[Thing]] = {}
    for some in chunked(sorted(stems)):
        rows = connection.execute(
            f"SELECT folds.stem, {_FIELDS} FROM folds JOIN records USING (key)"
            f" WHERE folds.stem IN ({marks(some)}) AND folds.leader = folds.key AND {LIVE} ORDER BY key",
            some,
        )
        for stem, *row in rows:
            found.setdefault(stem, []).extend(_things([row]))
    return found


def write_folds(
    connection: sqlite3.Connection, change: Unfolded, rules: int, placed: Iterable[tuple[int, str, int]]
) -> bool:
    """Write (key, stem, leader) of each thing of a change; False where another process was there before."""
    if connection.execute("SELECT folded FROM derived").fetchone()[0] != change.since:
        return False
    for some in chunked(change.gone):
        connection.execute(f"DELETE FROM folds WHERE key IN ({marks(some)})", some)
    # A record may have been erased since the change was read.
    connection.executemany(
        "INSERT OR REPLACE INTO folds SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM records WHERE key = ?1)",
        placed,
    )
    connection.execute("UPDATE derived SET folded = ?, fold_rules = ?", (change.generation, rules))
    return True


def variants(connection: sqlite3.Connection) -> tuple[Int64[np.ndarray, " v"], Int64[np.ndarray, " v"]]:
    """(keys ascending, leaders) of the records that stand under another."""
    rows = connection.execute("SELECT key, leader FROM folds WHERE leader <> key ORDER BY key").fetchall()
    pairs = np.array(rows, np.int64).reshape(-1, 2)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


def _things(rows: Iterable[Sequence[Any]]) -> tuple[Thing, ...]:
    return tuple(Thing(key, id, root, name, (x, y, z)) for key, id, root, name, x, y, z in rows)
