"""Captions say what a shape is and how it is, and nothing that is not known of it."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek_training.captions import Sayings, attributes_of, say, sayings_of_shape
from polyseek_training.lexicon import by_english_name, read_lexicon
from polyseek_training.shapes import Shape

RED = {
    "zh": ("红", "紅"),
    "es": ("roj", "colorad"),
    "fr": ("rouge", "écarlate", "ecarlate"),
    "de": ("rot",),
    "ja": ("赤", "レッド"),
}


def said_of(shape: Shape, count: int, foreign: float) -> list[str]:
    random = np.random.default_rng(3)
    sayings = sayings_of_shape(shape, by_english_name(read_lexicon()))
    return [say(sayings, random, foreign=foreign) for _ in range(count)]


def test_a_colour_of_a_file_is_said_in_every_language():
    said = said_of(Shape("x", "p", "g", "chair", "chair", ("#cc1a1a",)), 1500, 0.8)

    for tongue, words in RED.items():
        assert any(word in text.lower() for word in words for text in said), tongue
    assert any("red" in text for text in said)
    assert not any("#" in text for text in said)


def test_a_shape_without_attributes_is_given_none():
    said = said_of(Shape("x", "p", "g", "chair", "chair", ()), 800, 0.8)

    assert not any(word in text.lower() for words in RED.values() for word in words for text in said)


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (("wooden", "red tiles", "3"), ["wood"]),
        (("#0a0a0a",), ["black"]),
        (("teal", "modern"), ["turquoise", "modern"]),
    ],
)
def test_only_known_attributes_count(texts: tuple[str, ...], names: list[str]):
    assert [each.name for each in attributes_of(texts)] == names


def test_the_words_of_a_name_are_no_attributes():
    named = by_english_name(read_lexicon())

    of_ice_cream = sayings_of_shape(Shape("x", "p", "g", "ice cream", "ice cream pink", ()), named)

    assert [each.name for each in of_ice_cream.attributes] == ["pink"]


def test_the_same_seed_says_the_same():
    sayings = Sayings("chair", ("chair",), ("old chair",), {"de": ("Stuhl",)}, (), attributes_of(("red",)))

    first, again = ([say(sayings, np.random.default_rng(seed)) for seed in range(50)] for _ in range(2))

    assert first == again
