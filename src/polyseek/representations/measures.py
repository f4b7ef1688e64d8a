"""The geometric property vector of a model: 18 numbers, and what kind of surface they stand on.

Fields and their order are those of a trimesh-based indexing tutorial's vector: area, body count,
bounds, centre of mass, centroid, Euler number, mass, scale, volume. Scale is the diagonal of the
bounding box; mass is the volume at density 1; the centre of mass is the solid's, the centroid the
surface's. Frame: +Y up, metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64, Int32

from polyseek.assets import Asset, Geometry, flatten
from polyseek.assets.geometry import place
from polyseek.errors import EmptyModel

Vector = tuple[float, float, float]

NAMES = (
    "area", "body_count",
    "bounds_min_x", "bounds_min_y", "bounds_min_z", "bounds_max_x", "bounds_max_y", "bounds_max_z",
    "center_of_mass_x", "center_of_mass_y", "center_of_mass_z",
    "centroid_x", "centroid_y", "centroid_z",
    "euler_number", "mass", "scale", "volume",
)  # fmt: skip


@dataclass(frozen=True)
class MeasureOptions:
    """The measures have no options: one model, one vector."""


@dataclass(frozen=True)
class Measures:
    """What was measured, in metres, square metres and cubic metres.

    None where the geometry gives a number no meaning: volume, mass and centre of mass of a surface
    that does not enclose (`encloses` is false); area, bodies and Euler number of a point cloud.
    `faces` and `vertices` are stored ones, each placement counted; `watertight`: every edge, after
    welding equal positions, has an even number of faces. `encloses`: watertight and wound one way.
    """

    area: float | None
    body_count: int | None
    bounds_min: Vector
    bounds_max: Vector
    center_of_mass: Vector | None
    centroid: Vector
    euler_number: int | None
    scale: float
    volume: float | None
    watertight: bool
    encloses: bool
    faces: int
    vertices: int

    @property
    def mass(self) -> float | None:
        """The volume at density 1."""
        return self.volume

    @property
    def size(self) -> Vector:
        """Width (x), height (y) and depth (z) of the bounding box."""
        low, high = self.bounds_min, self.bounds_max
        return high[0] - low[0], high[1] - low[1], high[2] - low[2]

    @property
    def longest(self) -> float:
        """The longest side of the bounding box."""
        return max(self.size)

    def as_dict(self) -> dict[str, float | None]:
        """The 18 numbers by the names of NAMES, in that order."""
        mass_at = self.center_of_mass or (None, None, None)
        values = (
            self.area, self.body_count, *self.bounds_min, *self.bounds_max, *mass_at, *self.centroid,
            self.euler_number, self.mass, self.scale, self.volume,
        )  # fmt: skip
        return dict(zip(NAMES, values, strict=True))


def measure(asset: Asset, options: MeasureOptions = MeasureOptions(), seed: int = 0) -> Measures:
    """Measures of the placed geometry. `options` and `seed` change nothing. Raises EmptyModel.

    A volume is positive whichever way all triangles are wound; a solid inside another that is wound
    the other way is a hollow. Surfaces that cross each other are summed, not united.
    """
    del options, seed
    if asset.triangles == 0:
        return _measure_points(asset)
    from polyseek.representations.measure_kernels import moments

    geometry = flatten(asset)
    low, high = _corner_bounds(geometry)
    origin = (low + high) / 2
    sums = moments(geometry.vertices, geometry.faces, origin)
    area, volume = float(sums[0]), float(sums[4])
    faces, edges, vertices, bodies, odd, unbalanced = (int(n) for n in _topology(geometry))
    scale = float(np.linalg.norm(high - low))
    watertight = faces > 0 and odd == 0
    encloses = watertight and unbalanced == 0
    # A closed sheet without thickness has no middle: its volume is rounding.
    solid = encloses and abs(volume) > 1e-12 * scale**3
    centroid = origin + sums[1:4] / area if area > 0 else geometry.vertices[geometry.faces].mean((0, 1))
    return Measures(
        area=area,
        body_count=bodies,
        bounds_min=_vector(low),
        bounds_max=_vector(high),
        center_of_mass=_vector(origin + sums[5:8] / volume) if solid else None,
        centroid=_vector(centroid),
        euler_number=vertices - edges + faces,
        scale=scale,
        volume=abs(volume) if encloses else None,
        watertight=watertight,
        encloses=encloses,
        faces=asset.triangles,
        vertices=asset.vertices,
    )


def welded(geometry: Geometry) -> Int32[np.ndarray, "f 3"]:
    """The faces over welded vertices: each corner is the first vertex with exactly its position."""
    from polyseek.representations.measure_kernels import weld

    positions: Float32[np.ndarray, "v 3"] = geometry.vertices + np.float32(0)  # -0.0 becomes 0.0
    return weld(positions.view(np.uint32))[geometry.faces]


def _topology(geometry: Geometry) -> np.ndarray:
    from polyseek.representations.measure_kernels import topology

    return topology(welded(geometry), len(geometry.vertices))


def _measure_points(asset: Asset) -> Measures:
    placed = [place(part.matrix, asset.meshes[part.mesh].vertices) for part in asset.parts]
    if asset.vertices == 0:
        raise EmptyModel("there is nothing to measure: no triangles and no points")
    points = np.concatenate(placed)
    low, high = points.min(0), points.max(0)
    return Measures(
        area=None,
        body_count=None,
        bounds_min=_vector(low),
        bounds_max=_vector(high),
        center_of_mass=None,
        centroid=_vector(points.mean(0)),
        euler_number=None,
        scale=float(np.linalg.norm(high - low)),
        volume=None,
        watertight=False,
        encloses=False,
        faces=0,
        vertices=len(points),
    )


def _corner_bounds(geometry: Geometry) -> tuple[Float64[np.ndarray, " 3"], Float64[np.ndarray, " 3"]]:
    """Bounds of the vertices that faces use."""
    used = np.zeros(len(geometry.vertices), bool)
    used[geometry.faces.reshape(-1)] = True
    corners = geometry.vertices if used.all() else geometry.vertices[used]
    return corners.min(0).astype(np.float64), corners.max(0).astype(np.float64)


def _vector(values: np.ndarray) -> Vector:
    return float(values[0]), float(values[1]), float(values[2])
