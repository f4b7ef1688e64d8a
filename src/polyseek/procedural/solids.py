"""Solids: closed triangle surfaces made of rings, and how they are moved about.

A solid stands on the plane y = 0 and is centred on the Y axis unless its function says otherwise;
lengths are metres, angles degrees. Faces are counter-clockwise seen from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float64, Int32

from polyseek.procedural.polygons import triangulate


@dataclass(frozen=True, eq=False)
class Solid:
    """A closed surface. Every method gives a new Solid."""

    vertices: Float64[np.ndarray, "v 3"]
    faces: Int32[np.ndarray, "f 3"]

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Solid:
        return Solid(self.vertices + np.array([x, y, z]), self.faces)

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> Solid:
        """Scaled about the origin; one number scales all three axes. Negative numbers mirror."""
        factors = np.array([x, x if y is None else y, x if z is None else z])
        faces = self.faces if np.prod(factors) > 0 else self.faces[:, ::-1]
        return Solid(self.vertices * factors, faces)

    def turned(self, axis: str, degrees: float) -> Solid:
        """Rotated about the axis "x", "y" or "z" through the origin, counter-clockwise seen from its tip."""
        return Solid(self.vertices @ rotation(axis, degrees).T, self.faces)

    def stood(self) -> Solid:
        """Moved straight up or down until its lowest point is at y = 0."""
        return self.moved(y=-float(self.vertices[:, 1].min()))


def rotation(axis: str, degrees: float) -> Float64[np.ndarray, "3 3"]:
    """The right-handed rotation matrix about a coordinate axis."""
    angle = np.radians(degrees)
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[[first, second], [first, second]] = np.cos(angle)
    matrix[first, second], matrix[second, first] = -np.sin(angle), np.sin(angle)
    return matrix


def merged(*solids: Solid) -> Solid:
    """One Solid that holds them all; nothing is cut where they overlap."""
    starts = np.cumsum([0] + [len(solid.vertices) for solid in solids[:-1]])
    vertices = np.concatenate([solid.vertices for solid in solids])
    faces = np.concatenate([solid.faces + start for solid, start in zip(solids, starts, strict=True)])
    return Solid(vertices, faces.astype(np.int32))


def loft(rings: Float[np.ndarray, "k n 3"], *, loop: bool = False) -> Solid:
    """Closed rings joined one to the next by quads; both ends capped, or the last joined to the first.

    A cap is a fan about its ring's centre, so end rings must be star-shaped about it. A ring whose
    points coincide becomes an apex. The result is turned outside out whichever way the rings run.
    """
    count, around = rings.shape[:2]
    index = np.arange(count * around).reshape(count, around)
    upper = np.roll(index, -1, axis=0) if loop else index[1:]
    lower = index if loop else index[:-1]
    a, b = lower, np.roll(lower, -1, axis=1)
    c, d = np.roll(upper, -1, axis=1), upper
    faces = [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    vertices = rings.reshape(-1, 3)
    if not loop:
        bottom, top = count * around, count * around + 1
        vertices = np.concatenate([vertices, rings[[0, -1]].mean(axis=1)])
        first, last = index[0], index[-1]
        faces.append(np.stack([np.roll(first, -1), first, np.full(around, bottom)], -1))
        faces.append(np.stack([last, np.roll(last, -1), np.full(around, top)], -1))
    return _outward(vertices, np.concatenate(faces))


def box(width: float, height: float, depth: float) -> Solid:
    """Width along x, height along y, depth along z."""
    x, z = width / 2, depth / 2
    ring = np.array([[-x, 0, -z], [x, 0, -z], [x, 0, z], [-x, 0, z]])
    corners = np.concatenate([ring, ring + np.array((0, height, 0))])
    faces = [(0, 1, 2), (0, 2, 3), (4, 6, 5), (4, 7, 6)]
    faces += [(i, (i + 1) % 4 + 4, (i + 1) % 4) for i in range(4)]
    faces += [(i, i + 4, (i + 1) % 4 + 4) for i in range(4)]
    return _outward(corners, np.array(faces))


def rounded_box(width: float, height: float, depth: float, radius: float, *, steps: int = 3) -> Solid:
    """A box whose edges and corners are rounded; `radius` is cut to half the smallest side."""
    radius = min(radius, 0.499 * min(width, height, depth))
    angles = np.linspace(0, np.pi / 2, steps + 1)
    corner_signs = [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    rings: list[Float64[np.ndarray, "n 3"]] = []
    lower = [(radius * np.sin(t), radius * (1 - np.cos(t))) for t in angles]
    levels = lower + [(inset, height - y) for inset, y in reversed(lower)]
    for around, y in levels:
        points: list[tuple[float, float, float]] = []
        for quarter, (sx, sz) in enumerate(corner_signs):
            for t in angles + quarter * np.pi / 2:
                x = sx * (width / 2 - radius) + around * np.cos(t)
                z = sz * (depth / 2 - radius) + around * np.sin(t)
                points.append((float(x), float(y), float(z)))
        rings.append(np.array(points))
    return loft(np.stack(rings))


def lathe(profile: Sequence[tuple[float, float]], *, sides: int = 24) -> Solid:
    """The profile [(radius, height), ...] turned about the Y axis, ends closed by flat caps.

    A profile that comes back to its start (first point repeated) makes a ring, open in the middle.
    """
    radii, heights = np.array(profile, np.float64).T
    angles = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    loop = profile[0] == profile[-1]
    if loop:
        radii, heights = radii[:-1], heights[:-1]
    x, z = np.outer(radii, np.cos(angles)), np.outer(radii, np.sin(angles))
    y = np.broadcast_to(heights[:, None], x.shape)
    return loft(np.stack([x, y, z], axis=-1), loop=loop)


def cylinder(radius: float, height: float, *, top: float | None = None, sides: int = 24) -> Solid:
    """Upright; `top` is the upper radius where it differs (0 makes a cone)."""
    return lathe([(radius, 0.0), (radius if top is None else top, height)], sides=sides)


def cone(radius: float, height: float, *, sides: int = 24) -> Solid:
    return cylinder(radius, height, top=0.0, sides=sides)


def prism(polygon: Float[np.ndarray, "n 2"], height: float) -> Solid:
    """A polygon of (x, z) points, convex or not, pulled up along y."""
    return extrusion(np.asarray(polygon) * [1.0, -1.0], height).turned("x", -90).stood()


def extrusion(polygon: Float[np.ndarray, "n 2"], depth: float) -> Solid:
    """A polygon of (x, y) points, convex or not, without holes, pulled along z, centred on z = 0.

    A point that repeats the one before it is left out. Raises ValueError for an outline that encloses nothing.
    """
    points = np.asarray(polygon, np.float64)
    points = points[np.abs(points - np.roll(points, 1, axis=0)).max(axis=1) > 1e-9]
    count = len(points)
    cap = triangulate(points)
    front = np.column_stack([points, np.full(count, depth / 2)])
    back = np.column_stack([points, np.full(count, -depth / 2)])
    i = np.arange(count)
    j = (i + 1) % count
    # The caps of `triangulate` run counter-clockwise; a clockwise outline runs its walls the other way.
    x, y = points.T
    if np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) < 0:
        i, j = j, i
    walls = [np.stack([i, i + count, j + count], -1), np.stack([i, j + count, j], -1)]
    return _outward(np.concatenate([front, back]), np.concatenate([cap, cap[:, ::-1] + count, *walls]))


def sphere(radius: float, *, sides: int = 20) -> Solid:
    """Centred on the origin."""
    return ellipsoid(radius, radius, radius, sides=sides)


def ellipsoid(x: float, y: float, z: float, *, sides: int = 20) -> Solid:
    """Half axes along x, y, z; centred on the origin."""
    angles = np.linspace(0, np.pi, sides // 2 + 1)
    profile = [(float(np.sin(t)), float(-np.cos(t))) for t in angles]
    profile[0], profile[-1] = (0.0, -1.0), (0.0, 1.0)
    return lathe(profile, sides=sides).scaled(x, y, z)


def dome(radius: float, height: float, *, sides: int = 24) -> Solid:
    """The upper half of an ellipsoid on a flat base."""
    angles = np.linspace(0, np.pi / 2, sides // 3)
    profile = [(radius * float(np.cos(t)), height * float(np.sin(t))) for t in angles]
    return lathe([*profile[:-1], (0.0, height)], sides=sides)


def torus(radius: float, thickness: float, *, sides: int = 28, around: int = 10) -> Solid:
    """A ring lying about the Y axis, centred on the origin; `thickness` is the tube's radius."""
    angles = np.linspace(0, 2 * np.pi, around, endpoint=False)
    profile = [(radius + thickness * float(np.cos(t)), thickness * float(np.sin(t))) for t in angles]
    return lathe([*profile, profile[0]], sides=sides)


def _outward(vertices: Float[np.ndarray, "v 3"], faces: np.ndarray) -> Solid:
    """Equal positions welded, triangles without area dropped, outside out (positive volume)."""
    unique, index = np.unique(np.round(vertices, 9) + 0.0, axis=0, return_inverse=True)
    faces = index.reshape(-1)[faces]
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (a != c)]
    used, compact = np.unique(faces, return_inverse=True)
    faces = compact.reshape(-1, 3)
    corners = unique[used][faces]
    volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))
    return Solid(unique[used], (faces if volume >= 0 else faces[:, ::-1]).astype(np.int32))
