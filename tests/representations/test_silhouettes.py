"""Silhouettes against the outlines of a box, and how they move with the model."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.assets import Asset, Material, Mesh, Origin, Part
from polyseek.representations.silhouettes import FILL, SilhouetteOptions, render_silhouettes

FACES = np.array(
    [[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1], [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]],
    np.int32,
)  # fmt: skip
SIDES = SilhouetteOptions(views=((0.0, 0.0), (90.0, 0.0), (0.0, 90.0)), side=64)


def box(size, matrix=None, materials=()) -> Asset:
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float32) / 2
    mesh = Mesh((corners * size).astype(np.float32), FACES, material=0 if materials else None)
    return Asset(
        "box", (mesh,), (Part(0, np.eye(4) if matrix is None else matrix),), Origin("obj"), materials
    )


def test_a_box_covers_its_sides_area_at_one_scale():
    size = np.array([1.0, 2.0, 3.0])
    pixels = 64 * FILL / np.linalg.norm(size)

    found = render_silhouettes(box(size), SIDES)

    for mask, (width, height) in zip(found.masks, [(1, 2), (3, 2), (1, 3)], strict=True):
        assert mask.sum() == pytest.approx(width * height * pixels**2, rel=0.1)
    assert found.directions == pytest.approx(np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]]), abs=1e-12)


def test_depths_are_measured_from_the_middle_towards_the_eye():
    found = render_silhouettes(box([1.0, 2.0, 3.0]), SIDES)

    assert [depth[32, 32] for depth in found.depths] == pytest.approx([1.5, 0.5, 1.0], abs=1e-3)
    assert np.isneginf(found.depths[~found.masks]).all()


def test_moving_and_scaling_a_model_changes_no_silhouette():
    matrix = np.diag([250.0, 250.0, 250.0, 1.0])
    matrix[:3, 3] = (1000.0, -20.0, 5.0)

    still, moved = (
        render_silhouettes(box([1, 2, 3]), SIDES),
        render_silhouettes(box([1, 2, 3], matrix), SIDES),
    )

    assert (still.masks != moved.masks).mean() < 0.005


def test_glass_counts_as_solid():
    glass = Material(base_colour=(1, 1, 1, 0.1), alpha_mode="blend")

    assert (
        render_silhouettes(box([1, 2, 3], materials=(glass,)), SIDES).masks
        == render_silhouettes(box([1, 2, 3]), SIDES).masks
    ).all()


def test_opposite_views_mirror_each_other():
    corner = Mesh(
        np.array([[0, 0, 0], [1, 0, 0.3], [0.2, 2, 0]], np.float32), np.array([[0, 1, 2]], np.int32)
    )
    asset = Asset("corner", (corner,), (Part(0, np.eye(4)),), Origin("obj"))

    front, back = render_silhouettes(asset, SilhouetteOptions(((20.0, 0.0), (200.0, 0.0)), 64)).masks

    assert (front != back[:, ::-1]).mean() < 0.01
