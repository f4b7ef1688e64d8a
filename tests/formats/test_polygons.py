"""Polygons to triangles: areas of closed form, and no triangle outside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyseek.formats.polygons import triangulate, weld_positions


def triangles_of(outline: np.ndarray) -> np.ndarray:
    """Corner positions of the triangles of one polygon."""
    corners = np.arange(len(outline))
    places = triangulate(outline, corners, np.array([0, len(outline)])).places
    return outline[corners[places]]


def signed_areas(triangles: np.ndarray) -> np.ndarray:
    a, b, c = triangles.transpose(1, 0, 2)
    return 0.5 * np.cross(b - a, c - a)[:, 2]


def shoelace(outline: np.ndarray) -> float:
    x, y = outline[:, 0], outline[:, 1]
    return 0.5 * float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())


def star(points: int, inner: float, turn: float = 0.0) -> np.ndarray:
    angles = np.arange(2 * points) * np.pi / points + turn
    radius = np.where(np.arange(2 * points) % 2, inner, 1.0)
    return np.column_stack([radius * np.cos(angles), radius * np.sin(angles), np.zeros(2 * points)])


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 40), st.floats(0.1, 0.95), st.floats(0, 6.3))
def test_a_star_is_covered_once_and_never_left(points: int, inner: float, turn: float):
    outline = star(points, inner, turn)

    areas = signed_areas(triangles_of(outline))

    # All triangles turn the same way and their areas add up: so none overlaps and none lies outside.
    assert len(areas) == len(outline) - 2
    assert (areas > -1e-12).all()
    assert areas.sum() == pytest.approx(shoelace(outline), rel=1e-9)


@pytest.mark.parametrize("first", range(4))
def test_a_dart_is_cut_along_the_diagonal_inside_it(first: int):
    dart = np.roll(np.array([[0, 0, 0], [2, -1, 0], [0.5, 0, 0], [2, 1, 0]], float), -first, axis=0)

    areas = signed_areas(triangles_of(dart))

    assert (areas > 0).all() or (areas < 0).all()
    assert areas.sum() == pytest.approx(shoelace(dart))


def test_a_polygon_in_space_is_cut_like_in_the_plane():
    # Given a star in a tilted plane, its triangles' areas add up to that of the flat star.
    outline = star(7, 0.3)
    turn, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))

    a, b, c = triangles_of(outline @ turn.T).transpose(1, 0, 2)

    assert 0.5 * np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() == pytest.approx(shoelace(outline))


def test_degenerate_polygons_keep_their_count():
    line = np.column_stack([np.arange(6.0), np.zeros(6), np.zeros(6)])

    assert len(triangles_of(line)) == 4


def test_polygons_of_many_sizes_keep_their_owners():
    corners = np.array([0, 1, 2, 0, 1, 2, 3, 0, 1, 0, 1, 2, 3, 4])
    starts = np.array([0, 3, 7, 9, 14])

    found = triangulate(star(5, 0.9), corners, starts)

    assert found.owner.tolist() == [0, 1, 1, 3, 3, 3]
    assert all(
        starts[o] <= p.min() and p.max() < starts[o + 1]
        for o, p in zip(found.owner, found.places, strict=True)
    )


def test_welding_joins_equal_positions_only():
    rng = np.random.default_rng(1)
    distinct = rng.normal(size=(50, 3)).astype(np.float32)
    corners = distinct[rng.integers(0, 50, 300)]

    welded = weld_positions(corners)

    assert np.array_equal(corners[welded.corner][welded.faces.ravel()], corners)
    assert len(welded.corner) == len(np.unique(corners, axis=0))


def test_zero_and_minus_zero_are_one_position():
    corners = np.array([[0.0, 1, 2], [-0.0, 1, 2], [1, 1, 1]], np.float32)

    assert weld_positions(corners).faces.tolist() == [[0, 0, 1]]
