"""Sampled points against closed forms: shares by area, places on the surface, colours, and the seed."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.assets import Asset, Material, Mesh, Origin, Part, Texture, flatten
from polyseek.errors import EmptyModel
from polyseek.procedural import make
from polyseek.procedural.solids import box, sphere
from polyseek.representations.points import PointsOptions, sample_points

QUAD = np.array([(0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)], np.float32)
QUAD_FACES = np.array([(0, 2, 1), (0, 3, 2)], np.int32)  # facing +y
GREY = (200, 200, 200, 255)


def quad(**fields: object) -> Mesh:
    return Mesh(QUAD, QUAD_FACES, **fields)  # type: ignore[arg-type]


def asset_of(
    *meshes: Mesh,
    materials: tuple[Material, ...] = (),
    textures: tuple[Texture, ...] = (),
    moved: float = 0.0,
) -> Asset:
    parts = []
    for i in range(len(meshes)):
        matrix = np.eye(4)
        matrix[0, 3] = moved * i
        parts.append(Part(i, matrix))
    return Asset("made", meshes, tuple(parts), Origin("made"), materials, textures)


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def test_each_triangle_gets_its_share_of_the_area():
    """Chi-square of counts against areas: 11 degrees of freedom stay under the 99.9 % point, 31.3."""
    asset = asset_of(Mesh(box(1, 2, 5).vertices.astype(np.float32), box(1, 2, 5).faces))
    geometry = flatten(asset)
    a, b, c = geometry.vertices[geometry.faces].transpose(1, 0, 2)
    normals = np.cross(b - a, c - a)
    areas = np.linalg.norm(normals, axis=1) / 2
    count = 20_000

    points = sample_points(asset, PointsOptions(count=count), seed=3)

    # The triangle of a point: the one whose barycentric coordinates of it are all positive.
    observed = np.zeros(len(areas))
    for p in points.positions:
        signs = [np.einsum("ij,ij->i", np.cross(v - u, p - u), normals) for u, v in ((a, b), (b, c), (c, a))]
        height = np.abs(np.einsum("ij,ij->i", p - a, normals)) / np.linalg.norm(normals, axis=1)
        inside = np.min(signs, axis=0) - 1e3 * (height > 1e-5)
        observed[np.argmax(inside)] += 1
    expected = count * areas / areas.sum()
    assert np.sum((observed - expected) ** 2 / expected) < 31.3


def test_points_are_spread_evenly_inside_a_triangle():
    """Four equal sub-triangles (midpoints joined) get a quarter each; chi-square, 3 degrees, 99.9 %: 16.3."""
    mesh = Mesh(np.array([(0, 0, 0), (1, 0, 0), (0, 0, 1)], np.float32), np.array([(0, 2, 1)], np.int32))
    count = 8_000

    x, _, z = sample_points(asset_of(mesh), PointsOptions(count=count), seed=0).positions.T

    quarters = [np.sum(x > 0.5), np.sum(z > 0.5), np.sum(x + z < 0.5)]
    observed = np.array([*quarters, count - sum(quarters)])
    assert np.sum((observed - count / 4) ** 2 / (count / 4)) < 16.3


def test_points_of_a_sphere_lie_on_it_with_normals_that_point_away():
    ball = sphere(2.0, sides=80)

    points = sample_points(asset_of(Mesh(ball.vertices.astype(np.float32), ball.faces)), seed=1)

    assert np.linalg.norm(points.positions, axis=1) == pytest.approx(2.0, abs=0.01)
    outward = points.positions / np.linalg.norm(points.positions, axis=1, keepdims=True)
    assert np.einsum("ij,ij->i", outward, points.normals).min() > 0.99
    assert np.linalg.norm(points.normals, axis=1) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("method", ["area", "farthest"])
def test_the_same_seed_gives_the_same_bits(method: str):
    asset, options = make("teapot", 3), PointsOptions(count=256, method=method)  # type: ignore[arg-type]

    first, second, other = (sample_points(asset, options, seed) for seed in (5, 5, 6))

    for name in ("positions", "normals", "colours", "opacity"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()
    assert first.positions.tobytes() != other.positions.tobytes()


def test_a_mirrored_placement_keeps_normals_outside():
    matrix = np.diag([-1.0, 1.0, 1.0, 1.0])
    asset = Asset("mirrored", (quad(),), (Part(0, matrix),), Origin("made"))

    points = sample_points(asset, PointsOptions(count=64))

    assert np.allclose(points.normals, (0, 1, 0))
    assert points.positions[:, 0].max() <= 0


def test_materials_give_srgb_colours():
    red = Material(base_colour=(1.0, 0.0, 0.0, 1.0))
    mid = Material(base_colour=(linear(0.5), linear(0.5), linear(0.5), 1.0))
    asset = asset_of(quad(material=0), quad(material=1), materials=(red, mid), moved=5)

    points = sample_points(asset, seed=2)

    first = points.positions[:, 0] < 2
    assert np.allclose(points.colours[first], (1, 0, 0), atol=1e-6)
    assert np.allclose(points.colours[~first], 0.5, atol=1e-6)


def test_a_surface_without_material_is_warm_grey():
    points = sample_points(asset_of(quad()), PointsOptions(count=8))

    assert np.allclose(points.colours, np.array([0xC9, 0xC6, 0xC0]) / 255, atol=1e-4)


def test_a_texture_is_read_where_its_coordinates_point():
    pixels = np.zeros((2, 2, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[:, 0, 0] = 255  # the left half red, the right half blue
    pixels[:, 1, 2] = 255
    uv = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    texture = Texture(pixels, wrap_u="clamp", wrap_v="clamp")
    asset = asset_of(quad(uv=uv, material=0), materials=(Material(base_texture=0),), textures=(texture,))

    points = sample_points(asset, seed=4)

    x = points.positions[:, 0]
    assert np.allclose(points.colours[x < 0.25], (1, 0, 0), atol=1e-6)
    assert np.allclose(points.colours[x > 0.75], (0, 0, 1), atol=1e-6)
    # Half way between the texel centres the light, not the sRGB number, is halved.
    middle = np.abs(x - 0.5) < 0.01
    assert points.colours[middle][:, 0] == pytest.approx(1.055 * 0.5 ** (1 / 2.4) - 0.055, abs=0.03)


@pytest.mark.parametrize(
    ("wrap", "expected"), [("repeat", (0, 0, 1)), ("clamp", (0, 0, 1)), ("mirror", (1, 0, 0))]
)
def test_coordinates_outside_the_image_wrap_as_the_texture_says(wrap: str, expected: tuple[int, int, int]):
    pixels = np.zeros((1, 64, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[:, :32, 0] = 255
    pixels[:, 32:, 2] = 255
    # All corners at u = 1.8: repeat reads 0.8, clamp the right edge, mirror 0.2.
    uv = np.full((4, 2), (1.8, 0.5), np.float32)
    texture = Texture(pixels, wrap_u=wrap)  # type: ignore[arg-type]
    asset = asset_of(quad(uv=uv, material=0), materials=(Material(base_texture=0),), textures=(texture,))

    assert np.allclose(sample_points(asset, PointsOptions(count=4)).colours, expected, atol=1e-6)


def test_vertex_colours_are_multiplied_with_the_material():
    colours = np.tile(np.array([0.5, 1.0, 1.0, 1.0], np.float32), (4, 1))
    asset = asset_of(
        quad(colours=colours, material=0), materials=(Material(base_colour=(1.0, 0.5, 0.0, 1.0)),)
    )

    points = sample_points(asset, PointsOptions(count=4))

    half = 1.055 * 0.5 ** (1 / 2.4) - 0.055
    assert np.allclose(points.colours, (half, half, 0), atol=1e-6)


def test_a_mask_makes_points_opaque_or_absent_and_blending_keeps_alpha():
    texture = Texture(np.full((1, 1, 4), (255, 255, 255, 100), np.uint8))
    uv = np.zeros((4, 2), np.float32)
    opacity = {}
    for mode in ("opaque", "mask", "blend"):
        material = Material(base_texture=0, alpha_mode=mode)  # type: ignore[arg-type]
        asset = asset_of(quad(uv=uv, material=0), materials=(material,), textures=(texture,))
        opacity[mode] = float(sample_points(asset, PointsOptions(count=2)).opacity[0])

    assert opacity == {"opaque": 1.0, "mask": 0.0, "blend": pytest.approx(100 / 255)}


def test_infinite_texture_coordinates_do_no_harm():
    uv = np.array([(np.inf, 0), (np.nan, 0), (1e30, 0), (0, -np.inf)], np.float32)
    texture = Texture(np.full((4, 4, 4), GREY, np.uint8))
    asset = asset_of(quad(uv=uv, material=0), materials=(Material(base_texture=0),), textures=(texture,))

    assert np.isfinite(sample_points(asset, PointsOptions(count=32)).colours).all()


def cloud(count: int, **fields: object) -> Asset:
    vertices = np.arange(3 * count, dtype=np.float32).reshape(-1, 3)
    return asset_of(Mesh(vertices, np.zeros((0, 3), np.int32), **fields))  # type: ignore[arg-type]


def test_a_large_cloud_is_thinned_without_repeats():
    points = sample_points(cloud(5000), PointsOptions(count=1000), seed=1)

    assert len(np.unique(points.positions, axis=0)) == 1000
    assert not points.normals.any()


def test_a_small_cloud_gives_every_point_equally_often():
    points = sample_points(cloud(10), PointsOptions(count=35), seed=1)

    _, repeats = np.unique(points.positions, axis=0, return_counts=True)
    assert len(repeats) == 10
    assert set(repeats) <= {3, 4}


def test_a_cloud_keeps_its_colours_and_turns_its_normals():
    colours = np.tile(np.array([0, 1, 0, 1], np.float32), (6, 1))
    normals = np.tile(np.array([1, 0, 0], np.float32), (6, 1))
    asset = cloud(6, colours=colours, normals=normals)
    turned = np.eye(4)
    turned[:3, :3] = [[0, 0, 1], [0, 1, 0], [-1, 0, 0]]  # a quarter turn: +x goes to -z
    asset = Asset("turned", asset.meshes, (Part(0, turned),), Origin("ply"))

    points = sample_points(asset, PointsOptions(count=6))

    assert np.allclose(points.colours, (0, 1, 0))
    assert np.allclose(points.normals, (0, 0, -1))


def test_the_unit_sphere_is_centred_and_filled():
    options = PointsOptions(normalise="sphere")

    positions = sample_points(make("giraffe", 0), options).positions

    assert positions.mean(0) == pytest.approx((0, 0, 0), abs=1e-5)
    assert np.linalg.norm(positions, axis=1).max() == pytest.approx(1.0, abs=1e-6)


def test_farthest_points_keep_their_distance():
    """Random points crowd: the smallest gap of the spread-out ones is at least five times as large."""

    def smallest_gap(method: str) -> float:
        options = PointsOptions(count=200, method=method)  # type: ignore[arg-type]
        positions = sample_points(asset_of(quad()), options, seed=2).positions
        gaps = np.linalg.norm(positions[:, None] - positions[None], axis=2)
        return float(gaps[np.triu_indices(200, 1)].min())

    assert smallest_gap("farthest") > 5 * smallest_gap("area")


def test_farthest_points_match_the_plain_greedy_rule():
    from polyseek.representations.point_kernels import farthest

    points = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)

    chosen = [0]
    while len(chosen) < 12:
        gaps = np.linalg.norm(points[:, None] - points[chosen][None], axis=2).min(1)
        chosen.append(int(np.argmax(gaps)))

    assert farthest(points, 12).tolist() == chosen


def test_triangles_without_area_still_give_points():
    line = Mesh(np.array([(0, 0, 0), (1, 0, 0), (2, 0, 0)], np.float32), np.array([(0, 1, 2)], np.int32))

    points = sample_points(asset_of(line), PointsOptions(count=16))

    assert np.all(points.positions[:, 0] <= 2)
    assert not points.normals.any()


def test_a_triangle_without_area_gets_no_point_beside_one_that_has_some():
    vertices = np.array([*QUAD[:3], (9, 9, 9)], np.float32)
    mesh = Mesh(vertices, np.array([(3, 3, 3), (0, 2, 1), (3, 3, 3)], np.int32))

    assert sample_points(asset_of(mesh), PointsOptions(count=500)).positions.max() <= 1


def test_nothing_to_sample_is_refused():
    with pytest.raises(EmptyModel, match="nothing to sample"):
        sample_points(Asset("empty", (), (), Origin("obj")))
