"""Normals to shade with: the file's own, else smooth ones that stop at creases; and whether the winding can be believed."""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Float, Float32, Int32, Int64

from polyseek.assets import Mesh

CREASE_DEG = 40.0
# Faces of larger meshes are a pixel or less: their own normals are smooth enough, and welding is slow.
MOST_SMOOTHED = 200_000


def mesh_normals(mesh: Mesh) -> tuple[Float32[np.ndarray, "n 3"], Int32[np.ndarray, "f 3"]]:
    """(normals, the row of each corner). Zeros stand for "the triangle's own"."""
    if mesh.normals is not None:
        return mesh.normals, mesh.faces
    if len(mesh.faces) > MOST_SMOOTHED:
        return np.zeros((1, 3), np.float32), np.zeros_like(mesh.faces)
    from polyseek.representations.raster_normals import crease_normals

    corners = mesh.vertices[mesh.faces]
    with np.errstate(all="ignore"):
        # Without size: products of tiny edges would vanish in single precision.
        extent = float(np.nanmax(np.abs(corners))) if len(corners) else 1.0
        scaled = corners / np.float32(extent if np.isfinite(extent) and extent > 0 else 1.0)
        areas = np.cross(scaled[:, 1] - scaled[:, 0], scaled[:, 2] - scaled[:, 0])
    areas = np.ascontiguousarray(np.nan_to_num(areas), np.float32)
    place = _places(mesh)[mesh.faces]
    flat = place.reshape(-1)
    order = np.argsort(flat, kind="stable")
    starts = np.zeros(int(flat.max(initial=-1)) + 2, np.int64)
    np.cumsum(np.bincount(flat, minlength=len(starts) - 1), out=starts[1:])
    found = crease_normals(place, starts, order // 3, areas, math.cos(math.radians(CREASE_DEG)))
    return found.reshape(-1, 3), np.arange(3 * len(place), dtype=np.int32).reshape(-1, 3)


def turned(
    matrix: Float[np.ndarray, "4 4"], normals: Float32[np.ndarray, "n 3"]
) -> Float32[np.ndarray, "n 3"]:
    """Normals under an affine matrix, by its inverse transpose; a mirror keeps outside outside."""
    a, b, c = matrix[:3, :3].astype(np.float64)
    sign = 1.0 if float(np.linalg.det(matrix[:3, :3])) >= 0 else -1.0
    placed = normals @ (sign * np.stack([np.cross(b, c), np.cross(c, a), np.cross(a, b)]).T)
    lengths = np.sqrt(np.einsum("ij,ij->i", placed, placed))[:, None]
    return (placed / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)


def winding_is_consistent(mesh: Mesh) -> bool:
    """No side of a triangle is run through twice in the same direction, corners at one place being one.

    Taken for granted to be false above MOST_SMOOTHED faces. A few such sides (under 1 %) are forgiven:
    they stand where sheets touch.
    """
    if len(mesh.faces) > MOST_SMOOTHED:
        return False
    place = _places(mesh)[mesh.faces]
    place = place[(place[:, 0] != place[:, 1]) & (place[:, 1] != place[:, 2]) & (place[:, 2] != place[:, 0])]
    sides = (place * (int(place.max(initial=0)) + 1) + np.roll(place, -1, axis=1)).reshape(-1)
    return len(sides) == 0 or len(np.unique(sides)) >= 0.99 * len(sides)


def _places(mesh: Mesh) -> Int64[np.ndarray, " v"]:
    """One number for each distinct position: vertices are often split for normals or texture seams."""
    # -0.0 and 0.0 are one place; equal hashes of different places are as good as impossible.
    bits = (mesh.vertices + np.float32(0.0)).view(np.uint32).astype(np.uint64)
    hashed = bits[:, 0] * np.uint64(0x9E3779B97F4A7C15)
    hashed ^= bits[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F) + (hashed >> np.uint64(29))
    hashed ^= bits[:, 2] * np.uint64(0x165667B19E3779F9) + (hashed >> np.uint64(31))
    return np.unique(hashed, return_inverse=True)[1].reshape(-1).astype(np.int64)
