"""Tokens for full-text search: what of a name goes into the index, and what of a query asks for it.

A name gives its chunks, folded; their stems; for `M3x10` also m3, x10, 3, 10; and neighbours joined, so that
`INV-2019-0042` is found as one token and `fire_hydrant` also by "firehydrant". Chinese and Japanese
give single characters and pairs. A query asks for one group of alternatives a word: a record
matches when it holds one token of every group.
"""

from __future__ import annotations

import re
from itertools import pairwise

from polyseek.words.chunks import folded_chunks, units, unspaced
from polyseek.words.stems import stem

TOKENS_VERSION = 2  # another number makes every library build its full-text index again

LONGEST = 64  # letters of one token; what is longer is known by its beginning
WINDOW = 4  # neighbours that are joined where digits are among them

# Left out of a query that has other words; kept in the index.
STOP_WORDS = frozenset(
    ["a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "und", "mit"]
)

# Of the other languages: left aside where a query's words are read for what they mean. Chinese and
# Japanese are read by single characters.
FUNCTION_WORDS = frozenset(
    [
        "el", "la", "los", "las", "un", "una", "unos", "unas", "de", "del", "con", "para", "en", "y",
        "que", "al", "le", "les", "une", "des", "du", "avec", "pour", "et", "ou", "au", "aux", "der",
        "die", "das", "den", "dem", "ein", "eine", "einen", "einer", "eines", "fur", "für", "im", "am", "zum",
        "zur", "von", "aus", "の", "が", "を", "に", "は", "で", "と", "的", "了", "个", "個",
        "只",
    ]
)  # fmt: skip

_PHRASE = re.compile(r'"([^"]*)"|([^\s"]+)')


def index_tokens(text: str) -> list[str]:
    """The tokens of a name, a folder or a tag, in order; repeats stand for a word's frequency."""
    written = folded_chunks(text)
    found: list[str] = []
    for chunk in written:
        found += _of_chunk(chunk)
    return [token[:LONGEST] for token in found + _joined(written)]


def _of_chunk(chunk: str) -> list[str]:
    if chunk and unspaced(chunk[0]):
        return [*chunk, *(a + b for a, b in pairwise(chunk))]
    parts = units(chunk)
    if len(parts) > 1:
        return _of_mixed(chunk, parts)
    if chunk.isdigit():
        return _numbers(chunk)
    root = stem(chunk)
    return [chunk] if root == chunk else [chunk, root]


def _of_mixed(chunk: str, parts: list[str]) -> list[str]:
    """Of letters and digits in one chunk: all of it, its beginnings, letter-digit pairs, words and numbers."""
    found = [chunk]
    found += ["".join(parts[:n]) for n in range(2, len(parts)) if parts[n - 1].isdigit()]
    found += [a + b for a, b in pairwise(parts) if b.isdigit() and a + b not in found]
    for part in parts:
        if part.isdigit():
            found += _numbers(part)
        elif len(part) > 1:
            root = stem(part)
            found += [part] if root == part else [part, root]
    return found


def _numbers(digits: str) -> list[str]:
    """`007` is also found as 7."""
    short = digits.lstrip("0")
    return [digits] if short in (digits, "") else [digits, short]


def _joined(written: list[str]) -> list[str]:
    """Two neighbours as one token; up to WINDOW where digits are among them, as in inventory numbers."""
    found = [a + b for a, b in pairwise(written)]
    for length in range(3, WINDOW + 1):
        windows = zip(*(written[i:] for i in range(length)), strict=False)
        found += ["".join(w) for w in windows if any(letter.isdigit() for part in w for letter in part)]
    return found


def tokens(text: str) -> list[list[str]]:
    """Groups of alternatives that a query's words ask for; a record should hold one of every group.

    A quoted phrase asks for its words side by side, as written. A word with digits (M3, 2019-0042)
    asks for just that. Neighbouring words may also stand joined in the name.
    """
    return [group for _, group in asked(text)]


def asked(text: str) -> list[tuple[str, list[str]]]:
    """(the word as the person wrote it, its group of `tokens`) each."""
    found: list[tuple[str, list[str]]] = []
    loose: list[tuple[str, str]] = []
    for phrase, word in _PHRASE.findall(text):
        if phrase:
            found += _phrase(phrase)
        elif any(letter.isdigit() for letter in word):
            found += _exact(word)
        else:
            parts = folded_chunks(word)
            loose += [(part, "".join(parts)) for part in parts]
    wanted = [(part, whole) for part, whole in loose if part not in STOP_WORDS] or ([] if found else loose)
    return [(word, [token[:LONGEST] for token in group]) for word, group in found + _loose(wanted)]


def _exact(word: str) -> list[tuple[str, list[str]]]:
    parts = folded_chunks(word)
    joined = "".join(parts)
    if any(unspaced(letter) for letter in joined):
        return [pair for part in parts for pair in _characters(part)]
    if len(parts) > WINDOW:  # longer than what the index holds in one piece: neighbour by neighbour
        return [(word, [a + b]) for a, b in pairwise(parts)]
    return [(word, [joined])] if joined else []


def _phrase(text: str) -> list[tuple[str, list[str]]]:
    words = folded_chunks(text)
    if any(unspaced(word[0]) for word in words):
        pairs = [a + b for word in words for a, b in pairwise(word)]
        return [(part, [part]) for part in pairs or words]
    if len(words) == 1:
        return [(words[0], words)]
    return [(f"{a} {b}", [a + b]) for a, b in pairwise(words)]


def _loose(wanted: list[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Of words, each with the run it was written in: `jack-o-lantern` may stand as jackolantern."""
    words = [word for word, _ in wanted]
    found: list[tuple[str, list[str]]] = []
    for i, (word, whole) in enumerate(wanted):
        if unspaced(word[0]):
            found += _characters(word)
            continue
        group = [word, stem(word), whole]
        group += [words[i - 1] + word] if i > 0 else []
        group += [word + words[i + 1]] if i + 1 < len(words) else []
        found.append((word, list(dict.fromkeys(group))))
    return found


def _characters(word: str) -> list[tuple[str, list[str]]]:
    """Each character must be there; pairs that stand together count on top."""
    if not unspaced(word[0]):
        return [(word, [word])]
    pairs = [a + b for a, b in pairwise(word)] + [""]
    return [(letter, [letter, pair] if pair else [letter]) for letter, pair in zip(word, pairs, strict=True)]


def plain_words(text: str) -> list[str]:
    """The words of a name that a person may mistype: folded chunks of three letters and more, digits left aside."""
    found: dict[str, None] = {}
    for word in folded_chunks(text):
        if unspaced(word[:1] or " "):
            continue
        for part in {word, *units(word)}:
            if 3 <= len(part) <= LONGEST and part.isalpha():
                found[part] = None
    return sorted(found)
