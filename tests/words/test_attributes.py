"""Attributes: their files' form, and words found in any language and form."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

import pytest

from polyseek.words.attributes import HEADER, KINDS, Attributes
from polyseek.words.chunks import fold
from polyseek.words.lexicon import LANGUAGES, fold_all, run_all_together

FOLDER = files("polyseek.words") / "attributes"
FILES = sorted(file.name for file in FOLDER.iterdir())
FORMS = {"en": (1,), "zh": (1,), "ja": (1,), "es": (1, 4), "fr": (1, 4), "de": (1, 6)}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_attributes_has_full_columns_and_kinds_that_exist(name: str):
    text = (FOLDER / name).read_text(encoding="utf-8")
    header, *rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]

    assert tuple(header) == HEADER
    assert rows
    for row in rows:
        assert len(row) == len(HEADER), row
        assert all(row), row
        assert row[1] in KINDS or row[1] in Attributes.load().table, row


def test_every_attribute_leads_to_a_kind_and_every_kind_has_some():
    table = Attributes.load()

    assert {table.kind(name) for name in table.table} == set(KINDS)
    assert sum(table.kind(name) == "colour" for name in table.table) >= 20


def test_names_have_as_many_forms_as_their_language_asks_for():
    for attribute in Attributes.load().table.values():
        for language in LANGUAGES:
            for forms in attribute.names[language]:
                here = (attribute.name, language, forms)
                assert len(forms) in FORMS[language], here
                for form in forms:
                    assert form == " ".join(form.split()) == unicodedata.normalize("NFC", form), here
                    assert form, here
                    cjk = bool(re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", form))
                    assert cjk == (language in ("zh", "ja")), here


def test_no_attribute_has_a_name_twice_in_a_language():
    for attribute in Attributes.load().table.values():
        for language, names in attribute.names.items():
            assert len(set(names)) == len(names), (attribute.name, language)


@pytest.mark.parametrize(
    "text",
    [
        "red",
        "rojo",
        "roja",
        "ROJOS",
        "rojas",
        "rouge",
        "rouges",
        "rot",
        "roter",
        "rote",
        "rotes",
        "roten",
        "红",
        "红色",
        "紅色",
        "赤い",
        "赤",
    ],
)
def test_red_is_understood_in_every_form(text: str):
    assert "red" in Attributes.load().named(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("de madera", "wood"),
        ("aus Holz", "wood"),
        ("木製の", "wood"),
        ("木头", "wood"),
        ("vieille", "old"),
        ("cassées", "broken"),
        ("gruseliges", "halloween"),
        ("petites", "small"),
        ("balles neuves", ""),
        ("low-poly", "low poly"),
        ("grises", "grey"),
        ("jaunes", "yellow"),
        ("verdes", "green"),
    ],
)
def test_attributes_are_understood_in_their_languages(text: str, name: str):
    assert Attributes.load().named(text)[:1] == ((name,) if name else ())


def test_a_phrase_is_not_its_words():
    assert "burning" not in Attributes.load().named("fire")
    assert Attributes.load().named("azul oscuro") == ("dark blue",)


def test_shades_are_below_their_colour():
    assert {"dark blue", "light blue"} <= set(Attributes.load().below("blue"))
    assert Attributes.load().kind("dark blue") == "colour"


def test_a_compound_begins_with_the_longest_attribute():
    table = Attributes.load()

    assert table.in_compound("holzhocker") == ("wood", "hocker")
    assert table.in_compound("weihnachtskugel") == ("christmas", "kugel")
    assert table.in_compound("holz") == ("", "")
    assert table.in_compound("stuhl") == ("", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_forms_at_once_are_read_as_one_by_one(language):
    attributes = Attributes.load()
    forms = [form for each in attributes.table.values() for names in each.names[language] for form in names]

    at_once = run_all_together(fold_all(forms, language))

    assert at_once == ["".join(re.findall(r"[^\W_]+", fold(form))) for form in forms]
