"""Columns of every record in memory, for counting and ordering: brought up to date by what has changed.

100,000 records take some 10 MB. Values are codes into a vocabulary that only grows; a library that
changes a little costs reading only the records that changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import Float64, Int32, Int64

from polyseek.catalogue.place import folder_of, folders_within
from polyseek.catalogue.records import FACETS, LIVE, TRUTHS

# Fields of which each record has one value, coded; the others are numbers.
CODED = (*FACETS, "name", "added", "folder")
TEXTS = ("name", "added")  # in whose order lists are most often wanted
NUMBERS = ("triangles", "longest")
# The most frequent tags and the fullest folders that facets name.
TAG_FACETS = 1000
FOLDER_FACETS = 1000
NONE = -1
_DAY = len("2026-01-01")

Value = str | int | tuple[str, str]


class Vocabulary:
    """Values of one field by code. Codes are given once and never change."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._codes: dict[Value, int] = {}
        self._places: Int64[np.ndarray, " c"] = np.empty(0, np.int64)

    def code(self, value: Value | None) -> int:
        if value is None:
            return NONE
        found = self._codes.get(value)
        if found is None:
            found = self._codes[value] = len(self.values)
            self.values.append(value)
        return found

    def known(self, value: Value) -> int:
        """The code of a value, one that no row has where there is none."""
        return self._codes.get(value, len(self.values))

    def places(self) -> Int64[np.ndarray, " c"]:
        """The place of each code's text among all of them, in order of code points."""
        if len(self._places) != len(self.values):
            order = sorted(range(len(self.values)), key=lambda code: str(self.values[code]))
            self._places = np.empty(len(order), np.int64)
            self._places[order] = np.arange(len(order))
        return self._places


