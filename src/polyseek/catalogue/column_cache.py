"""What is kept of a catalogue in memory: columns, orders and filtered keys, until it changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock

import numpy as np
from jaxtyping import Int64

from polyseek.catalogue.columns import TEXTS, Columns, read_columns
from polyseek.catalogue.compile import column_of
from polyseek.catalogue.condition import Condition
from polyseek.catalogue.masks import mask_of
from polyseek.catalogue.records import LIVE, select_keys

KEPT = 16  # conditions whose keys are remembered


class ColumnCache:
    """The columns of one catalogue, and the orders that were asked for, read again where it has changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._columns: Columns | None = None
        self._places: dict[str, Int64[np.ndarray, " n"]] = {}
        self._chosen: dict[Condition, Int64[np.ndarray, " m"]] = {}

    @property
    def loaded(self) -> bool:
        """Whether columns were read before, so that they cost little now; one question is not worth reading them."""
        return self._columns is not None

    def columns(self, connection: sqlite3.Connection) -> Columns:
        with self._lock, one_state(connection):
            return self._fresh(connection)

    def chosen(self, connection: sqlite3.Connection, where: Condition) -> Int64[np.ndarray, " m"]:
        """The keys that a condition chooses, ascending. Raises QueryError."""
        with self._lock, one_state(connection):
            columns = self._fresh(connection)
            keys = self._chosen.pop(where, None)
            if keys is None:
                mask = mask_of(columns, where)
                if mask is not None:
                    keys = columns.keys[mask]
                else:
                    keys = np.array(select_keys(connection, where, None, None, 0), np.int64)
            self._chosen[where] = keys
            if len(self._chosen) > KEPT:
                del self._chosen[next(iter(self._chosen))]
            return keys

    def ordered(
        self, connection: sqlite3.Connection, keys: Int64[np.ndarray, " m"] | None, sort: str
    ) -> Int64[np.ndarray, " k"]:
        """These keys (None: all) by a field of condition.FIELDS ("-" before it: descending), ties by key.

        Raises QueryError.
        """
        with self._lock, one_state(connection):
            columns = self._fresh(connection)
            places = self._places.get(sort)
            if places is None:
                places = self._places[sort] = _places(connection, columns, sort)
        rows = columns.rows_of(columns.keys if keys is None else keys)
        return columns.keys[rows[np.argsort(places[rows], kind="stable")]]

    def _fresh(self, connection: sqlite3.Connection) -> Columns:
        old = self._columns
        generation = int(connection.execute("SELECT generation FROM changes").fetchone()[0])
        if old is not None and old.generation == generation:
            return old
        found = read_columns(connection, generation, old if old and old.generation < generation else None)
        self._columns, self._places, self._chosen = found, {}, {}
        return found


@contextmanager
def one_state(connection: sqlite3.Connection) -> Generator[None]:
    """All that is read inside is of one generation."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _places(connection: sqlite3.Connection, columns: Columns, sort: str) -> Int64[np.ndarray, " n"]:
    """The place of each row of the columns in an order of all of them."""
    field, downwards = sort.removeprefix("-"), sort.startswith("-")
    if field in columns.numbers or field in TEXTS:
        values = columns.numbers[field] if field in columns.numbers else _text_places(columns, field)
        order = np.argsort(-values if downwards else values, kind="stable")
    else:
        column, bound = column_of(field)
        direction = "DESC" if downwards else "ASC"
        found = connection.execute(
            f"SELECT key FROM records WHERE {LIVE} ORDER BY {column} {direction} NULLS LAST, key", bound
        )
        order = columns.rows_of(np.array([row[0] for row in found], np.int64))
    places = np.empty(len(columns.keys), np.int64)
    places[order] = np.arange(len(order))
    return places


def _text_places(columns: Columns, field: str) -> Int64[np.ndarray, " n"]:
    return columns.vocabularies[field].places()[columns.codes[field]]
