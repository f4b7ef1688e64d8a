"""Purposes: words for what a thing is for, in six languages, and the things that are for it: to sit, a chair.

The data are `purposes.tsv`: tab-separated, a header, then one purpose a line with concepts of the lexicon and its
words in each language, separated by `|`. In Chinese and Japanese a word may be the stem that all its forms have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from polyseek.words.chunks import run_together
from polyseek.words.lexicon import LANGUAGES

HEADER = ("purpose", "concepts", *LANGUAGES)


@dataclass(frozen=True)
class Purposes:
    """Language -> key of a word -> concepts of the lexicon that are for it, the likeliest first."""

    keys: Mapping[str, Mapping[str, tuple[str, ...]]]

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Purposes:
        """The shipped purposes; read once a process."""
        text = (files("polyseek.words") / "purposes.tsv").read_text(encoding="utf-8")
        found: dict[str, dict[str, tuple[str, ...]]] = {language: {} for language in LANGUAGES}
        for line in text.splitlines()[1:]:
            _, concepts, *cells = line.split("\t")
            for language, cell in zip(LANGUAGES, cells, strict=True):
                found[language].update(
                    dict.fromkeys(map(run_together, cell.split("|")), tuple(concepts.split("|")))
                )
        return Purposes(MappingProxyType(found))

    def named(self, text: str, language: str) -> tuple[str, ...]:
        """Concepts that are for what this word of a language says; none for another word."""
        return self.keys[language].get(run_together(text), ())
