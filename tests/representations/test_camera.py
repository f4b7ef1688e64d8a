"""Cameras: directions, projection, and how much of the picture a model fills."""

from __future__ import annotations

import math

import numpy as np
import pytest

from polyseek.representations.camera import (
    NAMED_VIEWS,
    Camera,
    Sphere,
    bounding_sphere,
    orbit,
    three_quarter,
)


@pytest.mark.parametrize(("yaw", "pitch"), [*NAMED_VIEWS.values(), (35.0, 20.0), (215.0, -55.0)])
def test_axes_are_a_right_handed_rotation_in_every_direction(yaw: float, pitch: float):
    axes = orbit(Sphere((1.0, 2.0, 3.0), 0.5), yaw, pitch).axes()

    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1.0)


def test_yaw_zero_sees_the_front_and_yaw_ninety_the_side_on_plus_x():
    sphere = Sphere((0.0, 0.0, 0.0), 1.0)

    front, side = orbit(sphere, 0.0, 0.0), orbit(sphere, 90.0, 0.0)

    assert front.axes()[2] == pytest.approx([0, 0, 1], abs=1e-12)
    assert front.axes()[0] == pytest.approx([1, 0, 0], abs=1e-12)
    assert side.axes()[2] == pytest.approx([1, 0, 0], abs=1e-12)
    assert orbit(sphere, 0.0, 90.0).axes()[1] == pytest.approx([0, 0, -1], abs=1e-12)


@pytest.mark.parametrize("projection", ["perspective", "orthographic"])
@pytest.mark.parametrize("size", [(200, 200), (320, 180), (90, 400)])
def test_outline_of_the_sphere_fills_its_share_of_the_short_side(projection, size):
    sphere = Sphere((3.0, -1.0, 2.0), 2.5)
    camera = orbit(sphere, 35.0, 20.0, fill=0.86, projection=projection)
    directions = np.random.default_rng(0).normal(size=(200_000, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    surface = np.asarray(sphere.centre) + sphere.radius * directions

    pixels = camera.project(surface, *size) - np.array(size) / 2

    reach = np.linalg.norm(pixels, axis=1).max()
    assert reach == pytest.approx(0.86 * min(size) / 2, rel=2e-3)


def test_a_point_to_the_right_and_above_lands_right_and_above_by_similar_triangles():
    camera = Camera(eye=(0.0, 0.0, 10.0), target=(0.0, 0.0, 0.0), fov_deg=90.0)

    pixel = camera.project(np.array([[2.0, 3.0, 0.0]]), 100, 100)[0]

    assert pixel == pytest.approx([50 + 50 * 2 / 10, 50 - 50 * 3 / 10], abs=1e-4)


def test_a_point_behind_a_perspective_eye_has_no_place():
    camera = Camera(eye=(0.0, 0.0, 10.0), target=(0.0, 0.0, 0.0))

    assert np.isnan(camera.project(np.array([[0.0, 0.0, 20.0]]), 10, 10)).all()


def test_a_camera_straight_from_above_needs_no_other_up():
    camera = Camera(eye=(0.0, 5.0, 0.0), target=(0.0, 0.0, 0.0), up=(0.0, 1.0, 0.0))

    assert camera.axes() @ camera.axes().T == pytest.approx(np.eye(3), abs=1e-12)


def test_bounding_sphere_of_a_box_reaches_its_corners():
    corners = np.array([[x, y, z] for x in (0, 2) for y in (0, 4) for z in (0, 6)], np.float32)

    sphere = bounding_sphere(corners)

    assert sphere.centre == (1.0, 2.0, 3.0)
    assert sphere.radius == pytest.approx(math.sqrt(1 + 4 + 9))


def test_flat_things_are_seen_from_above_and_thin_ones_from_their_broad_side():
    low = np.zeros(3)

    assert three_quarter(low, np.array([1.0, 1.0, 1.0])) == (35.0, 20.0)
    assert three_quarter(low, np.array([1.0, 0.01, 1.0])) == (35.0, 55.0)
    assert three_quarter(low, np.array([0.01, 1.0, 1.0])) == (55.0, 20.0)
    assert three_quarter(low, low) == (35.0, 20.0)
