"""What of a name goes into full text, what a query asks for, and that the two meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyseek.words import index_tokens, plain_words, tags_of, tokens, words_of
from polyseek.words.chunks import chunks, fold


def finds(query: str, name: str) -> bool:
    held = set(index_tokens(name))
    return all(held & set(group) for group in tokens(query))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("SM_FireHydrant-02", ["SM", "Fire", "Hydrant", "02"]),
        ("HTTPServer", ["HTTP", "Server"]),
        ("M3x10", ["M3x10"]),
        ("M3Bolt", ["M3", "Bolt"]),
        ("DVDs", ["DVDs"]),
        ("floor.tile broken", ["floor", "tile", "broken"]),
        ("红色chair", ["红色", "chair"]),
        ("", []),
        ("__--", []),
    ],
)
def test_a_name_is_cut_where_a_reader_would(name: str, parts: list[str]):
    assert chunks(name) == parts


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("chairs", "chair_old"),
        ("chair", "Chairs"),
        ("fire hydrant", "firehydrant"),
        ("firehydrant", "FireHydrant"),
        ("firehydrant", "fire_hydrant_02"),
        ("M3", "bolt_M3x10"),
        ("jack-o-lantern", "jackolantern_old"),
        ("m3x10", "M3x10mm_zinc"),
        ("INV-2019-0042", "inv_2019_0042_front"),
        ("INV20190042", "INV-2019-0042"),
        ("chair 7", "chair_007"),
        ("creme brulee", "Crème_Brûlée"),
        ("CRÈME", "creme"),
        ("椅子", "红色椅子"),
        ("红椅", "红色椅子"),
        ("いす", "あかいいす"),
        ('"fire hydrant"', "old-fire-hydrant"),
        ("a chair with arms", "chair_arms"),
        ("Ärmel", "armel"),
        ("ﬁre", "fire"),
    ],
)
def test_a_query_finds_the_name(query: str, name: str):
    assert finds(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("M3", "bolt_M4x10"),
        ("M3", "bolt_M30"),
        ("INV-2019-0042", "INV-2019-0043"),
        ("INV-2019-0042", "INV-2019_front"),
        ("red chair", "red_table"),
        ('"fire hydrant"', "hydrant_fire"),
        ("が", "か"),
    ],
)
def test_a_query_does_not_find_another_name(query: str, name: str):
    assert not finds(query, name)


@given(st.text(max_size=30))
def test_any_name_is_found_by_itself(name: str):
    # Stop words alone and marks alone ask for nothing; everything else that was asked for is there.
    assert finds(name.replace('"', " "), name)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_tokens_hold_letters_and_digits_only(text: str):
    assert all(
        token and not any(letter.isspace() or letter in "\"'()" for letter in token)
        for token in index_tokens(text)
    )


def test_stop_words_count_only_when_there_is_nothing_else():
    assert tokens("the") == [["the"]]
    assert tokens("the chair") == [["chair"]]


def test_words_of_a_name_keep_numbers_and_name_each_word_once():
    assert words_of("Chair_02_Chair", ("Furniture",)) == ("chair", "02", "furniture")


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("Banner_thin_red", ("banner", "thin", "red")),
        ("SM_Prop_042_v2_final", ("prop",)),
        ("T_Crate_LOD0_copy", ("crate",)),
        ("M3x10_bolt", ("m3x10", "bolt")),
        ("椅", ("椅",)),
        ("042", ()),
    ],
)
def test_tags_leave_noise_out(name: str, tags: tuple[str, ...]):
    assert tags_of(name) == tags


def test_words_that_can_be_mistyped_have_three_letters_or_more():
    assert plain_words("an_Old_chair07_M3_椅子") == ["chair", "old"]
