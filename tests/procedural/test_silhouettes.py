"""Silhouettes against the volumes and places of what they draw."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from polyseek.procedural import make
from polyseek.procedural.silhouettes import along_x, along_z, hull, side_view, wing
from polyseek.procedural.solids import Solid

L_SHAPE = [(0.0, 0.0), (3.0, 0.0), (3.0, 1.0), (1.0, 1.0), (1.0, 2.0), (0.0, 2.0)]


def volume(solid: Solid) -> float:
    a, b, c = solid.vertices[solid.faces].transpose(1, 0, 2)
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def test_a_side_view_has_its_area_times_its_width_and_lies_along_z():
    solid = side_view(L_SHAPE, 0.5)

    assert volume(solid) == pytest.approx(4.0 * 0.5)
    assert solid.vertices.min(0) == pytest.approx((-0.25, 0, 0))
    assert solid.vertices.max(0) == pytest.approx((0.25, 2, 3))


def test_a_tucked_side_view_is_narrower_at_the_top_only():
    vertices = side_view([(0, 0), (2, 0), (2, 2), (0, 2)], 1.0, tuck=0.4).vertices

    assert np.ptp(vertices[vertices[:, 1] == 0, 0]) == pytest.approx(1.0)
    assert np.ptp(vertices[vertices[:, 1] == 2, 0]) == pytest.approx(0.6)


@pytest.mark.parametrize(("turned", "axis"), [(along_x, 0), (along_z, 2)])
def test_a_profile_is_turned_about_the_axis_its_name_says(turned: Callable[..., Solid], axis: int):
    solid = turned([(0, -1), (2, -1), (2, 5), (0, 5)], sides=8)

    assert volume(solid) == pytest.approx(8 / 2 * math.sin(math.pi / 4) * 4 * 6)
    assert (solid.vertices[:, axis].min(), solid.vertices[:, axis].max()) == pytest.approx((-1, 5))


def test_a_hull_is_as_wide_as_its_decks_and_as_deep_as_its_keels():
    solid = hull([(-2, 0.1, 0.4, 1.2), (0, 0.8, 0.0, 1.0), (2, 0.1, 0.5, 1.4)])

    assert volume(solid) > 0
    assert solid.vertices.min(0) == pytest.approx((-0.8, 0, -2))
    assert solid.vertices.max(0) == pytest.approx((0.8, 1.4, 2))


def test_a_wing_without_sweep_or_taper_tapers_in_thickness_only():
    solid = wing(3.0, 1.0, 1.0, 0.0, 0.2)

    # Thickness falls evenly from 0.2 to 0.08 along the span.
    assert volume(solid) == pytest.approx(3.0 * 1.0 * (0.2 + 0.08) / 2)


def test_a_swept_wing_ends_further_back():
    tip = wing(2.0, 1.0, 0.5, 0.7, 0.1, rise=0.3).vertices
    tip = tip[tip[:, 0] == 2.0]

    assert tip[:, [1, 2]].mean(0) == pytest.approx((0.3, -0.7))


@pytest.mark.parametrize(
    "category", ["sailing_ship", "fire_truck", "road", "submarine", "motorcycle", "bush"]
)
def test_the_busiest_categories_stay_within_eight_thousand_triangles(category: str):
    assert all(make(category, seed).triangles < 8000 for seed in range(8))
