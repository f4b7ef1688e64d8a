"""The lexicon: names found in six languages, whatever their spelling, and kinds of things."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from polyseek.words.lexicon import LANGUAGES, Lexicon, longest_runs

CHAIRS = ["chair", "椅子", "silla", "chaise", "Stuhl", "いす"]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def small(**names: tuple[str, str]) -> Lexicon:
    """A lexicon of concepts without parents, each with its English and German names; the rest named `-`."""
    return Lexicon(
        MappingProxyType({concept: ("", (en, "-", "-", "-", de, "-")) for concept, (en, de) in names.items()})
    )


@pytest.mark.parametrize("word", CHAIRS)
def test_a_chair_is_found_by_its_name_in_each_language(lexicon: Lexicon, word: str):
    assert lexicon.named(word)[0] == "chair"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_language_leads_to_its_concept(lexicon: Lexicon, language: str):
    for concept in lexicon.concepts:
        for name in lexicon.names(concept, language):
            assert concept in lexicon.named(name, language), name


@pytest.mark.parametrize(
    "spelling", ["Street Lamp", "street-lamp", "streetlamp", "STREET_LAMP", "street lamps"]
)
def test_spelling_makes_no_difference(lexicon: Lexicon, spelling: str):
    assert "street lamp" in lexicon.named(spelling)


@pytest.mark.parametrize(
    ("plain", "written"),
    [("sofa", "sofá"), ("etagere", "étagère"), ("bucherregal", "Bücherregal"), ("ｃｈａｉｒ", "chair")],
)
def test_marks_and_widths_make_no_difference(lexicon: Lexicon, plain: str, written: str):
    assert lexicon.named(plain)
    assert set(lexicon.named(plain)) == set(lexicon.named(written))


def test_a_name_as_it_stands_wins_over_a_plural():
    given = small(glass=("glass", "Glas"), glasses=("glasses", "Brille"), lens=("lens", "Linse"))

    assert given.named("glasses") == ("glasses",)
    assert given.named("lenses") == ("lens",)
    assert given.named("glas", "en") == ()


def test_an_english_meaning_comes_before_another_languages_and_a_language_asked_for_stands_alone():
    given = small(ship=("ship|boat", "Boot"), shoe=("boot", "Stiefel"))

    assert given.named("boot") == ("shoe", "ship")
    assert given.named("boot", "de") == ("ship",)


def test_the_everyday_name_comes_before_a_synonym():
    given = small(bank=("bench|seat", "x"), seat=("seat", "y"))

    assert given.named("seat") == ("seat", "bank")


def test_the_longest_name_in_a_query_is_read(lexicon: Lexicon):
    readings = lexicon.read(["blue", "office", "chair", "lamp"])

    assert [(reading.first, reading.last) for reading in readings] == [(1, 3), (3, 4)]
    assert readings[0].concepts[0] == "office chair"


def test_single_characters_are_read_together(lexicon: Lexicon):
    (reading,) = lexicon.read(["椅", "子"])

    assert (reading.first, reading.last, reading.concepts[0]) == (0, 2, "chair")


def test_a_query_becomes_english_names(lexicon: Lexicon):
    names = lexicon.expand(["silla", "de", "oficina"])

    assert names == lexicon.names("office chair")


def test_words_without_a_meaning_are_not_read(lexicon: Lexicon):
    assert lexicon.read(["qwzx", "0042"]) == ()
    assert lexicon.expand([]) == ()


def test_parents_lead_up_to_a_root_and_children_lead_back(lexicon: Lexicon):
    above = lexicon.parents("office chair")

    assert above[0] == "chair"
    assert above[-1] == "furniture"
    assert "office chair" in lexicon.children("chair")
    assert lexicon.children("office chair") == ()


def test_an_unknown_concept_or_language_is_an_error(lexicon: Lexicon):
    with pytest.raises(KeyError):
        lexicon.names("no such thing")
    with pytest.raises(ValueError, match="not in tuple"):
        lexicon.names("chair", "xx")


@pytest.mark.parametrize(
    ("plural", "concept"),
    [
        ("Stühle", "chair"),
        ("Lampen", "lamp"),
        ("Häuser", "house"),
        ("Bäume", "tree"),
        ("Türen", "door"),
        ("Autos", "car"),
    ],
)
def test_a_german_plural_is_forgiven(plural: str, concept: str):
    assert concept in Lexicon.load().named(plural, "de")


def test_as_many_words_as_possible_are_read_in_as_few_names():
    names = {"a", "a b", "b c", "c d e", "e"}

    runs = longest_runs(list("abcde"), names.__contains__)

    assert runs == [(0, 2), (2, 5)]
