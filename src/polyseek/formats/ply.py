"""Stanford PLY (Turk 1994, "The PLY Polygon File Format") and what scanners made of it.

Text and binary of both byte orders; polygons, triangle strips, scans without faces; normals, vertex
and face colours, texture coordinates of vertices and of corners (`comment TextureFile`, `texnumber`).
Elements of other names are passed over. Neither axes nor unit are stated.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from jaxtyping import Float32, Float64, Int32, Int64, UInt8

from polyseek.assets import Asset, Material, Mesh, Origin, Part, Texture
from polyseek.errors import EmptyModel, FileError, MalformedFile
from polyseek.formats.bulk import bytes_of, every_nth, read_rows, sampling_warning
from polyseek.formats.colour import rgba_from_srgb
from polyseek.formats.limits import Limits
from polyseek.formats.normals import unit_normals
from polyseek.formats.placing import centred, single
from polyseek.formats.ply_elements import (
    MAX_HEADER,
    Element,
    Header,
    Lists,
    Table,
    parse_header,
    read_binary,
    read_text,
)
from polyseek.formats.polygons import triangulate
from polyseek.formats.source import Source

INDEX_NAMES = ("vertex_indices", "vertex_index")
UV_NAMES = (("s", "t"), ("u", "v"), ("texture_u", "texture_v"), ("texture_s", "texture_t"))
COLOUR_NAMES = (
    ("red", "green", "blue"),
    ("r", "g", "b"),
    ("diffuse_red", "diffuse_green", "diffuse_blue"),
)
# Numbers are held in double precision beside the text.
MEMORY_PER_BYTE = 6


def read(source: Source, limits: Limits) -> Asset:
    """The surface or the cloud. A cloud beyond limits.points is thinned out evenly, with a warning.

    Raises MalformedFile where header and data disagree, EmptyModel without vertices, LimitExceeded.
    """
    data = bytes_of(source)
    header = parse_header(bytes(data[:MAX_HEADER]))
    tables = _tables(data, header, limits)
    vertex = tables.get("vertex")
    places = vertex.columns("x", "y", "z") if vertex is not None else None
    if vertex is None or places is None or not len(places):
        raise EmptyModel("there is nothing in it: no triangles and no points")
    images = _texture_files(header)
    faces = _surface(tables, len(places))
    warnings = list(sampling_warning(vertex.every, vertex.element.rows, limits))
    vertices, matrix = centred(places if places.dtype.kind == "f" else places.astype(np.float64))
    if faces is None:
        meshes, materials, textures = [_cloud(vertex, vertices)], (), ()
    else:
        materials, textures = _materials(images, source, limits, warnings)
        meshes = _meshes(vertex, vertices, *faces, len(materials) if textures else 0)
    stored = _colours(vertex) is not None
    if not stored and any(mesh.colours is not None for mesh in meshes):
        warnings.append("colours of faces are shown as colours of their corners")
    origin = Origin(
        "ply",
        has_texture=bool(images) and any(mesh.uv is not None for mesh in meshes),
        has_vertex_colour=stored,
        has_normals=vertex.columns("nx", "ny", "nz") is not None,
        needs=_needs(header),
        warnings=tuple(warnings),
        side_files=tuple(source.opened),
    )
    parts = tuple(Part(index, matrix) for index in range(len(meshes)))
    return Asset(source.stem, tuple(meshes), parts, origin, materials, textures)


def _needs(header: Header) -> tuple[str, ...]:
    strips = any(each.name == "tristrips" and each.rows for each in header.elements)
    corners = any(each.name == "texcoord" for element in header.elements for each in element.properties)
    found = (("big_endian", header.order == ">"), ("tristrips", strips), ("face_texcoord", corners))
    return tuple(name for name, holds in found if holds)


def _tables(data: UInt8[np.ndarray, " n"], header: Header, limits: Limits) -> dict[str, Table]:
    """Elements by name, as far as they are needed."""
    rows = {each.name: each.rows for each in header.elements}
    limits.check("triangles", rows.get("face", 0), "faces")
    surface = rows.get("face", 0) + rows.get("tristrips", 0) > 0
    every = 1 if surface else every_nth(rows.get("vertex", 0), limits)
    wanted = {"vertex", "face", "tristrips"}
    at = header.size
    tables: dict[str, Table] = {}
    if header.order:
        for element in header.elements:
            step = every if element.name == "vertex" and not element.has_lists else 1
            table, at = read_binary(data, at, element, header.order, step)
            tables.setdefault(element.name, table)
            if wanted <= set(tables):
                break
        return tables
    first = header.elements[0] if header.elements else None
    if every > 1 and first is not None and first.name == "vertex" and not first.has_lists:
        return {"vertex": _thinned_text(data, at, first, every)}
    limits.check("memory_mb", MEMORY_PER_BYTE * len(data) / 1e6, "MB to read this text")
    for table in read_text(*_numbers(data, at), header):
        tables.setdefault(table.element.name, table)
    return tables


def _numbers(
    data: UInt8[np.ndarray, " n"], at: int
) -> tuple[Float64[np.ndarray, " m"], Int64[np.ndarray, " l"]]:
    """All numbers of the text, and which of them are the first of their line."""
    from polyseek.formats.text_kernels import count_tokens, first_of_lines, read_numbers

    numbers, lines = count_tokens(data, at)
    values, first = np.empty(numbers), np.empty(lines, np.int64)
    found, _ = read_numbers(data, at, values)
    first = first[: first_of_lines(data, at, first)]
    return values[:found], first[first < found]


def _thinned_text(data: UInt8[np.ndarray, " n"], at: int, element: Element, every: int) -> Table:
    found = read_rows(data, at, len(element.properties), every, element.rows)
    if found.lines - found.wrong < element.rows:
        raise MalformedFile(
            f"{found.lines - found.wrong:,} of the {element.rows:,} vertices that are stated can be read",
            hint="the file is cut off or damaged; copy or export it again",
        )
    names = [each.name for each in element.properties]
    return Table(element, {name: found.values[:, i] for i, name in enumerate(names)}, every=every)


def _texture_files(header: Header) -> list[str]:
    named = [comment.split(None, 1) for comment in header.comments]
    return [words[1].strip() for words in named if len(words) == 2 and words[0].lower() == "texturefile"]


def _colours(table: Table) -> Float32[np.ndarray, "n 4"] | None:
    """Linear RGBA; the scale follows the stored type (or the values, in text and floats)."""
    for names in COLOUR_NAMES:
        values = table.columns(*names)
        if values is None:
            continue
        kind = next(each.type for each in table.element.properties if each.name == names[0])
        alpha = next((name for name in ("alpha", "a", "diffuse_alpha") if name in table.scalars), None)
        if alpha is not None:
            values = np.column_stack([values, table.scalars[alpha]])
        if kind[0] == "f":
            finite = values[np.isfinite(values)]
            scale = 255.0 if len(finite) and finite.max() > 1.5 else 1.0
        else:
            scale = {"1": 255.0, "2": 65535.0}.get(kind[1:], 255.0)
        return rgba_from_srgb(values, scale)
    return None


def _uv(table: Table) -> Float32[np.ndarray, "n 2"] | None:
    for names in UV_NAMES:
        values = table.columns(*names)
        if values is not None:
            return np.column_stack([values[:, 0], 1.0 - values[:, 1]]).astype(np.float32)
    return None


def _cloud(vertex: Table, vertices: Float32[np.ndarray, "n 3"]) -> Mesh:
    normals = vertex.columns("nx", "ny", "nz")
    none = np.zeros((0, 3), np.int32)
    unit = unit_normals(single(normals), vertices, none) if normals is not None else None
    return Mesh(vertices, none, unit, _uv(vertex), _colours(vertex))


# Corners as vertex indices, the first corner of each face and one behind the last, the face table if it is one.
Surface = tuple[Int64[np.ndarray, " c"], Int64[np.ndarray, " f1"], Table | None]


def _surface(tables: dict[str, Table], vertices: int) -> Surface | None:
    """Faces and strips together, checked; None where there are neither."""
    table = tables.get("face")
    corners, starts = np.zeros(0, np.int64), np.zeros(1, np.int64)
    face = None
    if table is not None and table.element.rows and table.lists:
        name = next((name for name in INDEX_NAMES if name in table.lists), next(iter(table.lists)))
        corners, starts = _whole(table.lists[name]), table.lists[name].starts
        face = table
    strips = tables.get("tristrips")
    if strips is not None and strips.lists:
        from polyseek.formats.ply_kernels import strip_triangles

        strip = _separated(next(iter(strips.lists.values())))
        out = np.empty((len(strip), 3), np.int64)
        triangles = out[: strip_triangles(strip, out)]
        starts = np.concatenate([starts, starts[-1] + 3 * np.arange(1, len(triangles) + 1)])
        corners = np.concatenate([corners, triangles.ravel()])
        face = None if len(triangles) else face
    if not len(corners):
        return None
    low, high = int(corners.min()), int(corners.max())
    if low < 0 or high >= vertices:
        wrong = low if low < 0 else high
        raise MalformedFile(
            f"a face uses vertex {wrong:,}, but there are only {vertices:,} vertices",
            hint="repair or export the model again",
        )
    return corners, starts, face


def _whole(lists: Lists) -> Int64[np.ndarray, " c"]:
    with np.errstate(invalid="ignore"):
        values = lists.values.astype(np.int64)
    return values


def _separated(lists: Lists) -> Int64[np.ndarray, " c"]:
    """All strips in one row, -1 behind each."""
    return np.insert(_whole(lists), lists.starts[1:], -1)


def _meshes(
    vertex: Table,
    vertices: Float32[np.ndarray, "v 3"],
    corners: Int64[np.ndarray, " c"],
    starts: Int64[np.ndarray, " f1"],
    face: Table | None,
    images: int,
) -> list[Mesh]:
    found = triangulate(vertices, corners, starts)
    faces = corners[found.places].astype(np.int32)
    normals = vertex.columns("nx", "ny", "nz")
    unit = unit_normals(single(normals), vertices, faces) if normals is not None else None
    mesh = Mesh(vertices, faces, unit, _uv(vertex), _colours(vertex))
    owner = found.owner
    texcoord = face.lists.get("texcoord") if face is not None else None
    if face is not None and texcoord is not None and (np.diff(texcoord.starts) == 2 * np.diff(starts)).all():
        uv = texcoord.values.reshape(-1, 2).astype(np.float32)
        mesh = _split(mesh, uv=np.column_stack([uv[:, 0], 1 - uv[:, 1]])[found.places.ravel()])
    elif face is not None and mesh.colours is None and (colours := _colours(face)) is not None:
        mesh = _split(mesh, colours=np.repeat(colours[owner], 3, axis=0))
    if images and mesh.uv is not None:
        # The image already holds the scan's colours; multiplied by the vertices' they would darken twice.
        mesh = replace(mesh, material=0, colours=None)
        numbers = face.scalars.get("texnumber") if face is not None else None
        if numbers is not None:
            return _by_texture(mesh, numbers[owner], images)
    return [mesh]


def _split(
    mesh: Mesh,
    *,
    uv: Float32[np.ndarray, "c 2"] | None = None,
    colours: Float32[np.ndarray, "c 4"] | None = None,
) -> Mesh:
    """Vertices divided where corners that share one differ in what is given by corner."""
    given = uv if uv is not None else colours
    if given is None:
        return mesh
    from polyseek.formats.polygon_kernels import weld_rows

    flat = mesh.faces.reshape(-1, 1).astype(np.uint32)
    rows = np.concatenate([flat, np.ascontiguousarray(given + np.float32(0)).view(np.uint32)], axis=1)
    slots = np.full(1 << max(4, (2 * len(rows)).bit_length()), -1, np.int32)
    vertex_of, first = np.empty(len(rows), np.int32), np.empty(len(rows), np.int64)
    first = first[: weld_rows(rows, slots, vertex_of, first)]
    old = mesh.faces.ravel()[first]
    return replace(
        mesh,
        vertices=mesh.vertices[old],
        faces=vertex_of.reshape(-1, 3),
        normals=mesh.normals[old] if mesh.normals is not None else None,
        uv=uv[first] if uv is not None else mesh.uv[old] if mesh.uv is not None else None,
        colours=colours[first]
        if colours is not None
        else mesh.colours[old]
        if mesh.colours is not None
        else None,
    )


def _by_texture(mesh: Mesh, numbers: np.ndarray, images: int) -> list[Mesh]:
    """One mesh for each image that faces name; they share their vertices."""
    which: Int32[np.ndarray, " f"] = np.nan_to_num(numbers.astype(np.float64)).astype(np.int32)
    return [
        replace(
            mesh, faces=mesh.faces[which == number], material=int(number) if 0 <= number < images else None
        )
        for number in np.unique(which)
    ]


def _materials(
    images: list[str], source: Source, limits: Limits, warnings: list[str]
) -> tuple[tuple[Material, ...], tuple[Texture, ...]]:
    """One material an image, in the order of `texnumber`; an image that is not there is a warning."""
    from polyseek.formats.images import decode_image

    materials: list[Material] = []
    textures: list[Texture] = []
    for name in images:
        index = None
        try:
            textures.append(decode_image(source.resolve(name).read(), limits, name=name))
            index = len(textures) - 1
        except FileError as error:
            warnings.append(f"the texture {name!r} was not read: {error.message}")
        materials.append(Material(name, base_texture=index))
    return tuple(materials), tuple(textures)
