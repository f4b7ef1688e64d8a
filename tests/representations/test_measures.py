"""The 18 numbers against closed forms, a slow plain version and the relations of two printed vectors."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import permutations

import numpy as np
import pytest

from polyseek.assets import Asset, Mesh, Origin, Part, flatten
from polyseek.errors import EmptyModel
from polyseek.procedural import make
from polyseek.procedural.solids import Solid, box, merged, sphere, torus
from polyseek.representations.measures import NAMES, Measures, measure

CUBE = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float32)


def asset_of(*solids: Solid, matrix: np.ndarray | None = None) -> Asset:
    meshes = tuple(Mesh(solid.vertices.astype(np.float32), solid.faces) for solid in solids)
    placed = np.eye(4) if matrix is None else matrix
    return Asset("made", meshes, tuple(Part(i, placed) for i in range(len(meshes))), Origin("made"))


def tetrahedron() -> Solid:
    """The corner (0,0,0), (1,0,0), (0,1,0), (0,0,1)."""
    corners = np.array([(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)], np.float64)
    faces = np.array([(0, 2, 1), (0, 1, 3), (0, 3, 2), (1, 2, 3)], np.int32)
    return Solid(corners, faces)


def split_corners(solid: Solid) -> Solid:
    """The same surface with three vertices of its own for every triangle."""
    return Solid(
        solid.vertices[solid.faces].reshape(-1, 3),
        np.arange(3 * len(solid.faces), dtype=np.int32).reshape(-1, 3),
    )


def test_a_box_has_the_numbers_of_its_closed_form():
    measured = measure(asset_of(box(2, 3, 4).moved(10, 20, 30)))

    assert measured.area == pytest.approx(2 * (2 * 3 + 3 * 4 + 2 * 4))
    assert measured.volume == pytest.approx(24)
    assert measured.bounds_min == pytest.approx((9, 20, 28))
    assert measured.bounds_max == pytest.approx((11, 23, 32))
    assert measured.center_of_mass == pytest.approx((10, 21.5, 30))
    assert measured.centroid == pytest.approx((10, 21.5, 30))
    assert (measured.body_count, measured.euler_number) == (1, 2)
    assert measured.scale == pytest.approx(math.sqrt(4 + 9 + 16))
    assert measured.size == pytest.approx((2, 3, 4))
    assert measured.longest == pytest.approx(4)
    assert measured.watertight
    assert measured.encloses


def test_a_corner_tetrahedron_has_its_mass_and_its_surface_in_different_places():
    measured = measure(asset_of(tetrahedron()))

    slope = math.sqrt(3) / 2
    area = 1.5 + slope
    # Two of the legs' triangles have their middle at 1/3 along an axis, the third at 0, the slope at 1/3.
    centroid = (2 * 0.5 / 3 + slope / 3) / area
    assert measured.area == pytest.approx(area)
    assert measured.volume == pytest.approx(1 / 6)
    assert measured.center_of_mass == pytest.approx((0.25, 0.25, 0.25))
    assert measured.centroid == pytest.approx((centroid,) * 3)


def test_a_fine_sphere_comes_near_the_round_one():
    measured = measure(asset_of(sphere(0.5, sides=160)))

    assert measured.volume == pytest.approx(math.pi / 6, rel=2e-3)
    assert measured.area == pytest.approx(math.pi, rel=2e-3)
    assert measured.center_of_mass == pytest.approx((0, 0, 0), abs=1e-6)


def test_a_torus_has_euler_number_zero():
    measured = measure(asset_of(torus(1.0, 0.25, sides=90, around=60)))

    assert (measured.body_count, measured.euler_number) == (1, 0)
    assert measured.volume == pytest.approx(2 * math.pi**2 * 0.25**2, rel=5e-3)


def test_two_boxes_apart_are_two_bodies_whether_in_one_mesh_or_two():
    near, far = box(1, 1, 1), box(1, 1, 1).moved(5)

    together, apart = measure(asset_of(merged(near, far))), measure(asset_of(near, far))

    for measured in (together, apart):
        assert (measured.body_count, measured.euler_number) == (2, 4)
        assert measured.volume == pytest.approx(2)
        assert measured.center_of_mass == pytest.approx((2.5, 0.5, 0))


def test_corners_stored_apart_are_welded_by_position():
    solid = torus(1.0, 0.3, sides=12, around=6)

    assert measure(asset_of(split_corners(solid))).as_dict() == pytest.approx(
        measure(asset_of(solid)).as_dict()
    )


def test_minus_zero_is_welded_with_zero():
    corners = tetrahedron()
    vertices = corners.vertices[corners.faces].reshape(-1, 3)
    vertices[::2] = np.where(vertices[::2] == 0, -0.0, vertices[::2])

    assert measure(asset_of(Solid(vertices, np.arange(12, dtype=np.int32).reshape(-1, 3)))).watertight


def test_an_open_surface_has_no_volume_mass_or_centre_of_mass():
    solid = box(1, 1, 1)

    measured = measure(asset_of(Solid(solid.vertices, solid.faces[1:])))

    assert not measured.watertight
    given = measured.as_dict()
    absent = {name for name, value in given.items() if value is None}
    assert absent == {"volume", "mass", "center_of_mass_x", "center_of_mass_y", "center_of_mass_z"}
    assert given["area"] == pytest.approx(5.5)


def test_one_flipped_triangle_leaves_it_watertight_but_enclosing_nothing():
    solid = box(1, 1, 1)
    faces = solid.faces.copy()
    faces[0] = faces[0, ::-1]

    measured = measure(asset_of(Solid(solid.vertices, faces)))

    assert measured.watertight
    assert not measured.encloses
    assert measured.volume is None


def test_wound_inside_out_has_the_same_volume():
    solid = box(1, 2, 3)

    assert measure(asset_of(Solid(solid.vertices, solid.faces[:, ::-1]))).volume == pytest.approx(6)


def test_a_hollow_is_taken_off():
    hollow = box(1, 1, 1).moved(0, 0.5)
    shell = merged(box(2, 2, 2), Solid(hollow.vertices, hollow.faces[:, ::-1]))

    assert measure(asset_of(shell)).volume == pytest.approx(7)


def test_a_placement_that_mirrors_and_scales_counts_as_placed():
    matrix = np.diag([-2.0, 3.0, 0.5, 1.0])
    matrix[:3, 3] = 1, 2, 3

    measured = measure(asset_of(tetrahedron(), matrix=matrix))

    assert measured.volume == pytest.approx(3 / 6)
    assert measured.center_of_mass == pytest.approx((1 - 0.5, 2 + 0.75, 3 + 0.125))


def test_far_from_the_origin_the_volume_stays_exact():
    measured = measure(asset_of(box(1, 1, 1).moved(4096, 4096, 4096)))

    assert measured.volume == pytest.approx(1, rel=1e-9)


def test_a_doubled_flat_sheet_has_no_centre_of_mass():
    corners = np.array([(0, 0, 0), (1, 0, 0), (0, 0, 1)], np.float64)
    measured = measure(asset_of(Solid(corners, np.array([(0, 1, 2), (0, 2, 1)], np.int32))))

    assert measured.volume == pytest.approx(0, abs=1e-12)
    assert measured.center_of_mass is None


def test_triangles_without_area_are_measured_without_a_division_by_zero():
    point = Solid(np.ones((3, 3)), np.array([(0, 1, 2)], np.int32))

    measured = measure(asset_of(point))

    assert measured.area == 0
    assert measured.centroid == pytest.approx((1, 1, 1))
    assert not measured.watertight


def test_a_cloud_of_points_has_bounds_and_a_centroid_only():
    mesh = Mesh(CUBE, np.zeros((0, 3), np.int32))

    measured = measure(Asset("cloud", (mesh,), (Part(0, np.eye(4)),), Origin("ply")))

    present = {name for name, value in measured.as_dict().items() if value is not None}
    assert present == {name for name in NAMES if name.startswith(("bounds", "centroid"))} | {"scale"}
    assert measured.centroid == pytest.approx((0.5, 0.5, 0.5))
    assert measured.vertices == 8


def test_nothing_at_all_is_refused():
    with pytest.raises(EmptyModel, match="nothing to measure"):
        measure(Asset("empty", (), (), Origin("obj")))


def test_there_are_eighteen_numbers_in_the_order_of_their_names():
    given = measure(make("teapot", 1)).as_dict()

    assert len(NAMES) == 18
    assert tuple(given) == NAMES


@pytest.mark.parametrize("category", ["chair", "crown", "bicycle"])
def test_the_relations_of_the_two_printed_vectors_hold(category: str):
    """Both printed examples show: scale is the diagonal of the bounds, mass is the volume, centroids lie inside."""
    given = measure(make(category, 4)).as_dict()

    low, high = (np.array([given[f"bounds_{end}_{axis}"] for axis in "xyz"]) for end in ("min", "max"))
    centroid = np.array([given[f"centroid_{axis}"] for axis in "xyz"])
    assert given["scale"] == pytest.approx(np.linalg.norm(high - low))
    assert given["mass"] == given["volume"]
    assert np.all(centroid > low)
    assert np.all(centroid < high)


def test_euler_number_and_bodies_match_a_plain_count():
    asset = make("bookshelf", 2)
    geometry = flatten(asset)

    seen: dict[bytes, int] = {}
    corners = [seen.setdefault(v.tobytes(), len(seen)) for v in geometry.vertices + np.float32(0)]
    triangles = [tuple(corners[i] for i in face) for face in geometry.faces]
    edges = {frozenset((a, b)) for face in triangles for a, b in permutations(face, 2)}
    neighbours: dict[int, set[int]] = defaultdict(set)
    for edge in edges:
        a, b = edge
        neighbours[a].add(b)
        neighbours[b].add(a)
    left, bodies = set(neighbours), 0
    while left:
        bodies += 1
        reached = {left.pop()}
        while reached:
            reached = {b for a in reached for b in neighbours[a] if b in left}
            left -= reached

    measured = measure(asset)

    assert measured.body_count == bodies
    assert measured.euler_number == len(neighbours) - len(edges) + len(triangles)


def test_measures_are_the_same_in_any_order_of_the_faces():
    solid = merged(box(1, 2, 3), sphere(1.0).moved(4))
    order = np.random.default_rng(0).permutation(len(solid.faces))

    assert measure(asset_of(Solid(solid.vertices, solid.faces[order]))).as_dict() == pytest.approx(
        measure(asset_of(solid)).as_dict(), abs=1e-9
    )


def test_mass_follows_volume():
    assert isinstance(measure(asset_of(box(1, 1, 1))), Measures)
    assert measure(asset_of(box(1, 1, 1))).mass == measure(asset_of(box(1, 1, 1))).volume
