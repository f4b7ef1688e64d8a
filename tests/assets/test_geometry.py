"""Placed geometry: bounding boxes and all of it in one array."""

import numpy as np
import pytest

from polyseek.assets import Asset, Mesh, Origin, Part, bounds, flatten

TRIANGLE = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32)
FACE = np.array([[0, 1, 2]], np.int32)


def moved(x: float, *, scale: tuple[float, float, float] = (1, 1, 1)) -> np.ndarray:
    matrix = np.diag([*scale, 1.0])
    matrix[0, 3] = x
    return matrix


def test_a_mesh_placed_twice_counts_twice_and_is_stored_once():
    asset = Asset("two", (Mesh(TRIANGLE, FACE),), (Part(0, moved(0)), Part(0, moved(5))), Origin("glb"))

    geometry = flatten(asset)

    assert asset.triangles == len(geometry.faces) == 2
    assert geometry.face_part.tolist() == [0, 1]
    assert bounds(asset) == pytest.approx(np.array([[0, 0, 0], [6, 1, 0]]))


def test_a_mirrored_placement_keeps_its_outside():
    asset = Asset("mirror", (Mesh(TRIANGLE, FACE),), (Part(0, moved(0, scale=(-1, 1, 1))),), Origin("glb"))

    a, b, c = flatten(asset).vertices[flatten(asset).faces[0]]

    # Mirroring at the yz plane leaves +Z outside, so the corners must still turn counter-clockwise about it.
    assert np.cross(b - a, c - a)[2] > 0


def test_a_vertex_that_no_triangle_uses_is_outside_the_box():
    stray = np.vstack([TRIANGLE, [[9, 9, 9]]]).astype(np.float32)
    asset = Asset("stray", (Mesh(stray, FACE),), (Part(0, np.eye(4)),), Origin("glb"))

    assert bounds(asset)[1] == pytest.approx((1, 1, 0))


def test_points_count_where_there_is_no_triangle():
    asset = Asset("cloud", (Mesh(TRIANGLE, FACE[:0]),), (Part(0, moved(2)),), Origin("xyz"))

    assert asset.is_points
    assert bounds(asset)[1] == pytest.approx((3, 1, 0))
