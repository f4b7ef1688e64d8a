"""The container of a PLY file: its header, and its elements as columns of numbers.

Turk 1994, "The PLY Polygon File Format": elements in the order of the header, each a table whose
properties are scalars or lists, as text or in binary of either byte order.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float64, Int64, UInt8

from polyseek.errors import MalformedFile

TYPES = {
    "char": "i1", "int8": "i1", "uchar": "u1", "uint8": "u1", "short": "i2", "int16": "i2",
    "ushort": "u2", "uint16": "u2", "int": "i4", "int32": "i4", "uint": "u4", "uint32": "u4",
    "float": "f4", "float32": "f4", "double": "f8", "float64": "f8",
    "int64": "i8", "uint64": "u8", "long": "i8", "ulong": "u8",
}  # fmt: skip
MAX_HEADER = 1 << 20
MAX_PROPERTIES = 4096


@dataclass(frozen=True)
class Property:
    """`count`: the type of a list's length, None for a scalar. Types are numpy's names without byte order."""

    name: str
    type: str
    count: str | None = None


@dataclass(frozen=True)
class Element:
    name: str
    rows: int
    properties: tuple[Property, ...]

    @property
    def has_lists(self) -> bool:
        return any(each.count for each in self.properties)

    def row_type(self, order: str) -> np.dtype[np.void]:
        """Of an element without lists. Doubled names get a suffix: the first one counts."""
        names: dict[str, str] = {}
        for index, each in enumerate(self.properties):
            names[each.name if each.name not in names else f"{each.name}#{index}"] = order + each.type
        return np.dtype(list(names.items()))


@dataclass(frozen=True)
class Header:
    """`order`: "" for text, "<" or ">" for binary. `size`: bytes of the header with its last line break."""

    order: str
    elements: tuple[Element, ...]
    comments: tuple[str, ...]
    size: int


@dataclass(frozen=True, eq=False)
class Lists:
    """One list property: `values[starts[i]:starts[i + 1]]` are those of row i."""

    values: np.ndarray
    starts: Int64[np.ndarray, " rows1"]


@dataclass(frozen=True, eq=False)
class Table:
    """One element: scalars as columns, lists as Lists. `every`: the step between rows that were kept."""

    element: Element
    scalars: dict[str, np.ndarray] = field(default_factory=dict[str, np.ndarray])
    lists: dict[str, Lists] = field(default_factory=dict[str, Lists])
    every: int = 1

    def columns(self, *names: str) -> np.ndarray | None:
        """The scalars of these names as columns, None unless all are there."""
        if not all(name in self.scalars for name in names):
            return None
        return np.column_stack([self.scalars[name] for name in names])


def parse_header(head: bytes) -> Header:
    """The header of a file that starts with `head` (its first MAX_HEADER bytes). Raises MalformedFile."""
    # Lines end with \n, \r\n, or a lone \r; a binary body may begin with either byte.
    end = head.find(b"end_header")
    if not head.startswith(b"ply") or end < 0:
        raise MalformedFile("the header has no `ply` or no `end_header`", hint="export the model again")
    size = end + len(b"end_header")
    while head[size : size + 1] in (b" ", b"\t"):
        size += 1
    if head[size : size + 2] == b"\r\n" and b"\n" in head[:end]:
        size += 2
    elif head[size : size + 1] in (b"\r", b"\n"):
        size += 1
    order: str | None = None
    elements: list[tuple[str, int, list[Property]]] = []
    comments: list[str] = []
    for number, line in enumerate(head[:end].decode("utf-8", "replace").splitlines(), 1):
        words = line.split()
        match words:
            case ["format", kind, *_]:
                order = {"ascii": "", "binary_little_endian": "<", "binary_big_endian": ">"}.get(kind)
            case ["comment" | "obj_info", *_]:
                comments.append(line.strip().partition(" ")[2].strip())
            case ["element", name, count] if count.isdecimal() and len(count) < 19:
                elements.append((name, int(count), []))
            case ["property", "list", count, kind, name] if elements and count in TYPES and kind in TYPES:
                if TYPES[count][0] == "f":
                    raise MalformedFile(f"line {number} of the header counts a list in fractions: {line!r}")
                elements[-1][2].append(Property(name, TYPES[kind], TYPES[count]))
            case ["property", kind, name] if elements and kind in TYPES:
                elements[-1][2].append(Property(name, TYPES[kind]))
            case [] | ["ply", *_]:
                pass
            case _:
                raise MalformedFile(f"line {number} of the header cannot be read: {line[:60]!r}")
    if order is None:
        raise MalformedFile("the header names no format that is known (ascii, binary_*_endian 1.0)")
    if any(len(properties) > MAX_PROPERTIES for _, _, properties in elements):
        raise MalformedFile(f"an element has more than {MAX_PROPERTIES} properties")
    found = tuple(Element(name, rows, tuple(properties)) for name, rows, properties in elements)
    return Header(order, found, tuple(comments), size)


def read_binary(
    data: UInt8[np.ndarray, " n"], at: int, element: Element, order: str, every: int = 1
) -> tuple[Table, int]:
    """(the element that starts at byte `at`, where it ends). `every`: keep every so many rows.

    Raises MalformedFile when the data end early.
    """
    if not element.has_lists:
        kind = element.row_type(order)
        if at + kind.itemsize * element.rows > len(data):
            raise _early(element)
        stop = at + kind.itemsize * element.rows
        rows = data[at:stop].view(kind) if element.rows and kind.itemsize else np.empty(0, kind)
        # One pass over a mapped file, not one for each column.
        rows = rows[::every].copy() if every > 1 else rows
        return Table(element, {name: rows[name] for name in kind.names or ()}, every=every), stop
    table = _equal_lists(data, at, element, order)
    return table if table is not None else _walked(data, at, element, order)


def _equal_lists(
    data: UInt8[np.ndarray, " n"], at: int, element: Element, order: str
) -> tuple[Table, int] | None:
    """The usual case, lists as long in every row as in the first: one fixed row type. None for others."""
    fields: list[tuple[str, str] | tuple[str, str, tuple[int]]] = []
    lengths: list[int] = []
    place = at
    for index, each in enumerate(element.properties):
        if each.count is None:
            fields.append((str(index), order + each.type))
            place += np.dtype(each.type).itemsize
            continue
        width = np.dtype(each.count).itemsize
        if place + width > len(data):
            return None
        length = int(data[place : place + width].view(order + each.count)[0])
        place += width + length * np.dtype(each.type).itemsize
        if length < 0 or place > len(data):
            return None
        lengths.append(length)
        fields += [(f"n{index}", order + each.count), (str(index), order + each.type, (length,))]
    kind = np.dtype(fields)
    stop = at + kind.itemsize * element.rows
    if stop > len(data) or not element.rows:
        return None
    rows = data[at:stop].view(kind)
    table = Table(element)
    for index, each in enumerate(element.properties):
        if each.count is None:
            table.scalars.setdefault(each.name, rows[str(index)])
            continue
        length = lengths.pop(0)
        if not (rows[f"n{index}"] == length).all():
            return None
        starts = np.arange(element.rows + 1, dtype=np.int64) * length
        table.lists.setdefault(each.name, Lists(rows[str(index)].reshape(-1), starts))
    return table, stop


def _walked(data: UInt8[np.ndarray, " n"], at: int, element: Element, order: str) -> tuple[Table, int]:
    from polyseek.formats.ply_kernels import gather, walk_bytes

    # A row takes a byte for each list at least: more rows than bytes cannot be.
    if element.rows > len(data) - at:
        raise _early(element)
    items = np.array([np.dtype(each.type).itemsize for each in element.properties], np.int64)
    widths = np.array([np.dtype(each.count).itemsize if each.count else 0 for each in element.properties])
    places = np.empty((element.rows, len(items)), np.int64)
    counts = np.empty((element.rows, len(items)), np.int64)
    stop = walk_bytes(data, at, widths, items, order == ">", places, counts)
    if stop < 0:
        raise _early(element)
    table = Table(element)
    for index, each in enumerate(element.properties):
        total = int(counts[:, index].sum())
        found = np.empty(total, np.int64)
        gather(places[:, index], counts[:, index], items[index], found)
        raw = data[(found[:, None] + np.arange(items[index])).ravel()]
        values = raw.view(order + each.type) if total else np.empty(0, each.type)
        _keep(table, each, values, counts[:, index])
    return table, stop


def read_text(
    values: Float64[np.ndarray, " n"], lines: Int64[np.ndarray, " l"], header: Header
) -> list[Table]:
    """All elements of an ASCII body from all its numbers. `lines`: the first number of each line.

    Numbers are counted as the header says; where that does not come out even, each line is taken as
    a row and what it holds beyond the stated properties is passed over. Raises MalformedFile.
    """
    try:
        tables, stop = _in_sequence(values, header)
    except MalformedFile:
        if len(lines) < sum(element.rows for element in header.elements):
            raise
        stop = -1
        tables = []
    return tables if stop == len(values) or not len(lines) else _by_line(values, lines, header)


def _in_sequence(values: Float64[np.ndarray, " n"], header: Header) -> tuple[list[Table], int]:
    at = 0
    tables: list[Table] = []
    for element in header.elements:
        if element.has_lists:
            table, at = _walked_text(values, at, np.empty(0, np.int64), element)
        else:
            width = len(element.properties)
            stop = at + element.rows * width
            if stop > len(values):
                raise _early(element)
            table = Table(element)
            rows = values[at:stop].reshape(-1, width) if width else np.empty((0, 0))
            for index, each in enumerate(element.properties):
                table.scalars.setdefault(each.name, rows[:, index])
            at = stop
        tables.append(table)
    return tables, at


def _by_line(
    values: Float64[np.ndarray, " n"], lines: Int64[np.ndarray, " l"], header: Header
) -> list[Table]:
    line = 0
    tables: list[Table] = []
    for element in header.elements:
        if line + element.rows > len(lines):
            raise _early(element)
        tables.append(_walked_text(values, 0, lines[line : line + element.rows], element)[0])
        line += element.rows
    return tables


def _walked_text(
    values: Float64[np.ndarray, " n"], at: int, rows_at: Int64[np.ndarray, " r"], element: Element
) -> tuple[Table, int]:
    from polyseek.formats.ply_kernels import gather, walk_text

    if element.rows > len(values):
        raise _early(element)
    width = len(element.properties)
    places = np.empty((element.rows, width), np.int64)
    counts = np.empty((element.rows, width), np.int64)
    is_list = np.array([bool(each.count) for each in element.properties], np.bool_)
    stop = walk_text(values, at, rows_at, is_list, places, counts)
    if stop < 0:
        raise _early(element)
    table = Table(element)
    for index, each in enumerate(element.properties):
        found = np.empty(int(counts[:, index].sum()), np.int64)
        gather(places[:, index], counts[:, index], 1, found)
        _keep(table, each, values[found], counts[:, index])
    return table, stop


def _keep(table: Table, each: Property, values: np.ndarray, counts: Int64[np.ndarray, " rows"]) -> None:
    if each.count is None:
        table.scalars.setdefault(each.name, values)
    else:
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        table.lists.setdefault(each.name, Lists(values, starts))


def _early(element: Element) -> MalformedFile:
    return MalformedFile(
        f"the data end before the {element.rows:,} {element.name} rows that the header states",
        hint="the file is cut off or damaged; copy or export it again",
    )
