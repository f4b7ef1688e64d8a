"""The words of the page: every language has every word, and every word that the page says is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import polyseek.server
from polyseek.search.why import PLACES, SENTENCES

WEB = Path(polyseek.server.__file__).parent / "web"
SAID = r'say\("(\w+)"|data-words(?:-\w+)?="(\w+)"'
TABLES = sorted((WEB / "words").glob("*.js"))


def table(path: Path) -> dict[str, str]:
    """The words of the page itself: those of the reasons of hits are the server's in English."""
    return {key: text for key, text in all_words(path).items() if not key.startswith("why_")}


def all_words(path: Path) -> dict[str, str]:
    return dict(re.findall(r'(\w+): "((?:[^"\\]|\\.)*)",', path.read_text(encoding="utf-8")))


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_language_has_the_words_and_places_of_english(path: Path):
    english, other = table(WEB / "words" / "en.js"), table(path)

    assert other.keys() == english.keys()
    for key, text in other.items():
        assert places(text) == places(english[key]), key


@pytest.mark.parametrize("path", [path for path in TABLES if path.stem != "en"], ids=lambda path: path.stem)
def test_another_language_says_every_reason_of_a_hit_with_its_values(path: Path):
    said = {key: text for key, text in all_words(path).items() if key.startswith("why_")}
    english = {f"why_{key}": text for key, text in SENTENCES.items()}
    english |= {f"why_in_{place}": text for place, text in PLACES.items()}
    english |= {"why_word": "{asked}", "why_means": "{asked}{means}", "why_near": "{asked}{near}"}
    english |= {
        "why_shape": "",
        "why_looks": "",
        "why_shape_and_looks": "",
        "why_more": "{like}{n}",
        "why_meant": "{like}{means}",
    }
    english |= {"why_between": "", "why_within": ""}

    assert said.keys() == english.keys()
    for key, text in said.items():
        assert places(text) == places(english[key]), key


def test_every_word_that_the_page_says_is_in_the_table():
    said: set[str] = set()
    for path in [*WEB.glob("*.js"), WEB / "index.html"]:
        text = path.read_text(encoding="utf-8")
        said |= {first or second for first, second in re.findall(SAID, text)}

    said = {key for key in said if not key.startswith("why_")}
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
