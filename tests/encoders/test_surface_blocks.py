"""Blocks about an upright surface against shapes whose shares are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from polyseek.encoders.surface_blocks import (
    LAYERS,
    OUTWARD,
    PROPORTIONS,
    TILT_BINS,
    TILTS,
    facing,
    proportions,
    tilts,
)
from polyseek.procedural import make
from polyseek.representations.measures import measure


def wall(inside: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Points of an upright cylinder's wall, evenly over angle and height, and their normals."""
    angle, height = (
        grid.reshape(-1) for grid in np.meshgrid(np.arange(0, 2 * np.pi, 0.05), np.linspace(0, 1, 40, False))
    )
    outward = np.column_stack([np.cos(angle), np.zeros_like(angle), np.sin(angle)])
    points = outward + np.column_stack([0 * angle, height, 0 * angle])
    return points.astype(np.float32), (-outward if inside else outward).astype(np.float32)


def sphere(count: int = 20000) -> np.ndarray:
    points = np.random.default_rng(0).normal(size=(count, 3))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


def test_a_wall_faces_outward_without_tilt_in_every_layer():
    shares = facing(*wall()).reshape(LAYERS, TILTS, OUTWARD) ** 2

    assert shares[:, TILTS // 2, OUTWARD - 1] == pytest.approx(np.full(LAYERS, 1 / LAYERS))
    assert shares.sum() == pytest.approx(1)


def test_a_hollow_faces_inward():
    shares = facing(*wall(inside=True)).reshape(LAYERS, TILTS, OUTWARD) ** 2

    assert shares[:, TILTS // 2, 0].sum() == pytest.approx(1)


def test_a_sphere_tilts_every_way_alike():
    # Archimedes: equal bins of height of the sphere have equal areas.
    assert tilts(sphere()) ** 2 == pytest.approx(np.full(TILT_BINS, 1 / TILT_BINS), abs=0.008)


def test_points_without_normals_have_neither_block():
    points, _ = wall()

    assert not facing(points, np.zeros_like(points)).any()
    assert not tilts(np.zeros_like(points)).any()


def test_proportions_of_a_sphere_have_their_closed_form():
    measures = replace(
        measure(make("mug", 1)),
        body_count=1,
        euler_number=2,
        area=4 * np.pi,
        volume=4 / 3 * np.pi,
        encloses=True,
    )
    third = 1 / np.sqrt(3)  # of points on the unit sphere every axis has the variance 1 / 3, together 1

    found = dict(zip(PROPORTIONS, proportions(sphere(), measures), strict=True))

    expected = {
        "bodies": 0.0, "euler": np.arcsinh(2), "area": np.log(4 * np.pi), "solid": np.log(4 / 3 * np.pi), "open": 0.0,
        "height": np.log(2), "wide": np.log(third), "narrow": np.log(third), "upright": np.log(third), "middle": 0.5,
    }  # fmt: skip
    assert found == pytest.approx(expected, abs=0.02)


def test_a_turn_a_shift_and_a_scale_change_no_block():
    rng = np.random.default_rng(1)
    points, normals = rng.normal(size=(300, 3)) * [1, 2, 3], sphere(300)
    c, s = np.cos(0.7), np.sin(0.7)
    turn = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    measures = measure(make("table", 2))
    larger = replace(
        measures,
        area=4 * (measures.area or 0),
        volume=None if measures.volume is None else 8 * measures.volume,
    )

    moved, turned = 2 * points @ turn.T + [5, -1, 2], normals @ turn.T

    assert facing(moved, turned) == pytest.approx(facing(points, normals), abs=1e-6)
    assert tilts(turned) == pytest.approx(tilts(normals), abs=1e-6)
    assert proportions(moved, larger) == pytest.approx(proportions(points, measures), nan_ok=True)


def test_a_cloud_has_no_bodies_and_a_dot_no_proportions():
    cloud = replace(measure(make("table", 2)), area=None, body_count=None, euler_number=None, volume=None)

    row = proportions(sphere(100), cloud)
    assert [name for name, value in zip(PROPORTIONS, row, strict=True) if np.isnan(value)] == [
        "bodies",
        "euler",
        "area",
        "solid",
    ]
    assert np.isnan(proportions(np.ones((5, 3)), cloud)).all()
