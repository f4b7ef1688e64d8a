"""Depth images: points that a pinhole camera sees."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from polyseek.assets import Asset, in_one_frame
from polyseek.errors import FileError, FileNotFound, MalformedFile
from polyseek.formats import MemorySource, format_of, read_asset
from polyseek.formats.depth import Intrinsics, cloud_from_depth

CAMERA = {"fx": 50.0, "fy": 60.0, "cx": 3.5, "cy": 2.5, "width": 8, "height": 6}


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def read(camera: object, **files: bytes) -> Asset:
    siblings = {name.replace("_png", ".png"): data for name, data in files.items()}
    return read_asset(MemorySource("room.intrinsics.json", json.dumps(camera).encode(), siblings))


def test_every_point_is_projected_back_to_its_pixel():
    depth = np.random.default_rng(0).uniform(0.5, 4, (6, 8))
    camera = Intrinsics(50, 60, 3.5, 2.5)

    x, y, z = cloud_from_depth(depth, camera).astype(float).T

    rows, columns = np.divmod(np.arange(48), 8)
    np.testing.assert_allclose(50 * x / z + 3.5, columns, atol=1e-5)
    np.testing.assert_allclose(60 * y / z + 2.5, rows, atol=1e-5)
    np.testing.assert_allclose(z, depth.ravel(), rtol=1e-6)


@pytest.mark.parametrize("nothing", [0.0, -1.0, np.nan, np.inf])
def test_pixels_without_a_measurement_give_no_point(nothing: float):
    assert len(cloud_from_depth(np.array([[1.0, nothing]]), Intrinsics(1, 1, 0, 0))) == 1


def test_a_16_bit_image_is_millimetres_unless_the_camera_says_otherwise():
    pixels = np.full((6, 8), 5000, np.uint16)

    millimetres = read(CAMERA, room_png=png(pixels))
    tum = read({**CAMERA, "depth_scale": 5000}, room_png=png(pixels))

    assert (millimetres.meshes[0].vertices[:, 2] == 5).all()
    assert (tum.meshes[0].vertices[:, 2] == 1).all()
    assert (millimetres.name, millimetres.origin.unit_metres, millimetres.vertices) == ("room", 1.0, 48)


def test_what_is_high_in_the_image_is_high_in_the_one_frame():
    pixels = np.zeros((6, 8), np.uint16)
    pixels[0, 3], pixels[5, 3] = 1000, 1000

    asset = in_one_frame(read(CAMERA, room_png=png(pixels)))

    placed = asset.meshes[0].vertices @ asset.parts[0].matrix[:3, :3].T
    assert placed[0, 1] > 0 > placed[1, 1]


def test_a_camera_of_another_resolution_is_scaled():
    pixels = np.full((6, 8), 1000, np.uint16)
    double = {key: value * 2 for key, value in CAMERA.items()}

    assert np.array_equal(
        read(double, room_png=png(pixels)).meshes[0].vertices,
        read(CAMERA, room_png=png(pixels)).meshes[0].vertices,
    )


def test_a_picture_beside_it_colours_the_points():
    depth = np.zeros((6, 8), np.uint16)
    depth[1, 2] = 1000
    picture = np.zeros((6, 8, 3), np.uint8)
    picture[1, 2] = (0, 255, 0)

    asset = read({**CAMERA, "colour": "rgb.png"}, room_png=png(depth), rgb_png=png(picture))
    without = read({**CAMERA, "colour": "rgb.png"}, room_png=png(depth))

    assert asset.meshes[0].colours.tolist() == [[0, 1, 0, 1]]
    assert "rgb.png" in without.origin.warnings[0]


@pytest.mark.parametrize(
    ("change", "says"),
    [({"fx": 0}, "'fx'"), ({"cx": None}, "'cx'"), ({"fy": "wide"}, "'fy'"), ({"depth_scale": -1}, "depth_scale"), ({"width": 16}, "proportions"), ({"fx": 1e999}, "'fx'")],
)  # fmt: skip
def test_a_camera_that_cannot_be_is_refused(change: dict[str, object], says: str):
    with pytest.raises(MalformedFile, match=says):
        read({**CAMERA, **change}, room_png=png(np.full((6, 8), 1000, np.uint16)))


def test_images_that_are_missing_coloured_or_empty_are_refused():
    with pytest.raises(FileNotFound):
        read(CAMERA)
    with pytest.raises(MalformedFile, match="colours"):
        read(CAMERA, room_png=png(np.zeros((6, 8, 3), np.uint8)))
    with pytest.raises(FileError, match="no points"):
        read(CAMERA, room_png=png(np.zeros((6, 8), np.uint16)))


def test_a_picture_alone_and_other_json_are_no_models():
    assert format_of("room.png") is None
    assert format_of("info.json") is None
    assert format_of("room.intrinsics.json") is not None
