"""The words of the page: every language has every word, and every word that the page says is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import polyseek.server

WEB = Path(polyseek.server.__file__).parent / "web"
SAID = r'say\("(\w+)"|data-words(?:-\w+)?="(\w+)"'
TABLES = sorted((WEB / "words").glob("*.js"))


def table(path: Path) -> dict[str, str]:
    return dict(re.findall(r'(\w+): "((?:[^"\\]|\\.)*)",', path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_language_has_the_words_and_places_of_english(path: Path):
    english, other = table(WEB / "words" / "en.js"), table(path)

    assert other.keys() == english.keys()
    for key, text in other.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", english[key])), key


def test_every_word_that_the_page_says_is_in_the_table():
    said: set[str] = set()
    for path in [*WEB.glob("*.js"), WEB / "index.html"]:
        text = path.read_text(encoding="utf-8")
        said |= {first or second for first, second in re.findall(SAID, text)}

    assert said - table(WEB / "words" / "en.js").keys() == set()
    assert len(said) > 80


def test_the_page_has_no_script_or_style_in_its_markup():
    html = (WEB / "index.html").read_text(encoding="utf-8")

    assert not re.search(r"<style|style=|<script(?![^>]*src=)| on\w+=", html)


def test_every_module_that_the_page_begins_with_is_asked_for_at_once():
    html = (WEB / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'<link rel="modulepreload" href="([^"]+)">', html)
    found: set[Path] = set()
    waiting = [WEB / "main.js"]
    while waiting:
        path = waiting.pop()
        imported = re.findall(
            r'^import [^;]*?from "(\.[^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE
        )
        new = {(path.parent / name).resolve() for name in imported} - found
        found |= new
        waiting += new

    assert sorted(named) == sorted(path.relative_to(WEB.resolve()).as_posix() for path in found)
