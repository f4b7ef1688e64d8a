"""The z-buffer against a slow plain one, and how surfaces hide, let through and are cut."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.assets import Asset, Material, Mesh, Origin, Part, Texture
from polyseek.representations.camera import Camera, orbit
from polyseek.representations.scene import make_scene
from polyseek.representations.shading import Style, coloured, look
from polyseek.representations.views import render

BARE = Style(samples=1, occlusion=False)


def asset_of(*meshes: Mesh, materials=(), textures=(), format="obj") -> Asset:
    parts = tuple(Part(index, np.eye(4), (str(index),)) for index in range(len(meshes)))
    return Asset("made", meshes, parts, Origin(format), tuple(materials), tuple(textures))


def square(z: float, size: float = 1.0, material: int | None = None, **more) -> Mesh:
    """A square that faces +z, counter-clockwise, centred on the axis."""
    corners = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]], np.float32) * size
    corners[:, 2] = z
    return Mesh(corners, np.array([[0, 1, 2], [0, 2, 3]], np.int32), material=material, **more)


def soup(seed: int, count: int) -> Asset:
    vertices = np.random.default_rng(seed).normal(size=(3 * count, 3)).astype(np.float32)
    return asset_of(Mesh(vertices, np.arange(3 * count, dtype=np.int32).reshape(-1, 3)))


def nearest_by_rays(asset: Asset, camera: Camera, side: int) -> tuple[np.ndarray, np.ndarray]:
    """(depth, triangle) of each pixel: every ray against every triangle (Möller & Trumbore 1997)."""
    mesh = asset.meshes[0]
    a, b, c = camera.to_view(mesh.vertices).astype(np.float64)[mesh.faces].transpose(1, 0, 2)
    _, focal, middle, _, near, _ = camera.lens(side, side)
    orthographic = camera.projection == "orthographic"
    depth, triangle = np.full((side, side), np.inf), np.full((side, side), -1)
    for row in range(side):
        for column in range(side):
            slope = np.array([(column + 0.5 - middle) / focal, (middle - row - 0.5) / focal, 0.0])
            start = slope if orthographic else np.zeros(3)
            ray = np.array([0.0, 0.0, -1.0]) + (0.0 if orthographic else slope)
            across = np.cross(ray, c - a)
            scale = np.einsum("ij,ij->i", b - a, across)
            u = np.einsum("ij,ij->i", start - a, across) / scale
            turned = np.cross(start - a, b - a)
            v = turned @ ray / scale
            t = np.einsum("ij,ij->i", c - a, turned) / scale
            hit = (u >= 0) & (v >= 0) & (u + v <= 1) & (orthographic | (t >= near))
            if hit.any():
                triangle[row, column] = np.where(hit, t, np.inf).argmin()
                depth[row, column] = t[triangle[row, column]]
    return depth, triangle


@pytest.mark.parametrize("projection", ["perspective", "orthographic"])
def test_triangles_and_depths_are_those_that_rays_find(projection):
    asset = soup(3, 40)
    camera = orbit(make_scene(asset).sphere, 30.0, 25.0, projection=projection)

    found = render(asset, camera, 48, planes=("depth", "triangle"))
    depth, triangle = nearest_by_rays(asset, camera, 48)

    # A ray through a side may go to either neighbour.
    assert (found.triangle != triangle).mean() < 0.002
    same = (found.triangle == triangle) & (triangle >= 0)
    assert found.depth[same] == pytest.approx(depth[same], rel=1e-4)
    assert np.isinf(found.depth[found.triangle < 0]).all()


def test_triangles_that_reach_behind_the_eye_are_cut_at_the_near_plane():
    asset = soup(5, 30)
    camera = Camera(eye=(0.1, 0.0, 0.2), target=(0.0, 0.0, -3.0), fov_deg=70.0, near=0.05)

    found = render(asset, camera, 40, planes=("triangle",))
    _, triangle = nearest_by_rays(asset, camera, 40)

    assert (triangle >= 0).mean() > 0.3
    assert (found.triangle != triangle).mean() < 0.01


def test_neighbouring_triangles_leave_no_gap_and_share_no_pixel():
    """A fan of slivers around an inner point: every pixel of the disc is drawn by exactly one of them."""
    angles = np.linspace(0, 2 * np.pi, 61)[:-1]
    rim = np.stack([np.cos(angles), np.sin(angles), 0 * angles], -1)
    vertices = np.concatenate([[[0.13, -0.07, 0.0]], rim]).astype(np.float32)
    ring = np.arange(60)
    fan = np.stack([0 * ring, 1 + ring, 1 + (ring + 1) % 60], -1).astype(np.int32)
    camera = Camera(eye=(0, 0, 4), target=(0, 0, 0), projection="orthographic", span=2.2)

    together = render(asset_of(Mesh(vertices, fan)), camera, 128, planes=("silhouette",)).silhouette
    alone = sum(
        render(
            asset_of(Mesh(vertices, fan[k : k + 1])), camera, 128, planes=("silhouette",)
        ).silhouette.astype(int)
        for k in ring
    )

    assert alone.max() == 1
    assert (alone > 0).tolist() == together.tolist()
    # Rows of a disc are in one piece: no gap inside.
    assert all(np.flatnonzero(row).size == np.ptp(np.flatnonzero(row)) + 1 for row in together if row.any())
    assert together.mean() == pytest.approx(np.pi / 2.2**2, rel=0.02)


def test_a_glass_pane_tints_what_is_behind_it_by_its_opacity():
    red, blue = (
        Material(base_colour=(1, 0, 0, 0.25), alpha_mode="blend", unlit=True),
        Material(base_colour=(0, 0, 1, 1), unlit=True),
    )
    asset = asset_of(square(1.0, 0.5, 0), square(0.0, 1.0, 1), materials=(red, blue))
    camera = Camera(eye=(0, 0, 5), target=(0, 0, 0), projection="orthographic", span=2.0)

    picture = coloured(make_scene(asset), camera, 32, 32, style=BARE)

    linear = ((picture[16, 16, :3] / 255 + 0.055) / 1.055) ** 2.4
    assert linear == pytest.approx([0.25, 0.0, 0.75], abs=0.01)
    assert picture[2, 2].tolist() == [0, 0, 255, 255]


def test_three_panes_are_mixed_front_to_back_whatever_their_order_in_the_file():
    colours = [(1, 0, 0, 0.5), (0, 1, 0, 0.5), (0, 0, 1, 0.5)]
    materials = [Material(base_colour=colour, alpha_mode="blend", unlit=True) for colour in colours]
    camera = Camera(eye=(0, 0, 5), target=(0, 0, 0), projection="orthographic", span=1.0)
    pictures = []
    for order in ((0, 1, 2), (2, 0, 1)):
        meshes = [square(2.0 - index, 1.0, index) for index in order]
        scene = make_scene(asset_of(*meshes, materials=materials))
        pictures.append(coloured(scene, camera, 4, 4, style=BARE)[2, 2])

    # 1/2 red, 1/4 green, 1/8 blue, and 1/8 of what is behind.
    assert pictures[0].tolist() == pictures[1].tolist()
    assert pictures[0][3] == round(255 * 7 / 8)
    linear = ((pictures[0][:3] / 255 + 0.055) / 1.055) ** 2.4
    assert linear * 7 / 8 == pytest.approx([0.5, 0.25, 0.125], abs=0.01)


def test_a_mask_cuts_holes_where_the_texture_is_clear():
    pixels = np.full((2, 2, 4), 255, np.uint8)
    pixels[:, 1, 3] = 0
    uv = np.array([[0.25, 0.5], [0.75, 0.5], [0.75, 0.5], [0.25, 0.5]], np.float32)
    material = Material(base_texture=0, alpha_mode="mask", alpha_cutoff=0.5)
    asset = asset_of(square(0.0, 1.0, 0, uv=uv), materials=(material,), textures=(Texture(pixels),))
    camera = Camera(eye=(0, 0, 5), target=(0, 0, 0), projection="orthographic", span=2.0)

    silhouette = render(asset, camera, 64, planes=("silhouette",)).silhouette

    assert silhouette[:, :31].all()
    assert not silhouette[:, 33:].any()


def test_textures_keep_their_rows_and_columns_and_wrap_as_they_say():
    pixels = np.zeros((1, 4, 4), np.uint8)
    pixels[0, :, 0], pixels[..., 3] = (0, 255, 0, 255), 255
    uv = np.array([[0.0, 1.0], [8.0, 1.0], [8.0, 0.0], [0.0, 0.0]], np.float32)
    camera = Camera(eye=(0, 0, 5), target=(0, 0, 0), projection="orthographic", span=2.0)
    rows = {}
    for wrap in ("repeat", "clamp", "mirror"):
        texture = Texture(pixels, wrap_u=wrap)
        material = Material(base_texture=0, unlit=True)
        asset = asset_of(square(0.0, 1.0, 0, uv=uv), materials=(material,), textures=(texture,))
        rows[wrap] = coloured(make_scene(asset), camera, 256, 256, style=BARE)[128, :, 0] > 127

    # 32 columns a repeat, 8 a texel; the last texel is red, the first is not.
    assert rows["repeat"][[12, 44]].all()
    assert not rows["repeat"][[4, 36]].any()
    assert rows["clamp"][40:].all()
    assert rows["mirror"][36]
    assert not rows["mirror"][[60, 68]].any()


def test_a_far_checkerboard_turns_into_its_mean_not_into_noise():
    pixels = np.zeros((256, 256, 4), np.uint8)
    pixels[..., :3] = 255 * ((np.indices((256, 256)).sum(0) % 2)[..., None])
    pixels[..., 3] = 255
    uv = np.array([[0, 4], [4, 4], [4, 0], [0, 0]], np.float32)
    material = Material(base_texture=0, unlit=True)
    asset = asset_of(square(0.0, 1.0, 0, uv=uv), materials=(material,), textures=(Texture(pixels),))
    camera = Camera(eye=(0, 0, 5), target=(0, 0, 0), projection="orthographic", span=2.0)

    grey = coloured(make_scene(asset), camera, 32, 32, style=BARE)[..., 0]

    # Half the light is sRGB 188.
    assert np.ptp(grey) <= 2
    assert int(np.median(grey)) == pytest.approx(188, abs=2)


def test_one_sided_surfaces_hide_their_backs_behind_fronts_but_not_behind_nothing():
    material = Material(double_sided=False)
    near_back = square(1.0, 0.5, 0)
    near_back = Mesh(near_back.vertices, near_back.faces[:, ::-1].copy(), material=0)
    asset = asset_of(near_back, square(0.0, 1.0, 0), materials=(material,), format="glb")
    camera = Camera(eye=(0, 0, 5), target=(0, 0, 0), projection="orthographic", span=2.4)

    part = render(asset, camera, 48, planes=("part",)).part
    alone = render(
        asset_of(near_back, materials=(material,), format="glb"), camera, 48, planes=("part",)
    ).part
    other = render(
        asset_of(near_back, square(0.0, 1.0, 0), materials=(material,)), camera, 48, planes=("part",)
    ).part

    assert part[24, 24] == 1
    assert alone[24, 24] == 0
    assert other[24, 24] == 0


def test_the_same_model_gives_the_same_bytes_again():
    scene = make_scene(soup(9, 200))
    camera = orbit(scene.sphere)

    first, second = (coloured(scene, camera, 64, 64) for _ in range(2))

    assert first.tobytes() == second.tobytes()
    assert look(scene, camera, 64, 64).triangles.tobytes() == look(scene, camera, 64, 64).triangles.tobytes()
