"""Kernels of point sampling: places on a surface, and the farthest of many."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Float64, Int32, Int64

from polyseek.kernels import kernel


@kernel
def farthest(points: Float32[np.ndarray, "n 3"], count: int) -> Int64[np.ndarray, " k"]:
    """Rows chosen one by one, each the farthest from those before it; the first row is the first.

    The greedy 2-approximation of the k-centre problem (Gonzalez 1985). `count` is at most n.
    """
    nearest = np.full(len(points), np.float32(np.inf))
    chosen = np.empty(count, np.int64)
    last = 0
    for k in range(count):
        chosen[k] = last
        x, y, z = points[last, 0], points[last, 1], points[last, 2]
        best = np.float32(-1)
        for i in range(len(points)):
            dx, dy, dz = points[i, 0] - x, points[i, 1] - y, points[i, 2] - z
            distance = dx * dx + dy * dy + dz * dz
            if distance < nearest[i]:
                nearest[i] = distance
            if nearest[i] > best:
                best = nearest[i]
                last = i
    return chosen


@kernel
def on_surface(
    vertices: Float32[np.ndarray, "v 3"], faces: Int32[np.ndarray, "f 3"], uniform: Float64[np.ndarray, "3 n"]
) -> tuple[
    Int64[np.ndarray, " n"],
    Float64[np.ndarray, "n 3"],
    Float32[np.ndarray, "n 3"],
    Float32[np.ndarray, "n 3"],
]:
    """Face, barycentric weights, position and unit normal of points, from three uniform numbers each.

    The first number chooses the face by its share of the summed area, or evenly where there is no
    area; the others the place: (1 - sqrt r1, sqrt r1 (1 - r2), sqrt r1 r2).
    """
    count = uniform.shape[1]
    doubled = np.empty((len(faces), 3), np.float64)
    total = np.empty(len(faces), np.float64)
    last, running = 0, 0.0
    for f in range(len(faces)):
        a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
        ux = np.float64(vertices[b, 0]) - np.float64(vertices[a, 0])
        uy = np.float64(vertices[b, 1]) - np.float64(vertices[a, 1])
        uz = np.float64(vertices[b, 2]) - np.float64(vertices[a, 2])
        wx = np.float64(vertices[c, 0]) - np.float64(vertices[a, 0])
        wy = np.float64(vertices[c, 1]) - np.float64(vertices[a, 1])
        wz = np.float64(vertices[c, 2]) - np.float64(vertices[a, 2])
        nx, ny, nz = uy * wz - uz * wy, uz * wx - ux * wz, ux * wy - uy * wx
        doubled[f, 0], doubled[f, 1], doubled[f, 2] = nx, ny, nz
        area = np.sqrt(nx * nx + ny * ny + nz * nz)
        if area > 0:
            last = f
        running += area
        total[f] = running
    face = np.empty(count, np.int64)
    weights = np.empty((count, 3), np.float64)
    positions = np.empty((count, 3), np.float32)
    normals = np.zeros((count, 3), np.float32)
    for i in range(count):
        if running > 0:
            target, low, high = uniform[0, i] * running, 0, last
            while low < high:
                middle = (low + high) // 2
                if total[middle] > target:
                    high = middle
                else:
                    low = middle + 1
        else:
            low = min(np.int64(uniform[0, i] * len(faces)), len(faces) - 1)
        root = np.sqrt(uniform[1, i])
        p, q, r = 1.0 - root, root * (1.0 - uniform[2, i]), root * uniform[2, i]
        face[i] = low
        weights[i, 0], weights[i, 1], weights[i, 2] = p, q, r
        length = np.sqrt(doubled[low, 0] ** 2 + doubled[low, 1] ** 2 + doubled[low, 2] ** 2)
        for k in range(3):
            positions[i, k] = (
                p * vertices[faces[low, 0], k]
                + q * vertices[faces[low, 1], k]
                + r * vertices[faces[low, 2], k]
            )
            if length > 0:
                normals[i, k] = doubled[low, k] / length
    return face, weights, positions, normals
