"""Kernels of the measures: welding, edges and bodies, moments of a triangle mesh."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Float64, Int32, Int64, UInt32

from polyseek.kernels import kernel


@kernel
def weld(bits: UInt32[np.ndarray, "v 3"]) -> Int32[np.ndarray, " v"]:
    """For each row the first row with the same three words: an open-addressing hash table."""
    size = 8
    while size < 2 * len(bits):
        size *= 2
    table = np.full(size, -1, np.int32)
    first = np.empty(len(bits), np.int32)
    for i in range(len(bits)):
        h = np.uint64(bits[i, 0]) * np.uint64(0x9E3779B97F4A7C15)
        h = (h ^ np.uint64(bits[i, 1])) * np.uint64(0xC2B2AE3D27D4EB4F)
        h = (h ^ np.uint64(bits[i, 2])) * np.uint64(0x165667B19E3779F9)
        slot = np.int64((h ^ (h >> np.uint64(29))) & np.uint64(size - 1))
        while True:
            j = table[slot]
            if j < 0:
                table[slot] = i
                first[i] = i
                break
            if bits[j, 0] == bits[i, 0] and bits[j, 1] == bits[i, 1] and bits[j, 2] == bits[i, 2]:
                first[i] = j
                break
            slot = (slot + 1) & (size - 1)
    return first


@kernel
def topology(faces: Int32[np.ndarray, "f 3"], vertices: int) -> Int64[np.ndarray, " 6"]:
    """Counts of a welded mesh: faces with three corners, edges, vertices in use, bodies, then edges
    with an odd number of faces, and edges that are not run as often one way as the other.

    A body is a set of vertices that edges connect.
    """
    # A soup of triangles has three edges a face. Narrow counters: the table is the largest array of a reading.
    size = 8
    while size <= 3 * len(faces):
        size *= 2
    keys = np.full(size, np.int64(-1))
    shared = np.zeros(size, np.uint8)
    balance = np.zeros(size, np.int16)
    parent = np.arange(vertices).astype(np.int32)
    used = np.zeros(vertices, np.bool_)
    out = np.zeros(6, np.int64)
    for f in range(len(faces)):
        a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
        if a == b or b == c or c == a:
            continue
        out[0] += 1
        for k in range(3):
            p, q = faces[f, k], faces[f, (k + 1) % 3]
            used[p] = True
            low, high = min(p, q), max(p, q)
            key = np.int64(low) * np.int64(vertices) + np.int64(high)
            h = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
            slot = np.int64((h ^ (h >> np.uint64(31))) & np.uint64(size - 1))
            while keys[slot] != -1 and keys[slot] != key:
                slot = (slot + 1) & (size - 1)
            if keys[slot] == -1:
                keys[slot] = key
                out[1] += 1
                while parent[low] != low:
                    parent[low] = parent[parent[low]]
                    low = parent[low]
                while parent[high] != high:
                    parent[high] = parent[parent[high]]
                    high = parent[high]
                parent[high] = low
            shared[slot] += 1
            balance[slot] += 1 if p < q else -1
    for v in range(vertices):
        if used[v]:
            out[2] += 1
            if parent[v] == v:
                out[3] += 1
    for slot in range(size):
        if shared[slot] % 2 == 1:
            out[4] += 1
        if balance[slot] != 0:
            out[5] += 1
    return out


@kernel
def moments(
    vertices: Float32[np.ndarray, "v 3"], faces: Int32[np.ndarray, "f 3"], origin: Float64[np.ndarray, " 3"]
) -> Float64[np.ndarray, " 8"]:
    """Sums over the triangles, about `origin`: area, area x centroid (3), volume, volume x centroid (3)."""
    out = np.zeros(8, np.float64)
    for f in range(len(faces)):
        ax = np.float64(vertices[faces[f, 0], 0]) - origin[0]
        ay = np.float64(vertices[faces[f, 0], 1]) - origin[1]
        az = np.float64(vertices[faces[f, 0], 2]) - origin[2]
        bx = np.float64(vertices[faces[f, 1], 0]) - origin[0]
        by = np.float64(vertices[faces[f, 1], 1]) - origin[1]
        bz = np.float64(vertices[faces[f, 1], 2]) - origin[2]
        cx = np.float64(vertices[faces[f, 2], 0]) - origin[0]
        cy = np.float64(vertices[faces[f, 2], 1]) - origin[1]
        cz = np.float64(vertices[faces[f, 2], 2]) - origin[2]
        ux, uy, uz = bx - ax, by - ay, bz - az
        wx, wy, wz = cx - ax, cy - ay, cz - az
        nx, ny, nz = uy * wz - uz * wy, uz * wx - ux * wz, ux * wy - uy * wx
        area = 0.5 * np.sqrt(nx * nx + ny * ny + nz * nz)
        volume = (ax * nx + ay * ny + az * nz) / 6.0
        sx, sy, sz = ax + bx + cx, ay + by + cy, az + bz + cz
        out[0] += area
        out[1] += area * sx / 3.0
        out[2] += area * sy / 3.0
        out[3] += area * sz / 3.0
        out[4] += volume
        out[5] += volume * sx / 4.0
        out[6] += volume * sy / 4.0
        out[7] += volume * sz / 4.0
    return out
