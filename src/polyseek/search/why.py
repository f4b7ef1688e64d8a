"""Why a hit was found: reasons as values, which any language can put in words, and their English sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from polyseek.search.query import Term

# What is said -> its sentence. `compared`: shape, looks or both; `like`: what was asked for; `score`: how near it is.
SENTENCES = {
    "same": "the same {compared} ({score})",
    "same_as": "the same {compared} as {like} ({score})",
    "very_close": "very close in {compared} ({score})",
    "very_close_to": "very close in {compared} to {like} ({score})",
    "close": "close in {compared} ({score})",
    "close_to": "close in {compared} to {like} ({score})",
    "alike": "alike in {compared} ({score})",
    "alike_to": "alike in {compared} to {like} ({score})",
    "loose": "loosely alike in {compared} ({score})",
    "loose_to": "loosely alike in {compared} to {like} ({score})",
    "looks_like": "looks like {like} ({score})",
    "may_look_like": "may look like {like} ({score})",
    "looks_unlike": "does not look like {like} ({score})",
    "unwanted": "{score} like {like}, which is unwanted",
    "unlike": "not like {like}",
    "rest": "everything else was left out",
}
# Where a record holds words of a query -> how that is said; `absent`: nowhere.
PLACES = {
    "name": "{words} in the name",
    "tags": "{words} in the tags",
    "folders": "{words} in the folders",
    "colours": "{words} in its colours",
    "absent": "not {words}",
}
MEANT = 3  # of the things that words were taken for are told
_DEGREES = ((0.999, "same"), (0.9, "very_close"), (0.75, "close"), (0.5, "alike"), (0.0, "loose"))


@dataclass(frozen=True)
class Word:
    """A word of a query, as it was `asked`; `means`: the English name it stands for; `near`: the word taken for it."""

    asked: str
    means: str = ""
    near: str = ""

    def as_json(self) -> dict[str, str]:
        """The fields that say something."""
        return {name: text for name, text in vars(self).items() if text}

    def __str__(self) -> str:
        if self.near:
            return f"{self.near} (for {self.asked})"
        return f"{self.asked} = {self.means}" if self.means else self.asked


@dataclass(frozen=True)
class Reason:
    """What one part of a query says of a hit; as text, the English sentence.

    `said`: a key of SENTENCES, or "words". `values`: what the sentence is filled with: `score` within 0
    and 1, `compared`, `like`, `means`, what the words of it were taken for, and `more`, of further pictures of the same
    thing; of words, a key of
    PLACES -> the words that are there.
    """

    said: str
    values: Mapping[str, str | float | tuple[Word, ...]] = field(
        default_factory=dict[str, str | float | tuple[Word, ...]]
    )

    def as_json(self) -> dict[str, Any]:
        return {"said": self.said, **{name: _as_json(value) for name, value in self.values.items()}}

    def __str__(self) -> str:
        if self.said == "words":
            return ", ".join(
                PLACES[place].format(words=_listed([str(word) for word in words]))
                for place, words in self.values.items()
                if isinstance(words, tuple)
            )
        values = {
            n: f"{value:.2f}" if isinstance(value, float) else value for n, value in self.values.items()
        }
        if "more" in values:
            values["like"] = f"{values['like']} and {values['more']} more"
        if "means" in values:
            values["like"] = f"{values['like']} = {values['means']}"
        return SENTENCES[self.said].format_map(values)


def sentence(reasons: Sequence[Reason]) -> str:
    """One short sentence in English."""
    return "; ".join(map(str, reasons))


def of_shape(score: float, like: Term | None = None, compared: str = "shape") -> Reason:
    """`very close in shape (0.97)`; `score` is not negative; `like`: to what, where a query has several models."""
    said = next(said for least, said in _DEGREES if score >= least)
    if like is None:
        return Reason(said, {"compared": compared, "score": score})
    linked = f"{said}_as" if said == "same" else f"{said}_to"
    return Reason(linked, {"compared": compared, **_called(like), "score": score})


def of_likeness(score: float, like: Term, meant: Sequence[str] = ()) -> Reason:
    """`looks like “chair” (0.83)`; of words or a picture. `meant`: what words were taken for: `“Stuhl” = chair`."""
    said = "looks_like" if score >= 0.5 else "may_look_like" if score > 0 else "looks_unlike"
    means = {"means": ", ".join(meant[:MEANT])} if meant else {}
    return Reason(said, {**_called(like), **means, "score": score})


def of_unwanted(score: float, like: Term) -> Reason:
    """`0.31 like barrel.glb, which is unwanted`, or `not like barrel.glb`."""
    return Reason("unwanted" if score >= 0.1 else "unlike", {**_called(like), "score": score})


def of_words(words: Sequence[Word], places: Sequence[str]) -> Reason:
    """`red and chair in the name, not sofa`. `places`: for each word a key of PLACES, or "" where it is absent."""
    found: dict[str, tuple[Word, ...]] = {}
    for place in PLACES:
        there = [word for word, where in zip(words, places, strict=True) if (where or "absent") == place]
        if there:
            found[place] = tuple(dict.fromkeys(there))
    return Reason("words", found)


def _called(term: Term) -> dict[str, str | float]:
    called: dict[str, str | float] = {"like": replace(term, more=()).called}
    return {**called, "more": len(term.more)} if term.more else called


def _as_json(value: str | float | tuple[Word, ...]) -> Any:
    if isinstance(value, tuple):
        return [word.as_json() for word in value]
    return round(value, 4) if isinstance(value, float) else value


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
