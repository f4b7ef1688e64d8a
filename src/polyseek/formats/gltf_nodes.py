"""The node tree of a glTF scene: where its meshes are placed (glTF 2.0, 3.5 and 3.7.3; EXT_mesh_gpu_instancing)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from jaxtyping import Float64

from polyseek.errors import LimitExceeded, MalformedFile
from polyseek.formats.gltf_accessors import Document, listing

IDENTITY = np.eye(4)
IDENTITY.setflags(write=False)


@dataclass(frozen=True, eq=False)
class Placed:
    """A node of the scene. `path`: names from the root to it; `matrix`: of its axes in the scene's."""

    node: dict[str, Any]
    matrix: Float64[np.ndarray, "4 4"]
    path: tuple[str, ...]


def walk(document: Document) -> Iterator[Placed]:
    """Every node of the default scene, parents before children.

    Without a scene, every node that is no other's child is a root. Raises MalformedFile for a tree
    that loops, LimitExceeded for one deeper than limits.depth or larger than limits.nodes.
    """
    limits = document.limits
    seen = 0
    stack: list[tuple[Any, np.ndarray, tuple[str, ...], frozenset[int]]]
    stack = [(root, IDENTITY, (), frozenset()) for root in reversed(_roots(document))]
    while stack:
        index, above, names, ancestors = stack.pop()
        node = document.item("nodes", index)
        if index in ancestors:
            raise MalformedFile("the node tree loops: a node is its own ancestor")
        seen += 1
        limits.check("nodes", seen, "nodes")
        limits.check("depth", len(ancestors) + 1, "levels of nodes")
        if _hidden(node):
            document.warn("hidden nodes are left out")
            continue
        local = local_matrix(node)
        matrix = above if local is IDENTITY else above @ local
        path = (*names, str(node.get("name") or index))
        yield Placed(node, matrix, path)
        children = listing(node, "children")
        if children:
            inside = ancestors | {index}
            stack.extend((child, matrix, path, inside) for child in reversed(children))


def _roots(document: Document) -> list[Any]:
    scenes = document.items("scenes")
    if scenes:
        if "scene" not in document.json and len(scenes) > 1:
            document.warn(f"the file holds {len(scenes)} scenes and no default one; the first is used")
        return listing(document.item("scenes", document.json.get("scene", 0)), "nodes")
    nodes = document.items("nodes")
    if nodes:
        document.warn("the file has no scene; all of its nodes are used")
    children = {child for node in nodes for child in listing(node, "children") if isinstance(child, int)}
    return [index for index in range(len(nodes)) if index not in children]


def _hidden(node: dict[str, Any]) -> bool:
    extension = (node.get("extensions") or {}).get("KHR_node_visibility") or {}
    return extension.get("visible") is False


def local_matrix(node: dict[str, Any]) -> Float64[np.ndarray, "4 4"]:
    """A node's own transform: its matrix, or translation * rotation * scale (3.5.3); IDENTITY itself for none."""
    if "matrix" in node:
        stored = _vector(node["matrix"], 16)
        return stored.reshape(4, 4).T
    moved, turned, scaled = node.get("translation"), node.get("rotation"), node.get("scale")
    if moved is None and turned is None and scaled is None:
        return IDENTITY
    matrix = np.eye(4)
    if turned is not None:
        matrix[:3, :3] = _rotation(*_vector(turned, 4).tolist())
    if scaled is not None:
        matrix[:3, :3] *= _vector(scaled, 3)
    if moved is not None:
        matrix[:3, 3] = _vector(moved, 3)
    return matrix


def _rotation(x: float, y: float, z: float, w: float) -> list[list[float]]:
    """As `rotations`, for one: plain numbers, as numpy's calls cost more than the sums."""
    length = math.sqrt(x * x + y * y + z * z + w * w)
    x, y, z, w = (x / length, y / length, z / length, w / length) if length > 0 else (0.0, 0.0, 0.0, 1.0)
    return [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]


def rotations(quaternions: Float64[np.ndarray, "n 4"]) -> Float64[np.ndarray, "n 3 3"]:
    """Rotation matrices of quaternions (x, y, z, w), made unit first; no turn where one has no length."""
    lengths = np.linalg.norm(quaternions, axis=1, keepdims=True)
    unit = np.where(
        lengths > 0, quaternions / np.where(lengths > 0, lengths, 1), np.array([0.0, 0.0, 0.0, 1.0])
    )
    x, y, z, w = unit.T
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    return np.array(rows).transpose(2, 0, 1)


def instances(document: Document, node: dict[str, Any]) -> Float64[np.ndarray, "n 4 4"] | None:
    """The placements that EXT_mesh_gpu_instancing adds below a node's own matrix; None without it."""
    extension = (node.get("extensions") or {}).get("EXT_mesh_gpu_instancing")
    if extension is None:
        return None
    document.need("instancing")
    attributes = cast("dict[str, Any]", extension["attributes"])
    columns = {
        name: document.floats(attributes[name]).astype(np.float64)
        for name in ("TRANSLATION", "ROTATION", "SCALE")
        if name in attributes
    }
    counts = {len(rows) for rows in columns.values()}
    if len(counts) != 1:
        raise MalformedFile("the instances of a node have columns of different lengths")
    count = counts.pop()
    document.limits.check("nodes", count, "instances")
    matrices = np.tile(np.eye(4), (count, 1, 1))
    if "ROTATION" in columns:
        matrices[:, :3, :3] = rotations(columns["ROTATION"])
    if "SCALE" in columns:
        matrices[:, :3, :3] *= columns["SCALE"][:, None, :]
    if "TRANSLATION" in columns:
        matrices[:, :3, 3] = columns["TRANSLATION"]
    return matrices


class Skeletons:
    """The joint matrices of a document's skins at rest: what takes a bound vertex into the scene."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.parents: dict[int, int] | None = None
        self._skins: dict[int, Float64[np.ndarray, "j 4 4"]] = {}

    def matrices(self, index: Any) -> Float64[np.ndarray, "j 4 4"]:
        """World matrix of each joint times its inverse bind matrix (3.7.3.2)."""
        skin = self.document.item("skins", index)
        if index not in self._skins:
            self.document.need("skin")
            joints = listing(skin, "joints")
            worlds = np.array([self._world(joint) for joint in joints]).reshape(-1, 4, 4)
            if "inverseBindMatrices" in skin:
                stored = self.document.floats(skin["inverseBindMatrices"]).astype(np.float64)
                if stored.shape[1] != 16 or len(stored) < len(joints):
                    raise MalformedFile("a skin has fewer bind matrices than joints")
                worlds = worlds @ stored[: len(joints)].reshape(-1, 4, 4).transpose(0, 2, 1)
            self._skins[index] = worlds
        return self._skins[index]

    def _world(self, index: Any) -> Float64[np.ndarray, "4 4"]:
        if self.parents is None:
            self.parents = {
                child: parent
                for parent, node in enumerate(self.document.items("nodes"))
                for child in listing(node, "children")
                if isinstance(child, int)
            }
        matrix = local_matrix(self.document.item("nodes", index))
        for _ in range(self.document.limits.depth):
            if index not in self.parents:
                return matrix
            index = self.parents[index]
            matrix = local_matrix(self.document.item("nodes", index)) @ matrix
        raise LimitExceeded(f"a skeleton is deeper than limits.depth = {self.document.limits.depth}")


def _vector(stated: Any, length: int) -> Float64[np.ndarray, " n"]:
    vector = np.array(stated, np.float64)
    if vector.shape != (length,):
        raise MalformedFile(f"a node's transform has {vector.size} numbers where {length} are expected")
    return vector
