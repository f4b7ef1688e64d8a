"""Stems: the English snowball stemmer (Porter 2), for words of Latin letters only."""

from __future__ import annotations

import importlib.util
import sys
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

# Short words and words with digits stay: a bus is not a "bu", M3s is a part number.
_SHORTEST = 4
_PACKAGE = "snowballstemmer"


def stem(word: str) -> str:
    """The stem of a folded word; the word itself where English rules do not apply."""
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return word
    return _snowball(word)


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    # The package by itself imports the stemmers of every language, which no search should wait for.
    if _PACKAGE not in sys.modules and (found := importlib.util.find_spec(_PACKAGE)) is not None:
        bare = ModuleType(f"{__name__}.{_PACKAGE}")
        bare.__path__ = list(found.submodule_search_locations or ())
        sys.modules[bare.__name__] = bare
        return import_module(f"{bare.__name__}.english_stemmer").EnglishStemmer()
    return import_module(f"{_PACKAGE}.english_stemmer").EnglishStemmer()


@lru_cache(maxsize=65536)
def _snowball(word: str) -> str:
    # Names repeat their words: a remembered stem costs a hundredth of a computed one.
    return str(_stemmer().stemWord(word))
