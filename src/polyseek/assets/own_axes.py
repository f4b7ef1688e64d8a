"""The axes that a model has of its own, however it is turned: by its flat faces, and by how its surface spreads."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

# The mean of n_x^4 + n_y^4 + n_z^4: 1 of a box, 0.6 of a sphere.
FLAT = 0.75
POWER = 8
_STARTS = 6
_STEPS = 15
_NORMALS = 1024

Rotation = Float64[np.ndarray, "3 3"]


def own_axes(
    points: Float64[np.ndarray, "n 3"], normals: Float64[np.ndarray, "n 3"], seed: int = 0
) -> list[Rotation]:
    """Rotations into the axes that a model may have of its own: by its faces, and by its spread where few are flat."""
    principal = principal_axes(points)
    turn = rectilinear_axes(normals[:: max(1, len(normals) // _NORMALS)], principal, seed)
    flat = float(((normals @ turn.T) ** 4).sum(1).mean())
    return [turn] if flat >= FLAT else [turn, principal]


def principal_axes(points: Float64[np.ndarray, "n 3"]) -> Rotation:
    """Rows: the directions of most to least variance, right-handed."""
    centred = points - points.mean(0)
    turn = np.linalg.eigh(centred.T @ centred)[1].T[::-1].copy()
    turn[2] *= np.sign(np.linalg.det(turn))
    return turn


def rectilinear_axes(normals: Float64[np.ndarray, "n 3"], start: Rotation, seed: int = 0) -> Rotation:
    """The rotation in which normals lie nearest to the axes: the sum of their coordinates' POWERth powers is largest.

    From `start`, from the axes as they are and from random rotations, each step takes the rotation nearest to
    the sum's gradient (Kabsch 1976): the sum is convex, so that it never falls.
    """
    random = np.random.default_rng(seed)
    others = [_rotation(random.normal(size=(3, 3))) for _ in range(_STARTS - 2)]
    turns = np.stack([np.eye(3), start, *others])
    for _ in range(_STEPS):
        seen = (turns.reshape(-1, 3) @ normals.T).reshape(len(turns), 3, -1)
        square = seen * seen
        left, _, right = np.linalg.svd(square * square * square * seen @ normals)
        left[:, :, 2] *= np.linalg.det(left @ right)[:, None]
        turns = left @ right
    worth = ((turns.reshape(-1, 3) @ normals.T) ** POWER).reshape(len(turns), -1).sum(1) / len(normals)
    # Of equally good ones always the first: rounding must not choose.
    return turns[int(np.argmax(worth > worth.max() - 1e-6))]


def _rotation(matrix: Rotation) -> Rotation:
    left, _, right = np.linalg.svd(matrix)
    left[:, 2] *= np.linalg.det(left @ right)
    return left @ right
