"""Corners with an index per attribute become vertices with one."""

from __future__ import annotations

import numpy as np

from polyseek.formats.corners import Corners, unit_length


def test_every_triangle_keeps_its_positions_normals_and_colours_and_equal_corners_are_shared():
    rng = np.random.default_rng(1)
    positions, normals = rng.normal(size=(6, 3)), rng.normal(size=(4, 3))
    colours = rng.random((3, 4))
    at, turned, painted = (rng.integers(0, n, 60) for n in (6, 4, 3))
    triangles = np.arange(60).reshape(-1, 3)[5:]

    mesh = Corners((positions, at), (normals, turned), None, (colours, painted)).mesh(triangles)

    used = triangles.ravel()
    wanted = positions[at[used]].astype(np.float32)
    assert (mesh.vertices[mesh.faces.ravel()] == wanted).all()
    assert mesh.normals is not None
    assert mesh.colours is not None
    assert np.allclose(
        mesh.normals[mesh.faces.ravel()], unit_length(normals[turned[used]].astype(np.float32))
    )
    assert (mesh.colours[mesh.faces.ravel()] == colours[painted[used]].astype(np.float32)).all()
    assert len(mesh.vertices) == len({*zip(at[used], turned[used], painted[used], strict=True)})


def test_a_normal_of_no_length_stays_zero():
    normals = np.array([[0, 0, 0], [0, 3, 4]], np.float32)

    assert np.allclose(unit_length(normals), [[0, 0, 0], [0, 0.6, 0.8]])
