"""Wavefront OBJ (Alias Wavefront's Advanced Visualizer manual, appendix B1, and what programs made of it).

Polygons, points, objects, groups, materials (`mtl.py`), negative indices, vertex colours behind the
positions, continued lines, UTF-16. Lines and free-form surfaces are left out with a warning. Neither
axes nor unit are stated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64, Int32, Int64, UInt8

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import EmptyModel, MalformedFile
from polyseek.formats.colour import rgba_from_srgb
from polyseek.formats.limits import Limits
from polyseek.formats.normals import unit_normals
from polyseek.formats.obj_materials import ObjMaterials, decode_text
from polyseek.formats.placing import far_centre, single
from polyseek.formats.polygons import triangulate
from polyseek.formats.source import Source

# Bytes of memory for one byte of text, at most: the text, its positions in double precision, its corners.
MEMORY_PER_BYTE = 5
BROKEN = "repair or export the model again"


@dataclass(frozen=True, eq=False)
class Statements:
    """What the text states. `corners`: rows of (position, uv, normal), -1 where absent; `starts`: by face."""

    positions: Float64[np.ndarray, "v 3"]
    colours: Float64[np.ndarray, "v 3"]
    uv: Float32[np.ndarray, "t 2"]
    normals: Float32[np.ndarray, "n 3"]
    corners: Int64[np.ndarray, "c 3"]
    starts: Int64[np.ndarray, " f1"]
    names: tuple[tuple[int, str, int], ...]
    coloured: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """Faces `first` to `last` (not included) of one part (object and group) with one material."""

    path: tuple[str, ...]
    material: str | None
    first: int
    last: int


def read(source: Source, limits: Limits) -> Asset:
    """The model, one Part for each group and material; parts of one group share their path.

    Raises MalformedFile for a number or an index that cannot be, EmptyModel where there are neither
    faces nor points, LimitExceeded.
    """
    size = source.size()
    limits.check("memory_mb", MEMORY_PER_BYTE * size / 1e6, "MB to read this text")
    found = parse(np.frombuffer(normalised(source.read()), np.uint8), limits)
    materials = ObjMaterials(source, limits)
    for kind, name, _ in found.names:
        if kind == _LIBRARY:
            materials.add_library(name)
    matrix = np.eye(4)
    centre = far_centre(found.positions)
    if centre is not None:
        matrix[:3, 3] = centre
        found.positions[:] -= centre
    meshes, paths = _meshes(found, materials)
    if not meshes:
        meshes, paths = [_points(found)], [()]
    origin = Origin(
        "obj",
        has_texture=materials.names_texture,
        has_vertex_colour=found.coloured > 0,
        has_normals=any(mesh.normals is not None for mesh in meshes),
        warnings=(*found.warnings, *materials.warnings),
        side_files=tuple(dict.fromkeys(source.opened)),
    )
    parts = tuple(Part(index, matrix, path) for index, path in enumerate(paths))
    return Asset(
        source.stem, tuple(meshes), parts, origin, tuple(materials.materials), tuple(materials.textures)
    )


_OBJECT, _GROUP, _MATERIAL, _LIBRARY = range(4)


def normalised(data: bytes) -> bytes:
    """The text as single-byte characters, continued lines joined (same length, so that places hold)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = decode_text(data).encode()
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    if b"\\" in data:
        data = data.replace(b"\\\r\n", b"   ").replace(b"\\\n", b"  ")
    return data


def parse(data: UInt8[np.ndarray, " n"], limits: Limits) -> Statements:
    """All statements of the text. Raises MalformedFile with the line, LimitExceeded."""
    from polyseek.formats import obj_kernels as kernels

    counted = np.zeros(10, np.int64)
    kernels.count_statements(data, counted)
    counts: list[int] = counted.tolist()
    limits.check("triangles", counts[kernels.CORNER] - 2 * counts[kernels.FACE], "triangles")
    positions = np.empty((counts[kernels.VERTEX], 3))
    colours = np.full((counts[kernels.VERTEX], 3), np.nan)
    uv = np.empty((counts[kernels.TEXTURE], 2), np.float32)
    normals = np.empty((counts[kernels.NORMAL], 3), np.float32)
    corners = np.empty((counts[kernels.CORNER], 3), np.int64)
    starts = np.empty(counts[kernels.FACE] + 1, np.int64)
    names = np.empty((counts[kernels.NAME], 4), np.int64)
    faces, coloured, short, wrong = kernels.read_statements(
        data, positions, colours, uv, normals, corners, starts, names
    )
    if wrong >= 0:
        raise _unreadable(data, wrong)
    corners, starts = corners[: starts[faces]], starts[: faces + 1]
    warnings = _checked(corners, len(positions), len(uv), len(normals))
    left_out = (
        (short, "faces with fewer than 3 corners"),
        (counts[kernels.LINE], "line elements"),
        (counts[kernels.POINT] if faces else 0, "point elements"),
        (counts[kernels.FREE_FORM], "free-form curves and surfaces"),
    )
    warnings += [f"{amount} {what} left out" for amount, what in left_out if amount]
    if 0 < coloured < len(positions):
        warnings.append(f"only {coloured} of {len(positions)} vertices have a colour; the others are white")
    if not faces and counts[kernels.LINE] and not counts[kernels.POINT]:
        raise EmptyModel("there are only lines in it, no surface", hint="export the model with its faces")
    texts = tuple(
        (int(kind), decode_text(data[start:end].tobytes()).strip(), int(face))
        for kind, start, end, face in names
    )
    return Statements(positions, colours, uv, normals, corners, starts, texts, coloured, tuple(warnings))


