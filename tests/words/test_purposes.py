"""Words for what things are for: the file, and what they lead to."""

from __future__ import annotations

from importlib.resources import files

import pytest

from polyseek.words.gist import gist
from polyseek.words.lexicon import LANGUAGES, Lexicon
from polyseek.words.purposes import HEADER, Purposes

ROWS = (files("polyseek.words") / "purposes.tsv").read_text(encoding="utf-8").splitlines()


def asked_for(text: str) -> set[str]:
    return {concept for thing in gist(text) if thing.is_asked for concept in thing.concepts}


def test_every_purpose_has_words_in_each_language_and_concepts_of_the_lexicon():
    assert tuple(ROWS[0].split("\t")) == HEADER
    known = Lexicon.load().table
    for row in ROWS[1:]:
        purpose, concepts, *cells = row.split("\t")
        assert set(concepts.split("|")) <= known.keys(), purpose
        assert len(cells) == len(LANGUAGES)
        assert all(cells), purpose
    assert len({row.split("\t")[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_for_one_purpose(language: str):
    words = [word for row in ROWS[1:] for word in row.split("\t")[2 + LANGUAGES.index(language)].split("|")]

    assert sorted(set(words)) == sorted(words)
    assert all(Purposes.load().named(word, language) for word in words)
    assert Purposes.load().named("qqq", language) == ()


@pytest.mark.parametrize(
    "text",
    ["something to sit on", "para sentarse", "pour s'asseoir", "zum Hinsetzen", "坐的东西", "座るもの"],
)
def test_who_wants_to_sit_gets_a_chair(text: str):
    assert {"chair", "bench", "couch"} <= asked_for(text)


def test_a_kind_is_narrowed_by_what_it_is_for():
    assert asked_for("furniture to sleep in") == {"bed"}
    assert asked_for("a seat to sit on") == {"seat", "chair", "stool", "bench", "couch", "armchair"}
    assert asked_for("a tool to cut wood") == {"saw"}
    assert "fire truck" in asked_for("a machine that puts out fires")


@pytest.mark.parametrize(
    "text", ["something to protect my head", "algo para proteger la cabeza", "保护头部的东西", "頭を守るもの"]
)
def test_a_thing_of_any_kind_is_what_it_is_for(text: str):
    assert "helmet" in asked_for(text)
    assert "head" not in asked_for(text)


@pytest.mark.parametrize(
    "text", ["to cross the water on foot", "para cruzar el río", "pour traverser la rivière"]
)
def test_a_text_that_begins_with_what_is_done_asks_for_what_it_is_for(text: str):
    assert asked_for(text) == {"bridge"}


def test_what_a_thing_does_is_not_what_it_is_for():
    assert asked_for("sleeping cat") == {"cat"}
    assert asked_for("a cross") == {"cross"}


def test_a_verb_is_no_thing_of_the_same_letters():
    assert "airplane" in asked_for("a vehicle that flies")
    assert asked_for("two flies") == {"fly"}
    assert "shovel" in asked_for("ein Werkzeug zum Graben")


def test_a_thing_that_is_named_needs_no_purpose():
    assert asked_for("a table to eat at") == {"table"}
    assert asked_for("a bench to sleep on") == {"bench"}
