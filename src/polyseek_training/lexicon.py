"""The lexicon's concepts, and which of them a model is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

LANGUAGES = ("en", "zh", "es", "fr", "de", "ja")


@dataclass(frozen=True)
class Concept:
    """`names`: language -> names, the usual one first. `parent`: another concept's key, or empty."""

    key: str
    parent: str
    names: Mapping[str, tuple[str, ...]]


def read_lexicon() -> dict[str, Concept]:
    """All concepts of `polyseek/words/lexicon/*.tsv` by key; of two lines with one key the first counts."""
    found: dict[str, Concept] = {}
    folder = resources.files("polyseek.words").joinpath("lexicon")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".tsv"):
            continue
        lines = file.read_text(encoding="utf-8").splitlines()
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if None in row or None in row.values():
                continue
            names = {tongue: tuple(filter(None, row[tongue].split("|"))) for tongue in LANGUAGES}
            found.setdefault(row["concept"], Concept(row["concept"], row["parent"], names))
    return found


def by_english_name(lexicon: Mapping[str, Concept]) -> dict[str, Concept]:
    """English name -> concept; a concept's own key goes before another's synonym."""
    named: dict[str, Concept] = {}
    for concept in lexicon.values():
        for name in concept.names["en"]:
            named.setdefault(name.lower(), concept)
    named.update({key: concept for key, concept in lexicon.items() if key in concept.names["en"]})
    return named


def concept_of(texts: Iterable[str], named: Mapping[str, Concept]) -> Concept | None:
    """The concept that one of the texts names, else the one that a text ends with ("wooden chair")."""
    tails: list[str] = []
    for text in texts:
        words = text.lower().split()
        if " ".join(words) in named:
            return named[" ".join(words)]
        tails += [" ".join(words[at:]) for at in range(1, len(words))]
    longest = sorted((tail for tail in tails if tail in named), key=len, reverse=True)
    return named[longest[0]] if longest else None
