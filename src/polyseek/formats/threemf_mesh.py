"""The <mesh> of a 3MF object -> one Mesh for each image, and one for all triangles without."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import numpy as np
from jaxtyping import Float64, Int64

from polyseek.assets import Mesh
from polyseek.errors import MalformedFile
from polyseek.formats.corners import Corners
from polyseek.formats.threemf_properties import Group, Properties
from polyseek.formats.xml import local_name, numbers


def meshes_of(found: Element, where: str, properties: Properties, warnings: list[str]) -> list[Mesh]:
    """Empty for an object without a mesh. Raises MalformedFile for numbers that are none, or out of range."""
    mesh = next((each for each in found if local_name(each) == "mesh"), None)
    if mesh is None:
        return []
    lists = {local_name(each): each for each in mesh}
    vertices, stated = lists.get("vertices"), lists.get("triangles")
    if vertices is None or stated is None or len(stated) == 0:
        return []
    label = found.get("name") or f"object {found.get('id')}"
    positions = _table([each for each in vertices if local_name(each) == "vertex"], ("x", "y", "z"), label)
    rows = [each for each in stated if local_name(each) == "triangle"]
    faces = _table(rows, ("v1", "v2", "v3"), label).astype(np.int64)
    if len(faces) and (faces.min() < 0 or faces.max() >= len(positions)):
        raise MalformedFile(
            f"{label} in {where}: a triangle uses vertex {int(faces.max())}, but there are only {len(positions)}",
            hint="repair or export the model again",
        )
    return _divided(positions, faces, rows, found, properties, warnings, label)


def _table(rows: list[Element], names: tuple[str, str, str], label: str) -> Float64[np.ndarray, "n 3"]:
    a, b, c = names
    try:
        values = numbers(" ".join([f"{each.attrib[a]} {each.attrib[b]} {each.attrib[c]}" for each in rows]))
    except KeyError as error:
        raise MalformedFile(f"{label}: an element has no {error}", hint="export the model again") from error
    if len(values) != 3 * len(rows):
        raise MalformedFile(f"{label}: an element does not hold one number for each of {a}, {b} and {c}")
    return values.reshape(-1, 3)


def _divided(
    positions: Float64[np.ndarray, "v 3"],
    faces: Int64[np.ndarray, "f 3"],
    rows: list[Element],
    found: Element,
    properties: Properties,
    warnings: list[str],
    label: str,
) -> list[Mesh]:
    """Triangles of each image as a Mesh of its own; colours become vertex colours."""
    keys, of_row, picked = _picked(rows, found)
    colours = np.ones((3 * len(faces), 4), np.float32)
    coloured = np.zeros(len(faces), bool)
    uv = np.zeros((3 * len(faces), 2))
    material = np.full(len(faces), -1, np.int64)
    for number, key in enumerate(keys):
        group = properties.group(key) if key else None
        mine = np.flatnonzero(of_row == number)
        if group is None:
            continue
        inside = mine[((picked[mine] >= 0) & (picked[mine] < len(group))).all(1)]
        if len(inside) < len(mine):
            warnings.append(f"{label}: {len(mine) - len(inside)} triangles name a property that is not there")
        _fill(group, inside, picked, colours, coloured, uv, material)
    made: list[Mesh] = []
    corner = np.arange(3 * len(faces)).reshape(-1, 3)
    for index in np.unique(material):
        mine = material == index
        shown = Corners(
            (positions, faces.ravel()),
            uv=(uv, _rows(uv)) if index >= 0 else None,
            colours=(colours, _rows(colours)) if coloured[mine].any() else None,
        )
        made.append(shown.mesh(corner[mine], int(index) if index >= 0 else None, label))
    return made


def _fill(
    group: Group,
    mine: Int64[np.ndarray, " m"],
    picked: Int64[np.ndarray, "f 3"],
    colours: np.ndarray,
    coloured: np.ndarray,
    uv: np.ndarray,
    material: np.ndarray,
) -> None:
    corner = (3 * mine[:, None] + np.arange(3)).ravel()
    rows = picked[mine].ravel()
    if group.uv is not None and group.material is not None:
        uv[corner] = group.uv[rows]
        material[mine] = group.material
    elif group.kind == "colour":
        colours[corner] = group.colours[rows]
        coloured[mine] = True


def _picked(
    rows: list[Element], found: Element
) -> tuple[list[str], Int64[np.ndarray, " f"], Int64[np.ndarray, "f 3"]]:
    """(ids of the groups in use, group of each triangle, row of the group at each corner; -1 for none).

    Core 1.3, 4.1.4: a triangle without p1 has the object's property; p2 and p3 are p1 unless stated.
    """
    own, own_row = found.get("pid", ""), found.get("pindex", "-1")
    numbered: dict[str, int] = {}
    of_row: list[int] = []
    text: list[str] = []
    for each in rows:
        attributes = each.attrib
        first = attributes.get("p1")
        key = attributes.get("pid", own) if first is not None else own
        of_row.append(numbered.setdefault(key, len(numbered)))
        first = own_row if first is None else first
        text.append(f"{first} {attributes.get('p2', first)} {attributes.get('p3', first)}")
    picked = numbers(" ".join(text)).astype(np.int64)
    if len(picked) != 3 * len(rows):
        raise MalformedFile("a triangle's property is not a number")
    return list(numbered), np.array(of_row, np.int64), picked.reshape(-1, 3)


def _rows(values: np.ndarray) -> Int64[np.ndarray, " c"]:
    """The first row equal to each row, so that equal values count as one vertex."""
    _, first, back = np.unique(values, axis=0, return_index=True, return_inverse=True)
    return first[back.ravel()]
