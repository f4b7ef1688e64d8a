"""Encoders come onto the person's shelf, stay there as they were, and go again."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("tokenizers")

import tower_layouts as layouts
from polyseek.encoders import shelf as every_encoder
from polyseek.encoders.contract import Encoder, ReadsPictures, ReadsWords
from polyseek.encoders.towers import adding, scale, shelf
from polyseek.encoders.towers.adding import Wish, add
from polyseek.encoders.towers.card import read_card
from polyseek.encoders.towers.card_text import as_toml
from polyseek.errors import UsageError
from polyseek.procedural import make
from polyseek.representations.contract import represent


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shelf of its own, and few made models to measure on."""
    place = tmp_path / "towers"
    monkeypatch.setenv("POLYSEEK_TOWERS", str(place))
    monkeypatch.setattr(adding, "gallery_for", lambda encoder: scale.gallery_for(encoder, 4))
    return place


def test_an_added_encoder_is_found_by_its_name_and_keeps_the_contract(tmp_path: Path):
    added = add(str(layouts.clip(tmp_path / "Tiny CLIP")))

    encoder = every_encoder.load("tiny-clip")
    row = encoder.encode([represent(make("chair", 1), encoder.wants)])

    assert (added.id, added.dimensions, added.words, added.pictures) == (
        "tiny-clip",
        layouts.DIMENSIONS,
        True,
        True,
    )
    assert isinstance(encoder, Encoder)
    assert isinstance(encoder, ReadsWords)
    assert isinstance(encoder, ReadsPictures)
    assert encoder.space.digest == added.space == every_encoder.load("tiny-clip").space.digest
    assert row.dtype == np.float32
    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-6)
    assert encoder.words.nothing < encoder.words.right
    assert shelf.added() == ("tiny-clip",)


def test_a_models_vector_is_the_mean_or_the_maximum_of_its_views(tmp_path: Path):
    add(str(layouts.clip(tmp_path / "tiny")), Wish(views=3))
    encoder = shelf.open_tower("tiny")
    views = represent(make("chair", 1), encoder.wants)["views"]
    rows = encoder.encode_pictures(list(views.colour))
    assert encoder.tower.shape is not None
    most = shelf.TowerEncoder(
        replace(encoder.tower, shape=replace(encoder.tower.shape, pool="max")), encoder.folder
    )

    assert len(rows) == 3
    assert encoder.encode([{"views": views}])[0] == pytest.approx(layouts.unit(rows.mean(0)), abs=1e-6)
    assert most.encode([{"views": views}])[0] == pytest.approx(layouts.unit(rows.max(0)), abs=1e-6)
    assert most.space.digest != encoder.space.digest


def test_words_are_no_part_of_the_space_and_pictures_are(tmp_path: Path):
    add(str(layouts.clip(tmp_path / "tiny")))
    encoder = shelf.open_tower("tiny")
    card = encoder.tower
    assert card.text is not None
    assert card.pictures is not None

    other_words = replace(card, text=replace(card.text, templates=("one {}",)))
    other_pictures = replace(card, pictures=replace(card.pictures, background=(0, 0, 0)))

    assert shelf.TowerEncoder(other_words, encoder.folder).space == encoder.space
    assert shelf.TowerEncoder(other_pictures, encoder.folder).space.digest != encoder.space.digest


def test_other_weights_under_the_same_name_are_another_space(tmp_path: Path):
    first = add(str(layouts.clip(tmp_path / "tiny")))
    shelf.remove("tiny")
    vision = layouts.Net()
    layouts.add_vision(vision, {"image_embeds": "embedding"})
    vision.constants["W_v"] = layouts.GRID + 1
    vision.save(tmp_path / "tiny" / "onnx" / "vision_model.onnx")

    assert add(str(tmp_path / "tiny")).space != first.space


def test_a_card_is_read_back_as_it_was_written(tmp_path: Path):
    add(str(layouts.jina_clip(tmp_path / "tiny")))
    path = shelf.home() / "tiny" / "encoder.toml"
    card = read_card(path)
    card = replace(card, card=replace(card.card, title='odd "title" \\ with\ttab \x7f and 椅子'))

    path.write_text(as_toml(card), encoding="utf-8")

    assert read_card(path) == card


def test_a_removed_encoder_is_gone_and_says_so(tmp_path: Path, home: Path):
    add(str(layouts.clip(tmp_path / "tiny")))
    shelf.remove("tiny")

    assert not any(home.iterdir())
    with pytest.raises(UsageError, match="no encoder 'tiny'") as caught:
        every_encoder.load("tiny")
    assert "polyseek models add" in caught.value.hint


def test_a_name_is_taken_once_and_never_a_shipped_one(tmp_path: Path):
    source = str(layouts.clip(tmp_path / "tiny"))
    add(source)

    with pytest.raises(UsageError, match="there already"):
        add(source)
    with pytest.raises(UsageError, match="comes with polyseek"):
        add(source, Wish(name="d2"))
    with pytest.raises(UsageError, match="no name"):
        add(source, Wish(name="../d2"))
    assert add(source, Wish(name="second")).id == "second"


