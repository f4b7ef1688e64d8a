"""Plane outlines as (n, 2) arrays of points, and ears cut off until only triangles remain."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Float64, Int64


def regular(count: int, radius: float, *, phase: float = 0.0) -> Float64[np.ndarray, "n 2"]:
    """A regular polygon; `phase` turns it, in degrees, from the first point on the first axis."""
    angles = np.radians(phase) + np.linspace(0, 2 * np.pi, count, endpoint=False)
    return radius * np.column_stack([np.cos(angles), np.sin(angles)])


def star(points: int, outer: float, inner: float, *, phase: float = 90.0) -> Float64[np.ndarray, "n 2"]:
    """A star whose tips lie at `outer` and its notches at `inner`."""
    outline = regular(2 * points, 1.0, phase=phase)
    return outline * np.where(np.arange(2 * points) % 2 == 0, outer, inner)[:, None]


def rectangle(
    width: float, height: float, *, radius: float = 0.0, steps: int = 4
) -> Float64[np.ndarray, "n 2"]:
    """Centred on the origin, its corners rounded by `radius`."""
    x, y = width / 2 - radius, height / 2 - radius
    if radius <= 0:
        return np.array([[-x, -y], [x, -y], [x, y], [-x, y]])
    arc = np.linspace(0, np.pi / 2, steps + 1)
    centres = [(x, y), (-x, y), (-x, -y), (x, -y)]
    corners = [
        np.column_stack(
            [cx + radius * np.cos(arc + q * np.pi / 2), cy + radius * np.sin(arc + q * np.pi / 2)]
        )
        for q, (cx, cy) in enumerate(centres)
    ]
    return np.concatenate(corners)


def shifted(outline: Float[np.ndarray, "n 2"], x: float, y: float) -> Float64[np.ndarray, "n 2"]:
    """The outline moved."""
    return np.asarray(outline, np.float64) + np.array((x, y))


def sector(radius: float, start: float, stop: float, *, steps: int = 16) -> Float64[np.ndarray, "n 2"]:
    """The arc from `start` to `stop` (degrees) about the origin, ends included; closed by its chord."""
    angles = np.radians(np.linspace(start, stop, steps + 1))
    return radius * np.column_stack([np.cos(angles), np.sin(angles)])


def triangulate(outline: Float[np.ndarray, "n 2"]) -> Int64[np.ndarray, "t 3"]:
    """Triangles of a simple polygon by ear clipping (Meisters 1975), counter-clockwise, n - 2 of them.

    The outline may run either way round. Raises ValueError where no ear is left: the
    outline encloses nothing or crosses itself.
    """
    points = np.asarray(outline, np.float64)
    x, y = points.T
    left = list(range(len(points)))
    if np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) < 0:
        left.reverse()
    triangles: list[tuple[int, int, int]] = []
    while len(left) > 3:
        ear = next((k for k in range(len(left)) if _is_ear(points, left, k)), None)
        if ear is None:
            raise ValueError("the outline encloses nothing or crosses itself; give a simple polygon")
        triangles.append((left[ear - 1], left[ear], left[(ear + 1) % len(left)]))
        del left[ear]
    triangles.append((left[0], left[1], left[2]))
    return np.array(triangles, np.int64)


def _is_ear(points: Float64[np.ndarray, "n 2"], left: list[int], k: int) -> bool:
    """Is corner k convex, with none of the other corners inside or on its triangle?"""
    before, here, after = left[k - 1], left[k], left[(k + 1) % len(left)]
    a, b, c = points[before], points[here], points[after]
    if _turn(a, b, c) <= 0:
        return False
    others = points[[i for i in left if i not in (before, here, after)]]
    inside = (_turn(a, b, others) >= 0) & (_turn(b, c, others) >= 0) & (_turn(c, a, others) >= 0)
    return not bool(np.any(inside))


def _turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray | np.float64:
    """Twice the signed area of a, b, c; positive where they turn left."""
    return (b[0] - a[0]) * (c[..., 1] - a[1]) - (b[1] - a[1]) * (c[..., 0] - a[0])
