"""Attributes agree with nouns and stand where each language wants them."""

from __future__ import annotations

import pytest

from polyseek.words.attributes import Attributes
from polyseek_training.grammar import article, gender, plural, with_attribute


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("silla de oficina", "es", "f"),
        ("árbol", "es", "m"),
        ("paraguas", "es", "m"),
        ("tijeras", "es", "fp"),
        ("chaise", "fr", "f"),
        ("bateau à voile", "fr", "m"),
        ("étagère", "fr", "f"),
        ("Bürostuhl", "de", "m"),
        ("Stehlampe", "de", "f"),
        ("Vogelhaus", "de", "n"),
        ("xyzzy", "de", ""),
        ("tenista", "es", ""),
    ],
)
def test_a_nouns_gender_comes_from_its_head(name: str, language: str, expected: str):
    assert gender(name, language) == expected


@pytest.mark.parametrize(
    ("name", "attribute", "language", "expected"),
    [
        ("silla", "red", "es", "silla roja"),
        ("tijeras", "red", "es", "tijeras rojas"),
        ("silla", "wood", "es", "silla de madera"),
        ("lampe", "white", "fr", "lampe blanche"),
        ("lampe", "small", "fr", "petite lampe"),
        ("maison", "old", "fr", "vieille maison"),
        ("table", "wood", "fr", "table en bois"),
        ("Stuhl", "red", "de", "roter Stuhl"),
        ("Lampe", "red", "de", "rote Lampe"),
        ("Haus", "red", "de", "rotes Haus"),
        ("Tisch", "wood", "de", "Tisch aus Holz"),
        ("Kürbis", "halloween", "de", "Halloweenkürbis"),
        ("xyzzy", "red", "de", ""),
        ("椅子", "red", "zh", "红色椅子"),
        ("椅子", "red", "ja", "赤い椅子"),
        ("chair", "wood", "en", "wooden chair"),
    ],
)
def test_an_attribute_agrees_and_stands_in_its_place(name: str, attribute: str, language: str, expected: str):
    forms = Attributes.load().table[attribute].names[language][0]

    assert (
        with_attribute(name, forms, language, gender(name, language) if language in "esfrde" else "")
        == expected
    )


def test_articles_and_plurals_are_only_given_where_they_are_known():
    assert (article("f", "fr"), article("n", "de"), article("fp", "es"), article("", "es")) == (
        "une",
        "ein",
        "",
        "",
    )
    assert plural("silla de oficina", "es") == "sillas de oficina"
    assert plural("perro caliente", "es") == ""
    assert plural("chaise", "fr") == "chaises"
