"""A glTF primitive -> Mesh: attributes, Draco, morph targets, triangle lists, strips and fans (glTF 2.0, 3.7.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float32, Int32, Int64

from polyseek.assets import Mesh
from polyseek.errors import MalformedFile
from polyseek.formats.gltf_accessors import TYPES, Document, listing
from polyseek.formats.gltf_materials import Surfaces

POINTS, TRIANGLES, STRIP, FAN = 0, 4, 5, 6
LINES = (1, 2, 3)


@dataclass(frozen=True, eq=False)
class Skinning:
    """Per vertex: which joints move it and how much; weights sum to 1."""

    joints: Int64[np.ndarray, "v k"]
    weights: Float32[np.ndarray, "v k"]


@dataclass(frozen=True, eq=False)
class Primitive:
    """A Mesh in its own axes, with what a skin needs where the file states it."""

    mesh: Mesh
    skinning: Skinning | None = None


class PrimitiveReader:
    """Reads the primitives of one document; `surfaces` learns which materials are in use."""

    def __init__(self, document: Document, surfaces: Surfaces) -> None:
        self.document, self.surfaces = document, surfaces

    def read(self, primitive: dict[str, Any], name: str, weights: Sequence[float]) -> Primitive | None:
        """The primitive with its morph weights applied; None where it draws lines or nothing."""
        mode = primitive.get("mode", TRIANGLES)
        if mode in LINES:
            self.document.warn("lines are left out")
            return None
        if mode not in (POINTS, TRIANGLES, STRIP, FAN):
            raise MalformedFile(f"a primitive has the unknown mode {mode!r:.40}")
        attributes: dict[str, Any] = primitive["attributes"]
        if "POSITION" not in attributes:
            self.document.warn("geometry without positions is left out")
            return None
        if mode == POINTS:
            self.document.warn("the file holds points without faces")
        faces, unpacked = self._draco(primitive)
        columns = _Columns(self.document, attributes, unpacked)
        vertices = columns.floats("POSITION", 3)
        if faces is None:
            faces = _faces(self._corners(primitive, len(vertices)), mode)
        if mode in (STRIP, FAN):
            self.document.need("strip" if mode == STRIP else "fan")
        rows = len(vertices)
        normals = columns.optional("NORMAL", 3, rows)
        vertices, normals = self._morphed(primitive, weights, vertices, normals)
        surface = self.surfaces.used(primitive["material"]) if "material" in primitive else None
        uv_set = surface.coordinates.uv_set if surface else 0
        uv = columns.optional(f"TEXCOORD_{uv_set}", 2, rows)
        if uv is not None and surface is not None:
            uv = surface.coordinates.applied(uv)
        mesh = Mesh(
            vertices,
            faces,
            None if normals is None else unit_normals(normals, vertices, faces),
            uv,
            _rgba(columns.optional("COLOR_0", None, rows)),
            primitive.get("material"),
            name,
        )
        return Primitive(mesh, _skinning(columns, rows))

    def _corners(self, primitive: dict[str, Any], count: int) -> np.ndarray:
        if "indices" not in primitive:
            return np.arange(count, dtype=np.int32)
        rows = self.document.rows(primitive["indices"])
        if rows.dtype.kind != "u":
            raise MalformedFile("the indices of a primitive are not unsigned integers")
        return rows.reshape(-1)

    def _draco(
        self, primitive: dict[str, Any]
    ) -> tuple[Int32[np.ndarray, "f 3"] | None, dict[str, np.ndarray]]:
        packed = (primitive.get("extensions") or {}).get("KHR_draco_mesh_compression")
        if packed is None:
            return None, {}
        from polyseek.formats.draco import decode_draco

        self.document.need("draco")
        return decode_draco(bytes(self.document.view(packed["bufferView"])), packed["attributes"])

    def _morphed(
        self,
        primitive: dict[str, Any],
        weights: Sequence[float],
        vertices: Float32[np.ndarray, "v 3"],
        normals: Float32[np.ndarray, "v 3"] | None,
    ) -> tuple[Float32[np.ndarray, "v 3"], Float32[np.ndarray, "v 3"] | None]:
        """The shape at rest: each target's difference, times its weight, added (3.7.2.2)."""
        targets = listing(primitive, "targets")
        if not targets:
            return vertices, normals
        self.document.need("morph")
        for target, weight in zip(targets, weights, strict=False):
            if weight == 0:
                continue
            if "POSITION" in target:
                vertices = vertices + np.float32(weight) * self._difference(target["POSITION"], len(vertices))
            if normals is not None and "NORMAL" in target:
                normals = normals + np.float32(weight) * self._difference(target["NORMAL"], len(normals))
        return vertices, normals

    def _difference(self, index: Any, rows: int) -> Float32[np.ndarray, "v 3"]:
        found = self.document.floats(index)
        if found.shape != (rows, 3):
            raise MalformedFile("a morph target has another number of vertices than its mesh")
        return found


