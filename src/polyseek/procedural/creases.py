"""Normals that are smooth over curves and sharp at edges: vertices are split at creases."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Float64, Int32

from polyseek.procedural.solids import Solid

CREASE_DEG = 42.0


def with_normals(
    solid: Solid, crease_deg: float = CREASE_DEG
) -> tuple[Float32[np.ndarray, "v 3"], Int32[np.ndarray, "f 3"], Float32[np.ndarray, "v 3"]]:
    """Vertices, faces and unit normals, a vertex repeated for each side of a crease.

    A corner's normal is the area-weighted mean over the triangles at its vertex whose own normals
    are within `crease_deg` of its triangle's.
    """
    faces = solid.faces
    a, b, c = solid.vertices[faces].transpose(1, 0, 2)
    doubled = np.cross(b - a, c - a)
    units = doubled / np.maximum(np.linalg.norm(doubled, axis=1, keepdims=True), 1e-30)
    normals = _corner_normals(faces, doubled, units, np.cos(np.radians(crease_deg)) - 1e-9)
    keys = np.column_stack([faces.reshape(-1), np.round(normals * 512)]).astype(np.int64)
    _, first, index = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    vertices = solid.vertices[faces.reshape(-1)[first]]
    return (
        vertices.astype(np.float32),
        index.reshape(-1, 3).astype(np.int32),
        normals[first].astype(np.float32),
    )


def _corner_normals(
    faces: Int32[np.ndarray, "f 3"],
    doubled: Float64[np.ndarray, "f 3"],
    units: Float64[np.ndarray, "f 3"],
    least_cosine: float,
) -> Float64[np.ndarray, "c 3"]:
    """A unit normal for each of the 3f corners, from every pair of corners that share a vertex."""
    vertex = faces.reshape(-1)
    order = np.argsort(vertex, kind="stable")
    valence = np.bincount(vertex)
    start = np.cumsum(valence) - valence
    fans = valence[vertex[order]]
    mine = np.repeat(order, fans)
    within = np.arange(len(mine)) - np.repeat(np.cumsum(fans) - fans, fans)
    other = order[np.repeat(start[vertex[order]], fans) + within]
    near = np.einsum("ij,ij->i", units[mine // 3], units[other // 3]) >= least_cosine
    mine, other = mine[near], other[near]
    summed = np.column_stack(
        [np.bincount(mine, doubled[other // 3, axis], minlength=len(vertex)) for axis in range(3)]
    )
    return summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-30)
