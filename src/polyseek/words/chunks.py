"""Names cut into chunks: `SM_FireHydrant-02` -> SM, Fire, Hydrant, 02. Folding of letters.

A chunk ends at anything that is no letter or digit, where capitals begin a new word, and where Chinese,
Japanese or Korean writing meets another. Units cut a chunk again where letters meet digits: `M3x10`
-> M, 3, x, 10.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# Letters that no decomposition takes apart.
FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})

# Blocks written without spaces: kana, Han with extension A, compatibility Han, half-width kana, later Han extensions.
_UNSPACED = (
    (0x3005, 0x3007), (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF), (0xFF66, 0xFF9D), (0x20000, 0x3FFFF),
)  # fmt: skip

_WORD = re.compile(r"[^\W_]+")


def unspaced(letter: str) -> bool:
    """Is this a letter of Chinese or Japanese, which write words without spaces between them?"""
    code = ord(letter)
    return code >= 0x3005 and any(first <= code <= last for first, last in _UNSPACED)


def fold(text: str) -> str:
    """Lower case without diacritics, full-width forms made plain. Kana keep their marks: か is not が."""
    if text.isascii():
        return text.lower()
    folded: list[str] = []
    for letter in unicodedata.normalize("NFKC", text).casefold():
        if ord(letter) < 0x80 or unspaced(letter):
            folded.append(letter)
        else:
            parts = unicodedata.normalize("NFD", letter)
            folded.append("".join(part for part in parts if not unicodedata.combining(part)))
    return unicodedata.normalize("NFC", "".join(folded)).translate(FOLDED)


def run_together(text: str) -> str:
    """The letters and digits of a folded text without what is between them: what names are compared by."""
    return "".join(_WORD.findall(fold(text)))


def chunks(text: str) -> list[str]:
    """The chunks of a name in their order, letters as written."""
    text = unicodedata.normalize("NFKC", text)
    found: list[str] = []
    start = None
    for i, letter in enumerate(text):
        if not letter.isalnum() and not (start is not None and _is_mark(letter)):
            if start is not None:
                found.append(text[start:i])
            start = None
        elif start is None:
            start = i
        elif _begins(text, i):
            found.append(text[start:i])
            start = i
    if start is not None:
        found.append(text[start:])
    return found


def folded_chunks(text: str) -> list[str]:
    """The chunks of a name, folded to letters, digits and the marks that belong to letters."""
    folded = ("".join(c for c in fold(chunk) if c.isalnum() or _is_mark(c)) for chunk in chunks(text))
    return [chunk for chunk in folded if chunk]


def _is_mark(letter: str) -> bool:
    """Is this an accent or a vowel sign, which belongs to the letter before it?"""
    return letter > "\u02ff" and unicodedata.category(letter)[0] == "M"


def _begins(text: str, i: int) -> bool:
    """Does a new chunk begin at letter i, inside a run of letters and digits?"""
    before, here = text[i - 1], text[i]
    if unspaced(before) != unspaced(here):
        return not _is_mark(here)
    if not here.isupper():
        return False
    if before.islower():
        return True
    # HTTPServer, M3Bolt: the last capital belongs to the small letters after it.
    follows = text[i + 1] if i + 1 < len(text) else ""
    return follows.islower() and (before.isupper() or before.isdigit()) and not _single(text, i)


def _single(text: str, i: int) -> bool:
    """Is the capital at i with its one small letter all there is, as in `10Mm` or `DVDs`?"""
    after = text[i + 2] if i + 2 < len(text) else ""
    return not after.isalpha()


def units(chunk: str) -> list[str]:
    """A chunk cut where letters meet digits."""
    if not chunk:
        return []
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(chunk), 1) if a.isdigit() != b.isdigit()), len(chunk)]
    return [chunk[a:b] for a, b in pairwise(cuts)]
