"""Texts -> unit rows, each drawn towards the things that the text names (polyseek.words.gist).

    row = unit(t + weight * unit(sum of w_i c_i))

t: the text as its tower reads it; c_i: the mean of what the i-th name may mean, each the row of its everyday English
name by the same tower; w_i: 1 for the thing asked for, BESIDE for what goes with it. A tower that learned from names
more than from sentences, and in English more than in other languages, so finds what a sentence asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from jaxtyping import Float32

from polyseek.encoders.contract import unit_rows
from polyseek.words.chunks import fold
from polyseek.words.gist import Thing, gist
from polyseek.words.lexicon import Lexicon

# Chosen on the validation side, as the weight is that a card has (benchmarks/things.py).
BESIDE = 0.25

Read = Callable[[Sequence[str]], Float32[np.ndarray, "n d"]]


class TextRows:
    """The rows of a text tower. `read`: the tower itself, which gives unit rows.

    `weight`: of the things, 0 for the tower's rows alone; `beside`: of one that goes with the thing asked for, which has 1.
    """

    def __init__(self, read: Read, weight: float = 0.0, *, beside: float = BESIDE) -> None:
        self._read = read
        self._weight = weight
        self._beside = beside
        self._names: dict[str, Float32[np.ndarray, " d"]] = {}  # concept -> row; as many as the lexicon has

    def of(self, texts: Sequence[str]) -> Float32[np.ndarray, "n d"]:
        """One unit row for each text."""
        rows = np.array(self._read(texts))
        if not self._weight:
            return rows
        named = [gist(text) for text in texts]
        self._learn({concept for things in named for thing in things for concept in thing.concepts})
        for place, things in enumerate(named):
            if things:
                drawn = sum(
                    self._meant(thing) * (1.0 if thing.is_asked else self._beside) for thing in things
                )
                rows[place] += self._weight * unit_rows(np.asarray(drawn)[None])[0]
        return unit_rows(rows)

    def things_in(self, text: str) -> tuple[str, ...]:
        """English names of what the text asks for; none where the text has one of them itself."""
        if not self._weight:
            return ()
        concepts = [concept for thing in gist(text) if thing.is_asked for concept in thing.concepts]
        names = tuple(dict.fromkeys(Lexicon.load().names(concept)[0] for concept in concepts))
        return () if any(name in fold(text) for name in names) else names

    def _meant(self, thing: Thing) -> Float32[np.ndarray, " d"]:
        rows = np.stack([self._names[concept] for concept in thing.concepts])
        return unit_rows(rows.mean(axis=0, keepdims=True))[0]

    def _learn(self, concepts: set[str]) -> None:
        new = sorted(concepts - self._names.keys())
        if new:
            names = [Lexicon.load().names(concept)[0] for concept in new]
            self._names.update(zip(new, self._read(names), strict=True))
