"""Surface voxels against a slow exact overlap test, closed forms and invariances."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import EmptyModel
from polyseek.representations.voxel_kernels import mark_triangles
from polyseek.representations.voxels import VoxelOptions, voxelise


def asset_of(vertices: np.ndarray, faces: np.ndarray) -> Asset:
    mesh = Mesh(np.asarray(vertices, np.float32), np.asarray(faces, np.int32).reshape(-1, 3))
    return Asset("made", (mesh,), (Part(0, np.eye(4)),), Origin("made", up="y"))


def box(width: float, height: float, depth: float) -> Asset:
    corners = np.array(list(product((0, width), (0, height), (0, depth))))
    faces = [
        [0, 1, 3],
        [0, 3, 2],
        [4, 6, 7],
        [4, 7, 5],
        [0, 4, 5],
        [0, 5, 1],
        [2, 3, 7],
        [2, 7, 6],
        [0, 2, 6],
        [0, 6, 4],
        [1, 5, 7],
        [1, 7, 3],
    ]
    return asset_of(corners, np.array(faces))


def overlaps(triangle: np.ndarray, cell: np.ndarray) -> bool:
    """Separating axes of a triangle and the unit cube at `cell` (Akenine-Möller 2001)."""
    corners = triangle - (cell + 0.5)
    sides = np.roll(corners, -1, axis=0) - corners
    axes = [*np.eye(3), np.cross(sides[0], sides[1])]
    axes += [np.cross(unit, side) for unit in np.eye(3) for side in sides]
    for axis in axes:
        reach = 0.5 * np.abs(axis).sum()
        along = corners @ axis
        if along.min() > reach or along.max() < -reach:
            return False
    return True


def test_marked_cells_are_exactly_those_that_overlap():
    rng = np.random.default_rng(0)
    for size in (0.5, 3.0, 12.0):
        for _ in range(15):
            triangle = rng.uniform(-1, 9, 3) + rng.normal(size=(3, 3)) * size
            grid = np.zeros((8, 8, 8), np.uint8)

            mark_triangles(triangle, np.array([[0, 1, 2]], np.int32), grid)

            expected = [overlaps(triangle, np.array(cell, float)) for cell in product(range(8), repeat=3)]
            assert grid.reshape(-1).tolist() == expected


def test_a_triangle_far_outside_marks_nothing_and_one_around_it_all_marks_its_plane():
    grid = np.zeros((8, 8, 8), np.uint8)
    face = np.array([[0, 1, 2]], np.int32)

    mark_triangles(np.array([[20.0, 1, 1], [30, 1, 2], [1e30, 5, 5]]), face, grid)
    assert grid.sum() == 0

    mark_triangles(np.array([[-1e6, 3.5, -1e6], [1e6, 3.5, -1e6], [0, 3.5, 2e6]]), face, grid)
    assert grid[:, 3, :].all()
    assert grid.sum() == 64


def test_a_cube_fills_the_faces_of_the_grid_but_for_its_margin():
    found = voxelise(box(2, 2, 2), VoxelOptions(side=16))

    # The box spans 14 cells and touches the cells on both sides of its planes.
    assert found.cell == pytest.approx(2 / 14)
    assert found.origin == pytest.approx((-2 / 14,) * 3)
    assert found.grid[8, 1:15, 1].all()
    assert found.grid[4:12, 4:12, 4:12].sum() == 0


@pytest.mark.parametrize("fit", ["box", "mass"])
def test_size_and_place_leave_the_grid_as_it_is(fit):
    model = box(1, 2, 0.5)
    mesh = model.meshes[0]
    moved = asset_of(mesh.vertices * 4 + np.array([8, -16, 2]), mesh.faces)
    options = VoxelOptions(side=32, fit=fit)

    # Powers of two and short sums are exact in binary, so that the cells must be the very same.
    assert np.array_equal(voxelise(model, options).grid, voxelise(moved, options).grid)


def test_mass_fit_centres_the_cells_and_sets_their_mean_distance():
    slender = box(0.3, 3, 0.2)

    found = voxelise(slender, VoxelOptions(side=64, fit="mass"))

    cells = np.argwhere(found.grid) + 0.5
    assert cells.mean(0) == pytest.approx([32, 32, 32], abs=0.7)
    # Nothing was cut off: all of it lies within two mean distances.
    assert np.linalg.norm(cells - cells.mean(0), axis=1).mean() == pytest.approx(16, rel=0.05)


def test_points_without_faces_mark_their_cells():
    cloud = asset_of(np.array([[0, 0, 0], [1, 0, 0], [0.5, 1, 0]]), np.zeros((0, 3)))

    found = voxelise(cloud, VoxelOptions(side=8))

    assert found.grid.sum() == 3


@pytest.mark.parametrize("fit", ["box", "mass"])
def test_a_model_without_extent_fills_one_cell(fit):
    dot = asset_of(np.array([[3.0, 4, 5]] * 3), np.array([[0, 1, 2]]))

    assert voxelise(dot, VoxelOptions(side=8, fit=fit)).grid.sum() == 1


def test_triangles_without_area_mark_the_cells_along_them():
    line = asset_of(np.array([[0, 0, 0], [1, 1, 1], [2, 2, 2]]), np.array([[0, 1, 2]]))

    found = voxelise(line, VoxelOptions(side=16))

    assert np.array_equal(np.argwhere(found.grid), np.repeat(np.arange(1, 16)[:, None], 3, axis=1))


def test_nothing_to_voxelise_is_said():
    with pytest.raises(EmptyModel):
        voxelise(Asset("empty", (), (), Origin("made")))
