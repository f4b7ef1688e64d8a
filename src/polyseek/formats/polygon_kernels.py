"""Polygons to triangles, and corners to vertices: kernels shared by the formats that hold polygons."""

from __future__ import annotations

from typing import Any

import numpy as np

from polyseek.kernels import kernel

# Ear clipping is quadratic and worse; beyond this many corners a polygon is a fan.
MAX_CLIPPED = 1024


@kernel
def triangulate_into(
    positions: np.ndarray, corners: np.ndarray, starts: np.ndarray, out: np.ndarray, owner: np.ndarray
) -> int:
    """n-2 triangles for each polygon of n corners: a fan where that is right, else clipped ears.

    `corners[starts[i]:starts[i+1]]`: vertices of polygon i. `out[t]`: three places in `corners`;
    `owner[t]`: the polygon of triangle t. Returns the number of triangles.
    """
    count = 0
    before = np.empty(MAX_CLIPPED, np.int64)
    after = np.empty(MAX_CLIPPED, np.int64)
    for polygon in range(len(starts) - 1):
        first = starts[polygon]
        size = starts[polygon + 1] - first
        if size < 3:
            continue
        begin = count
        if size == 4 and folds(positions, corners, first):
            out[count, 0], out[count, 1], out[count, 2] = first + 1, first + 2, first + 3
            out[count + 1, 0], out[count + 1, 1], out[count + 1, 2] = first + 1, first + 3, first
            count += 2
        elif 4 < size <= MAX_CLIPPED:
            count = clip_ears(positions, corners, first, size, out, count, before, after)
        else:
            for i in range(1, size - 1):
                out[count, 0], out[count, 1], out[count, 2] = first, first + i, first + i + 1
                count += 1
        owner[begin:count] = polygon
    return count


@kernel
def turn(
    positions: np.ndarray, a: Any, b: Any, c: Any, normal_x: float, normal_y: float, normal_z: float
) -> float:
    """Twice the signed area of triangle a, b, c seen along the normal; positive: counter-clockwise."""
    ux, uy, uz = (
        positions[b, 0] - positions[a, 0],
        positions[b, 1] - positions[a, 1],
        positions[b, 2] - positions[a, 2],
    )
    vx, vy, vz = (
        positions[c, 0] - positions[a, 0],
        positions[c, 1] - positions[a, 1],
        positions[c, 2] - positions[a, 2],
    )
    return (uy * vz - uz * vy) * normal_x + (uz * vx - ux * vz) * normal_y + (ux * vy - uy * vx) * normal_z


@kernel
def newell(positions: np.ndarray, corners: np.ndarray, first: int, size: int) -> tuple[float, float, float]:
    """Normal of a polygon, as long as twice its area (Newell's method)."""
    x = y = z = 0.0
    o = corners[first]
    for i in range(1, size - 1):
        a, b = corners[first + i], corners[first + i + 1]
        ux, uy, uz = (
            positions[a, 0] - positions[o, 0],
            positions[a, 1] - positions[o, 1],
            positions[a, 2] - positions[o, 2],
        )
        vx, vy, vz = (
            positions[b, 0] - positions[o, 0],
            positions[b, 1] - positions[o, 1],
            positions[b, 2] - positions[o, 2],
        )
        x += uy * vz - uz * vy
        y += uz * vx - ux * vz
        z += ux * vy - uy * vx
    return x, y, z


@kernel
def folds(positions: np.ndarray, corners: np.ndarray, first: int) -> bool:
    """A quad whose diagonal 0-2 lies outside it: the two halves face opposite ways."""
    x, y, z = newell(positions, corners, first, 4)
    a, b, c, d = corners[first], corners[first + 1], corners[first + 2], corners[first + 3]
    return turn(positions, a, b, c, x, y, z) < 0 or turn(positions, a, c, d, x, y, z) < 0


