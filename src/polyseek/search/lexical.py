"""Words -> records: those that hold all words, then those that hold what the words mean.

If there are none, slips are forgiven; if that does not help, those that hold as many words as possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Int64

from polyseek.catalogue.contract import Catalogue
from polyseek.search import meaning
from polyseek.search.meaning import Meant
from polyseek.search.why import Word
from polyseek.words import asked, plain_words, tokens
from polyseek.words.attributes import Attributes

FORGIVEN = 0.8  # what a forgiven slip leaves of a score
MEANT = 0.9  # what is left of a score where a name means the word, in another language or as a synonym
KIND = 0.6  # and where it names a kind of that
FULL = 0.5  # the least score of a record that holds every word, before slips
_NO_LIMIT = 1_000_000_000


@dataclass(frozen=True)
class Found:
    """What words matched. `scores`: record key -> within 0 and 1, best first.

    `groups`: alternatives asked for, a group a word; `shown`: the word of each group, and what was taken
    for it; `complete`: some record holds every word. `meant`: the words as the lexicon reads them;
    `by_meaning`: the records that hold only what the words mean, ranked below those that hold the words.
    """

    scores: dict[int, float]
    groups: list[list[str]] = field(default_factory=list[list[str]])
    shown: list[Word] = field(default_factory=list[Word])
    complete: bool = False
    meant: tuple[Meant, ...] = ()
    by_meaning: frozenset[int] = frozenset()


def find(catalogue: Catalogue, text: str, limit: int) -> Found:
    """Records for a term's words; at most `limit`."""
    wanted = asked(text)
    groups, shown = [group for _, group in wanted], [Word(word) for word, _ in wanted]
    if not groups:
        return Found({})
    # Who quotes wants the letters.
    meant = [] if '"' in text else meaning.read(wanted, lambda groups: bool(catalogue.match_words(groups, 1)))
    matched = catalogue.match_words(groups, limit)
    exact = _relative(matched, 1.0) if matched else {}
    others = _by_meaning(catalogue, meant, limit, FULL if exact else 1.0)
    by_meaning = frozenset(others.keys() - exact.keys())
    if exact or by_meaning:
        return Found({**others, **exact}, groups, shown, True, tuple(meant), by_meaning)
    groups, shown = _understood(catalogue, meant) if meant else (groups, shown)
    taken = [_nearest_words(catalogue, group) for group in groups]
    groups = [near or group for near, group in zip(taken, groups, strict=True)]
    shown = [
        Word(word.asked, near=near[0]) if near else word for near, word in zip(taken, shown, strict=True)
    ]
    matched = catalogue.match_words(groups, limit) if any(taken) else []
    if matched:
        return Found(_relative(matched, FORGIVEN), groups, shown, True)
    factors = [FORGIVEN if near else 1.0 for near in taken]
    return Found(_as_many_as_possible(catalogue, groups, factors, limit), groups, shown)


def unwanted(catalogue: Catalogue, text: str) -> Int64[np.ndarray, " n"]:
    """Keys of the records that a word with a minus leaves out: all that hold it, or what it most likely means.

    What it means is a thing and its kinds (`-furniture`), or how things are (`-木`: wood, wooden, oak).
    Nothing is guessed: neither a slip nor a less likely meaning leaves anything out.
    """
    wanted = asked(text)
    groups = [group for _, group in wanted]
    if not groups:
        return np.empty(0, np.int64)
    exact = catalogue.match_words(groups, _NO_LIMIT)
    held = {key for key, _ in exact}
    if '"' not in text:
        meant = meaning.read(wanted, lambda groups: bool(catalogue.match_words(groups, 1)))
        others = _attributes_meant(wanted, bool(exact))
        if any(each.names for each in meant):
            others.append([[*each.own, *each.names, *meaning.kinds_below(each)] for each in meant])
            others += meaning.spelled_out(meant)
        for groups in others:
            held |= {key for key, _ in catalogue.match_words(groups, _NO_LIMIT)}
    return np.array(sorted(held), np.int64)


def _attributes_meant(wanted: Sequence[meaning.Asked], is_held: bool) -> list[list[list[str]]]:
    """The English names, as groups of tokens, of the attribute that all the words name, and of its kinds.

    A word that the library itself holds is taken in English only.
    """
    attributes = Attributes.load()
    said = " ".join(word for word, _ in wanted)
    named = attributes.named(said, "en") or (() if is_held else attributes.named(said))
    every = [each for name in named for each in (name, *attributes.below(name))]
    names = dict.fromkeys(name for each in every for name in attributes.table[each].english)
    return [tokens(name) for name in names]


def _nearest_words(catalogue: Catalogue, group: Sequence[str]) -> list[str]:
    """The library's words to take for a word that no record holds; none where one does, or nothing is near."""
    if catalogue.match_words([group], 1):
        return []
    # `chair7`, which no record has, may mean a chair.
    return catalogue.similar_words(group[0]) or [word for word in plain_words(group[0]) if word != group[0]]


def _by_meaning(catalogue: Catalogue, meant: Sequence[Meant], limit: int, factor: float) -> dict[int, float]:
    """Records by what the words mean, and below them by kinds of it; `factor`: below those found otherwise."""
    scores: dict[int, float] = {}
    if any(each.names for each in meant):
        named = catalogue.match_words([[*each.own, *each.names] for each in meant], limit)
        for groups in [] if named else meaning.spelled_out(meant):
            named = named or catalogue.match_words(groups, limit)
        scores.update(_relative(named, factor * MEANT) if named else {})
    if any(each.kinds for each in meant):
        kinds = catalogue.match_words([[*each.own, *each.names, *each.kinds] for each in meant], limit)
        for key, score in (_relative(kinds, factor * KIND) if kinds else {}).items():
            scores.setdefault(key, score)
    return scores


def _understood(catalogue: Catalogue, meant: Sequence[Meant]) -> tuple[list[list[str]], list[Word]]:
    """Groups, and how each is shown: words that no record holds by what they mean, where one holds that."""
    groups: list[list[str]] = []
    shown: list[Word] = []
    for each in meant:
        tokens = [*each.own, *each.names, *each.kinds]
        written = [group for _, group in each.asked]
        if each.english and not catalogue.match_words(written, 1) and catalogue.match_words([tokens], 1):
            groups.append(tokens)
            shown.append(Word(each.said, means=each.english))
        else:
            groups += written
            shown += [Word(word) for word, _ in each.asked]
    return groups, shown


def _relative(matched: Sequence[tuple[int, float]], factor: float) -> dict[int, float]:
    """BM25 has no upper end: the best of a search is 1, the others fall towards FULL with their share of it."""
    best = max(matched[0][1], 1e-9)
    return {key: factor * (FULL + (1 - FULL) * max(score, 0.0) / best) for key, score in matched}


def _as_many_as_possible(
    catalogue: Catalogue, groups: Sequence[list[str]], factors: Sequence[float], limit: int
) -> dict[int, float]:
    """Records that hold some words: scored by their share of the words, below those that hold all."""
    sums: dict[int, float] = {}
    for group, factor in zip(groups, factors, strict=True):
        matched = catalogue.match_words([group], limit)
        for key, score in (_relative(matched, factor) if matched else {}).items():
            sums[key] = sums.get(key, 0.0) + score / len(groups)
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return {key: FULL * score for key, score in ranked}
