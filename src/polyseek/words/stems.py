"""Stems: the English snowball stemmer (Porter 2), for words of Latin letters only."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

# Short words and words with digits stay: a bus is not a "bu", M3s is a part number.
_SHORTEST = 4


def stem(word: str) -> str:
    """The stem of a folded word; the word itself where English rules do not apply."""
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return word
    return _snowball(word)


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from snowballstemmer.english_stemmer import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=65536)
def _snowball(word: str) -> str:
    # Names repeat their words: a remembered stem costs a hundredth of a computed one.
    return str(_stemmer().stemWord(word))
