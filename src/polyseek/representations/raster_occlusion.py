"""Compiled loop for ambient occlusion: how much of the sky each place sees, from the depths around it."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Float64, Int32

from polyseek.kernels import kernel
from polyseek.representations.raster import corner_weights

TAPS, TURNS = 14, 16
GOLDEN_ANGLE = 2.399963


@kernel
def open_sky(
    view: Float32[np.ndarray, "v 3"],
    faces: Int32[np.ndarray, "f 3"],
    lens: Float64[np.ndarray, " 6"],
    triangle: Int32[np.ndarray, "sh sw"],
    coarse: int,
    reach: float,
    strength: float,
    depth: Float32[np.ndarray, "ch cw"],
    sky: Float32[np.ndarray, "ch cw"],
) -> None:
    """Fill `depth` (metres ahead, 0 for nothing) and `sky` (1 open, 0 shut) on a grid of `coarse` pixels a cell.

    Obscurance by what rises above the tangent plane within `reach` metres (McGuire et al. 2011, The
    Alchemy screen-space ambient obscurance, eq. 10), on a spiral turned from cell to cell, then
    smoothed over 4 x 4 cells of like depth, which holds every turn once.
    """
    height, width = depth.shape
    orthographic = lens[0] > 0.0
    place = np.zeros((height, width, 3), np.float32)
    normal = np.zeros((height, width, 3), np.float32)
    for row in range(height):
        for column in range(width):
            at_row = min(row * coarse + coarse // 2, triangle.shape[0] - 1)
            at_column = min(column * coarse + coarse // 2, triangle.shape[1] - 1)
            face = triangle[at_row, at_column]
            depth[row, column] = 0.0
            if face < 0:
                continue
            a, b, c = faces[face, 0], faces[face, 1], faces[face, 2]
            x, y = (at_column + 0.5 - lens[2]) / lens[1], (lens[3] - at_row - 0.5) / lens[1]
            w0, w1, w2 = corner_weights(view, a, b, c, orthographic, x, y)
            for k in range(3):
                place[row, column, k] = w0 * view[a, k] + w1 * view[b, k] + w2 * view[c, k]
            ux, uy, uz = view[b, 0] - view[a, 0], view[b, 1] - view[a, 1], view[b, 2] - view[a, 2]
            vx, vy, vz = view[c, 0] - view[a, 0], view[c, 1] - view[a, 1], view[c, 2] - view[a, 2]
            nx = float(uy) * vz - float(uz) * vy
            ny = float(uz) * vx - float(ux) * vz
            nz = float(ux) * vy - float(uy) * vx
            length = np.sqrt(nx * nx + ny * ny + nz * nz) + 1e-30
            away = (
                nz
                if orthographic
                else -(nx * place[row, column, 0] + ny * place[row, column, 1] + nz * place[row, column, 2])
            )
            if away < 0.0:
                length = -length
            normal[row, column, 0] = nx / length
            normal[row, column, 1] = ny / length
            normal[row, column, 2] = nz / length
            depth[row, column] = max(-place[row, column, 2], np.float32(1e-9))
    raw = np.ones((height, width), np.float32)
    spiral = np.empty((TURNS, TAPS, 2))
    for turn in range(TURNS):
        for tap in range(TAPS):
            angle = turn * (2.0 * np.pi / TURNS) + tap * GOLDEN_ANGLE
            spiral[turn, tap, 0] = np.sin(angle) * (tap + 0.5) / TAPS
            spiral[turn, tap, 1] = np.cos(angle) * (tap + 0.5) / TAPS
    for row in range(height):
        for column in range(width):
            if depth[row, column] == 0.0:
                continue
            radius = reach * lens[1] / coarse / (1.0 if orthographic else depth[row, column])
            turn = ((row % 4) * 4 + (column % 4)) * 7 % TURNS
            total = 0.0
            for tap in range(TAPS):
                i = int(np.floor(row + 0.5 + radius * spiral[turn, tap, 0]))
                j = int(np.floor(column + 0.5 + radius * spiral[turn, tap, 1]))
                if i < 0 or j < 0 or i >= height or j >= width or depth[i, j] == 0.0:
                    continue
                dx = place[i, j, 0] - place[row, column, 0]
                dy = place[i, j, 1] - place[row, column, 1]
                dz = place[i, j, 2] - place[row, column, 2]
                square = dx * dx + dy * dy + dz * dz
                if square >= reach * reach:
                    continue
                rise = dx * normal[row, column, 0] + dy * normal[row, column, 1] + dz * normal[row, column, 2]
                rise -= 0.04 * reach
                if rise > 0.0:
                    falloff = 1.0 - square / (reach * reach)
                    total += falloff * rise / np.sqrt(square + 1e-6 * reach * reach)
            raw[row, column] = max(0.0, 1.0 - strength * total / TAPS)
    for row in range(height):
        for column in range(width):
            sky[row, column] = 1.0
            if depth[row, column] == 0.0:
                continue
            total = weights = 0.0
            for i in range(max(row - 2, 0), min(row + 2, height)):
                for j in range(max(column - 2, 0), min(column + 2, width)):
                    if depth[i, j] > 0.0 and abs(depth[i, j] - depth[row, column]) < 0.5 * reach:
                        total += raw[i, j]
                        weights += 1.0
            # The cell itself is among them.
            sky[row, column] = total / weights
