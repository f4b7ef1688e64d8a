"""Solids against the volumes and areas of the shapes they stand for."""

from __future__ import annotations

import math

import numpy as np
import pytest

from polyseek.procedural.curves import arc, spline, tube
from polyseek.procedural.polygons import rectangle, regular, star
from polyseek.procedural.solids import (
    Solid,
    box,
    cone,
    cylinder,
    dome,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    merged,
    prism,
    rotation,
    rounded_box,
    sphere,
    torus,
)  # fmt: skip

SOLIDS = {
    "box": box(1, 2, 3),
    "rounded box": rounded_box(1, 2, 3, 0.2),
    "cylinder": cylinder(1, 2),
    "cone": cone(1, 2),
    "sphere": sphere(1),
    "dome": dome(1, 2),
    "torus": torus(1, 0.2),
    "star": extrusion(star(5, 1, 0.4), 0.3),
    "prism": prism(regular(6, 1), 2),
    "tube": tube(spline([(0, 0, 0), (1, 1, 0), (2, 0, 1)]), [0.1, 0.2, 0.05]),
    "vase": lathe([(0, 0), (1, 0), (0.5, 2), (0.4, 2), (0.8, 0.2), (0, 0.2)]),
    "two": merged(box(1, 1, 1), sphere(1).moved(3)),
}


def volume(solid: Solid) -> float:
    a, b, c = solid.vertices[solid.faces].transpose(1, 0, 2)
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def regular_area(sides: int) -> float:
    """Area of a regular polygon with radius 1."""
    return sides / 2 * math.sin(2 * math.pi / sides)


@pytest.mark.parametrize("name", SOLIDS)
def test_every_edge_of_a_solid_is_run_once_each_way(name: str):
    faces = SOLIDS[name].faces
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])

    once = {(int(a), int(b)) for a, b in edges}

    assert len(once) == len(edges)
    assert once == {(b, a) for a, b in once}


@pytest.mark.parametrize(
    ("solid", "expected"),
    [
        (box(1, 2, 3), 6.0),
        (cylinder(2, 3, sides=12), regular_area(12) * 4 * 3),
        (cone(2, 3, sides=12), regular_area(12) * 4),
        (prism(regular(6, 1), 2), regular_area(6) * 2),
        (extrusion(np.array([(0, 0), (2, 0), (2, 2), (1, 1), (0, 2)], float), 0.5), 1.5),
        (lathe([(1, 0), (2, 0), (2, 1), (1, 1), (1, 0)], sides=24), regular_area(24) * 3),
        (tube([(0, 0, 0), (0, 5, 0)], 1.0, sides=16), regular_area(16) * 5),
    ],
)
def test_the_volume_is_that_of_the_shape(solid: Solid, expected: float):
    assert volume(solid) == pytest.approx(expected)


def test_a_round_solid_nears_its_formula_as_sides_grow():
    assert volume(sphere(1, sides=200)) == pytest.approx(4 * math.pi / 3, rel=1e-3)
    assert volume(torus(2, 0.5, sides=200, around=100)) == pytest.approx(2 * math.pi**2 * 2 * 0.25, rel=1e-2)
    assert volume(ellipsoid(1, 2, 3, sides=200)) == pytest.approx(8 * math.pi, rel=1e-3)


def test_turning_and_moving_keep_the_volume_and_mirrors_keep_the_outside_out():
    solid = SOLIDS["vase"]

    assert volume(solid.turned("x", 40).turned("z", 100).moved(3, 2, 1)) == pytest.approx(volume(solid))
    assert volume(solid.scaled(-2, 1, 1)) == pytest.approx(2 * volume(solid))


@pytest.mark.parametrize(("axis", "start", "end"), [("x", 1, 2), ("y", 2, 0), ("z", 0, 1)])
def test_a_quarter_turn_is_right_handed(axis: str, start: int, end: int):
    assert rotation(axis, 90) @ np.eye(3)[start] == pytest.approx(np.eye(3)[end])


def test_a_rounded_box_fills_its_bounds():
    solid = rounded_box(1, 2, 3, 0.4)

    assert np.ptp(solid.vertices, axis=0) == pytest.approx((1, 2, 3))
    assert volume(solid) < 6


def test_an_outline_may_run_either_way_round():
    outline = star(5, 1, 0.4)

    assert volume(extrusion(outline[::-1], 1)) == pytest.approx(volume(extrusion(outline, 1)))


def test_an_outline_that_encloses_nothing_is_refused():
    with pytest.raises(ValueError, match="encloses nothing"):
        extrusion(np.array([(0, 0), (1, 0), (2, 0), (3, 0)], float), 1)


def test_a_repeated_point_changes_nothing():
    outline = np.array([(0, 0), (1, 0), (1, 0), (1, 1), (0, 1), (0, 0)], float)

    assert volume(extrusion(outline, 2)) == pytest.approx(2)


def test_a_spline_goes_through_its_points_and_an_arc_keeps_its_radius():
    points = [(0.0, 0.0, 0.0), (1.0, 2.0, 0.0), (3.0, 1.0, 1.0)]

    curve = spline(points, 9)

    assert curve[[0, 4, 8]] == pytest.approx(np.array(points))
    assert np.linalg.norm(arc(2, 0, 270), axis=1) == pytest.approx(2)


def test_rings_that_run_backwards_still_give_an_outside():
    ring = np.column_stack([rectangle(1, 1)[:, 0], np.zeros(4), rectangle(1, 1)[:, 1]])
    upward = np.stack([ring, ring + np.array((0, 1, 0))])

    assert volume(loft(upward)) == pytest.approx(1)
    assert volume(loft(upward[::-1])) == pytest.approx(1)
