"""Point clouds: XYZ (columns of text) and PCD (Point Cloud Library, file format v0.7).

A cloud of more points than limits.points is thinned out evenly, with a warning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float64, Real, UInt8

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import EmptyModel, MalformedFile
from polyseek.formats.bulk import bytes_of, every_nth, read_rows, sampling_warning
from polyseek.formats.colour import rgba_from_srgb
from polyseek.formats.limits import Limits
from polyseek.formats.normals import unit_normals
from polyseek.formats.placing import centred, single
from polyseek.formats.source import Source

DAMAGED = "the file is cut off or damaged; copy or export it again"
MAX_HEADER = 1 << 16
MAX_FIELDS = 4096
# Rows that tell what the columns of an XYZ file mean.
LOOKED_AT = 10_000
MAX_COLUMNS = 9


def cloud(
    source: Source,
    format: str,
    positions: Float[np.ndarray, "n 3"],
    *,
    normals: Float[np.ndarray, "n 3"] | None = None,
    colours: Real[np.ndarray, "n c"] | None = None,
    scale: float = 255.0,
    needs: tuple[str, ...] = (),
    warnings: tuple[str, ...] = (),
) -> Asset:
    """An Asset of points. `colours`: sRGB from 0 to `scale`, as they are stored."""
    if not len(positions):
        raise EmptyModel("there is nothing in it: no points")
    vertices, matrix = centred(positions)
    faces = np.zeros((0, 3), np.int32)
    mesh = Mesh(
        vertices,
        faces,
        unit_normals(single(normals), vertices, faces) if normals is not None else None,
        colours=rgba_from_srgb(colours, scale) if colours is not None else None,
    )
    origin = Origin(
        format,
        has_vertex_colour=colours is not None,
        has_normals=normals is not None,
        needs=needs,
        warnings=warnings,
        side_files=tuple(source.opened),
    )
    return Asset(source.stem, (mesh,), (Part(0, matrix),), origin)


def read_xyz(source: Source, limits: Limits) -> Asset:
    """Lines of x y z and more columns, between blanks, commas or semicolons.

    What further columns mean is told by their values: three columns of unit length are normals,
    three of whole numbers from 0 to 255 (or of fractions from 0 to 1) are a colour; the rest is
    passed over. Raises MalformedFile when most lines are no numbers.
    """
    data = bytes_of(source)
    head = bytes(data[: 1 << 16])
    width = _columns(head)
    first = read_rows(np.frombuffer(head, np.uint8), 0, width, most=LOOKED_AT)
    # 20 bytes a line is a guess that only decides how finely a huge file is thinned out.
    lines = int(len(data) / max(len(head) / max(first.lines, 1), 1))
    every = every_nth(lines, limits)
    found = read_rows(data, 0, width, every)
    if found.wrong > max(2, found.lines // 2):
        raise MalformedFile(
            f"{found.wrong:,} of {found.lines:,} lines do not start with three numbers",
            hint="an XYZ file has a point on each line: x y z",
        )
    normals, colours, scale = _meaning(found.values)
    left_out = (f"{found.wrong:,} lines that are no points left out",) if found.wrong else ()
    return cloud(
        source,
        "xyz",
        found.values[:, :3],
        normals=normals,
        colours=colours,
        scale=scale,
        warnings=(*left_out, *sampling_warning(every, lines, limits)),
    )


def _columns(head: bytes) -> int:
    """How many columns most of the first lines have, from 3 to MAX_COLUMNS."""
    lines = [line for line in head.splitlines()[:200] if line.strip() and line.strip()[:1] not in b"#/"]
    widths = [len(line.replace(b",", b" ").replace(b";", b" ").split()) for line in lines]
    usual = max(set(widths), key=widths.count) if widths else 3
    return min(max(usual, 3), MAX_COLUMNS)


def _meaning(
    rows: Float64[np.ndarray, "n w"],
) -> tuple[Float64[np.ndarray, "n 3"] | None, Float64[np.ndarray, "n 3"] | None, float]:
    """(normals, colours, scale of the colours) among the columns behind x y z."""
    normals = colours = None
    scale = 255.0
    width = rows.shape[1]
    start = 3
    while start + 3 <= width:
        columns = rows[:, start : start + 3]
        looked = columns[:: max(1, len(columns) // LOOKED_AT)]
        if normals is None and _are_unit(looked):
            normals = columns
            start += 3
        elif colours is None and (found := _colour_scale(looked)):
            colours, scale = columns, found
            start += 3
        else:
            start += 1
    return normals, colours, scale


def _are_unit(columns: Float64[np.ndarray, "n 3"]) -> bool:
    with np.errstate(invalid="ignore", over="ignore"):
        lengths = np.sqrt((columns**2).sum(1))
    # Three fractions of 0 to 1 can have unit length by chance, not all of them.
    return len(columns) > 0 and bool((np.abs(lengths - 1) < 0.02).mean() > 0.95)


def _colour_scale(columns: Float64[np.ndarray, "n 3"]) -> float:
    """255 or 1 when the columns can be a colour, 0 when not."""
    if not len(columns) or not np.isfinite(columns).all() or columns.min() < 0 or columns.max() > 255:
        return 0.0
    whole = bool((columns == np.round(columns)).all())
    if columns.max() <= 1 and not (whole and columns.max() == 0):
        return 1.0
    return 255.0 if whole else 0.0


@dataclass(frozen=True)
class PcdHeader:
    """`fields`: (name, numpy type without byte order, how many). `start`: of the data, in bytes."""

    fields: tuple[tuple[str, str, int], ...]
    points: int
    data: str
    start: int

    @property
    def row_type(self) -> np.dtype[np.void]:
        """One point of the binary form, little-endian; a name that comes twice gets a suffix."""
        columns: dict[str, tuple[str, tuple[int, ...]]] = {}
        for index, (name, kind, count) in enumerate(self.fields):
            key = name if name not in columns and name != "_" else f"{name}#{index}"
            columns[key] = ("<" + kind, () if count == 1 else (count,))
        return np.dtype([(name, *rest) for name, rest in columns.items()])


def parse_pcd_header(head: bytes) -> PcdHeader:
    """The header, which ends with the line DATA. Raises MalformedFile."""
    entries: dict[str, list[str]] = {}
    start = 0
    for raw in head.splitlines(keepends=True):
        start += len(raw)
        words = raw.decode("latin-1").split()
        if not words or words[0].startswith("#"):
            continue
        entries[words[0].upper()] = words[1:]
        if words[0].upper() == "DATA":
            break
    names = entries.get("FIELDS") or entries.get("COLUMNS")
    data = (entries.get("DATA") or [""])[0].lower()
    if not names or data not in ("ascii", "binary", "binary_compressed"):
        raise MalformedFile("the header has no FIELDS or no DATA line that is known", hint=DAMAGED)
    try:
        sizes = [int(word) for word in entries["SIZE"]]
        kinds = [word.upper() for word in entries["TYPE"]]
        counts = [int(word) for word in entries.get("COUNT", ["1"] * len(names))]
        points = int((entries.get("POINTS") or ["-1"])[0])
        if points < 0:
            points = int(entries["WIDTH"][0]) * int(entries.get("HEIGHT", ["1"])[0])
        fields = tuple(
            (name, _pcd_type(kind, size), count)
            for name, kind, size, count in zip(names, kinds, sizes, counts, strict=True)
        )
    except (KeyError, IndexError, ValueError) as error:
        raise MalformedFile(f"the header does not describe its fields ({error})", hint=DAMAGED) from error
    if points < 0 or len(fields) > MAX_FIELDS or any(not 0 <= count <= 65536 for *_, count in fields):
        raise MalformedFile("the header states numbers that cannot be", hint=DAMAGED)
    return PcdHeader(fields, points, data, start)


def _pcd_type(kind: str, size: int) -> str:
    types = {"F": ("f", (4, 8)), "I": ("i", (1, 2, 4, 8)), "U": ("u", (1, 2, 4, 8))}
    letter, sizes = types.get(kind, ("", ()))
    if size not in sizes:
        raise ValueError(f"type {kind} of {size} bytes")
    return f"{letter}{size}"


def read_pcd(source: Source, limits: Limits) -> Asset:
    """Text, binary, and binary compressed with LZF; colours packed as 0x00rrggbb in an integer or a float.

    Points without finite coordinates (holes of organised clouds) are left out. The viewpoint is not
    applied. Raises MalformedFile where header and data disagree.
    """
    data = bytes_of(source)
    header = parse_pcd_header(bytes(data[:MAX_HEADER]))
    every = every_nth(header.points, limits)
    if header.data == "ascii":
        columns = _text_columns(data, header, every)
    else:
        columns = _binary_columns(data, header, every, limits)
    if not all(name in columns for name in "xyz"):
        raise MalformedFile("there are no fields x, y and z", hint="only clouds with positions are read")
    normals = _stacked(columns, ("normal_x", "normal_y", "normal_z"))
    packed = columns.get("rgb", columns.get("rgba"))
    return cloud(
        source,
        "pcd",
        np.column_stack([columns[name] for name in "xyz"]),
        normals=normals,
        colours=_unpacked(packed) if packed is not None else None,
        needs=("lzf",) if header.data == "binary_compressed" else (),
        warnings=sampling_warning(every, header.points, limits),
    )


def _text_columns(data: UInt8[np.ndarray, " n"], header: PcdHeader, every: int) -> dict[str, np.ndarray]:
    width = sum(count for *_, count in header.fields)
    if header.points > (len(data) - header.start) or not width:
        raise MalformedFile(f"the data end before the {header.points:,} points that are stated", hint=DAMAGED)
    found = read_rows(data, header.start, width, every, header.points)
    if found.lines - found.wrong < header.points:
        raise MalformedFile(
            f"{found.lines - found.wrong:,} of the {header.points:,} points that are stated can be read",
            hint=DAMAGED,
        )
    columns: dict[str, np.ndarray] = {}
    at = 0
    for name, kind, count in header.fields:
        if count:
            column = found.values[:, at]
            with np.errstate(over="ignore", invalid="ignore"):
                columns.setdefault(name, column.astype(kind) if name in ("rgb", "rgba") else column)
        at += count
    return columns


def _binary_columns(
    data: UInt8[np.ndarray, " n"], header: PcdHeader, every: int, limits: Limits
) -> dict[str, np.ndarray]:
    kind = header.row_type
    size = kind.itemsize * header.points
    if header.data == "binary":
        if header.start + size > len(data):
            raise MalformedFile(
                f"the data end before the {header.points:,} points that are stated", hint=DAMAGED
            )
        rows = data[header.start : header.start + size].view(kind)
        # One pass over a mapped file, not one for each column.
        rows = rows[::every].copy() if every > 1 else rows
        return {name: rows[name] for name in kind.names or () if rows[name].ndim == 1}
    body = _inflated(data[header.start :], size, limits)
    columns: dict[str, np.ndarray] = {}
    at = 0
    # Compressed clouds are stored field by field.
    for name, (column, *_) in (kind.fields or {}).items():
        width = column.itemsize * header.points
        if column.shape == ():
            columns[name] = body[at : at + width].view(column)[::every]
        at += width
    return columns


def _inflated(body: UInt8[np.ndarray, " n"], size: int, limits: Limits) -> UInt8[np.ndarray, " m"]:
    from polyseek.formats.lzf_kernels import lzf_into

    if len(body) < 8:
        raise MalformedFile("the data end before they begin", hint=DAMAGED)
    packed, full = (int(value) for value in body[:8].view("<u4"))
    limits.check("memory_mb", full / 1e6, "MB of points")
    # A back reference of 3 bytes gives 264 at most: nothing that is larger can be in so few bytes.
    if full != size or 8 + packed > len(body) or full > 88 * packed + 264:
        raise MalformedFile("the sizes of the compressed data do not agree with the header", hint=DAMAGED)
    out = np.empty(full, np.uint8)
    if lzf_into(np.ascontiguousarray(body[8 : 8 + packed]), out) != full:
        raise MalformedFile("the compressed data are damaged", hint=DAMAGED)
    return out


def _stacked(columns: dict[str, np.ndarray], names: tuple[str, ...]) -> Float[np.ndarray, "n 3"] | None:
    return np.column_stack([columns[name] for name in names]) if all(n in columns for n in names) else None


def _unpacked(packed: np.ndarray) -> UInt8[np.ndarray, "n 3"]:
    """0 to 255 from 0x00rrggbb, whose bits may stand in a float."""
    kind = np.dtype(f"u{packed.dtype.itemsize}").newbyteorder(packed.dtype.byteorder)
    bits = np.ascontiguousarray(packed).view(kind).astype(np.uint64)
    shifts = np.array([16, 8, 0], np.uint64)
    return ((bits[:, None] >> shifts) & np.uint64(255)).astype(np.uint8)
