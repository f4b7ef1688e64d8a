"""A COLLADA document: its elements by name and id, and the transforms of a node."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import numpy as np
from jaxtyping import Float64

from polyseek.errors import MalformedFile
from polyseek.formats.xml import local_name, numbers


class Document:
    """Names are without their namespace, references (`#id`) are looked up in this file only."""

    def __init__(self, root: Element) -> None:
        if local_name(root) != "COLLADA":
            raise MalformedFile(f"its root element is {local_name(root)[:40]!r}, not COLLADA")
        self.root = root
        self.namespace = root.tag.rpartition("COLLADA")[0]
        self.ids: dict[str, Element] = {}
        for element in root.iter():
            key = element.get("id")
            if key is not None:
                self.ids.setdefault(key, element)

    def tag(self, name: str) -> str:
        return self.namespace + name

    def name(self, element: Element) -> str:
        return local_name(element)

    def label(self, element: Element) -> str:
        """What people call it: its name, else its id."""
        return element.get("name") or element.get("id") or ""

    def first(self, parent: Element | None, name: str) -> Element | None:
        return None if parent is None else parent.find(self.tag(name))

    def children(self, parent: Element | None, name: str) -> list[Element]:
        return [] if parent is None else parent.findall(self.tag(name))

    def all(self, name: str) -> Iterator[Element]:
        return self.root.iter(self.tag(name))

    def text(self, parent: Element | None, name: str) -> str:
        found = self.first(parent, name)
        return (found.text or "").strip() if found is not None else ""

    def target(self, instance: Element) -> Element | None:
        return self.by_reference(instance.get("url"))

    def by_reference(self, reference: str | None) -> Element | None:
        if not reference:
            return None
        spelt = reference.strip().removeprefix("#")
        return self.ids.get(spelt) if spelt in self.ids else self.ids.get(unquote(spelt))


def matrix_of(node: Element, document: Document) -> Float64[np.ndarray, "4 4"]:
    """Product of the node's transforms in their order (COLLADA 1.4.1, 5-67 `node`); column vectors."""
    matrix = np.eye(4)
    for child in node:
        kind = document.name(child)
        if kind in TRANSFORMS:
            size, make = TRANSFORMS[kind]
            values = numbers(child.text)
            if len(values) != size:
                raise MalformedFile(f"<{kind}> has {len(values)} numbers, not {size}")
            matrix = matrix @ make(values)
    return matrix


def _translate(values: Float64[np.ndarray, " 3"]) -> Float64[np.ndarray, "4 4"]:
    matrix = np.eye(4)
    matrix[:3, 3] = values
    return matrix


def _rotate(values: Float64[np.ndarray, " 4"]) -> Float64[np.ndarray, "4 4"]:
    """Axis and degrees (Rodrigues)."""
    matrix = np.eye(4)
    length = float(np.linalg.norm(values[:3]))
    if length > 0:
        x, y, z = values[:3] / length
        cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
        angle = np.radians(values[3])
        matrix[:3, :3] += np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
    return matrix


def _scale(values: Float64[np.ndarray, " 3"]) -> Float64[np.ndarray, "4 4"]:
    return np.diag([*values, 1.0])


def _matrix(values: Float64[np.ndarray, " 16"]) -> Float64[np.ndarray, "4 4"]:
    return values.reshape(4, 4)


def _lookat(values: Float64[np.ndarray, " 9"]) -> Float64[np.ndarray, "4 4"]:
    """Eye, point of interest, up: the object looks along its -Z."""
    eye, aim, up = values.reshape(3, 3)
    back = _direction(eye - aim)
    right = _direction(np.cross(up, back))
    matrix = np.eye(4)
    matrix[:3, :3] = np.stack([right, np.cross(back, right), back], 1)
    matrix[:3, 3] = eye
    return matrix


def _skew(values: Float64[np.ndarray, " 7"]) -> Float64[np.ndarray, "4 4"]:
    """Shear by an angle in degrees: points move along the second axis as far as they lie along the first."""
    along, moved = _direction(values[1:4]), _direction(values[4:7])
    matrix = np.eye(4)
    matrix[:3, :3] += np.tan(np.radians(values[0])) * np.outer(moved, along)
    return matrix


def _direction(vector: Float64[np.ndarray, " 3"]) -> Float64[np.ndarray, " 3"]:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 0 else vector


TRANSFORMS = {
    "matrix": (16, _matrix),
    "translate": (3, _translate),
    "rotate": (4, _rotate),
    "scale": (3, _scale),
    "lookat": (9, _lookat),
    "skew": (7, _skew),
}
