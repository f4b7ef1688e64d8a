"""Every encoder on the shelf that reads pictures gives unit rows that hang on the thing and not on what is around it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from polyseek.encoders.contract import Encoder, ReadsPictures
from polyseek.encoders.shelf import TRAINED, load
from polyseek.procedural import make
from polyseek.representations.contract import represent
from polyseek.representations.views import ViewOptions, render_views

READING = [id for id in TRAINED if isinstance(load(id), ReadsPictures)]
VIEW = ViewOptions(((30.0, 20.0),), 96, ("colour",), "perspective", 0.9, 2, occlusion=False)


@pytest.fixture(params=READING)
def encoder(request: pytest.FixtureRequest) -> ReadsPictures:
    found = load(request.param)
    assert isinstance(found, ReadsPictures)
    return found


def photo(category: str, yaw: float = 30.0) -> np.ndarray:
    colour = render_views(make(category, 5), replace(VIEW, views=((yaw, 20.0),))).colour
    assert colour is not None
    return colour[0]


def test_rows_of_pictures_are_unit_and_depend_on_neither_batch_nor_order(encoder: ReadsPictures):
    pictures = [photo("chair"), photo("car")]

    rows = encoder.encode_pictures(pictures)

    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-6)
    assert encoder.encode_pictures(pictures[::-1])[::-1].tobytes() == rows.tobytes()
    assert encoder.encode_pictures([]).shape[0] == 0


def test_room_around_a_cut_out_has_no_say(encoder: ReadsPictures):
    tight = photo("mug")
    wide = np.zeros((200, 300, 4), np.uint8)
    wide[60 : 60 + 96, 150 : 150 + 96] = tight

    rows = encoder.encode_pictures([tight, wide])

    assert float(rows[0] @ rows[1]) == pytest.approx(1, abs=1e-4)


def test_a_picture_and_its_mirror_image_show_the_same_thing():
    encoder = load("words2")
    assert isinstance(encoder, ReadsPictures)
    mug = np.pad(photo("mug"), ((0, 0), (0, 96), (0, 0)))  # at the left of its frame

    rows = encoder.encode_pictures([mug, mug[:, ::-1]])

    assert float(rows[0] @ rows[1]) == pytest.approx(1, abs=1e-4)


def test_a_picture_of_a_made_model_finds_it_among_a_few(encoder: ReadsPictures):
    names = ("chair", "car", "tree", "bottle", "house", "fish")
    assert isinstance(encoder, Encoder)
    models = encoder.encode([represent(make(name, 5), encoder.wants) for name in names])

    rows = encoder.encode_pictures([photo(name, 140.0) for name in names])

    assert ((rows @ models.T).argmax(1) == np.arange(len(names))).mean() >= 5 / 6
