"""OFF, the Object File Format (Geomview manual, "OFF Files"): text and binary, with its prefixes.

`[ST][C][N]OFF`: a vertex is x y z, then a normal (N), a colour (C), texture coordinates (ST). Faces
may have colours behind their corners. Spaces of other dimensions (4OFF, nOFF) are refused. Neither
axes nor unit are stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float32, Float64, Int32, Int64, UInt8

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import EmptyModel, MalformedFile
from polyseek.formats.bulk import bytes_of
from polyseek.formats.colour import rgba_from_srgb
from polyseek.formats.limits import Limits
from polyseek.formats.normals import unit_normals
from polyseek.formats.placing import centred, single
from polyseek.formats.ply_elements import Element, Property, read_binary
from polyseek.formats.polygons import triangulate
from polyseek.formats.source import Source

DAMAGED = "the file is cut off or damaged; copy or export it again"
MEMORY_PER_BYTE = 6
_BLANK = rb"(?:\s|#[^\r\n]*[\r\n])*"
_HEADER = re.compile(_BLANK + rb"(?:(ST)?(C)?(N)?(4)?(n)?OFF)?[ \t]*(BINARY[ \t]*\r?\n)?", re.DOTALL)
_COUNTS = re.compile(_BLANK + rb"(\d{1,18})" + _BLANK + rb"(\d{1,18})(?:[ \t]+-?\d+)?(?=\s|#|$)")


@dataclass(frozen=True)
class Layout:
    """What a vertex holds, in this order. `colour`: 0, 3 or 4 numbers."""

    normal: bool
    colour: int
    texture: bool

    @property
    def width(self) -> int:
        return 3 + 3 * self.normal + self.colour + 2 * self.texture


@dataclass(frozen=True, eq=False)
class Surface:
    """What the file states. `colours`: by face, -1 where there is none; `fractions`: colours run from 0 to 1."""

    layout: Layout
    vertices: Float64[np.ndarray, "v w"]
    corners: Int64[np.ndarray, " c"]
    starts: Int64[np.ndarray, " f1"]
    colours: Float64[np.ndarray, "f 4"] | None
    fractions: bool


def read(source: Source, limits: Limits) -> Asset:
    """The surface, or a cloud where it has no faces.

    Raises MalformedFile when data end early or an index cannot be, EmptyModel, LimitExceeded.
    """
    data = bytes_of(source)
    head = bytes(data[: 1 << 16])
    header = _HEADER.match(head)
    if not head.strip() or header is None:
        raise EmptyModel("the file is empty")
    texture, colour, normal, four, many, binary = header.groups()
    if four or many:
        raise MalformedFile(
            "it is not in three dimensions (4OFF, nOFF)", hint="export it with three coordinates"
        )
    prefixes = (bool(normal), bool(colour), bool(texture))
    if binary:
        found = _binary(data, header.end(), prefixes, limits)
    else:
        found = _text(data, head, header.end(), prefixes, limits)
    return _asset(source, found)


def _bounded(vertices: int, faces: int, left: int, limits: Limits) -> None:
    """Refuse counts that the rest of the file cannot hold, before anything is made for them."""
    limits.check("triangles", faces, "faces")
    if not faces:
        limits.check("points", vertices, "points")
    if vertices > left or faces > left:
        raise MalformedFile(
            f"{vertices:,} vertices and {faces:,} faces are stated, more than the file can hold", hint=DAMAGED
        )


def _text(
    data: UInt8[np.ndarray, " n"], head: bytes, at: int, prefixes: tuple[bool, bool, bool], limits: Limits
) -> Surface:
    from polyseek.formats.off_kernels import read_faces
    from polyseek.formats.text_kernels import read_numbers

    counts = _COUNTS.match(head, at)
    if counts is None:
        raise MalformedFile("the counts of vertices and faces cannot be read", hint=DAMAGED)
    vertices, faces = int(counts[1]), int(counts[2])
    _bounded(vertices, faces, len(data) - counts.end(), limits)
    limits.check("memory_mb", MEMORY_PER_BYTE * len(data) / 1e6, "MB to read this text")
    layout = _layout(prefixes, head[counts.end() :])
    numbers = np.empty(vertices * layout.width)
    found, stop = read_numbers(data, counts.end(), numbers)
    if found < len(numbers):
        raise MalformedFile(f"{found // layout.width:,} of {vertices:,} vertices can be read", hint=DAMAGED)
    corners = np.empty((len(data) - stop) // 2 + 1, np.int64)
    starts, colours = np.empty(faces + 1, np.int64), np.full((faces, 4), -1.0)
    complete, fractions = read_faces(data, stop, corners, starts, colours)
    if complete < faces:
        raise MalformedFile(f"{complete:,} of {faces:,} faces can be read", hint=DAMAGED)
    rows = numbers.reshape(vertices, layout.width)
    coloured = colours if (colours[:, 0] >= 0).any() else None
    return Surface(layout, rows, corners[: starts[-1]].copy(), starts, coloured, fractions)


def _layout(prefixes: tuple[bool, bool, bool], rest: bytes) -> Layout:
    """A colour has three or four numbers: the first vertex tells."""
    normal, colour, texture = prefixes
    lines = (line.split(b"#")[0].split() for line in rest.splitlines())
    first = next((words for words in lines if words), [])
    four = len(first) >= Layout(normal, 4, texture).width
    return Layout(normal, (4 if four else 3) if colour else 0, texture)


def _binary(
    data: UInt8[np.ndarray, " n"], at: int, prefixes: tuple[bool, bool, bool], limits: Limits
) -> Surface:
    """Big-endian: three counts, vertices in single precision, faces as (count, corners, count, colours)."""
    if at + 12 > len(data):
        raise MalformedFile("the data end before the counts", hint=DAMAGED)
    vertices, faces, _ = (int(value) for value in data[at : at + 12].view(">u4"))
    _bounded(vertices, faces, len(data) - at, limits)
    normal, colour, texture = prefixes
    layout = Layout(normal, 4 if colour else 0, texture)
    points = Element("vertex", vertices, tuple(Property(str(i), "f4") for i in range(layout.width)))
    table, at = read_binary(data, at + 12, points, ">")
    rows = np.column_stack([table.scalars[str(i)] for i in range(layout.width)]).astype(np.float64)
    polygons = Element("face", faces, (Property("corners", "i4", "i4"), Property("colours", "f4", "i4")))
    table, _ = read_binary(data, at, polygons, ">")
    corners = table.lists.get("corners")
    if corners is None:
        return Surface(layout, rows, np.zeros(0, np.int64), np.zeros(1, np.int64), None, True)
    return Surface(layout, rows, corners.values.astype(np.int64), corners.starts, None, True)


def _asset(source: Source, found: Surface) -> Asset:
    if not len(found.vertices):
        raise EmptyModel("there is nothing in it: no triangles and no points")
    if len(found.corners):
        low, high = int(found.corners.min()), int(found.corners.max())
        if low < 0 or high >= len(found.vertices):
            raise MalformedFile(
                f"a face uses vertex {low if low < 0 else high:,} of {len(found.vertices):,}",
                hint="repair or export the model again",
            )
    vertices, matrix = centred(found.vertices[:, :3])
    triangles = triangulate(vertices, found.corners, found.starts)
    mesh = _mesh(found, vertices, found.corners[triangles.places].astype(np.int32), triangles.owner)
    stored = bool(found.layout.colour)
    of_faces = mesh.colours is not None and not stored
    origin = Origin(
        "off",
        has_vertex_colour=stored,
        has_normals=mesh.normals is not None,
        warnings=("colours of faces are shown as colours of their corners",) if of_faces else (),
    )
    return Asset(source.stem, (mesh,), (Part(0, matrix),), origin)


def _mesh(
    found: Surface,
    vertices: Float32[np.ndarray, "v 3"],
    faces: Int32[np.ndarray, "f 3"],
    owner: Int32[np.ndarray, " f"],
) -> Mesh:
    at = 3
    normals = uv = colours = None
    if found.layout.normal:
        normals = unit_normals(single(found.vertices[:, 3:6]), vertices, faces)
        at = 6
    if found.layout.colour:
        colours = _linear(found.vertices[:, at : at + found.layout.colour])
        at += found.layout.colour
    if found.layout.texture:
        u, v = found.vertices[:, at], found.vertices[:, at + 1]
        uv = np.column_stack([u, 1 - v]).astype(np.float32)
    if colours is None and found.colours is not None and len(faces):
        # Colours of faces: no vertex is shared by two faces then.
        stated = np.where(found.colours < 0, 255.0 if not found.fractions else 1.0, found.colours)
        colours = np.repeat(_linear(stated)[owner], 3, axis=0)
        flat = faces.ravel()
        vertices, faces = vertices[flat], np.arange(len(flat), dtype=np.int32).reshape(-1, 3)
        normals = normals[flat] if normals is not None else None
        uv = uv[flat] if uv is not None else None
    return Mesh(vertices, faces, normals, uv, colours)


def _linear(colours: Float[np.ndarray, "n c"]) -> Float32[np.ndarray, "n 4"]:
    """Whole numbers from 0 to 255, or fractions from 0 to 1."""
    finite = colours[np.isfinite(colours)]
    return rgba_from_srgb(colours, 255.0 if len(finite) and finite.max() > 1.0 else 1.0)
