"""Records and the files they were read from: rows <-> Record and Stamp."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from polyseek.catalogue.compile import column_of, compile_condition
from polyseek.catalogue.condition import Condition
from polyseek.catalogue.contract import Stamp
from polyseek.catalogue.record import Record, Tag
from polyseek.errors import UnknownId

# The plus keeps SQLite from looking records up by "not removed", which nearly all of them are.
LIVE = "+records.removed IS NULL"

COLUMNS = (
    "id", "file", "path", "root", "name", "format", "bytes", "digest", "status", "added",
    "size_x", "size_y", "size_z", "longest", "up", "up_by", "up_confidence", "unit_by",
    "triangles", "vertices", "parts", "has_texture", "has_vertex_colour", "has_normals", "animated",
    "watertight", "licence", "warning_count", "parent",
)  # fmt: skip
_LISTS = ("words", "colours", "warnings")
TRUTHS = ("has_texture", "has_vertex_colour", "has_normals", "animated", "watertight")

_SELECT = f"SELECT records.key, {', '.join((*COLUMNS, *_LISTS))} FROM records JOIN details USING (key)"
_CHUNK = 500  # rows fetched at a time: many at once, and far below SQLite's limit on bound values

FACETS = ("format", "root", "licence", "status", "has_texture", "animated", "watertight")


def chunked(values: Sequence[Any], size: int = _CHUNK) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


# -- files


def write_file(connection: sqlite3.Connection, stamp: Stamp) -> None:
    kind, reason = stamp.failure or (None, None)
    sides = json.dumps(stamp.side_files)
    connection.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (path) DO UPDATE SET"
        " root = excluded.root, bytes = excluded.bytes, mtime_ns = excluded.mtime_ns, digest = excluded.digest,"
        " side_files = excluded.side_files, reading = excluded.reading,"
        " failure_kind = excluded.failure_kind, failure_reason = excluded.failure_reason, removed = NULL",
        (
            stamp.path,
            stamp.root,
            stamp.bytes,
            stamp.mtime_ns,
            stamp.digest,
            sides,
            stamp.reading,
            kind,
            reason,
        ),
    )


def read_files(connection: sqlite3.Connection, root: str | None) -> list[Stamp]:
    """Stamps of the files that are not removed, by path."""
    rows = connection.execute(
        "SELECT path, root, bytes, mtime_ns, digest, side_files, reading, failure_kind, failure_reason"
        " FROM files WHERE removed IS NULL AND (?1 IS NULL OR root = ?1) ORDER BY path",
        (root,),
    )
    return [
        Stamp(
            *row[:5],
            side_files=tuple((str(p), int(b), int(t)) for p, b, t in json.loads(row[5]))
            if row[5] != "[]"
            else (),
            reading=row[6],
            failure=None if row[7] is None else (row[7], row[8] or ""),
        )
        for row in rows
    ]


# -- one record


def write_record(connection: sqlite3.Connection, record: Record, file: str) -> int:
    """Write or replace by id; the key. Keeps `added` and what a person did to the tags of an earlier record."""
    values = (
        record.id, file, record.path, record.root, record.name, record.format, record.bytes, record.digest,
        record.status, record.added, *map(float, record.size_metres), float(max(record.size_metres)),
        record.up, record.up_by, record.up_confidence, record.unit_by, record.triangles, record.vertices,
        record.parts, record.has_texture, record.has_vertex_colour, record.has_normals, record.animated,
        record.watertight, record.licence, len(record.warnings), record.parent,
    )  # fmt: skip
    replaced = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name not in ("id", "added"))
    row = connection.execute(
        f"INSERT INTO records ({', '.join(COLUMNS)}) VALUES ({marks(COLUMNS)})"
        f" ON CONFLICT (id) DO UPDATE SET {replaced}, removed = NULL,"
        " added = CASE WHEN records.added = '' THEN excluded.added ELSE records.added END RETURNING key",
        values,
    ).fetchone()
    key = int(row[0])
    lists = [_json(getattr(record, name)) for name in _LISTS]
    connection.execute(
        f"INSERT OR REPLACE INTO details (key, {', '.join(_LISTS)}) VALUES (?, ?, ?, ?)", (key, *lists)
    )
    _write_measures(connection, key, record.measures)
    write_file_tags(connection, key, record.tags)
    return key


def _write_measures(connection: sqlite3.Connection, key: int, measures: Mapping[str, float | None]) -> None:
    connection.execute("DELETE FROM measures WHERE key = ?", (key,))
    if measures:
        names = ", ".join(measures)
        connection.execute(
            f"INSERT INTO measures (key, {names}) VALUES (?, {marks(list(measures))})",
            (key, *measures.values()),
        )


def write_file_tags(connection: sqlite3.Connection, key: int, tags: Iterable[Tag]) -> None:
    """Replace the tags that a person did not touch; one that a person took away stays away."""
    connection.execute("DELETE FROM tags WHERE key = ? AND by = 'file' AND NOT hidden", (key,))
    connection.executemany(
        "INSERT INTO tags (key, tag, by) VALUES (?, ?, ?) ON CONFLICT (key, tag) DO UPDATE SET by = excluded.by"
        " WHERE by = 'suggested' AND NOT hidden",
        [(key, normal_tag(tag.tag), tag.by) for tag in tags if normal_tag(tag.tag)],
    )


def normal_tag(tag: str) -> str:
    """Lower case, single spaces: `  Old   Oak ` and `old oak` are one tag."""
    return " ".join(tag.lower().split())


def key_of(connection: sqlite3.Connection, id: str) -> int:
    """The key of an id or of the only id that begins so. Raises UnknownId, which names near ones."""
    rows = connection.execute(
        f"SELECT key, id FROM records WHERE id >= ?1 AND id < ?1 || char(1114111) AND {LIVE} ORDER BY id LIMIT 6",
        (id,),
    ).fetchall()
    if id and rows and (rows[0][1] == id or len(rows) == 1):
        return int(rows[0][0])
    near = [row[1] for row in rows] if id else []
    if not near:
        near = [
            row[0]
            for row in connection.execute(
                f"SELECT id FROM records WHERE id LIKE ? AND {LIVE} ORDER BY id LIMIT 5", (id[:2] + "%",)
            )
        ]
    what = "several models have an id that begins with" if rows and id else "the library holds no model"
    hint = f"near ones: {', '.join(near)}" if near else "polyseek list shows the ids"
    raise UnknownId(f"{what} {id!r}", hint=hint)


def keys_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """Keys of the records that have exactly these ids."""
    found: dict[str, int] = {}
    for some in chunked(ids):
        found |= connection.execute(
            f"SELECT id, key FROM records WHERE id IN ({marks(some)}) AND {LIVE}", some
        ).fetchall()
    return found


def path_of(connection: sqlite3.Connection, id: str) -> str | None:
    """Path of the record that has exactly this id; None where the id is free."""
    row = connection.execute(f"SELECT path FROM records WHERE id = ? AND {LIVE}", (id,)).fetchone()
    return None if row is None else str(row[0])


# -- many records


def read_records(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, Record]:
    """Records by key; keys that stand for none, or for a removed one, are left out."""
    found: dict[int, Record] = {}
    for some in chunked(keys):
        tags: dict[int, list[Tag]] = {}
        for key, tag, by in connection.execute(
            f"SELECT key, tag, by FROM tags WHERE key IN ({marks(some)}) AND NOT hidden ORDER BY key, tag",
            some,
        ):
            tags.setdefault(key, []).append(Tag(tag, by))
        measures = _read_measures(connection, some)
        for row in connection.execute(f"{_SELECT} WHERE records.key IN ({marks(some)}) AND {LIVE}", some):
            found[row[0]] = _record(row[1:], tags.get(row[0], []), measures.get(row[0], {}))
    return found


def _read_measures(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, dict[str, float | None]]:
    rows = connection.execute(f"SELECT * FROM measures WHERE key IN ({marks(keys)})", keys)
    names = [column[0] for column in rows.description]
    return {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in rows}


def _record(row: Sequence[Any], tags: list[Tag], measures: dict[str, float | None]) -> Record:
    value = dict(zip((*COLUMNS, *_LISTS), row, strict=True))
    size = (value.pop("size_x"), value.pop("size_y"), value.pop("size_z"))
    for name in ("file", "longest", "warning_count"):
        del value[name]
    for name in TRUTHS:
        value[name] = bool(value[name])
    for name in _LISTS:
        value[name] = tuple(json.loads(value[name])) if value[name] != "[]" else ()
    return Record(**value, size_metres=size, tags=tuple(tags), measures=measures)


def _json(value: Sequence[str]) -> str:
    return json.dumps(list(value), ensure_ascii=False, separators=(",", ":"))


def matching(where: Condition | None) -> tuple[str, list[str | float | int]]:
    """The WHERE clause of live records that meet a condition."""
    if where is None:
        return LIVE, []
    sql, values = compile_condition(where)
    return f"{LIVE} AND ({sql})", values


def select_keys(
    connection: sqlite3.Connection, where: Condition | None, sort: str | None, limit: int | None, offset: int
) -> list[int]:
    """Keys of the matching records: ascending, or by a field of condition.FIELDS (`-` before it: descending)."""
    condition, values = matching(where)
    order = "key"
    if sort is not None:
        column, bound = column_of(sort.removeprefix("-"))
        order = f"{column} {'DESC' if sort.startswith('-') else 'ASC'} NULLS LAST, key"
        values = [*values, *bound]
    rows = connection.execute(
        f"SELECT key FROM records WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?",
        [*values, -1 if limit is None else limit, offset],
    )
    return [row[0] for row in rows]


def count(connection: sqlite3.Connection, where: Condition | None) -> int:
    condition, values = matching(where)
    return int(connection.execute(f"SELECT count(*) FROM records WHERE {condition}", values).fetchone()[0])


def values_of(connection: sqlite3.Connection, field: str) -> dict[str, int]:
    """Each value of a field of FACETS with the number of records that have it."""
    column, _ = column_of(field)
    rows = connection.execute(f"SELECT {column}, count(*) FROM records WHERE {LIVE} GROUP BY {column}")
    return {str(value): int(number) for value, number in rows if value is not None}
