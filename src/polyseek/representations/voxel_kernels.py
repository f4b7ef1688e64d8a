"""Compiled loops that mark the cells of a grid that triangles or points touch."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64, Int32, UInt8

from polyseek.kernels import kernel


@kernel
def mark_points(points: Float64[np.ndarray, "n 3"], grid: UInt8[np.ndarray, "s s s"]) -> None:
    """Set to 1 every cell [i, i + 1)³ that holds a point, in cell units; points outside the grid are left out."""
    side = len(grid)
    for point in points:
        if point.min() >= 0.0 and point.max() < side:
            grid[int(point[0]), int(point[1]), int(point[2])] = 1


@kernel
def mark_triangles(
    vertices: Float64[np.ndarray, "v 3"], faces: Int32[np.ndarray, "f 3"], grid: UInt8[np.ndarray, "s s s"]
) -> None:
    """Set to 1 every cell [i, i + 1]³ that a triangle overlaps, in cell units, clipped to the grid.

    Schwarz & Seidel 2010, Fast Parallel Surface and Solid Voxelization, section 3.1: a cell and a triangle
    overlap when their bounding boxes do, the plane cuts the cell, and they overlap in the three axis
    projections. The plane is solved for the axis that it faces most, so that a column of cells is
    entered only where the plane runs. A triangle without area marks the cells along its sides.
    """
    side = len(grid)
    corner = np.empty((3, 3))
    normal = np.empty(3)
    low = np.empty(3, np.int64)
    high = np.empty(3, np.int64)
    inward = np.empty((3, 3, 2))  # projection, edge: the normal that points into the triangle
    offset = np.empty((3, 3))
    cell = np.empty(3, np.int64)
    for face in faces:
        outside = False
        for axis in range(3):
            for k in range(3):
                corner[k, axis] = vertices[face[k], axis]
            least = min(corner[0, axis], corner[1, axis], corner[2, axis])
            most = max(corner[0, axis], corner[1, axis], corner[2, axis])
            if most < 0.0 or least > side:
                outside = True
                break
            # Beyond the grid a number may be too large for an integer: clip first.
            low[axis] = int(min(max(np.floor(least), 0.0), side - 1.0))
            high[axis] = int(min(max(np.floor(most), 0.0), side - 1.0))
        if outside:
            continue
        for axis in range(3):
            u, v = (axis + 1) % 3, (axis + 2) % 3
            normal[axis] = (corner[1, u] - corner[0, u]) * (corner[2, v] - corner[0, v]) - (
                corner[1, v] - corner[0, v]
            ) * (corner[2, u] - corner[0, u])
        steepest = int(np.argmax(np.abs(normal)))
        if normal[steepest] == 0.0:
            for k in range(3):
                start, stop = corner[k], corner[(k + 1) % 3]
                steps = int(min(4.0 * np.abs(stop - start).max(), 16.0 * side)) + 1
                for step in range(steps + 1):
                    point = start + (stop - start) * (step / steps)
                    if point.min() >= 0.0 and point.max() < side:
                        grid[int(point[0]), int(point[1]), int(point[2])] = 1
            continue
        for axis in range(3):
            u, v = (axis + 1) % 3, (axis + 2) % 3
            sign = 1.0 if normal[axis] >= 0.0 else -1.0
            for k in range(3):
                eu = corner[(k + 1) % 3, u] - corner[k, u]
                ev = corner[(k + 1) % 3, v] - corner[k, v]
                nu, nv = -ev * sign, eu * sign
                inward[axis, k, 0] = nu
                inward[axis, k, 1] = nv
                # The corner of the cell that lies furthest inward decides.
                offset[axis, k] = max(nu, 0.0) + max(nv, 0.0) - nu * corner[k, u] - nv * corner[k, v]
        w = steepest
        u, v = (w + 1) % 3, (w + 2) % 3
        slope_u, slope_v = -normal[u] / normal[w], -normal[v] / normal[w]
        for i in range(low[u], high[u] + 1):
            for j in range(low[v], high[v] + 1):
                inside = True
                for k in range(3):
                    if inward[w, k, 0] * i + inward[w, k, 1] * j + offset[w, k] < 0.0:
                        inside = False
                if not inside:
                    continue
                at = corner[0, w] + slope_u * (i - corner[0, u]) + slope_v * (j - corner[0, v])
                first = max(np.floor(at + min(slope_u, 0.0) + min(slope_v, 0.0)), float(low[w]))
                last = min(np.floor(at + max(slope_u, 0.0) + max(slope_v, 0.0)), float(high[w]))
                cell[u], cell[v] = i, j
                for height in range(int(first), int(last) + 1):
                    cell[w] = height
                    inside = True
                    for axis in (u, v):
                        a, b = cell[(axis + 1) % 3], cell[(axis + 2) % 3]
                        for k in range(3):
                            if inward[axis, k, 0] * a + inward[axis, k, 1] * b + offset[axis, k] < 0.0:
                                inside = False
                    if inside:
                        grid[cell[0], cell[1], cell[2]] = 1
