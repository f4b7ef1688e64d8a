"""A COLLADA geometry -> triangles: triangles, polylist, polygons, tristrips, trifans."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

import numpy as np
from jaxtyping import Float64, Int64

from polyseek.errors import MalformedFile
from polyseek.formats.colour import rgba_from_srgb
from polyseek.formats.corners import Corners, Layer
from polyseek.formats.dae_document import Document
from polyseek.formats.polygons import triangulate
from polyseek.formats.xml import numbers

POLYGONS = ("triangles", "polylist", "polygons", "tristrips", "trifans")
LINES = ("lines", "linestrips")


@dataclass(frozen=True, eq=False)
class Piece:
    """The triangles of a geometry that share a material `symbol`, as rows of corner numbers."""

    corners: Corners
    triangles: Int64[np.ndarray, "t 3"]
    symbol: str


@dataclass(frozen=True)
class _Input:
    semantic: str
    source: str | None
    offset: int
    set: int


def geometry_pieces(geometry: Element, document: Document, warnings: list[str]) -> list[Piece]:
    """One Piece for each list of polygons. Raises MalformedFile for lists that do not fit their sources."""
    mesh = document.first(geometry, "mesh")
    if mesh is None:
        mesh = document.first(geometry, "convex_mesh")
        hull = document.by_reference(mesh.get("convex_hull_of")) if mesh is not None else None
        mesh = document.first(hull, "mesh") if hull is not None else mesh
    if mesh is None:
        warnings.append(f"{document.label(geometry)!r} is not made of polygons and is left out")
        return []
    pieces: list[Piece] = []
    arrays: dict[str, Float64[np.ndarray, "_ _"]] = {}
    for element in mesh:
        kind = document.name(element)
        if kind in LINES:
            warnings.append("lines are left out")
        elif kind in POLYGONS:
            piece = _piece(element, kind, document, arrays, warnings)
            if piece is not None:
                pieces.append(piece)
    return pieces


def _piece(
    element: Element,
    kind: str,
    document: Document,
    arrays: dict[str, Float64[np.ndarray, "_ _"]],
    warnings: list[str],
) -> Piece | None:
    inputs = _inputs(element, document)
    width = max((each.offset for each in inputs), default=0) + 1
    index, starts = _index_list(element, kind, document, width, warnings)
    if len(index) == 0 or len(starts) < 2:
        return None
    layers = {
        semantic: _layer(inputs, semantic, index, document, arrays)
        for semantic in ("POSITION", "NORMAL", "TEXCOORD", "COLOR")
    }
    positions = layers["POSITION"]
    if positions is None:
        raise MalformedFile(f"<{kind}> states no positions")
    values, of_corner = positions
    if values.shape[1] < 3:
        raise MalformedFile("its positions have fewer than three coordinates")
    if kind in ("tristrips", "trifans"):
        triangles = _from_strips(starts, kind)
    else:
        triangles = triangulate(values[:, :3], of_corner, starts).places.astype(np.int64)
    corners = Corners((values[:, :3], of_corner), _wide(layers["NORMAL"], 3), _uv(layers), _colours(layers))
    return Piece(corners, triangles, element.get("material", ""))


def _inputs(element: Element, document: Document) -> list[_Input]:
    """The inputs of a list of polygons, those of its <vertices> in the place of VERTEX."""
    found: list[_Input] = []
    for each in document.children(element, "input"):
        offset, number = _whole(each.get("offset", "0")), _whole(each.get("set", "0"))
        if each.get("semantic") == "VERTEX":
            found.extend(
                _Input(inner.get("semantic", ""), inner.get("source"), offset, number)
                for inner in document.children(document.by_reference(each.get("source")), "input")
            )
        else:
            found.append(_Input(each.get("semantic", ""), each.get("source"), offset, number))
    return found


def _whole(text: str) -> int:
    try:
        value = int(text)
    except ValueError as error:
        raise MalformedFile(f"a whole number was expected where it says {text[:20]!r}") from error
    if not 0 <= value < 2**31:
        raise MalformedFile(f"the number {value} is out of range")
    return value


def _index_list(
    element: Element, kind: str, document: Document, width: int, warnings: list[str]
) -> tuple[Int64[np.ndarray, "c k"], Int64[np.ndarray, " _p1"]]:
    """(row of indices of every corner, first corner of every polygon or strip and the end)."""
    lists = [_indices(each.text, width) for each in document.children(element, "p")]
    if kind == "polygons" and document.children(element, "ph"):
        holed = document.children(element, "ph")
        lists += [_indices(document.text(each, "p"), width) for each in holed]
        warnings.append(f"{len(holed)} polygons with holes are shown without their holes")
    index = np.concatenate(lists) if lists else np.zeros((0, width), np.int64)
    if kind == "triangles":
        sizes = np.full(len(index) // 3, 3, np.int64)
    elif kind == "polylist":
        sizes = numbers(document.text(element, "vcount")).astype(np.int64)
        if (sizes < 0).any() or sizes.sum() > len(index):
            raise MalformedFile(f"its polygons need {sizes.sum()} corners, but only {len(index)} are listed")
    else:
        sizes = np.array([len(each) for each in lists], np.int64)
    return index[: int(sizes.sum())], np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _indices(text: str | None, width: int) -> Int64[np.ndarray, "c k"]:
    values = numbers(text).astype(np.int64)
    return values[: len(values) // width * width].reshape(-1, width)


def _from_strips(starts: Int64[np.ndarray, " _p1"], kind: str) -> Int64[np.ndarray, "t 3"]:
    """Corners i, i+1, i+2 of a strip, every second one turned; the first corner and two neighbours of a fan."""
    found: list[np.ndarray] = [np.zeros((0, 3), np.int64)]
    for first, end in pairwise(starts.tolist()):
        steps = np.arange(max(end - first - 2, 0))
        if kind == "trifans":
            found.append(np.stack([np.full_like(steps, first), first + steps + 1, first + steps + 2], 1))
        else:
            odd = steps % 2
            found.append(np.stack([first + steps, first + steps + 1 + odd, first + steps + 2 - odd], 1))
    return np.concatenate(found)


def _layer(
    inputs: list[_Input],
    semantic: str,
    index: Int64[np.ndarray, "c inputs"],
    document: Document,
    arrays: dict[str, Float64[np.ndarray, "_ _"]],
) -> Layer | None:
    """(rows of the source, row of every corner) of an attribute's lowest set."""
    chosen = sorted((each for each in inputs if each.semantic == semantic), key=lambda each: each.set)
    if not chosen or not chosen[0].source:
        return None
    name = chosen[0].source
    if name not in arrays:
        arrays[name] = _array(document.by_reference(name), name, document)
    rows, of_corner = arrays[name], index[:, chosen[0].offset]
    if len(of_corner) and (of_corner.min() < 0 or of_corner.max() >= len(rows)):
        if semantic != "POSITION" and len(rows) == 0:
            return None
        raise MalformedFile(
            f"a polygon uses row {int(of_corner.max())} of {name!r}, which has {len(rows)}",
            hint="repair or export the model again",
        )
    return rows, of_corner


