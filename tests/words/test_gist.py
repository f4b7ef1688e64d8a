"""What a text is about: which things it names, and which of them it asks for."""

from __future__ import annotations

import pytest

from polyseek.words.gist import gist
from polyseek.words.lexicon import LANGUAGES, Lexicon


def asked_for(text: str) -> list[str]:
    """What the name that the text asks for may mean."""
    return [concept for thing in gist(text) if thing.is_asked for concept in thing.concepts]


def beside(text: str) -> list[str]:
    return [concept for thing in gist(text) if not thing.is_asked for concept in thing.concepts]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("a bench with a red cushion", "bench"),
        ("shelf on the wall", "shelf"),
        ("man in jeans and a shirt", "man"),
        ("garden fence", "fence"),
        ("a 3D model of a red car for my game", "car"),
        ("hacha con mango de madera", "axe"),
        ("une chaise avec des accoudoirs pour le bureau", "chair"),
        ("Frau mit langen Haaren", "woman"),
        ("der Zaun um den Garten", "fence"),
        ("公园里的长椅", "bench"),
        ("我想要一张床", "bed"),
        ("公園にある木のベンチ", "bench"),
        ("一人で座る椅子がほしい", "chair"),
    ],
)
def test_the_thing_asked_for_is_told_by_where_it_stands(text: str, thing: str):
    assert asked_for(text) == [thing]


def test_what_goes_with_it_is_told_from_it():
    assert (asked_for("a bench with a cushion"), beside("a bench with a cushion")) == (["bench"], ["cushion"])
    assert (asked_for("cushion for a bench"), beside("cushion for a bench")) == (["cushion"], ["bench"])


def test_how_a_thing_is_names_no_other_thing():
    assert [thing.said for thing in gist("orange chair")] == ["chair"]
    assert "orange" in asked_for("orange")


@pytest.mark.parametrize(
    ("compound", "thing"),
    [("Holzhocker", "stool"), ("Wasserrohr", "pipe"), ("Gartenzaun", "fence"), ("Hinweisschild", "sign")],
)
def test_a_german_compound_is_what_its_last_part_names(compound: str, thing: str):
    assert thing in asked_for(compound)


def test_a_text_is_read_in_the_language_that_knows_most_of_it():
    """`Stein` alone is also an English beer mug, `sans dossier` no folder."""
    assert asked_for("eine Säule aus Stein") == ["column"]
    assert asked_for("table en bois") == ["table"]
    assert asked_for("mesa de madera") == ["table"]


@pytest.mark.parametrize("text", ["", "   ", "?!", "something to put on", "qqq zzz", "the of with", "の"])
def test_a_text_that_names_nothing_has_none(text: str):
    assert gist(text) == ()


def test_every_everyday_name_names_its_thing():
    """But for names that a language asked before has, too: a German Hut is an English hut."""
    lexicon = Lexicon.load()
    for language in LANGUAGES:
        names = {concept: lexicon.names(concept, language)[0] for concept in lexicon.concepts[::20]}
        missed = [concept for concept, name in names.items() if concept not in asked_for(name)]
        assert len(missed) < 0.03 * len(names), (language, missed)


def test_of_a_very_long_text_the_beginning_is_read():
    assert asked_for("chair " + "and qqq " * 20_000) == ["chair"]


def test_a_word_between_others_may_name_a_thing_where_it_stands_alone():
    assert asked_for("uña") == ["fingernail"]
    assert asked_for("拖把") == ["mop"]


def test_a_name_may_mean_several_things():
    assert sorted(asked_for("flecha")) == ["arrow", "arrow symbol"]
