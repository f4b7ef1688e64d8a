"""The lexicon's data files: their form, that they agree with each other, and that nothing is left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

from polyseek.words.lexicon import HEADER, LANGUAGES, Lexicon

FOLDER = files("polyseek.words") / "lexicon"
FILES = sorted(file.name for file in FOLDER.iterdir())
FEWEST = 4000

KANA = re.compile(r"[\u3040-\u30ff]")
CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def lines_of(name: str) -> list[list[str]]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.endswith("\n")
    return [line.split("\t") for line in text[:-1].split("\n")]


def cells() -> list[tuple[str, str, str]]:
    """(concept, language, name) of every name."""
    lexicon = Lexicon.load()
    return [
        (concept, language, name)
        for concept in lexicon.concepts
        for language in LANGUAGES
        for name in lexicon.names(concept, language)
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_a_header_and_eight_full_columns(name: str):
    assert re.fullmatch(r"[a-z_]+\.tsv", name)
    header, *rows = lines_of(name)

    assert tuple(header) == HEADER
    assert rows
    for row in rows:
        assert len(row) == len(HEADER), row
        assert row[0], row
        assert all(row[2:]), row
        assert row[1] or name == "roots.tsv", row


def test_a_concept_stands_once_in_all_files():
    counts = Counter(row[0] for name in FILES for row in lines_of(name)[1:])

    assert [concept for concept, count in counts.items() if count > 1] == []
    assert len(counts) >= FEWEST


def test_parents_exist_and_lead_up_to_a_root():
    table = {row[0]: row[1] for name in FILES for row in lines_of(name)[1:]}
    roots = {row[0] for row in lines_of("roots.tsv")[1:]}

    for concept, parent in table.items():
        passed = {concept}
        while parent:
            assert parent in table, (concept, parent)
            assert parent not in passed, (concept, "a cycle")
            passed.add(parent)
            concept, parent = parent, table[parent]
        assert concept in roots


def test_a_concept_is_a_plain_lower_case_english_name():
    odd = [
        c for c in Lexicon.load().concepts if not re.fullmatch(r"[a-z0-9][a-z0-9 '.&-]*( \([a-z ]+\))?", c)
    ]

    assert odd == []


def test_names_are_clean():
    for concept, language, name in cells():
        here = (concept, language, name)
        assert name, here
        assert name == " ".join(name.split()), here
        assert name == unicodedata.normalize("NFC", name), here
        assert not re.search(r"[\"“”„«»;,()\[\]]", name), here
        assert not any(unicodedata.category(letter) == "Cc" for letter in name), here


def test_a_concept_has_no_name_twice_in_a_language():
    again = [pair for pair, count in Counter(cells()).items() if count > 1]

    assert again == []


def test_each_language_is_written_in_its_own_script():
    for concept, language, name in cells():
        here = (concept, language, name)
        if language == "zh":
            assert not KANA.search(name), here
        elif language != "ja":
            assert not CJK.search(name), here
    for concept in Lexicon.load().concepts:
        for language in ("zh", "ja"):
            names = Lexicon.load().names(concept, language)
            assert any(CJK.search(name) for name in names), (concept, language, names)
