"""Voxels: which cells of a cubic grid a model's surface touches, whatever its size and place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float64, UInt8

from polyseek.assets import Asset, Geometry, flatten
from polyseek.assets.geometry import place
from polyseek.errors import EmptyModel


@dataclass(frozen=True)
class VoxelOptions:
    """`side` cells along each axis. `fit`: what is brought to the middle of the grid, and what size it gets.

    "box": the bounding box is centred and its longest side fills the grid but for one cell at each end.
    "mass": the mean of the occupied cells is centred and their mean distance from it is side / 4, so
    that most of the model lies within side / 2 (Kazhdan et al. 2003, section 4); what lies beyond is cut off.
    """

    side: int = 64
    fit: Literal["box", "mass"] = "box"


@dataclass(frozen=True, eq=False)
class Voxels:
    """`grid[x, y, z]` is 1 where the cell touches the surface, else 0. Axes as in the one frame: y is up.

    Cell (i, j, k) spans `origin + cell * (i..i+1, j..j+1, k..k+1)` in metres.
    """

    grid: UInt8[np.ndarray, "s s s"]
    origin: tuple[float, float, float]
    cell: float


def voxelise(asset: Asset, options: VoxelOptions = VoxelOptions(), seed: int = 0) -> Voxels:
    """The cells that placed triangles touch, or points where there is no triangle. `seed` changes nothing.

    A model without extent fills one cell in the middle. Raises EmptyModel.
    """
    del seed
    geometry = _geometry(asset)
    if len(geometry.vertices) == 0:
        raise EmptyModel("there is nothing to voxelise: no triangles and no points")
    vertices = geometry.vertices.astype(np.float64)
    corners = vertices[np.unique(geometry.faces)] if len(geometry.faces) else vertices
    low, high = corners.min(0), corners.max(0)
    centre, longest = (low + high) / 2, float((high - low).max())
    cell = longest / (options.side - 2) if longest > 0 else 1.0
    found = _mark(vertices, geometry, options.side, centre, cell)
    if options.fit == "mass" and longest > 0:
        inside = np.argwhere(found.grid) + 0.5
        middle = inside.mean(0)
        reach = float(np.linalg.norm(inside - middle, axis=1).mean())
        # A model of one cell has no spread; it keeps the box's size.
        scale = max(reach, 0.5) / (options.side / 4)
        return _mark(vertices, geometry, options.side, np.array(found.origin) + cell * middle, cell * scale)
    return found


def _geometry(asset: Asset) -> Geometry:
    if asset.triangles:
        return flatten(asset)
    placed = [place(part.matrix, asset.meshes[part.mesh].vertices) for part in asset.parts]
    vertices = np.concatenate(placed) if placed else np.zeros((0, 3))
    return Geometry(vertices.astype(np.float32), np.zeros((0, 3), np.int32), np.zeros(0, np.int32))


def _mark(
    vertices: Float64[np.ndarray, "v 3"],
    geometry: Geometry,
    side: int,
    centre: Float64[np.ndarray, " 3"],
    cell: float,
) -> Voxels:
    """The grid whose middle is `centre` (metres) and whose cells are `cell` metres wide."""
    from polyseek.representations.voxel_kernels import mark_points, mark_triangles

    grid = np.zeros((side, side, side), np.uint8)
    placed = (vertices - centre) / cell + side / 2
    if len(geometry.faces):
        mark_triangles(placed, geometry.faces, grid)
    else:
        mark_points(placed, grid)
    x, y, z = (float(value) for value in centre - cell * side / 2)
    return Voxels(grid, (x, y, z), cell)