@kernel
def clip_ears(
    positions: np.ndarray,
    corners: np.ndarray,
    first: int,
    size: int,
    out: np.ndarray,
    count: int,
    before: np.ndarray,
    after: np.ndarray,
) -> int:
    """Cut one ear after another (Meisters 1975); a fan at once where no corner turns inwards."""
    x, y, z = newell(positions, corners, first, size)
    convex = True
    for i in range(size):
        before[i] = i - 1 if i else size - 1
        after[i] = i + 1 if i + 1 < size else 0
    for i in range(size):
        a, c = corners[first + before[i]], corners[first + after[i]]
        if turn(positions, a, corners[first + i], c, x, y, z) < 0:
            convex = False
            break
    left = size
    at = 1
    misses = 0
    while left > 3 and not convex and misses <= left:
        p, n = before[at], after[at]
        if is_ear(positions, corners, first, p, at, n, after, x, y, z):
            out[count, 0], out[count, 1], out[count, 2] = first + p, first + at, first + n
            count += 1
            after[p], before[n] = n, p
            left -= 1
            misses = 0
            at = n
        else:
            misses += 1
            at = n
    # What is left is a triangle, convex from the start, or crosses itself: a fan keeps the count.
    origin = 0 if convex else at
    b = after[origin]
    for _ in range(left - 2):
        c = after[b]
        out[count, 0], out[count, 1], out[count, 2] = first + origin, first + b, first + c
        count += 1
        b = c
    return count


@kernel
def is_ear(
    positions: np.ndarray,
    corners: np.ndarray,
    first: int,
    p: int,
    at: int,
    n: int,
    after: np.ndarray,
    x: float,
    y: float,
    z: float,
) -> bool:
    """The corner `at` turns outwards and no other corner lies in the triangle that cutting it takes off."""
    a, b, c = corners[first + p], corners[first + at], corners[first + n]
    if turn(positions, a, b, c, x, y, z) <= 0:
        return False
    i = after[n]
    while i != p:
        d = corners[first + i]
        if (
            d != a
            and d != b
            and d != c
            and turn(positions, a, b, d, x, y, z) >= 0
            and turn(positions, b, c, d, x, y, z) >= 0
            and turn(positions, c, a, d, x, y, z) >= 0
        ):
            return False
        i = after[i]
    return True


@kernel
def weld_corners(
    corners: np.ndarray,
    head: np.ndarray,
    vertex_of: np.ndarray,
    first_corner: np.ndarray,
    following: np.ndarray,
) -> int:
    """One vertex for each distinct row of `corners` (position, texture coordinate, normal).

    `head`: -1 for every position, and again on return. `vertex_of[i]`: vertex of corner i.
    `first_corner[v]`: a corner of vertex v; `following`: scratch, as long. Returns the number of vertices.
    """
    count = 0
    for i in range(len(corners)):
        position = corners[i, 0]
        v = head[position]
        while v >= 0:
            j = first_corner[v]
            if corners[j, 1] == corners[i, 1] and corners[j, 2] == corners[i, 2]:
                break
            v = following[v]
        if v < 0:
            v = count
            following[v] = head[position]
            head[position] = v
            first_corner[v] = i
            count += 1
        vertex_of[i] = v
    for i in range(len(corners)):
        head[corners[i, 0]] = -1
    return count


@kernel
def weld_rows(rows: np.ndarray, slots: np.ndarray, vertex_of: np.ndarray, first_row: np.ndarray) -> int:
    """One vertex for each distinct row of 32-bit words.

    `slots`: a table of -1, a power of two and at least twice as long as `rows`. Returns the number
    of vertices; `first_row[v]`: the first row that is vertex v.
    """
    mask = np.uint64(len(slots) - 1)
    count = 0
    for i in range(len(rows)):
        key = np.uint64(0xCBF29CE484222325)
        for j in range(rows.shape[1]):
            key = (key ^ np.uint64(rows[i, j])) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        slot = key & mask
        while True:
            v = slots[slot]
            if v < 0:
                slots[slot] = count
                first_row[count] = i
                vertex_of[i] = count
                count += 1
                break
            j = first_row[v]
            same = True
            for k in range(rows.shape[1]):
                if rows[i, k] != rows[j, k]:
                    same = False
                    break
            if same:
                vertex_of[i] = v
                break
            slot = (slot + np.uint64(1)) & mask
    return count
