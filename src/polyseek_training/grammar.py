"""Enough grammar to put an attribute and a noun together: gender, number, agreement, word order.

Where a noun's gender is not known the phrase takes a form that needs none, or leaves the attribute out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

# French adjectives that stand before their noun; all others follow it.
BEFORE_IN_FRENCH = frozenset(["petit", "tout petit", "grand", "gros", "vieux", "nouveau"])

# Endings that tell a gender well enough; the longest counts, words of the tables go first.
_ENDINGS: Mapping[str, Mapping[str, str]] = {
    "es": {
        "f": "a ción sión dad tad tud umbre",
        "m": "o aje ambre ón án ín or ar er ir il al el il ete ote ante ente ista ma",
    },
    "fr": {
        "f": "tion sion ette elle esse ée ance ence ure ade euse ille otte ise trice aison",
        "m": "age saure ment eau isme oir ier et ot ard al ail eil euil on ien teur seur an in is ent oin",
    },
    "de": {
        "f": "ung heit keit schaft ion ei tät ur ik e in",
        "m": "er ling ismus or el ig",
        "n": "chen lein ment um tum nis",
    },
}
# Endings of _ENDINGS that are also the end of words of another gender: these tell nothing.
_UNSURE = {"es": ("ista", "ma", "ente"), "fr": ("aison",), "de": ("in", "nis")}
_VERB_NOUNS = re.compile(
    r"(abre|corta|cuenta|guarda|lanza|lava|mata|para|pasa|pica|pisa|porta|quita|rasca|rompe|saca|salva|seca)"
    r"[a-zñáéíóúü]+s"
)


def gender(name: str, language: str) -> str:
    """ "m", "f" or "n" of a Spanish, French or German name by its head noun; "" where it is not known.

    A name in the plural ("tijeras") has the gender of its noun and a "p" after it.
    """
    if language == "de":
        return _german(name)
    head = re.split(r"[ '’]", name.lower())[0]
    plural = head.endswith("s") and head not in _nouns()[language] and not _VERB_NOUNS.fullmatch(head)
    if language == "es":
        if _VERB_NOUNS.fullmatch(head):
            return "m"
        single = _by_table_or_ending(head, language)
        if single or not plural:
            return single
        for ending in ("es", "s"):
            if head.endswith(ending) and (single := _by_table_or_ending(head[: -len(ending)], language)):
                return f"{single}p"
        return ""
    single = _by_table_or_ending(head, language)
    if single or not plural:
        return single
    single = _by_table_or_ending(head[:-1], language)
    return f"{single}p" if single else ""


def plural(name: str, language: str) -> str:
    """The plural of a Spanish or French name of one word, or of one and `de ...`; "" for others."""
    head, space, rest = name.partition(" ")
    follows = not rest or re.match(r"(de|d'|à|en)\b", rest)
    if not follows or head.endswith(("s", "x", "z", "au", "eu", "al", "ail")):
        return ""
    if language == "fr":
        return f"{head}s{space}{rest}"
    if language == "es" and re.search(r"[aeoé]$", head):
        return f"{head}s{space}{rest}"
    if language == "es" and re.search(r"[dlr]$", head):
        return f"{head}es{space}{rest}"
    return ""


def with_attribute(name: str, forms: Sequence[str], language: str, gender: str) -> str:
    """A noun with an attribute as the language orders them; "" where its form needs a gender that is not known.

    `forms`: as `polyseek.words.attributes` lists them. `gender`: as `gender` tells it, of a plural name with "p".
    """
    if language == "en":
        return f"{name} {forms[0]}" if _follows_in_english(forms[0]) else f"{forms[0]} {name}"
    if language in ("zh", "ja"):
        return f"{forms[0]}{name}"
    if language == "de":
        return _with_german(name, forms, gender)
    form = forms[0]
    if len(forms) == 4:
        if not gender and len(set(forms[:2])) > 1:
            return ""
        form = forms[("f" in gender) + 2 * gender.endswith("p")]
    before = language == "fr" and forms[0] in BEFORE_IN_FRENCH
    return f"{form} {name}" if before else f"{name} {form}"


def article(gender: str, language: str) -> str:
    """The indefinite article of a gender in the singular; "" for a plural and where the gender is not known."""
    return {
        "es": {"m": "un", "f": "una"},
        "fr": {"m": "un", "f": "une"},
        "de": {"m": "ein", "f": "eine", "n": "ein"},
    }[language].get(gender, "")


def _with_german(name: str, forms: Sequence[str], gender: str) -> str:
    if len(forms) == 6:
        ending = {"f": 1, "m": 2, "n": 3}.get(gender)
        return f"{forms[ending]} {name}" if ending else ""
    form = forms[0]
    if form.endswith("-"):
        joins = " " not in name and "-" not in name and "-" not in form[:-1]
        return f"{form[:-1]}{name.lower()}" if joins else f"{form}{name}"
    if form.split()[0] in ("aus", "mit", "im", "in", "für"):
        return f"{name} {form}"
    return f"{form} {name}"


def _follows_in_english(form: str) -> bool:
    return form.split()[0] in ("made", "with", "for", "in", "on", "covered", "under")


def _german(name: str) -> str:
    """By the last word, whose end is its head: Holztisch is a Tisch."""
    word = name.split()[-1]
    if not word[:1].isupper() or len(name.split()) > 1:
        return ""
    nouns = _nouns()["de"]
    known = [noun for noun in nouns if len(noun) > 2 and word.lower().endswith(noun.lower())]
    if known:
        return nouns[max(known, key=len)]
    return _by_table_or_ending(word, "de")


def _by_table_or_ending(word: str, language: str) -> str:
    nouns = _nouns()[language]
    if word in nouns:
        return nouns[word]
    pairs = [(end, of) for of, ends in _ENDINGS[language].items() for end in ends.split()]
    fitting = [(len(end), end, of) for end, of in pairs if word.endswith(end)]
    if not fitting or max(fitting)[1] in _UNSURE[language]:
        return ""
    return max(fitting)[2]


@lru_cache(maxsize=1)
def _nouns() -> dict[str, dict[str, str]]:
    """Language -> noun -> gender."""
    text = resources.files("polyseek_training").joinpath("genders.tsv").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {"es": {}, "fr": {}, "de": {}}
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        found[row["language"]].update(dict.fromkeys(row["nouns"].split(), row["gender"]))
    return found
