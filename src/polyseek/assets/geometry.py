"""The placed geometry of an Asset: its bounding box, and all of it in one array."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float, Float32, Float64, Int32

from polyseek.assets.asset import Asset, Mesh


@dataclass(frozen=True, eq=False)
class Geometry:
    """Every placed triangle. `face_part[i]`: index into Asset.parts of face i."""

    vertices: Float32[np.ndarray, "v 3"]
    faces: Int32[np.ndarray, "f 3"]
    face_part: Int32[np.ndarray, " f"]


def place(matrix: Float[np.ndarray, "4 4"], points: Float[np.ndarray, "n 3"]) -> Float64[np.ndarray, "n 3"]:
    """Points moved by an affine matrix that acts on column vectors, in double precision."""
    return points.astype(np.float64) @ matrix[:3, :3].T + matrix[:3, 3]


def corner_vertices(mesh: Mesh) -> Float32[np.ndarray, "n 3"]:
    """The vertices that triangles use; all of them for a mesh without faces."""
    if len(mesh.faces) == 0:
        return mesh.vertices
    used = np.zeros(len(mesh.vertices), bool)
    used[mesh.faces.ravel()] = True
    return mesh.vertices if used.all() else mesh.vertices[used]


def bounds(asset: Asset) -> Float64[np.ndarray, "2 3"]:
    """Smallest and largest corner of all placed triangles (of all points where there is no triangle).

    Zeros for an Asset without geometry. Vertices that no triangle uses do not count.
    """
    with_faces = asset.triangles > 0
    used: dict[int, Float32[np.ndarray, "n 3"]] = {}
    low, high = np.full(3, np.inf), np.full(3, -np.inf)
    for part in asset.parts:
        mesh = asset.meshes[part.mesh]
        if with_faces and len(mesh.faces) == 0:
            continue
        if part.mesh not in used:
            used[part.mesh] = corner_vertices(mesh)
        placed = place(part.matrix, used[part.mesh])
        if len(placed):
            low, high = np.minimum(low, placed.min(0)), np.maximum(high, placed.max(0))
    return np.stack([low, high]) if np.isfinite(low).all() else np.zeros((2, 3))


def moved(asset: Asset, linear: Float[np.ndarray, "3 3"]) -> Asset:
    """The asset under a linear map of the frame that it is in."""
    matrix = np.eye(4)
    matrix[:3, :3] = linear
    parts = tuple(
        replace(part, matrix=(matrix @ part.matrix).astype(part.matrix.dtype)) for part in asset.parts
    )
    return replace(asset, parts=parts)


def flatten(asset: Asset) -> Geometry:
    """All placed triangles in one array, in the order of Asset.parts.

    A placement that mirrors (negative determinant) has its corners swapped, so that the outside
    stays counter-clockwise.
    """
    vertices = np.empty((asset.vertices, 3), np.float32)
    faces = np.empty((asset.triangles, 3), np.int32)
    face_part = np.empty(asset.triangles, np.int32)
    vertex, face = 0, 0
    for index, part in enumerate(asset.parts):
        mesh = asset.meshes[part.mesh]
        corners = mesh.faces if np.linalg.det(part.matrix[:3, :3]) >= 0 else mesh.faces[:, ::-1]
        vertices[vertex : vertex + len(mesh.vertices)] = place(part.matrix, mesh.vertices)
        np.add(corners, np.int32(vertex), out=faces[face : face + len(corners)])
        face_part[face : face + len(corners)] = index
        vertex += len(mesh.vertices)
        face += len(corners)
    return Geometry(vertices, faces, face_part)
