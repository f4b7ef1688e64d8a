"""Pictures become tensors as preprocessor_config.json says, in both of its spellings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from polyseek.encoders.towers.card import Graph, Pictures
from polyseek.encoders.towers.picture_tensor import shape_of, side_to_draw, tensor_of
from polyseek.encoders.towers.preprocessor import CLIP_MEAN, CLIP_STD, pictures_of
from polyseek.errors import UsageError

GRAPH = Graph("vision.onnx", "pixel_values", "image_embeds")
PLAIN = Pictures("vision.onnx", resize="none", size=(4, 4))


def grey(height: int, width: int, value: int = 100) -> np.ndarray:
    picture = np.full((height, width, 4), value, np.uint8)
    picture[..., 3] = 255
    return picture


def test_values_are_rescaled_shifted_and_divided_in_this_order():
    card = replace(PLAIN, rescale=0.5, mean=(10.0, 20.0, 30.0), std=(2.0, 4.0, 5.0))

    tensor = tensor_of(grey(4, 4), card)

    assert tensor.shape == (1, 3, 4, 4)
    assert tensor.dtype == np.float32
    assert tensor[0, :, 2, 1].tolist() == [20.0, 7.5, 4.0]


def test_pixels_come_last_where_the_network_wants_them_so():
    picture = grey(4, 4)
    picture[1, 2, :3] = (10, 20, 30)

    tensor = tensor_of(picture, replace(PLAIN, layout="pixels", rescale=1.0))

    assert tensor.shape == (1, 4, 4, 3)
    assert tensor[0, 1, 2].tolist() == [10, 20, 30]


@pytest.mark.parametrize(
    ("resize", "crop", "shape"),
    [
        ("shortest", (), (8, 13)),  # 8 * 17 / 10 = 13.6, cut down
        ("shortest", (6, 6), (6, 6)),
        ("squash", (), (8, 10)),
        ("longest", (), (8, 10)),
        ("none", (), (10, 17)),
    ],
)
def test_sides_are_those_of_each_way_to_resize(resize: str, crop: tuple[int, ...], shape: tuple[int, int]):
    card = replace(PLAIN, resize=resize, size=(8, 10), crop=crop)

    assert tensor_of(grey(10, 17), card).shape == (1, 3, *shape)


def test_the_longest_side_fits_and_the_rest_shows_the_background():
    card = replace(PLAIN, resize="longest", size=(8, 8), background=(255, 0, 0), rescale=1.0)

    tensor = tensor_of(grey(10, 20), card)[0]

    assert (tensor[0, :2] == 255).all()
    assert (tensor[1, :2] == 0).all()
    assert (tensor[:, 2:6] == 100).all()
    assert (tensor[1, 6:] == 0).all()


def test_the_middle_is_cut_out_and_what_is_too_small_is_surrounded():
    picture = grey(6, 6)
    picture[2:4, 2:4, :3] = 200

    inner = tensor_of(picture, replace(PLAIN, crop=(2, 2), rescale=1.0))
    outer = tensor_of(picture, replace(PLAIN, crop=(8, 8), rescale=1.0, background=(0, 0, 0)))

    assert (inner == 200).all()
    assert outer.shape == (1, 3, 8, 8)
    assert (outer[0, :, 1:7, 1:7] >= 100).all()
    assert (outer[0, :, 0] == 0).all()


def test_a_picture_of_the_drawn_side_is_not_resampled():
    card = Pictures("vision.onnx", resize="shortest", size=(32, 32), crop=(24, 24), rescale=1.0)
    side = side_to_draw(card)
    noise = np.random.default_rng(0).integers(0, 256, (side, side, 4)).astype(np.uint8)
    noise[..., 3] = 255

    tensor = tensor_of(noise, card)

    assert (tensor[0].transpose(1, 2, 0) == noise[4:28, 4:28, :3]).all()
    assert tensor.shape == shape_of(card)


def test_half_transparent_is_half_background():
    picture = grey(4, 4, 0)
    picture[..., 3] = 51  # a fifth

    assert (tensor_of(picture, replace(PLAIN, rescale=1.0)) == 204).all()


def test_a_picture_of_nothing_is_refused():
    with pytest.raises(ValueError, match="0 x 3"):
        tensor_of(np.zeros((3, 0, 4), np.uint8), PLAIN)


@pytest.mark.parametrize(
    ("config", "kind", "expected"),
    [
        ({}, "clip", ("shortest", (224, 224), (224, 224), "bicubic", CLIP_MEAN)),
        ({"size": 336, "crop_size": 336, "do_center_crop": True}, "clip", ("shortest", (336, 336), (336, 336), "bicubic", CLIP_MEAN)),
        ({"size": {"shortest_edge": 256}, "crop_size": {"height": 224, "width": 200}, "resample": 2}, "clip", ("shortest", (256, 256), (224, 200), "bilinear", CLIP_MEAN)),
        ({"size": {"height": 224, "width": 200}, "do_center_crop": False}, "chinese_clip", ("squash", (224, 200), (), "bicubic", CLIP_MEAN)),
        ({"size": 384}, "siglip", ("squash", (384, 384), (), "bicubic", (0.5, 0.5, 0.5))),
        ({"do_resize": False}, "clip", ("none", (224, 224), (224, 224), "bicubic", CLIP_MEAN)),
        ({"do_normalize": False}, "clip", ("shortest", (224, 224), (224, 224), "bicubic", (0.0, 0.0, 0.0))),
        ({"resize_mode": "squash", "size": [512, 512], "interpolation": "bilinear", "mean": [0.1, 0.2, 0.3]}, "jina_clip", ("squash", (512, 512), (), "bilinear", (0.1, 0.2, 0.3))),
    ],
)  # fmt: skip
def test_the_configuration_is_read_with_the_defaults_of_its_processor(config: dict[str, Any], kind: str, expected: tuple[Any, ...]):  # fmt: skip
    found = pictures_of(config, kind, GRAPH)

    assert (found.resize, found.size, found.crop, found.resample, found.mean) == expected
    assert (found.model, found.input, found.output) == ("vision.onnx", "pixel_values", "image_embeds")


def test_rescaling_and_spread_are_taken_over():
    found = pictures_of({"rescale_factor": 0.5, "image_std": [1, 2, 3]}, "clip", GRAPH)
    bare = pictures_of({"do_rescale": False}, "clip", GRAPH)

    assert (found.rescale, found.std) == (0.5, (1.0, 2.0, 3.0))
    assert (bare.rescale, bare.std) == (1.0, CLIP_STD)


@pytest.mark.parametrize(
    "config", [{"size": "large"}, {"size": {"longest_edge": 3}}, {"resample": 9}, {"resize_mode": "tile"}, {"resample": True}]
)  # fmt: skip
def test_what_is_not_known_is_refused(config: dict[str, Any]):
    with pytest.raises(UsageError, match=r"preprocessor_config\.json"):
        pictures_of(config, "clip", GRAPH)
