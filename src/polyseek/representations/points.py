"""Points on a model's surface, with normals and colours: area-weighted, seeded, the same bits each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float, Float32, Int64

from polyseek.assets import Asset, flatten
from polyseek.assets.geometry import place
from polyseek.errors import EmptyModel
from polyseek.representations.colour_lookup import cloud_colours, surface_colours

OVERSAMPLING = 4


@dataclass(frozen=True)
class PointsOptions:
    """`count` points. `method`: "area" is uniform over the surface, "farthest" spreads them evenly.

    `normalise`: "none" keeps metres; "sphere" moves the mean to the origin and divides by the largest
    distance from it, so that the points fill the unit sphere.
    """

    count: int = 2048
    method: Literal["area", "farthest"] = "area"
    normalise: Literal["none", "sphere"] = "none"


@dataclass(frozen=True, eq=False)
class Points:
    """Points in no meaningful order. `positions`: metres, or the unit sphere where asked for.

    `normals`: unit length, the triangles' own (counter-clockwise side); zeros for points of a cloud
    that stores none. `colours`: sRGB, 0 to 1, without light. `opacity`: 0 to 1, of material and texture.
    """

    positions: Float32[np.ndarray, "n 3"]
    normals: Float32[np.ndarray, "n 3"]
    colours: Float32[np.ndarray, "n 3"]
    opacity: Float32[np.ndarray, " n"]


def sample_points(asset: Asset, options: PointsOptions = PointsOptions(), seed: int = 0) -> Points:
    """`options.count` points on the placed triangles, or of the points where there is no triangle.

    A triangle is chosen with probability proportional to its area, the place on it uniformly (Osada
    et al. 2002, eq. 1). A cloud gives each point at most once until all are used. "farthest" chooses
    among 4 times as many. Where no triangle has an area, corners stand in. Raises EmptyModel.
    """
    rng = np.random.default_rng(seed)
    spread = options.method == "farthest"
    count = options.count * OVERSAMPLING if spread else options.count
    points = _on_points(asset, count, rng) if asset.triangles == 0 else _on_triangles(asset, count, rng)
    if spread:
        from polyseek.representations.point_kernels import farthest

        points = _rows(points, farthest(points.positions, options.count))
    if options.normalise == "sphere":
        return Points(unit_sphere(points.positions), points.normals, points.colours, points.opacity)
    return points


def unit_sphere(positions: Float32[np.ndarray, "n 3"]) -> Float32[np.ndarray, "n 3"]:
    """Centred on the mean and divided by the largest distance from it; all zeros where they coincide."""
    centred = positions.astype(np.float64) - positions.mean(0, dtype=np.float64)
    radius = float(np.sqrt((centred**2).sum(1).max()))
    return (centred / (radius if radius > 0 else 1.0)).astype(np.float32)


def _on_triangles(asset: Asset, count: int, rng: np.random.Generator) -> Points:
    from polyseek.representations.point_kernels import on_surface

    geometry = flatten(asset)
    face, weights, positions, normals = on_surface(geometry.vertices, geometry.faces, rng.random((3, count)))
    colours, opacity = surface_colours(asset, geometry, face, weights)
    return Points(positions, normals, colours, opacity)


def _on_points(asset: Asset, count: int, rng: np.random.Generator) -> Points:
    """Points of a cloud: a random choice without repeats, then all over again where there are too few."""
    parts = [part for part in asset.parts if len(asset.meshes[part.mesh].vertices)]
    if not parts:
        raise EmptyModel("there is nothing to sample: no triangles and no points")
    sizes = np.array([len(asset.meshes[part.mesh].vertices) for part in parts])
    starts = np.cumsum(sizes) - sizes
    total = int(sizes.sum())
    rounds = [rng.permutation(total)[: count - done] for done in range(0, count, total)]
    chosen = np.concatenate(rounds)
    owner = np.searchsorted(starts, chosen, side="right") - 1
    row = chosen - starts[owner]
    positions, normals = np.empty((count, 3), np.float32), np.zeros((count, 3), np.float32)
    for index, part in enumerate(parts):
        mine = np.flatnonzero(owner == index)
        mesh = asset.meshes[part.mesh]
        positions[mine] = place(part.matrix, mesh.vertices[row[mine]])
        if mesh.normals is not None:
            normals[mine] = _turned_normals(part.matrix, mesh.normals[row[mine]])
    colours, opacity = cloud_colours(asset, np.array([part.mesh for part in parts])[owner], row)
    return Points(positions, normals, colours, opacity)


def _turned_normals(
    matrix: Float[np.ndarray, "4 4"], normals: Float32[np.ndarray, "n 3"]
) -> Float32[np.ndarray, "n 3"]:
    """Normals under an affine matrix: by the cofactor matrix, which is also right for scaling and mirrors."""
    a, b, c = matrix[:3, :3].astype(np.float64)
    turned = normals @ np.stack([np.cross(b, c), np.cross(c, a), np.cross(a, b)]).T
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    return (turned / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _rows(points: Points, rows: Int64[np.ndarray, " k"]) -> Points:
    return Points(points.positions[rows], points.normals[rows], points.colours[rows], points.opacity[rows])
