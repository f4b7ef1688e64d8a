"""Thumbnails: two WebP pictures with alpha, the same each time, with a shadow below."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import EmptyModel
from polyseek.representations.camera import orbit
from polyseek.representations.scene import make_scene
from polyseek.representations.shading import ground_shadow
from polyseek.representations.thumbnails import ThumbnailOptions, thumbnails, to_png
from polyseek.representations.warm import tiny_model, warm

FACES = np.array(
    [[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1], [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]],
    np.int32,
)  # fmt: skip


def boxes(*places: tuple[float, float, float]) -> Asset:
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float32)
    meshes = tuple(Mesh(corners + np.array(place, np.float32), FACES) for place in places)
    parts = tuple(Part(index, np.eye(4)) for index in range(len(meshes)))
    return Asset("boxes", meshes, parts, Origin("obj"))


def opened(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


def test_front_and_back_are_webp_of_the_asked_side_with_a_clear_background():
    pictures = thumbnails(boxes((0, 0, 0), (0, 0, 2)), ThumbnailOptions(side=96))

    assert set(pictures) == {"front", "back"}
    for data in pictures.values():
        assert data[:4] == b"RIFF"
        picture = opened(data)
        assert picture.shape == (96, 96, 4)
        assert picture[0, 0, 3] == 0
        assert picture[48, 48, 3] == 255
        # Nothing solid touches the border.
        assert max(picture[[0, -1], :, 3].max(), picture[:, [0, -1], 3].max()) < 20


def test_the_same_asset_gives_the_same_bytes_in_another_process():
    """Whatever ran before: the picture depends on the asset alone."""
    here = thumbnails(tiny_model(), ThumbnailOptions(side=48))
    code = (
        "import sys; from polyseek.representations.thumbnails import *; from polyseek.representations.warm import *;"
        "sys.stdout.buffer.write(thumbnails(tiny_model(), ThumbnailOptions(side=48))['back'])"
    )

    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout

    assert there == here["back"]


def test_a_tiny_and_a_huge_model_look_alike():
    asset = boxes((0, 0, 0), (0, 1, 0))
    scaled = [
        Asset(
            "s", asset.meshes, tuple(Part(p.mesh, np.diag([s, s, s, 1.0])) for p in asset.parts), asset.origin
        )
        for s in (1e-4, 1.0, 1e5)
    ]

    pictures = [opened(thumbnails(each, ThumbnailOptions(side=64))["front"]).astype(int) for each in scaled]

    assert np.abs(pictures[0] - pictures[1]).mean() < 1.0
    assert np.abs(pictures[2] - pictures[1]).mean() < 1.0


def test_what_stands_on_the_ground_darkens_it_more_than_what_hangs_above():
    # A thin slab at the side keeps both scenes on the same ground.
    standing = ground_shadow(make_scene(boxes((0, 0, 0), (6, 0, 0))))
    hanging = ground_shadow(make_scene(boxes((0, 4, 0), (6, 0, 0))))

    side = len(standing) // 2
    assert standing[:, :side].max() > 1.5 * hanging[:, :side].max()
    assert hanging.min() >= 0.0
    assert standing.max() < 0.8


def test_the_shadow_lies_below_the_model_not_mirrored():
    scene = make_scene(boxes((0, 0, 0), (0, 0, 4), (4, 0, 4)))
    shadow = ground_shadow(scene)

    # Columns run along +x, rows along +z: of the four quarters only (+x, -z) holds no box.
    half = len(shadow) // 2
    quarters = {
        (-1, -1): shadow[:half, :half].max(),
        (1, -1): shadow[:half, half:].max(),
        (-1, 1): shadow[half:, :half].max(),
        (1, 1): shadow[half:, half:].max(),
    }
    assert min(quarters, key=lambda place: quarters[place]) == (1, -1)


def test_an_empty_asset_has_no_picture():
    with pytest.raises(EmptyModel):
        thumbnails(Asset("empty", (), (), Origin("obj")))


def test_png_keeps_every_value():
    picture = np.random.default_rng(0).integers(0, 256, (5, 7, 4), np.uint8)

    assert (opened(to_png(picture)) == picture).all()


def test_after_warming_another_process_compiles_nothing():
    warm()

    assert compiled_elsewhere("warm()") == []


def test_a_kernel_that_the_cache_lacks_is_told(tmp_path):
    halve = (
        "from polyseek.representations.raster_texture import halve;"
        "halve(np.zeros((5, 4), np.uint8), 0, 2, 2, 4, np.zeros(256, np.float32), np.zeros(4096, np.uint8))"
    )

    assert compiled_elsewhere(halve, NUMBA_CACHE_DIR=str(tmp_path)) == ["raster_texture.halve"]
    assert compiled_elsewhere(halve, NUMBA_CACHE_DIR=str(tmp_path)) == []


def compiled_elsewhere(code: str, **environment: str) -> list[str]:
    """What a new process that runs this has compiled."""
    code = f"from polyseek.representations.warm import *; {code}; print(*compiled_here())"
    process = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, check=True
    )
    return process.stdout.decode().split()


def test_a_point_and_a_line_without_area_still_give_a_picture():
    flat = Mesh(np.zeros((3, 3), np.float32), np.array([[0, 1, 2]], np.int32))

    pictures = thumbnails(
        Asset("dot", (flat,), (Part(0, np.eye(4)),), Origin("obj")), ThumbnailOptions(side=32)
    )

    assert opened(pictures["front"]).shape == (32, 32, 4)
    assert orbit(make_scene(boxes((0, 0, 0))).sphere).near > 0