def _unreadable(data: UInt8[np.ndarray, " n"], place: int) -> MalformedFile:
    line = int((data[:place] == 10).sum()) + 1
    text = decode_text(data[place : place + 60].tobytes()).splitlines()[0]
    return MalformedFile(f"line {line} cannot be read: {text!r}", hint=BROKEN)


def _checked(corners: Int64[np.ndarray, "c 3"], vertices: int, uvs: int, normals: int) -> list[str]:
    """Refuse positions that are not there; forget coordinates and normals that are not, with a warning."""
    if not len(corners):
        return []
    low, high = int(corners[:, 0].min()), int(corners[:, 0].max())
    if low < 0 or high >= vertices:
        stated = "before the first" if low < 0 else f"number {high + 1:,}"
        raise MalformedFile(f"a face uses a vertex {stated} of {vertices:,}", hint=BROKEN)
    warnings: list[str] = []
    for column, count, what in ((1, uvs, "texture coordinates"), (2, normals, "normals")):
        wrong = (corners[:, column] >= count) | (corners[:, column] < -1)
        if wrong.any():
            corners[wrong, column] = -1
            warnings.append(f"{int(wrong.sum())} face corners name {what} that are not there")
    return warnings


def segments_of(names: tuple[tuple[int, str, int], ...], faces: int) -> list[Segment]:
    """Stretches of faces by the object, group and material in force."""
    segments: list[Segment] = []
    current: list[str | None] = [None, None, None]
    first = 0
    for kind, name, face in (*names, (_MATERIAL, "", faces)):
        if kind == _LIBRARY:
            continue
        if face > first:
            path = tuple(dict.fromkeys(part for part in current[:2] if part))
            segments.append(Segment(path, current[_MATERIAL], first, face))
            first = face
        current[kind] = name
    return segments


def _meshes(found: Statements, materials: ObjMaterials) -> tuple[list[Mesh], list[tuple[str, ...]]]:
    faces = len(found.starts) - 1
    together: dict[tuple[tuple[str, ...], str | None], list[Segment]] = {}
    for segment in segments_of(found.names, faces):
        together.setdefault((segment.path, segment.material), []).append(segment)
    head = np.full(len(found.positions), -1, np.int32)
    meshes: list[Mesh] = []
    paths: list[tuple[str, ...]] = []
    for (path, name), segments in together.items():
        pieces = [found.corners[found.starts[each.first] : found.starts[each.last]] for each in segments]
        sizes = [np.diff(found.starts[each.first : each.last + 1]) for each in segments]
        corners = pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(sizes))])
        meshes.append(_mesh(found, corners, starts, head, materials, name, path[-1] if path else ""))
        paths.append(path)
    return meshes, paths


def _mesh(
    found: Statements,
    corners: Int64[np.ndarray, "c 3"],
    starts: Int64[np.ndarray, " f1"],
    head: Int32[np.ndarray, " v"],
    materials: ObjMaterials,
    material_name: str | None,
    name: str,
) -> Mesh:
    from polyseek.formats.polygon_kernels import weld_corners

    vertex_of = np.empty(len(corners), np.int32)
    first, scratch = np.empty(len(corners), np.int64), np.empty(len(corners), np.int64)
    count = weld_corners(corners, head, vertex_of, first, scratch)
    kept = corners[first[:count]]
    vertices = single(found.positions[kept[:, 0]])
    faces = vertex_of[triangulate(found.positions, corners[:, 0], starts).places]
    material = materials.index_of(material_name)
    uv = normals = colours = None
    if len(found.uv) and (kept[:, 1] >= 0).any():
        uv = np.where(kept[:, 1:2] >= 0, found.uv[kept[:, 1]], np.float32(0))
        use = materials.transform_of(material)
        if use is not None:
            uv = uv * np.array(use.scale, np.float32) + np.array(use.offset, np.float32)
        uv = np.nan_to_num(np.column_stack([uv[:, 0], 1 - uv[:, 1]]).astype(np.float32))
    if len(found.normals) and (kept[:, 2] >= 0).any():
        stored = np.where(kept[:, 2:3] >= 0, found.normals[kept[:, 2]], np.float32(0))
        normals = unit_normals(stored, vertices, faces)
    if found.coloured:
        colours = _linear(found.colours)[kept[:, 0]]
    return Mesh(vertices, faces, normals, uv, colours, material, name)


def _linear(colours: Float64[np.ndarray, "v 3"]) -> Float32[np.ndarray, "v 4"]:
    """Vertex colours as linear RGBA, whether stored from 0 to 1 or from 0 to 255; white where there is none."""
    finite = colours[np.isfinite(colours)]
    return rgba_from_srgb(colours, 255.0 if len(finite) and finite.max() > 1.5 else 1.0)


def _points(found: Statements) -> Mesh:
    if not len(found.positions):
        raise EmptyModel("there is nothing in it: no triangles and no points")
    colours = _linear(found.colours) if found.coloured else None
    return Mesh(single(found.positions), np.zeros((0, 3), np.int32), colours=colours)
