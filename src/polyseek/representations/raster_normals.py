"""Compiled loops that smooth normals over a surface where it is not creased."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Int64

from polyseek.kernels import kernel

# A fan of thousands of faces around one corner is a flat cap or a cone: the first ones tell enough.
MOST_NEIGHBOURS = 64


@kernel
def crease_normals(
    place: Int64[np.ndarray, "f 3"],
    starts: Int64[np.ndarray, " p"],
    around: Int64[np.ndarray, " c"],
    areas: Float32[np.ndarray, "f 3"],
    cosine: float,
) -> Float32[np.ndarray, "f 3 3"]:
    """For each corner, the unit sum of the faces around its place that bend less than the crease angle.

    `place`: of each corner; `around[starts[p]:starts[p + 1]]`: the faces that touch place p; `areas`:
    normals as long as twice the face's area; `cosine` of the crease angle. Faces without area keep zeros.
    """
    normals = np.zeros((len(place), 3, 3), np.float32)
    lengths = np.empty(len(place), np.float32)
    for face in range(len(place)):
        lengths[face] = np.sqrt(areas[face, 0] ** 2 + areas[face, 1] ** 2 + areas[face, 2] ** 2)
    for face in range(len(place)):
        for k in range(3):
            begin, end = starts[place[face, k]], starts[place[face, k] + 1]
            x, y, z = areas[face, 0], areas[face, 1], areas[face, 2]
            for index in range(begin, min(end, begin + MOST_NEIGHBOURS)):
                other = around[index]
                if other == face:
                    continue
                bend = (
                    areas[face, 0] * areas[other, 0]
                    + areas[face, 1] * areas[other, 1]
                    + areas[face, 2] * areas[other, 2]
                )
                if bend > cosine * lengths[face] * lengths[other]:
                    x, y, z = x + areas[other, 0], y + areas[other, 1], z + areas[other, 2]
            length = np.sqrt(x * x + y * y + z * z)
            if length > 0:
                normals[face, k, 0], normals[face, k, 1] = x / length, y / length
                normals[face, k, 2] = z / length
    return normals
