"""PointCLIP (Zhang et al. 2022, CVPR): points become depth pictures from M sides, without rendering; a picture tower reads them.

3.2: each view projects the points in perspective onto a plane, nearer points over farther ones, with the
depth as brightness. 3.2, zero-shot: what a view says counts by its weight, and the weighted sum decides.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Float, Float32, Float64, Int64, UInt8

# (yaw, pitch) in degrees: front, right, back, left, above, below; the six of the paper.
SIX_SIDES = ((0.0, 0.0), (90.0, 0.0), (180.0, 0.0), (270.0, 0.0), (0.0, 90.0), (0.0, -90.0))
DISTANCE = 2.2
# What the weight of a view is chosen from.
CHOICES = (0.0, 0.25, 0.5, 0.75, 1.0)


def nearest_points(
    positions: Float[np.ndarray, "n 3"], views: tuple[tuple[float, float], ...], side: int, splat: int = 1
) -> Int64[np.ndarray, "m s s"]:
    """Which of the points in the unit sphere each pixel shows; -1 where there is none.

    A camera stands DISTANCE from the middle, +Y up, and its picture just holds the sphere. Each point
    is a square of 2 `splat` + 1 pixels; the nearest point of a pixel stays.
    """
    pictures = np.full((len(views), side, side), -1, np.int64)
    # Half the angle under which the unit sphere is seen, as a share of the picture plane at distance 1.
    half = 1.0 / np.sqrt(DISTANCE**2 - 1.0)
    for picture, (yaw, pitch) in zip(pictures, views, strict=True):
        right, up, near = (positions.astype(np.float64) @ axis for axis in axes(yaw, pitch))
        away = DISTANCE - near
        column = np.floor((right / away / half + 1) / 2 * side).astype(np.int64)
        row = np.floor((1 - up / away / half) / 2 * side).astype(np.int64)
        # From far to near: of the points that are written to one pixel, the last stays.
        order = np.argsort(near, kind="stable")
        offsets = [(d, o) for d in range(-splat, splat + 1) for o in range(-splat, splat + 1)]
        rows = np.stack([row[order] + down for down, _ in offsets], 1).ravel()
        columns = np.stack([column[order] + over for _, over in offsets], 1).ravel()
        inside = (rows >= 0) & (rows < side) & (columns >= 0) & (columns < side)
        picture[rows[inside], columns[inside]] = np.repeat(order, len(offsets))[inside]
    return pictures


def depth_views(
    positions: Float[np.ndarray, "n 3"], views: tuple[tuple[float, float], ...], side: int, splat: int = 1
) -> UInt8[np.ndarray, "m s s"]:
    """Depth pictures: 255 at the near side of the unit sphere, 1 at its far side, 0 where there is nothing."""
    seen = nearest_points(positions, views, side, splat)
    near = np.stack([positions @ axes(*view)[2] for view in views])
    bright = np.rint(128 + 127 * np.clip(near, -1, 1)).astype(np.uint8)
    found = np.take_along_axis(bright, np.maximum(seen, 0).reshape(len(views), -1), 1).reshape(seen.shape)
    return np.where(seen >= 0, found, 0).astype(np.uint8)


def point_planes(
    rows: Float32[np.ndarray, "n 9"], views: tuple[tuple[float, float], ...], side: int, splat: int = 1
) -> UInt8[np.ndarray, "m 7 s s"]:
    """The same pictures with all that the points know: colour, depth and normals, packed as view_planes.py packs views.

    `rows` as `polyseek.encoders.point_rows` has them. Not in the paper, whose pictures are depth alone.
    """
    seen = nearest_points(rows[:, :3], views, side, splat)
    planes = np.zeros((len(views), 7, side, side), np.uint8)
    planes[:, 3] = depth_views(rows[:, :3], views, side, splat)
    colours = np.rint(127.5 * (rows[:, 6:] + 1)).astype(np.uint8)
    for view, plane, which in zip(views, planes, seen, strict=True):
        covered = which >= 0
        points = which[covered]
        normals = rows[:, 3:6] @ axes(*view).T
        # A point does not know which side of its surface is outside; what is seen faces the camera.
        normals *= np.where(normals[:, 2:] < 0, -1, 1)
        plane[:3, covered] = colours[points].T
        plane[4:, covered] = np.rint(128 + 127 * np.clip(normals[points], -1, 1)).astype(np.uint8).T
    return planes


def axes(yaw: float, pitch: float) -> Float64[np.ndarray, "3 3"]:
    """Right, up and toward-the-camera of a camera at `yaw` about +Y (0 looks from +Z) and `pitch` above the ground, in degrees."""
    a, b = np.radians(yaw), np.radians(pitch)
    toward = np.array([np.sin(a) * np.cos(b), np.sin(b), np.cos(a) * np.cos(b)])
    right = np.array([np.cos(a), 0.0, -np.sin(a)])
    return np.stack([right, np.cross(toward, right), toward])


def weighted(
    similarities: Float32[np.ndarray, "m n k"], weights: Float[np.ndarray, " m"]
) -> Float32[np.ndarray, "n k"]:
    """The sum of what M views say of n models and k classes, each times its weight (eq. 3)."""
    return np.einsum("mnk,m->nk", similarities, weights).astype(np.float32)


def best_weights(
    similarities: Float32[np.ndarray, "m n k"],
    right: Int64[np.ndarray, " n"],
    figure: Callable[[Float32[np.ndarray, "n k"], Int64[np.ndarray, " n"]], float],
    rounds: int = 3,
) -> Float64[np.ndarray, " m"]:
    """Weights of CHOICES, one view after another, where `figure` of validation is highest; equal ones to begin with.

    A view's weight changes only where the figure gets better, so the figure never falls.
    """
    weights = np.ones(len(similarities))
    best = figure(weighted(similarities, weights), right)
    for _ in range(rounds):
        for view in range(len(weights)):
            for choice in CHOICES:
                tried = weights.copy()
                tried[view] = choice
                value = figure(weighted(similarities, tried), right)
                if value > best and tried.any():
                    weights, best = tried, value
    return weights


def reciprocal_rank(scores: Float32[np.ndarray, "n k"], right: Int64[np.ndarray, " n"]) -> float:
    """Mean of 1 / rank of the right class; unlike accuracy it changes with every place that one gains."""
    own = scores[np.arange(len(right)), right][:, None]
    return float((1 / (1 + (scores > own).sum(1))).mean())
