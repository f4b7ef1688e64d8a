"""Views: planes of a sphere and a box against their closed forms; named views and turntables."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from polyseek.assets import Asset, Material, Mesh, Origin, Part
from polyseek.assets.geometry import moved
from polyseek.assets.standing import upright
from polyseek.encoders.view_planes import pack, ring
from polyseek.errors import EmptyModel, UsageError
from polyseek.procedural import made
from polyseek.representations import clustering, views
from polyseek.representations.camera import orbit
from polyseek.representations.contract import options_digest
from polyseek.representations.scene import make_scene
from polyseek.representations.views import ViewOptions, fitted, render, render_views, turntable

FACES = np.array(
    [[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1], [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]],
    np.int32,
)  # fmt: skip


def box(size=(1.0, 1.0, 1.0), centre=(0.0, 0.0, 0.0), **more) -> Mesh:
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float32) / 2
    return Mesh((corners * size + centre).astype(np.float32), FACES, **more)


def ball(rings: int = 60) -> Mesh:
    """A sphere of radius 1 from latitude and longitude."""
    latitude, longitude = np.meshgrid(
        np.linspace(0, np.pi, rings + 1), np.linspace(0, 2 * np.pi, 2 * rings + 1)
    )
    x, y, z = np.sin(latitude) * np.cos(longitude), np.cos(latitude), np.sin(latitude) * np.sin(longitude)
    grid = np.arange((rings + 1) * (2 * rings + 1)).reshape(2 * rings + 1, rings + 1)
    a, b, c, d = grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    return Mesh(np.stack([x, y, z], -1).reshape(-1, 3).astype(np.float32), faces.astype(np.int32))


def asset_of(*meshes: Mesh, materials=()) -> Asset:
    parts = tuple(Part(index, np.eye(4), (str(index),)) for index in range(len(meshes)))
    return Asset("made", meshes, parts, Origin("obj"), tuple(materials))


def test_depth_normals_and_outline_of_a_sphere_are_those_of_its_formula():
    camera = orbit(make_scene(asset_of(ball())).sphere, 0.0, 0.0, projection="orthographic", fill=0.5)

    planes = render(asset_of(ball()), camera, 101, planes=("depth", "normal", "silhouette"))

    offset = (np.arange(101) - 50) / 101 * camera.span
    squared = offset[None] ** 2 + offset[:, None] ** 2
    inside = squared < 0.9
    distance = np.linalg.norm(camera.eye)
    assert planes.silhouette.mean() == pytest.approx(np.pi * 0.25**2, rel=0.02)
    assert planes.depth[inside] == pytest.approx(distance - np.sqrt(1 - squared[inside]), abs=5e-3)
    expected = np.stack(
        np.broadcast_arrays(offset[None], -offset[:, None], np.sqrt(np.maximum(1 - squared, 0))), -1
    )
    assert (planes.normal * expected).sum(-1)[inside].min() > 0.995
    assert (planes.normal[~planes.silhouette] == 0).all()


def test_named_views_see_the_sides_of_a_box():
    asset = asset_of(box((2.0, 4.0, 6.0)))
    options = ViewOptions(
        ("front", "back", "left", "right", "top", "bottom"), 120, ("silhouette",), projection="orthographic"
    )

    views = render_views(asset, options)

    scale = 120 * 0.86 / np.sqrt(2**2 + 4**2 + 6**2)
    sizes = [
        (np.ptp(np.flatnonzero(m.any(0))) + 1, np.ptp(np.flatnonzero(m.any(1))) + 1) for m in views.silhouette
    ]
    for found, (width, height) in zip(sizes, [(2, 4), (2, 4), (6, 4), (6, 4), (2, 6), (2, 6)], strict=True):
        assert found == pytest.approx((width * scale, height * scale), abs=1.5)
    assert views.names == ("front", "back", "left", "right", "top", "bottom")


def test_front_is_plus_z_and_its_right_is_plus_x():
    marker = box((0.2, 0.2, 0.2), (0.4, 0.3, 0.5))
    asset = asset_of(box(), marker)

    front, back = render_views(asset, ViewOptions(("front", "back"), 64, ("part",))).part

    rows, columns = np.nonzero(front == 1)
    assert columns.mean() > 32
    assert rows.mean() < 32
    assert (back == 1).sum() < (front == 1).sum() / 4


@pytest.mark.parametrize("yaw", [0.0, 35.0, 120.0])
@pytest.mark.parametrize("size", [(0.05, 1.0, 1.0), (5.0, 0.1, 0.1), (1.0, 1.0, 1.0)])
def test_nothing_is_clipped_from_any_side(yaw, size):
    asset = asset_of(box(size, (10.0, -3.0, 7.0)))

    mask = render(asset, fitted(asset, yaw), (90, 60), planes=("silhouette",)).silhouette

    assert mask.any()
    assert not mask[[0, -1]].any()
    assert not mask[:, [0, -1]].any()


def test_part_and_triangle_planes_agree():
    asset = asset_of(box(), box((0.5, 0.5, 0.5), (1.5, 0.0, 0.0)))

    planes = render(asset, fitted(asset), 64, planes=("part", "triangle"))

    seen = planes.triangle >= 0
    assert (planes.part[seen] == planes.triangle[seen] // 12).all()
    assert (planes.part[~seen] == -1).all()
    assert set(planes.part[seen]) == {0, 1}


def test_a_turntable_of_a_turned_model_starts_elsewhere():
    quarter = np.array([[0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1]], float)
    asset = asset_of(box((1.0, 2.0, 3.0)), box((0.5, 0.5, 0.5), (1.0, 0.2, 0.3)))
    turned = Asset(
        "turned", asset.meshes, tuple(Part(p.mesh, quarter, p.path) for p in asset.parts), asset.origin
    )
    options = ViewOptions(turntable(4), 64, ("silhouette",))

    still, moved = (render_views(a, options).silhouette for a in (asset, turned))

    # The model turned by +90 degrees about y looks from yaw + 90 as it did from yaw.
    for step in range(4):
        assert (still[step] != moved[(step + 1) % 4]).mean() < 0.002


def test_a_white_model_is_never_dark_even_where_its_normals_are_flipped():
    white = Material(base_colour=(1.0, 1.0, 1.0, 1.0))
    mesh = box(material=0)
    normals = -mesh.vertices / np.linalg.norm(mesh.vertices, axis=1, keepdims=True)
    flipped = Mesh(mesh.vertices, mesh.faces[:, ::-1].copy(), normals=normals.astype(np.float32), material=0)
    for each in (mesh, flipped):
        asset = asset_of(each, materials=(white,))

        colour = render_views(asset, ViewOptions(("iso", "bottom", "back"), 64)).colour

        solid = colour[colour[..., 3] == 255][:, :3]
        assert solid.min() > 0.15 * 255
        assert solid.max() > 0.8 * 255


def test_no_material_is_a_warm_light_grey():
    colour = render_views(asset_of(box()), ViewOptions(("three_quarter",), 64)).colour[0]

    red, green, blue = colour[colour[..., 3] == 255][:, :3].mean(0)
    assert 140 < blue < green < red < 235


def test_points_are_drawn_as_discs_that_cover_the_surface_they_lie_on():
    directions = np.random.default_rng(1).normal(size=(8000, 3))
    points = (directions / np.linalg.norm(directions, axis=1, keepdims=True)).astype(np.float32)
    cloud = asset_of(Mesh(points, np.zeros((0, 3), np.int32)))

    planes = render(cloud, fitted(cloud), 128, planes=("silhouette", "normal"))

    expected = render(asset_of(ball()), fitted(cloud), 128, planes=("silhouette", "normal"))
    assert (planes.silhouette != expected.silhouette).mean() < 0.03
    both = planes.silhouette & expected.silhouette
    assert np.median((planes.normal * expected.normal).sum(-1)[both]) > 0.97


def test_an_empty_asset_and_an_unknown_view_are_told():
    with pytest.raises(EmptyModel):
        render_views(Asset("empty", (), (), Origin("obj")))
    with pytest.raises(UsageError, match="sideways"):
        render_views(asset_of(box()), ViewOptions(("sideways",)))
    with pytest.raises(UsageError):
        render(asset_of(box()), fitted(asset_of(box())), (0, 5))


def test_a_closed_model_that_is_inside_out_is_still_seen_from_outside():
    mesh = box()
    inside_out = Mesh(mesh.vertices, mesh.faces[:, ::-1].copy(), material=0)
    asset = Asset("out", (inside_out,), (Part(0, np.eye(4)),), Origin("glb"), (Material(),))

    depth = render(asset, fitted(asset, 0.0, 0.0), 33, planes=("depth",)).depth[16, 16]

    eye = fitted(asset, 0.0, 0.0).eye
    assert depth == pytest.approx(eye[2] - 0.5, rel=1e-4)


def test_a_model_of_very_many_triangles_is_drawn_lighter_and_looks_the_same(monkeypatch: pytest.MonkeyPatch):
    asset = Asset("ball", (ball(300),), (Part(0, np.diag([1.0, 0.6, 0.8, 1.0])),), Origin("obj"))
    options = ViewOptions(((30.0, 20.0),), 64, ("colour", "depth", "normal"), "orthographic")
    numbered = replace(options, planes=("triangle",))
    full, triangles = render_views(asset, options), render_views(asset, numbered)
    made: list[int] = []
    original = views.make_scene
    monkeypatch.setattr(views, "make_scene", lambda asset: made.append(asset.triangles) or original(asset))
    monkeypatch.setattr(clustering, "FEW_TRIANGLES", 100)

    light, same = render_views(asset, options), render_views(asset, numbered)

    assert made[0] < asset.triangles == made[1]
    assert np.array_equal(same.triangle, triangles.triangle)
    covered, before = np.isfinite(light.depth), np.isfinite(full.depth)
    assert (covered & before).sum() / (covered | before).sum() > 0.97
    both = covered & before
    assert np.median(np.abs(light.depth[both] - full.depth[both])) < 0.01 * float(np.ptp(full.depth[both]))


def test_what_lies_askew_is_drawn_as_it_would_stand():
    tilt = np.array([[0.8, -0.6, 0.0], [0.36, 0.48, -0.8], [0.48, 0.64, 0.6]])
    askew = moved(made("street_lamp", 1).asset, tilt)

    drawn = render_views(askew, ring(2, 32, "standing1"))

    np.testing.assert_array_equal(pack(drawn), pack(render_views(upright(askew), ring(2, 32))))
    assert not np.array_equal(pack(drawn), pack(render_views(askew, ring(2, 32))))


def test_an_option_that_says_nothing_does_not_change_what_a_space_is_called():
    said = {name: value for name, value in asdict(ViewOptions()).items() if name != "upright"}
    text = json.dumps({"class": "ViewOptions", **said}, sort_keys=True)

    assert options_digest(ViewOptions()) == hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    assert options_digest(ViewOptions(upright="standing1")) != options_digest(ViewOptions())