@dataclass(frozen=True)
class Columns:
    """Every live record at `generation`, one row each, by ascending key.

    `codes`: for each field of CODED, NONE where the record has no value. `tag_rows`, `tag_codes`: one
    entry for each tag of each record. A folder's value is (root, folder).
    """

    generation: int
    keys: Int64[np.ndarray, " n"]
    codes: Mapping[str, Int32[np.ndarray, " n"]]
    numbers: Mapping[str, Float64[np.ndarray, " n"]]
    tag_rows: Int64[np.ndarray, " t"]
    tag_codes: Int32[np.ndarray, " t"]
    vocabularies: Mapping[str, Vocabulary] = field(repr=False)

    def rows_of(self, keys: Int64[np.ndarray, " m"]) -> Int64[np.ndarray, " k"]:
        """Rows of the keys that are live, in their order."""
        if not len(self.keys):
            return np.empty(0, np.int64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return places[self.keys[places] == keys]


def facet_counts(columns: Columns, keys: Int64[np.ndarray, " m"] | None = None) -> dict[str, dict[str, int]]:
    """field -> value -> number of these records (None: of all), most frequent first; truths are "true" and "false".

    `added` counts days. `folder` counts each folder with all that lies below it, FOLDER_FACETS at
    most; `tag` the TAG_FACETS most frequent tags.
    """
    rows = slice(None) if keys is None else columns.rows_of(keys)
    found: dict[str, dict[str, int]] = {}
    for name in (*FACETS, "added", "folder"):
        counted = _counted(columns.codes[name][rows], columns.vocabularies[name])
        found[name] = _with_parents(counted) if name == "folder" else _named(name, counted)
    tags = columns.tag_codes
    if keys is not None:
        chosen = np.zeros(len(columns.keys), bool)
        chosen[rows] = True
        tags = tags[chosen[columns.tag_rows]]
    found["tag"] = _named("tag", _counted(tags, columns.vocabularies["tag"]))
    limits = {"tag": TAG_FACETS, "folder": FOLDER_FACETS}
    return {name: _ranked(counts, limits.get(name)) for name, counts in found.items()}


def _counted(codes: Int32[np.ndarray, " m"], vocabulary: Vocabulary) -> list[tuple[Value, int]]:
    counts = np.bincount(codes[codes >= 0], minlength=1)
    return [(vocabulary.values[code], int(counts[code])) for code in np.flatnonzero(counts).tolist()]


def _named(name: str, counted: Sequence[tuple[Value, int]]) -> dict[str, int]:
    if name in TRUTHS:
        return {("true" if value else "false"): number for value, number in counted}
    found: dict[str, int] = {}
    for value, number in counted:
        shown = str(value)[:_DAY] if name == "added" else str(value)
        if shown:
            found[shown] = found.get(shown, 0) + number
    return found


def _with_parents(counted: Sequence[tuple[Value, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value, number in counted:
        assert isinstance(value, tuple)
        root, folder = value
        for each in folders_within(root, folder):
            found[each] = found.get(each, 0) + number
    return found


def _ranked(counts: dict[str, int], limit: int | None) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit])


def counts_below(
    columns: Columns, keys: Int64[np.ndarray, " m"] | None, borders: Mapping[str, Sequence[float]]
) -> dict[str, list[int]]:
    """For each field of NUMBERS how many of these records are below each border, and at last how many there are."""
    rows = slice(None) if keys is None else columns.rows_of(keys)
    found: dict[str, list[int]] = {}
    for name, ends in borders.items():
        values = columns.numbers[name][rows]
        found[name] = [*(int(np.count_nonzero(values < end)) for end in ends), len(values)]
    return found


def read_columns(connection: sqlite3.Connection, generation: int, old: Columns | None) -> Columns:
    """The columns at `generation`: whole, or of what has changed since `old` with the rest of it."""
    named = ", ".join((*FACETS, *TEXTS, "file", *NUMBERS))
    since = "" if old is None else f"AND changed > {old.generation}"
    vocabularies = {name: Vocabulary() for name in (*CODED, "tag")} if old is None else dict(old.vocabularies)
    rows = connection.execute(f"SELECT key, {named} FROM records WHERE {LIVE} {since}").fetchall()
    keys, codes, numbers = _coded(rows, vocabularies)
    within = "" if old is None else f"AND key IN (SELECT key FROM records WHERE changed > {old.generation})"
    tags = connection.execute(
        f"SELECT key, tag FROM tags WHERE NOT hidden AND by <> 'suggested' {within}"
    ).fetchall()
    tag_keys = np.array([row[0] for row in tags], np.int64)
    tag_codes = np.array([vocabularies["tag"].code(row[1]) for row in tags], np.int32)
    if old is not None:
        changed = connection.execute("SELECT key FROM records WHERE changed > ?", (old.generation,))
        stay = ~np.isin(old.keys, np.array([row[0] for row in changed], np.int64))
        kept = stay[old.tag_rows]
        tag_keys = np.concatenate([old.keys[old.tag_rows[kept]], tag_keys])
        tag_codes = np.concatenate([old.tag_codes[kept], tag_codes])
        codes = {name: np.concatenate([old.codes[name][stay], codes[name]]) for name in codes}
        numbers = {name: np.concatenate([old.numbers[name][stay], numbers[name]]) for name in numbers}
        keys = np.concatenate([old.keys[stay], keys])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    live = np.isin(tag_keys, keys)
    return Columns(
        generation,
        keys,
        {name: values[order] for name, values in codes.items()},
        {name: values[order] for name, values in numbers.items()},
        np.searchsorted(keys, tag_keys[live]),
        tag_codes[live],
        vocabularies,
    )


def _coded(
    rows: Sequence[Sequence[Any]], vocabularies: Mapping[str, Vocabulary]
) -> tuple[
    Int64[np.ndarray, " n"],
    dict[str, Int32[np.ndarray, " n"]],
    dict[str, Float64[np.ndarray, " n"]],
]:
    """(keys, codes, numbers) of rows of key, FACETS, TEXTS, file, NUMBERS."""
    width = 2 + len(FACETS) + len(TEXTS) + len(NUMBERS)
    keys, *texts, files, triangles, longest = zip(*rows, strict=True) if rows else [()] * width
    values: dict[str, Sequence[Any]] = dict(zip((*FACETS, *TEXTS), texts, strict=True))
    values["folder"] = list(zip(values["root"], map(folder_of, files), strict=True))
    codes = {name: np.array([*map(vocabularies[name].code, values[name])], np.int32) for name in CODED}
    numbers = {"triangles": np.array(triangles, np.float64), "longest": np.array(longest, np.float64)}
    return np.array(keys, np.int64), codes, numbers
