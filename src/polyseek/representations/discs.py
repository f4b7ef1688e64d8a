"""Discs: points without faces as small hexagons that lie in the surface the points suggest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from jaxtyping import Float32, Float64

from polyseek.assets import Asset, Mesh, Part
from polyseek.assets.geometry import place
from polyseek.representations.shading_normals import turned

# More points than this cannot be told apart in a picture of a few hundred pixels.
MOST_DISCS = 60_000
GRID = 40


def discs_of_points(asset: Asset) -> Asset:
    """The asset's points (at most MOST_DISCS of them, evenly taken) as hexagons of four triangles each.

    Radius: such that discs of a surface with the cloud's density overlap. Normals: the file's, else the
    direction in which the points nearby spread least.
    """
    parts = [part for part in asset.parts if len(asset.meshes[part.mesh].vertices)]
    if not parts:
        return asset
    points = np.concatenate([place(part.matrix, asset.meshes[part.mesh].vertices) for part in parts])
    sound = np.isfinite(points).all(1)
    step = max(1, -(-int(sound.sum()) // MOST_DISCS))
    chosen = np.flatnonzero(sound)[::step]
    points = points[chosen]
    if len(points) == 0:
        return asset
    normals = _stored_normals(asset, parts, chosen)
    suggested, radius = suggested_surface(points)
    normals = suggested if normals is None else normals
    owner = np.repeat(np.arange(len(parts)), [len(asset.meshes[part.mesh].vertices) for part in parts])[
        chosen
    ]
    meshes, placed = list(asset.meshes), []
    for index, part in enumerate(parts):
        mine = owner == index
        mesh = asset.meshes[part.mesh]
        first = int(sum(len(asset.meshes[before.mesh].vertices) for before in parts[:index]))
        colours = None if mesh.colours is None else mesh.colours[chosen[mine] - first]
        meshes.append(hexagons(points[mine], normals[mine], radius, colours, mesh))
        placed.append(Part(len(meshes) - 1, np.eye(4), part.path))
    return replace(asset, meshes=tuple(meshes), parts=tuple(placed))


def suggested_surface(points: Float64[np.ndarray, "n 3"]) -> tuple[Float64[np.ndarray, "n 3"], float]:
    """(unit normals, disc radius in metres): from the spread of the points around each cell of a grid.

    The normal is the eigenvector of the smallest eigenvalue of the covariance of the points in 3 x 3 x 3
    cells (Hoppe et al. 1992); its sign means nothing. The grid is coarser for fewer points.
    """
    low, high = points.min(0), points.max(0)
    extent = max(float((high - low).max()), 1e-9)
    side = int(np.clip(np.sqrt(len(points) / 3.0), 4, GRID))
    middle = points - (low + high) / 2
    cell = np.clip(((points - low) / extent * side).astype(np.int64), 0, side - 1) + 1
    flat = (cell[:, 0] * (side + 2) + cell[:, 1]) * (side + 2) + cell[:, 2]
    x, y, z = (middle / extent).T
    columns = (np.ones(len(points)), x, y, z, x * x, x * y, x * z, y * y, y * z, z * z)
    size = (side + 2) ** 3
    sums = np.stack([np.bincount(flat, column, size) for column in columns])
    grid = sums.reshape(-1, side + 2, side + 2, side + 2)
    for axis in (1, 2, 3):
        grid = grid + np.roll(grid, 1, axis) + np.roll(grid, -1, axis)
    occupied, which = np.unique(flat, return_inverse=True)
    found = grid.reshape(10, -1)[:, occupied]
    count = found[0]
    mean = found[1:4] / count
    second = found[[4, 5, 6, 5, 7, 8, 6, 8, 9]].reshape(3, 3, -1) / count
    covariance = (second - mean[:, None] * mean[None]).transpose(2, 0, 1)
    normals = np.linalg.eigh(covariance)[1][:, :, 0]
    # A surface crosses about as many cells as it has area in cells.
    spacing = extent / side * np.sqrt(len(occupied) / len(points))
    return normals[which.reshape(-1)], float(np.clip(1.0 * spacing, 0.003 * extent, 0.025 * extent))


def hexagons(
    points: Float64[np.ndarray, "n 3"],
    normals: Float64[np.ndarray, "n 3"],
    radius: float,
    colours: Float32[np.ndarray, "n 4"] | None,
    like: Mesh,
) -> Mesh:
    """One mesh of hexagons around points, each in the plane of its normal."""
    least = np.eye(3)[np.abs(normals).argmin(1)]
    across = np.cross(normals, least)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-12)
    along = np.cross(normals, across)
    angle = np.arange(6) * (np.pi / 3)
    ring = np.cos(angle)[:, None] * across[:, None] + np.sin(angle)[:, None] * along[:, None]
    vertices = (points[:, None] + radius * ring).reshape(-1, 3).astype(np.float32)
    fan = np.array([[0, 1, 2], [0, 2, 3], [0, 3, 4], [0, 4, 5]], np.int32)
    faces = (6 * np.arange(len(points), dtype=np.int32)[:, None, None] + fan).reshape(-1, 3)
    return Mesh(
        vertices,
        faces,
        normals=np.repeat(normals.astype(np.float32), 6, axis=0),
        colours=None if colours is None else np.repeat(colours, 6, axis=0),
        material=like.material,
        name=like.name,
    )


def _stored_normals(asset: Asset, parts: list[Part], chosen: np.ndarray) -> Float64[np.ndarray, "n 3"] | None:
    """The file's normals, or None where any of the parts has none."""
    rows: list[Float32[np.ndarray, "n 3"]] = []
    for part in parts:
        stored = asset.meshes[part.mesh].normals
        if stored is None:
            return None
        rows.append(turned(part.matrix, stored))
    return np.concatenate(rows)[chosen].astype(np.float64)
