"""Why a hit was found, as one short sentence."""

from __future__ import annotations

from collections.abc import Sequence

# Least score -> what is said of shapes, or of what else is compared, and how it goes on to the model it is like.
NEARNESS = (
    (0.999, "the same {}", "as"),
    (0.9, "very close in {}", "to"),
    (0.75, "close in {}", "to"),
    (0.5, "alike in {}", "to"),
    (0.0, "loosely alike in {}", "to"),
)
_WHERE = {"name": "the name", "tags": "the tags", "folders": "the folders", "colours": "its colours"}


def of_shape(score: float, like: str = "", compared: str = "shape") -> str:
    """`very close in shape (0.97)`; `score` is not negative; `like`: to what, where a query has several models."""
    said, link = next((said, link) for least, said, link in NEARNESS if score >= least)
    return f"{said.format(compared)}{f' {link} {like}' if like else ''} ({score:.2f})"


def of_likeness(score: float, called: str) -> str:
    """`looks like “chair” (0.83)`; of words or a picture."""
    said = "looks like" if score >= 0.5 else "may look like" if score > 0 else "does not look like"
    return f"{said} {called} ({score:.2f})"


def of_unwanted(score: float, called: str) -> str:
    """`0.31 like barrel.glb, which is unwanted`, or `not like barrel.glb`."""
    return f"{score:.2f} like {called}, which is unwanted" if score >= 0.1 else f"not like {called}"


def of_words(shown: Sequence[str], columns: Sequence[str], forgiven: Sequence[tuple[str, str]]) -> str:
    """`red and chair in the name; wood not found`. `columns`: for each word a key of _WHERE or ""."""
    parts: list[str] = []
    taken = {near: asked for asked, near in forgiven}
    for column, place in _WHERE.items():
        words = list(
            dict.fromkeys(word for word, where in zip(shown, columns, strict=True) if where == column)
        )
        if words:
            parts.append(f"{_listed([_said(word, taken) for word in words])} in {place}")
    absent = [word for word, where in zip(shown, columns, strict=True) if not where]
    if absent:
        parts.append(f"not {_listed(absent)}")
    return ", ".join(parts)


def _said(word: str, taken: dict[str, str]) -> str:
    return f"{word} (for {taken[word]})" if word in taken else word


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
