"""Points become depth pictures where a pinhole camera would put them, and weights never hurt what chose them."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek_training.point_clip import (
    DISTANCE,
    SIX_SIDES,
    axes,
    best_weights,
    depth_views,
    nearest_points,
    point_planes,
    reciprocal_rank,
    weighted,
)


def test_the_middle_of_the_sphere_is_the_middle_of_every_picture_at_half_depth():
    pictures = depth_views(np.zeros((1, 3)), SIX_SIDES, 33, splat=0)

    assert pictures.shape == (6, 33, 33)
    assert (pictures[:, 16, 16] == 128).all()
    assert (pictures > 0).sum() == 6


def test_a_point_is_where_similar_triangles_put_it():
    side, point = 101, np.array([[0.3, -0.5, 0.4]])

    picture = depth_views(point, ((0.0, 0.0),), side, splat=0)[0]

    # The tangent from the camera to the sphere meets the edge of the picture.
    edge = np.tan(np.arcsin(1 / DISTANCE))
    row, column = (int(v) for v in np.argwhere(picture)[0])
    assert column == int((0.3 / (DISTANCE - 0.4) / edge + 1) / 2 * side)
    assert row == int((0.5 / (DISTANCE - 0.4) / edge + 1) / 2 * side)
    assert picture[row, column] == round(128 + 127 * 0.4)


def test_the_nearer_of_two_points_on_a_ray_is_seen():
    near, far = (0.0, 0.0, 0.8), (0.0, 0.0, -0.8)

    front, _, back, *_ = depth_views(np.array([far, near]), SIX_SIDES, 31)

    assert front[15, 15] == back[15, 15] == round(128 + 127 * 0.8)


def test_planes_of_points_show_the_colour_and_the_camera_side_of_normals():
    rows = np.zeros((2, 9), np.float32)
    rows[0] = (0, 0, 0.5, 0, 0, -1, 1, -1, -1)  # red, wound away from the camera
    rows[1] = (0, 0, -0.5, 0, 1, 0, -1, 1, -1)

    front, *_ = point_planes(rows, SIX_SIDES, 31, splat=0)

    assert nearest_points(rows[:, :3], SIX_SIDES, 31, splat=0)[0, 15, 15] == 0
    assert front[:, 15, 15].tolist() == [255, 0, 0, 192, 128, 128, 255]
    assert (front[3] == depth_views(rows[:, :3], SIX_SIDES[:1], 31, splat=0)[0]).all()


def test_reciprocal_rank_is_one_where_all_are_right_and_a_half_where_all_come_second():
    scores = np.array([[0.9, 0.1, 0.0], [0.2, 0.7, 0.1]], np.float32)

    assert reciprocal_rank(scores, np.array([0, 1])) == 1
    assert reciprocal_rank(scores, np.array([1, 0])) == 0.5


def test_every_point_of_the_sphere_is_in_the_picture():
    directions = np.random.default_rng(0).normal(size=(500, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)

    for direction in directions:
        assert (depth_views(direction[None] * 0.999, SIX_SIDES, 64, splat=0) > 0).any((1, 2)).all()


def test_turning_the_points_and_the_camera_alike_changes_nothing():
    points = np.random.default_rng(1).uniform(-0.5, 0.5, (300, 3))
    turned = points @ np.array([[0, 0, -1], [0, 1, 0], [1, 0, 0.0]])  # +Z goes to +X

    assert (depth_views(points, ((0.0, 20.0),), 48) != depth_views(turned, ((90.0, 20.0),), 48)).mean() < 1e-3
    for yaw, pitch in SIX_SIDES:
        assert axes(yaw, pitch) @ axes(yaw, pitch).T == pytest.approx(np.eye(3), abs=1e-12)
        assert np.linalg.det(axes(yaw, pitch)) == pytest.approx(1)


def test_weights_silence_a_view_that_misleads():
    rng = np.random.default_rng(2)
    right = rng.integers(0, 5, 80)
    honest = np.eye(5, dtype=np.float32)[right] + 0.1 * rng.normal(size=(80, 5)).astype(np.float32)
    liar = np.eye(5, dtype=np.float32)[(right + 1) % 5] * 1.2
    similarities = np.stack([honest, liar])

    weights = best_weights(similarities, right, reciprocal_rank)

    equal = reciprocal_rank(weighted(similarities, np.ones(2)), right)
    assert reciprocal_rank(weighted(similarities, weights), right) > 0.95 > equal
    assert weights[1] < weights[0]