def _array(source: Element | None, name: str, document: Document) -> Float64[np.ndarray, "n k"]:
    if source is None:
        raise MalformedFile(f"the source {name!r} is not in the file")
    accessor = document.first(document.first(source, "technique_common"), "accessor")
    stated = document.by_reference(accessor.get("source")) if accessor is not None else None
    values = numbers((stated if stated is not None else _first_array(source, document)).text)
    if accessor is None:
        return values[: len(values) // 3 * 3].reshape(-1, 3)
    stride, offset = max(_whole(accessor.get("stride", "1")), 1), _whole(accessor.get("offset", "0"))
    count = min(_whole(accessor.get("count", "0")), max(len(values) - offset, 0) // stride)
    rows = values[offset : offset + count * stride].reshape(count, stride)
    # A parameter without a name is a column to be skipped (1.4.1, 5-3 `accessor`).
    kept = [
        i for i, each in enumerate(document.children(accessor, "param")) if each.get("name") and i < stride
    ]
    return rows[:, kept] if 0 < len(kept) < stride else rows


def _first_array(source: Element, document: Document) -> Element:
    found = document.first(source, "float_array")
    if found is None:
        raise MalformedFile(f"the source {source.get('id')!r} holds no numbers")
    return found


def _wide(layer: Layer | None, width: int) -> Layer | None:
    return None if layer is None or layer[0].shape[1] < width else (layer[0][:, :width], layer[1])


def _uv(layers: dict[str, Layer | None]) -> Layer | None:
    """COLLADA counts v from the image's bottom."""
    layer = _wide(layers["TEXCOORD"], 2)
    return None if layer is None else (np.stack([layer[0][:, 0], 1 - layer[0][:, 1]], 1), layer[1])


def _colours(layers: dict[str, Layer | None]) -> Layer | None:
    layer = _wide(layers["COLOR"], 3)
    return None if layer is None else (rgba_from_srgb(layer[0][:, :4]), layer[1])
