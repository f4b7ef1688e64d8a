"""STL, binary and ASCII (3D Systems 1988, "StereoLithography Interface Specification").

Corners at one position are one vertex, so that faces are indexed. Colours of facets in the two
manners that programs use: VisCAM and SolidView, and Materialise Magics. Stored facet normals are not
used: the corners' order tells the outside. Neither axes nor unit are stated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float32, Int64, UInt8, UInt16

from polyseek.assets import Asset, Material, Mesh, Origin, Part
from polyseek.errors import EmptyModel, MalformedFile
from polyseek.formats.bulk import bytes_of
from polyseek.formats.colour import rgba_from_srgb
from polyseek.formats.limits import Limits
from polyseek.formats.placing import far_centre, single
from polyseek.formats.polygons import triangulate, weld_positions
from polyseek.formats.source import Source

HEADER, RECORD = 84, 50
FACET = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
DAMAGED = "the file is cut off or damaged; copy or export it again"
MEMORY_PER_BYTE = 4


@dataclass(frozen=True, eq=False)
class Solid:
    """Corners of triangles, three after another. `colours`: sRGB by triangle, 0 to 255, or None."""

    name: str
    corners: Float[np.ndarray, "c 3"]
    colours: UInt8[np.ndarray, "f 4"] | None = None


def read(source: Source, limits: Limits) -> Asset:
    """The model, one Part for each solid that has facets.

    A file is binary when its size is what its count says, whatever it begins with. Raises
    MalformedFile when the data end early or a corner cannot be read, EmptyModel, LimitExceeded.
    """
    data = bytes_of(source)
    warnings: list[str] = []
    if is_ascii(data):
        limits.check("memory_mb", MEMORY_PER_BYTE * len(data) / 1e6, "MB to read this text")
        solids = _ascii(data, limits, warnings)
    else:
        solids = [_binary(data, limits, warnings)]
    solids = [solid for solid in solids if len(solid.corners)]
    if not solids:
        raise EmptyModel("there is nothing in it: no facets")
    matrix = np.eye(4)
    centre = far_centre(solids[0].corners)
    if centre is not None:
        matrix[:3, 3] = centre
    materials: list[Material] = []
    meshes = [_mesh(solid, centre, materials) for solid in solids]
    names = [solid.name for solid in solids]
    told_apart = len(set(names)) == len(names)
    paths = [(name if told_apart and name else str(i),) for i, name in enumerate(names)]
    origin = Origin(
        "stl",
        has_vertex_colour=any(solid.colours is not None for solid in solids),
        has_normals=True,
        warnings=tuple(warnings),
    )
    parts = tuple(Part(i, matrix, path if len(paths) > 1 else ()) for i, path in enumerate(paths))
    return Asset(source.stem, tuple(meshes), parts, origin, tuple(materials))


def is_ascii(data: UInt8[np.ndarray, " n"]) -> bool:
    """Text: begins with `solid` and is not as long as a binary file with its count would be."""
    if len(data) >= HEADER and HEADER + RECORD * _stated(data) == len(data):
        return False
    head = bytes(data[:1024]).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head.startswith((b"solid", b"facet")):
        return False
    # A binary file whose header begins with `solid` holds zero bytes in its header, text never does.
    return b"\0" not in head and (b"facet" in head or b"endsolid" in head or len(data) > HEADER)


def _stated(data: UInt8[np.ndarray, " n"]) -> int:
    return int.from_bytes(bytes(data[80:84]), "little")


def _binary(data: UInt8[np.ndarray, " n"], limits: Limits, warnings: list[str]) -> Solid:
    if len(data) < HEADER:
        raise MalformedFile(
            "this is no STL: too short for a binary one, and the text does not begin with `solid`",
            hint=DAMAGED,
        )
    count, held = _stated(data), (len(data) - HEADER) // RECORD
    # Programs that write while they compute leave the count at 0 or at all ones.
    if count in (0, 0xFFFFFFFF) and held:
        warnings.append(f"the header states {count:,} facets; all {held:,} in the file were read")
        count = held
    if count > held:
        raise MalformedFile(
            f"the data end early: {count:,} facets are stated, {held:,} are there", hint=DAMAGED
        )
    if len(data) - HEADER - RECORD * count >= RECORD:
        warnings.append(f"{len(data) - HEADER - RECORD * count:,} bytes behind the stated facets left out")
    limits.check("triangles", count, "triangles")
    facets = data[HEADER : HEADER + RECORD * count].view(FACET)
    corners = np.ascontiguousarray(facets["corners"]).reshape(-1, 3)
    return Solid("", corners, facet_colours(bytes(data[:80]), facets["attribute"]))


def facet_colours(header: bytes, attributes: UInt16[np.ndarray, " f"]) -> UInt8[np.ndarray, "f 4"] | None:
    """sRGB with alpha of each facet from the two bytes behind it, None where there is no colour.

    Materialise: the header holds `COLOR=` and four bytes, the colour of facets whose bit 15 is set;
    the others have five bits each of red, green and blue from the lowest. VisCAM and SolidView: bit
    15 says that there is a colour, blue in the lowest bits. Facets without one are light grey.
    """
    given = header.find(b"COLOR=")
    materialise = given >= 0 and given + 10 <= len(header)
    own = (attributes & 0x8000 == 0) if materialise else (attributes & 0x8000 != 0)
    # Some programs leave one value in every facet that is no colour.
    if not materialise and (not own.any() or (attributes == 0xFFFF).all()):
        return None
    levels = [((attributes >> shift) & 31).astype(np.float64) * (255 / 31) for shift in (0, 5, 10)]
    red, green, blue = levels if materialise else levels[::-1]
    colours = np.column_stack([red, green, blue, np.full(len(attributes), 255.0)]).round().astype(np.uint8)
    other = (
        np.frombuffer(header[given + 6 : given + 10], np.uint8)
        if materialise
        else np.array([204, 204, 204, 255], np.uint8)
    )
    colours[~own] = other
    return colours


def _ascii(data: UInt8[np.ndarray, " n"], limits: Limits, warnings: list[str]) -> list[Solid]:
    from polyseek.formats.stl_kernels import count_words, read_facets

    vertices, named = count_words(data)
    limits.check("triangles", vertices // 3, "triangles")
    corners = np.empty((vertices, 3))
    starts = np.empty(vertices // 3 + 1, np.int64)
    names = np.empty((named, 3), np.int64)
    facets, found, short, wrong = read_facets(data, corners, starts, names)
    if wrong >= 0:
        line = int((data[:wrong] == 10).sum()) + 1
        raise MalformedFile(f"the facet at line {line} is not complete", hint=DAMAGED)
    if short:
        warnings.append(f"{short} facets with fewer than 3 corners left out")
    starts = starts[: facets + 1]
    borders = [*(int(row[2]) for row in names[:found]), facets]
    labels = [bytes(data[row[0] : row[1]]).decode("utf-8", "replace").strip() for row in names[:found]]
    if not found or borders[0] > 0:
        borders, labels = [0, *borders], ["", *labels]
    return [
        Solid(label, _triangles(corners, starts[first : last + 1]))
        for label, first, last in zip(labels, borders, borders[1:], strict=False)
        if last > first
    ]


def _triangles(
    corners: Float[np.ndarray, "c 3"], starts: Int64[np.ndarray, " f1"]
) -> Float[np.ndarray, "t 3"]:
    if (np.diff(starts) == 3).all():
        return corners[starts[0] : starts[-1]]
    return corners[triangulate(corners, np.arange(len(corners)), starts).places.ravel()]


def _mesh(solid: Solid, centre: Float[np.ndarray, " 3"] | None, materials: list[Material]) -> Mesh:
    corners: Float32[np.ndarray, "c 3"] = single(solid.corners if centre is None else solid.corners - centre)
    if solid.colours is None:
        welded = weld_positions(corners)
        return Mesh(corners[welded.corner], welded.faces, name=solid.name)
    linear = rgba_from_srgb(solid.colours, 255.0)
    if (solid.colours == solid.colours[0]).all():
        red, green, blue, alpha = (float(value) for value in linear[0])
        materials.append(Material("", (red, green, blue, alpha or 1.0)))
        welded = weld_positions(corners)
        return Mesh(corners[welded.corner], welded.faces, material=len(materials) - 1, name=solid.name)
    # A vertex between facets of two colours becomes two.
    words = np.repeat(np.ascontiguousarray(solid.colours).view(np.uint32).ravel(), 3)
    welded = weld_positions(corners, words)
    linear[:, 3] = 1.0
    return Mesh(corners[welded.corner], welded.faces, colours=linear[welded.corner // 3], name=solid.name)
