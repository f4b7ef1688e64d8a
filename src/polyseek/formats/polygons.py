"""Polygons -> triangles and corners -> vertices, on arrays; for every format whose faces are polygons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float32, Int, Int32, Int64, UInt32


@dataclass(frozen=True, eq=False)
class Triangulated:
    """Triangles of polygons. `places`: rows of three places in the corner array; `owner`: the polygon of each."""

    places: Int32[np.ndarray, "t 3"]
    owner: Int32[np.ndarray, " t"]


def triangulate(
    positions: Float[np.ndarray, "v 3"], corners: Int[np.ndarray, " c"], starts: Int[np.ndarray, " _p1"]
) -> Triangulated:
    """n-2 triangles for each polygon of n corners, degenerate ones included, in the polygon's winding.

    `corners[starts[i]:starts[i+1]]` are the vertices of polygon i, all of them rows of `positions`
    (the caller has checked that). Convex polygons become fans, concave ones up to 1,024 corners are
    clipped ear by ear (Meisters 1975), so that no triangle leaves the polygon. Polygons of fewer
    than three corners give nothing.
    """
    sizes = np.diff(starts)
    if len(sizes) and (sizes == 3).all():
        places = np.arange(starts[0], starts[-1], dtype=np.int32).reshape(-1, 3)
        return Triangulated(places, np.arange(len(sizes), dtype=np.int32))
    from polyseek.formats.polygon_kernels import triangulate_into

    count = int(np.maximum(sizes - 2, 0).sum())
    places, owner = np.empty((count, 3), np.int32), np.empty(count, np.int32)
    triangulate_into(positions, corners.astype(np.int64), starts.astype(np.int64), places, owner)
    return Triangulated(places, owner)


@dataclass(frozen=True, eq=False)
class Welded:
    """Vertices made of corners. `faces` index vertices; `corner[v]`: a corner (a row) that vertex v stands for."""

    faces: Int32[np.ndarray, "f 3"]
    corner: Int64[np.ndarray, " v"]


def weld_positions(corners: Float32[np.ndarray, "c 3"], *words: UInt32[np.ndarray, " c"]) -> Welded:
    """Triangles given as three corners each -> indexed: corners of one position (to the bit) are one vertex.

    -0 is 0. `words`: further 32-bit values that must agree too, such as a colour.
    """
    from polyseek.formats.polygon_kernels import weld_rows

    # + 0.0 turns -0.0 into 0.0, so that equal positions have equal bits.
    rows = np.ascontiguousarray(corners + np.float32(0)).view(np.uint32)
    if words:
        rows = np.concatenate([rows, *(word.reshape(-1, 1) for word in words)], axis=1)
    slots = np.full(1 << max(4, (2 * len(rows) - 1).bit_length()), -1, np.int32)
    vertex_of, first_row = np.empty(len(rows), np.int32), np.empty(len(rows), np.int64)
    count = weld_rows(rows, slots, vertex_of, first_row)
    return Welded(vertex_of.reshape(-1, 3), first_row[:count])
