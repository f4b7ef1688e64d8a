"""Which Spaces answer while the vectors of a new encoder are being made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from polyseek.catalogue.contract import Held
from polyseek.encoders.contract import Card, CosineScale, Space
from polyseek.errors import UsageError
from polyseek.search.serving import serving


class Made:
    """An encoder of the name and version; `Reading` reads words, too."""

    wants: Mapping[str, Any] = {}

    def __init__(self, id: str, version: int = 1) -> None:
        self.card = Card(id, id, "", "", 4, "CC0", version, "", "")
        self.space = Space(id, 4, f"{id}@{version}")

    def encode(self, batch):
        return np.zeros((len(batch), 4), np.float32)


class Reading(Made):
    words = CosineScale(0.0, 1.0, 0.5)

    def encode_texts(self, texts):
        return np.zeros((len(texts), 4), np.float32)


SHELF = {
    "plain": Made("plain"),
    "numbers": Made("numbers"),
    "old_words": Reading("old_words"),
    "words": Reading("words"),
    "newer": Made("newer", version=2),
}


def load(id: str):
    if id not in SHELF:
        raise UsageError(f"there is no encoder {id!r}")
    return SHELF[id]


def answers(encoders: str, *held: str, default: str = ""):
    """`held`: encoder@version of each Space, with ! where it is not filled."""
    own = encoders.split()
    spaces = [Held(each.strip("!"), each.split("@")[0], not each.endswith("!")) for each in held]
    return serving(own, default or own[0], spaces, load, "plain")


def test_filled_spaces_answer_as_the_settings_say():
    found = answers("words plain numbers", "words@1", "plain@1", "numbers@1")

    assert (found.encoder, found.space, found.by_id) == ("words", "words@1", "words@1")
    assert found.readers == ("words",)
    assert found.encoders == ("words", "plain", "numbers")


def test_a_library_without_spaces_answers_by_what_it_will_have():
    assert answers("words plain").space == "words@1"


def test_the_space_that_was_dropped_answers_until_the_new_one_is_filled():
    before = answers("words numbers", "plain@1", "numbers@1", "words@1!")
    after = answers("words numbers", "numbers@1", "words@1")

    assert (before.encoder, before.space) == ("plain", "plain@1")
    assert set(before.encoders) == {"words", "numbers", "plain"}
    assert (after.encoder, after.space) == ("words", "words@1")


def test_the_plain_encoder_stands_in_before_the_plain_numbers():
    assert answers("words numbers plain", "numbers@1", "plain@1", "words@1!").encoder == "plain"


def test_words_are_read_by_the_forerunner_first():
    found = answers("plain words", "plain@1", "old_words@1", "words@1!")
    assert found.readers == ("old_words", "words")
    assert answers("plain words", "plain@1", "words@1").readers == ("words",)


def test_a_new_version_compares_indexed_models_by_their_earlier_vectors():
    found = answers("newer numbers", "newer@1", "numbers@1", "newer@2!")

    assert found.by_id == "newer@1"
    # No program here makes vectors of the earlier version: files are compared by another encoder.
    assert (found.encoder, found.space) == ("numbers", "numbers@1")


def test_an_encoder_that_was_taken_away_stands_in_for_nothing():
    found = answers("words", "gone@1", "words@1!")
    assert (found.encoder, found.readers) == ("words", ("words",))


def test_variants_are_told_by_the_plain_space_whichever_is_the_default():
    assert answers("words plain", "words@1", "plain@1").folding == "plain@1"
    assert answers("words", "words@1").folding == "words@1"


def test_models_are_blended_once_both_spaces_are_filled(monkeypatch):
    monkeypatch.setattr("polyseek.search.blend.SHARES", {("plain", "words"): 0.25})

    filling = answers("plain words", "plain@1", "words@1!")
    filled = answers("plain words", "plain@1", "words@1")
    other = answers("plain words numbers", "plain@1", "words@1", "numbers@1", default="numbers")

    assert filling.blend.shares == (("plain@1", 1.0),)
    assert filled.blend.shares == (("plain@1", 0.75), ("words@1", 0.25))
    assert other.blend.shares == (("numbers@1", 1.0),)
    # What is being filled may be named all the same.
    assert dict(filling.named) == dict(filled.named) == {"plain": "plain@1", "words": "words@1"}
