"""Curves in space, and tubes swept along them: handles, branches, tails, wires."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Float64

from polyseek.procedural.solids import Solid, loft

Point = tuple[float, float, float]


def spline(points: Sequence[Point], steps: int = 16) -> Float64[np.ndarray, "n 3"]:
    """A smooth curve through all points: the Catmull-Rom spline, `steps` samples in all (ends included)."""
    given = np.array(points, np.float64)
    padded = np.concatenate([2 * given[:1] - given[1:2], given, 2 * given[-1:] - given[-2:-1]])
    where = np.linspace(0, len(given) - 1, steps)
    piece = np.minimum(where.astype(int), len(given) - 2)
    t = (where - piece)[:, None]
    a, b, c, d = (padded[piece + offset] for offset in range(4))
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def arc(radius: float, start: float, stop: float, steps: int = 16) -> Float64[np.ndarray, "n 3"]:
    """A circular arc in the plane z = 0 about the origin, degrees counter-clockwise from +x."""
    angles = np.radians(np.linspace(start, stop, steps))
    return radius * np.column_stack([np.cos(angles), np.sin(angles), np.zeros(steps)])


def tube(
    path: Float[np.ndarray, "k 3"] | Sequence[Point],
    radius: float | Sequence[float] | Float[np.ndarray, " m"],
    *,
    sides: int = 10,
    flatten: float = 1.0,
) -> Solid:
    """A round tube along `path`, capped. Several radii are spread evenly over the path.

    `flatten` squeezes the section across the path's plane normal (1 is round, 0.3 a leaf or blade).
    """
    points = np.asarray(path, np.float64)
    radii = np.atleast_1d(np.asarray(radius, np.float64))
    at = np.linspace(0, 1, len(points))
    radii = (
        np.interp(at, np.linspace(0, 1, len(radii)), radii) if len(radii) > 1 else radii.repeat(len(points))
    )
    angles = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    section = np.column_stack([np.cos(angles), flatten * np.sin(angles)])
    sections = section[None] * radii[:, None, None]
    return sweep(points, sections)


def sweep(
    path: Float[np.ndarray, "k 3"], sections: Float[np.ndarray, "k n 2"] | Float[np.ndarray, "n 2"]
) -> Solid:
    """Outlines carried along a path without twisting (parallel transport), capped at both ends.

    A section's first axis lies in the path's plane where it bends, its second across that plane.
    """
    points = np.asarray(path, np.float64)
    outlines = np.asarray(sections, np.float64)
    if outlines.ndim == 2:
        outlines = np.broadcast_to(outlines, (len(points), *outlines.shape))
    across, along = _transported_frames(points)
    rings = (
        points[:, None]
        + outlines[:, :, :1] * across[:, None]
        + outlines[:, :, 1:] * np.cross(along, across)[:, None]
    )
    return loft(rings)


def _transported_frames(
    points: Float64[np.ndarray, "k 3"],
) -> tuple[Float64[np.ndarray, "k 3"], Float64[np.ndarray, "k 3"]]:
    """For each point a unit normal that turns as little as possible, and the unit tangent."""
    along = np.gradient(points, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    bend = along[-1] - along[0]
    start = bend - bend.dot(along[0]) * along[0]
    if np.linalg.norm(start) < 1e-6:
        axis = np.eye(3)[np.argmin(np.abs(along[0]))]
        start = axis - axis.dot(along[0]) * along[0]
    across = np.empty_like(points)
    across[0] = start / np.linalg.norm(start)
    for i in range(1, len(points)):
        carried = across[i - 1] - across[i - 1].dot(along[i]) * along[i]
        across[i] = carried / np.linalg.norm(carried)
    return across, along
