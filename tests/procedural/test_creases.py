"""Normals: flat on boxes, round on balls, and never a hole in between."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.procedural.creases import with_normals
from polyseek.procedural.solids import Solid, box, cylinder, sphere


def test_a_box_has_its_six_directions_only():
    vertices, faces, normals = with_normals(box(1, 2, 3))

    assert len(vertices) == 24
    assert len(faces) == 12
    assert {tuple(n) for n in np.round(normals, 6) + 0.0} == {
        tuple(s * e) for e in np.eye(3) + 0.0 for s in (1.0, -1.0)
    } | set()


def test_a_ball_is_smooth_and_keeps_its_vertices():
    ball = sphere(2, sides=40)

    vertices, _, normals = with_normals(ball)

    assert len(vertices) == len(ball.vertices)
    assert np.einsum("ij,ij->i", normals, vertices / 2) == pytest.approx(1, abs=0.01)


def test_a_cylinder_is_round_about_and_flat_on_top():
    vertices, _, normals = with_normals(cylinder(1, 2, sides=24))

    flat = np.abs(normals[:, 1]) > 0.99
    assert flat.sum() == 2 * 25
    assert normals[~flat][:, 1] == pytest.approx(0, abs=1e-6)
    radial = vertices[~flat][:, [0, 2]]
    assert np.einsum("ij,ij->i", normals[~flat][:, [0, 2]], radial) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("crease_deg", [0.0, 40.0, 180.0])
def test_triangles_keep_their_places_whatever_the_crease(crease_deg: float):
    solid = cylinder(1, 2)

    vertices, faces, normals = with_normals(solid, crease_deg)

    assert np.allclose(vertices[faces], solid.vertices[solid.faces], atol=1e-6)
    assert np.linalg.norm(normals, axis=1) == pytest.approx(1, abs=1e-5)


def test_every_corner_matches_the_plain_rule():
    solid: Solid = cylinder(1, 0.4, top=0.5, sides=7)
    a, b, c = solid.vertices[solid.faces].transpose(1, 0, 2)
    doubled = np.cross(b - a, c - a)
    units = doubled / np.linalg.norm(doubled, axis=1, keepdims=True)

    _, faces, normals = with_normals(solid, 50)

    for f, face in enumerate(solid.faces):
        for k, vertex in enumerate(face):
            near = [
                g
                for g in range(len(faces))
                if vertex in solid.faces[g] and units[f] @ units[g] >= np.cos(np.radians(50))
            ]
            expected = doubled[near].sum(0)
            assert normals[faces[f, k]] == pytest.approx(expected / np.linalg.norm(expected), abs=3e-3)
