"""The card of an added encoder: every key has a meaning, and a mistake is an error that names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from polyseek.encoders.contract import CosineScale
from polyseek.encoders.towers.card import Pictures, Shape, card_of, files_of, read_card
from polyseek.errors import UsageError

SMALL: dict[str, Any] = {
    "card": {"id": "x"},
    "shape": {},
    "pictures": {"model": "vision.onnx"},
    "text": {"model": "text.onnx", "projection": "head.npz:words"},
}


def changed(place: str, value: Any) -> dict[str, Any]:
    """SMALL with one key set; `place`: table.key, or a table alone."""
    table, _, key = place.partition(".")
    return {**SMALL, table: {**SMALL.get(table, {}), key: value}} if key else {**SMALL, table: value}


def test_what_is_left_out_has_its_default():
    card = card_of(SMALL)

    assert card.shape == Shape()
    assert card.pictures == Pictures(model="vision.onnx")
    assert card.text is not None
    assert card.text.templates[0] == "{}"
    assert files_of(card) == ("vision.onnx", "text.onnx", "head.npz", "tokenizer.json")


def test_values_take_the_types_of_their_fields():
    card = card_of({**SMALL, "scale": {"words": {"nothing": 0, "right": 1, "cut_off": 0.5}}})

    assert card.scales["words"] == CosineScale(0.0, 1.0, 0.5)
    assert card_of(changed("pictures.size", [8, 9])).pictures == Pictures(model="vision.onnx", size=(8, 9))


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("pictures.resise", "squash", "unknown key pictures.resise"),
        ("pictures.resize", "stretch", "pictures.resize is 'stretch'"),
        ("pictures.size", 224, "should be a list"),
        ("pictures.size", [224], "pictures.size has 2 numbers"),
        ("pictures.std", [0.0, 1.0, 1.0], "are not 0"),
        ("pictures.model", "", "pictures.model is not there"),
        ("pictures.model", "../vision.onnx", "outside of the folder"),
        ("text.projection", "/etc/head.npz:words", "outside of the folder"),
        ("text.tokenizer", "..\\tokenizer.json", "outside of the folder"),
        ("text.templates", ["a photo"], "with {} for the words"),
        ("text.length", "long", "a whole number"),
        ("text.lower", 1, "true or false"),
        ("shape.reads", "voxels", "shape.reads is 'voxels'"),
        ("shape.views", 0, "above 0"),
        ("shape.columns", ["weight"], "shape.columns"),
        ("card.version", True, "a whole number"),
        ("scale.words", {"nothing": 0.1}, "lacks a key"),
        ("scale.words", 3, "is a table"),
        ("scale.texts", {}, "unknown table scale.texts"),
        ("towers", {}, "unknown table towers"),
        ("text", "text.onnx", "text is a table"),
        ("joins", "base", "neither [shape] nor [pictures]"),
    ],
)
def test_a_mistake_is_named(place: str, value: Any, said: str):
    with pytest.raises(UsageError) as caught:
        card_of(changed(place, value), "some/encoder.toml")

    assert said in caught.value.message
    assert caught.value.path == "some/encoder.toml"


def test_pictures_of_models_need_a_table_that_says_how():
    with pytest.raises(UsageError, match=r"no table \[pictures\]"):
        card_of({"card": {"id": "x"}, "shape": {}})
    with pytest.raises(UsageError, match=r"no table \[shape\]"):
        card_of({"card": {"id": "x"}})


def test_a_file_that_is_no_toml_is_named(tmp_path: Path):
    (tmp_path / "encoder.toml").write_text("[card\n")

    with pytest.raises(UsageError, match="cannot be read"):
        read_card(tmp_path / "encoder.toml")