def test_what_cannot_be_added_leaves_nothing(tmp_path: Path, home: Path):
    folder = layouts.clip(tmp_path / "tiny")
    (folder / "onnx" / "text_model.onnx").write_bytes(b"no network")

    with pytest.raises(UsageError, match="cannot be opened"):
        add(str(folder))
    assert not any(home.iterdir())


def test_halves_of_two_models_are_refused(tmp_path: Path):
    folder = layouts.clip(tmp_path / "tiny")
    text = layouts.Net()
    layouts.add_text(text, {"text_embeds": "pooled"}, "all")
    text.save(folder / "onnx" / "text_model.onnx")

    with pytest.raises(UsageError, match="models 5, pictures 5, words 6"):
        add(str(folder))


def test_a_file_that_changed_since_is_noticed(tmp_path: Path):
    add(str(layouts.clip(tmp_path / "tiny")))
    path = shelf.home() / "tiny" / "onnx" / "vision_model.onnx"
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(UsageError, match="not the one that was added"):
        every_encoder.load("tiny")


def test_weights_that_lie_beside_a_network_come_along(tmp_path: Path):
    import onnx

    folder = layouts.clip(tmp_path / "tiny")
    path = folder / "onnx" / "vision_model.onnx"
    onnx.save_model(
        onnx.load(path),
        str(path),
        save_as_external_data=True,
        location="vision_model.onnx_data",
        size_threshold=100,
    )
    inside = add(str(layouts.clip(tmp_path / "other")))

    apart = add(str(folder))

    assert "onnx/vision_model.onnx_data" in shelf.open_tower("tiny").tower.files
    rows = [
        shelf.open_tower(id).encode_pictures([np.full((9, 9, 4), 200, np.uint8)])
        for id in (inside.id, apart.id)
    ]
    assert rows[0] == pytest.approx(rows[1])


def test_a_folder_that_is_no_export_says_what_it_should_have(tmp_path: Path):
    (tmp_path / "empty").mkdir()

    with pytest.raises(UsageError, match="no export") as caught:
        add(str(tmp_path / "empty"))
    assert "onnx/*.onnx" in caught.value.hint
    with pytest.raises(UsageError, match="no such folder"):
        add(str(tmp_path / "nowhere"))


def test_a_text_head_finds_what_its_base_has_indexed(tmp_path: Path):
    add(str(layouts.clip(tmp_path / "base")))
    add(str(layouts.text_head(tmp_path / "head")), Wish(join="base"))
    base, head = shelf.open_tower("base"), shelf.open_tower("head")
    views = represent(make("mug", 1), head.wants)
    ids = layouts.ids_of("red chair")
    tokens = layouts.EMBEDDING[ids].mean(0) @ layouts.WORDS + np.arange(layouts.DIMENSIONS) / 10
    assert head.tower.text is not None
    plain = shelf.TowerEncoder(
        replace(head.tower, text=replace(head.tower.text, templates=("{}",))), head.folder, shelf.open_tower
    )

    assert head.space == base.space
    assert head.encode([views]).tobytes() == base.encode([views]).tobytes()
    assert plain.encode_texts(["red chair"])[0] == pytest.approx(layouts.unit(tokens), abs=1e-5)
    with pytest.raises(UsageError, match="head joins"):
        shelf.remove("base")


def test_a_network_of_points_joins_by_a_card(tmp_path: Path):
    from onnx import TensorProto

    folder = tmp_path / "points"
    net = layouts.Net()
    net.takes("points", TensorProto.FLOAT, [1, "n", 6])
    net.node("ReduceMax", ["points"], "far", axes=[1], keepdims=0)
    net.gives("vector", "far", [1, 6])
    net.save(folder / "net.onnx")
    (folder / "encoder.toml").write_text(
        '[card]\nlicence = "MIT"\n[shape]\nreads = "points"\nmodel = "net.onnx"\npoints = 64\n'
        'columns = ["position", "normal"]\n'
    )

    added = add(str(folder / "encoder.toml"), Wish(name="corner"))
    encoder = shelf.open_tower("corner")
    points = represent(make("chair", 1), encoder.wants)["points"]

    assert (added.dimensions, added.words, added.pictures) == (6, False, False)
    assert not isinstance(encoder, ReadsWords | ReadsPictures)
    furthest = np.concatenate([points.positions, points.normals], 1).max(0)
    assert encoder.encode([{"points": points}])[0] == pytest.approx(layouts.unit(furthest), abs=1e-6)


def test_an_addition_that_was_killed_is_no_encoder(home: Path):
    (home / f".adding-x-{os.getpid()}").mkdir(parents=True)

    assert shelf.added() == ()
