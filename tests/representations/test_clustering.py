"""Vertex clustering: fewer triangles, the same look."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.assets import Asset, Mesh, Origin, Part, bounds
from polyseek.representations import clustering
from polyseek.representations.clustering import clustered, lighter


def sheet(n: int) -> Mesh:
    """A unit square of 2 n² triangles in the plane z = 0, one corner at the origin."""
    x, y = np.meshgrid(np.linspace(0, 1, n + 1), np.linspace(0, 1, n + 1))
    vertices = np.column_stack([x.ravel(), y.ravel(), np.zeros((n + 1) ** 2)]).astype(np.float32)
    at = np.arange(n * (n + 1)).reshape(n, n + 1)[:, :-1].ravel()
    faces = np.concatenate(
        [np.column_stack([at, at + 1, at + n + 2]), np.column_stack([at, at + n + 2, at + n + 1])]
    )
    return Mesh(vertices, faces.astype(np.int32), uv=vertices[:, :2].copy())


def placed(mesh: Mesh, *scales: float) -> Asset:
    parts = tuple(Part(0, np.diag([scale, scale, scale, 1.0])) for scale in scales)
    return Asset("sheet", (mesh,), parts, Origin("glb", up="y"))


def area(mesh: Mesh) -> float:
    a, b, c = mesh.vertices[mesh.faces].transpose(1, 0, 2)
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_a_sheet_keeps_its_area_within_a_cell_at_its_rim_and_has_two_triangles_a_cell():
    found = clustered(sheet(100), 0.1)

    assert len(found.faces) == pytest.approx(2 * 10 * 10, abs=2 * 21)
    assert area(found) == pytest.approx(1.0, abs=2 * 0.1 + 0.01)
    assert found.uv == pytest.approx(found.vertices[:, :2])  # attributes stay with their vertex


def test_every_vertex_moves_less_than_a_cells_diagonal():
    mesh = sheet(50)

    found = clustered(mesh, 0.07)

    nearest = np.linalg.norm(mesh.vertices[:, None] - found.vertices[None], axis=2).min(1)
    assert nearest.max() <= 0.07 * np.sqrt(3)


def test_cells_finer_than_the_mesh_change_nothing():
    mesh = sheet(20)

    found = clustered(mesh, 1e-4)

    assert len(found.faces) == len(mesh.faces)
    assert area(found) == pytest.approx(1.0)


def test_a_mesh_smaller_than_a_cell_is_still_there():
    found = clustered(sheet(20), 100.0)

    assert 0 < len(found.faces) <= 2 * clustering.SMALL_MESH


def test_an_asset_that_is_light_already_is_left_alone():
    asset = placed(sheet(20), 1.0)

    assert lighter(asset, 64) is asset


def test_a_heavy_asset_keeps_its_placements_its_bounds_and_shares_its_meshes(monkeypatch):
    monkeypatch.setattr(clustering, "FEW_TRIANGLES", 1000)
    asset = placed(sheet(100), 1.0, 2.0)

    found = lighter(asset, 32)

    assert found.parts == asset.parts
    assert len(found.meshes) == 1
    # The cell is 2/32 in the world, so 1/32 in the mesh that is placed twice as large.
    assert len(found.meshes[0].faces) == pytest.approx(2 * 32**2, rel=0.1)
    assert np.abs(bounds(found) - bounds(asset)).max() <= 2 / 32
