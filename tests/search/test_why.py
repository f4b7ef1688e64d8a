"""Each reason that a hit may have: its values, and its English sentence."""

from __future__ import annotations

import json

import pytest

from polyseek.search.query import Term
from polyseek.search.why import (
    PLACES,
    SENTENCES,
    Reason,
    Word,
    of_likeness,
    of_shape,
    of_unwanted,
    of_words,
    sentence,
)

BARREL = Term("file", "/home/me/barrel.glb")
VIEWS = Term("picture", "front.png", more=("side.png", "back.png"))
CHAIR = Term("words", '"chair"')
SEAT = Term("words", "zum Sitzen")
REASONS = [
    (of_shape(1.0), "the same shape (1.00)"),
    (of_shape(0.95, compared="shape and looks"), "very close in shape and looks (0.95)"),
    (of_shape(0.75), "close in shape (0.75)"),
    (of_shape(0.6), "alike in shape (0.60)"),
    (of_shape(0.0), "loosely alike in shape (0.00)"),
    (of_shape(1.0, BARREL), "the same shape as barrel.glb (1.00)"),
    (of_shape(0.9, BARREL, "looks"), "very close in looks to barrel.glb (0.90)"),
    (of_shape(0.8, BARREL), "close in shape to barrel.glb (0.80)"),
    (of_shape(0.5, BARREL), "alike in shape to barrel.glb (0.50)"),
    (of_shape(0.1, Term("id", "k3f9")), "loosely alike in shape to k3f9 (0.10)"),
    (of_likeness(0.83, CHAIR), "looks like “chair” (0.83)"),
    (of_likeness(0.83, SEAT, ("chair", "stool")), "looks like “zum Sitzen” = chair, stool (0.83)"),
    (of_likeness(0.4, VIEWS), "may look like front.png and 2 more (0.40)"),
    (of_likeness(0.0, CHAIR), "does not look like “chair” (0.00)"),
    (of_unwanted(0.314, BARREL), "0.31 like barrel.glb, which is unwanted"),
    (of_unwanted(0.05, BARREL), "not like barrel.glb"),
    (Reason("rest"), "everything else was left out"),
    (of_words([Word("red")], ["tags"]), "red in the tags"),
]


@pytest.mark.parametrize(("reason", "said"), REASONS, ids=[said for _, said in REASONS])
def test_a_reason_is_an_english_sentence(reason: Reason, said: str):
    assert str(reason) == said


def test_every_sentence_is_tried_here():
    assert {reason.said for reason, _ in REASONS} == {*SENTENCES, "words"}


def test_words_are_told_by_where_they_are():
    words = [Word(asked) for asked in ("red", "oak", "chair", "old", "sofa", "kitchen", "red")]
    places = ["colours", "tags", "name", "name", "", "folders", "colours"]

    reason = of_words(words, places)

    said = "chair and old in the name, oak in the tags, kitchen in the folders, red in its colours, not sofa"
    assert str(reason) == said
    assert list(reason.values) == list(PLACES)


def test_a_word_says_what_was_taken_for_it_and_what_it_means():
    reason = of_words([Word("woodn", near="wood"), Word("椅子", means="chair"), Word("lamp")], ["name"] * 3)

    assert str(reason) == "wood (for woodn), 椅子 = chair and lamp in the name"
    assert reason.as_json() == {
        "said": "words",
        "name": [{"asked": "woodn", "near": "wood"}, {"asked": "椅子", "means": "chair"}, {"asked": "lamp"}],
    }


def test_values_are_flat_json_with_rounded_scores():
    reason = of_likeness(0.123456, VIEWS)

    found = json.loads(json.dumps(reason.as_json()))

    assert found == {"said": "may_look_like", "like": "front.png", "more": 2, "score": 0.1235}


def test_the_sentence_of_a_hit_parts_its_reasons():
    reasons = (of_words([Word("boat")], ["name"]), of_unwanted(0.5, BARREL))

    assert sentence(reasons) == "boat in the name; 0.50 like barrel.glb, which is unwanted"