class _Columns:
    """The attributes of a primitive by name, from the Draco stream where it holds them, else from accessors."""

    def __init__(
        self, document: Document, attributes: dict[str, Any], unpacked: dict[str, np.ndarray]
    ) -> None:
        self.document, self.attributes, self.unpacked = document, attributes, unpacked

    def floats(self, name: str, width: int | None) -> Float32[np.ndarray, "n w"]:
        index = self.attributes.get(name)
        rows = self._unpacked(name) if name in self.unpacked else self._stored(index, name)
        if width is not None and rows.shape[1] != width:
            raise MalformedFile(f"{name} has {rows.shape[1]} columns; {width} are expected")
        return rows

    def optional(self, name: str, width: int | None, rows: int) -> Float32[np.ndarray, "n w"] | None:
        """As floats; None, with a warning, where the rows are not as many as the positions."""
        if name not in self.attributes:
            return None
        found = self.floats(name, width)
        if len(found) != rows:
            self.document.warn(f"{name} has {len(found)} rows for {rows} positions; it is left out")
            return None
        return found

    def integers(self, name: str) -> np.ndarray:
        return self.unpacked[name] if name in self.unpacked else self.document.rows(self.attributes[name])

    def _stored(self, index: Any, name: str) -> Float32[np.ndarray, "n w"]:
        accessor = self.document.item("accessors", index)
        if accessor.get("componentType") != 5126 and name in ("POSITION", "NORMAL"):
            self.document.need("quantization")
        return self.document.floats(index)

    def _unpacked(self, name: str) -> Float32[np.ndarray, "n w"]:
        rows = self.unpacked[name]
        accessor = self.document.item("accessors", self.attributes[name]) if name in self.attributes else {}
        kind = TYPES.get(accessor.get("componentType", 5126))
        numbers = rows.astype(np.float32)
        if accessor.get("normalized") and kind is not None and kind.kind in "iu":
            numbers = np.maximum(numbers / np.float32(np.iinfo(kind.str).max), np.float32(-1))
        return numbers


def _faces(corners: np.ndarray, mode: int) -> Int32[np.ndarray, "f 3"]:
    """Triangles of a list, strip or fan (3.7.2.1), all with the winding of the first."""
    if mode == POINTS:
        return np.zeros((0, 3), np.int32)
    if mode == TRIANGLES:
        rows = corners[: len(corners) // 3 * 3].reshape(-1, 3)
    elif len(corners) < 3:
        rows = np.zeros((0, 3), np.int64)
    elif mode == STRIP:
        rows = np.stack([corners[:-2], corners[1:-1], corners[2:]], axis=1)
        rows[1::2, 1:] = rows[1::2, :0:-1].copy()
    else:
        rows = np.stack([corners[1:-1], corners[2:], np.broadcast_to(corners[0], len(corners) - 2)], axis=1)
    return np.ascontiguousarray(rows, np.int32)


def _rgba(colours: Float32[np.ndarray, "v w"] | None) -> Float32[np.ndarray, "v 4"] | None:
    if colours is None or colours.shape[1] == 4:
        return colours
    if colours.shape[1] != 3:
        raise MalformedFile(f"COLOR_0 has {colours.shape[1]} columns; 3 or 4 are expected")
    out = np.ones((len(colours), 4), np.float32)
    out[:, :3] = colours
    return out


def _skinning(columns: _Columns, rows: int) -> Skinning | None:
    """JOINTS_n and WEIGHTS_n of all sets (3.7.3.3), the weights scaled to sum to 1."""
    joints: list[np.ndarray] = []
    weights: list[np.ndarray] = []
    while (
        name := f"JOINTS_{len(joints)}"
    ) in columns.attributes and f"WEIGHTS_{len(joints)}" in columns.attributes:
        weight = columns.floats(f"WEIGHTS_{len(joints)}", 4)
        joint = columns.integers(name)
        if weight.shape != (rows, 4) or joint.shape != (rows, 4) or joint.dtype.kind not in "iu":
            raise MalformedFile(f"{name} and its weights do not fit the {rows} vertices")
        joints.append(joint.astype(np.int64))
        weights.append(weight)
    if not joints:
        return None
    total = np.concatenate(weights, axis=1)
    sums = total.sum(1, keepdims=True)
    return Skinning(np.concatenate(joints, axis=1), total / np.where(sums > 0, sums, np.float32(1)))


def unit_normals(
    normals: Float32[np.ndarray, "v 3"], vertices: Float32[np.ndarray, "v 3"], faces: Int32[np.ndarray, "f 3"]
) -> Float32[np.ndarray, "v 3"]:
    """Normals of unit length; those of no length become the area-weighted normal of the faces around.

    Normals within 0.1 % of unit length are kept to the bit.
    """
    squares = np.einsum("ij,ij->i", normals, normals)
    if not len(squares) or (squares.min() > 0.998 and squares.max() < 1.002):
        return normals
    wrong = np.abs(squares - 1) > 0.002
    out = normals.astype(np.float64)
    flat = squares < 1e-12
    if flat.any():
        out[flat] = _vertex_normals(vertices, faces)[flat]
    lengths = np.linalg.norm(out, axis=1, keepdims=True)
    out = np.where(lengths > 0, out / np.where(lengths > 0, lengths, 1), np.array([0.0, 1.0, 0.0]))
    return np.where(wrong[:, None], out, normals).astype(np.float32)


def _vertex_normals(vertices: Float32[np.ndarray, "v 3"], faces: Int32[np.ndarray, "f 3"]) -> np.ndarray:
    out = np.zeros((len(vertices), 3))
    if len(faces) and faces.min() >= 0 and faces.max() < len(vertices):
        a, b, c = vertices[faces].astype(np.float64).transpose(1, 0, 2)
        normals = np.cross(b - a, c - a)
        for corner in range(3):
            np.add.at(out, faces[:, corner], normals)
    return out
