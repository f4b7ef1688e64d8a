"""Words and pictures as places among models: the towers of an encoder, as the search uses them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from polyseek.encoders.contract import CosineScale, Encoder, NamesThings, ReadsPictures, ReadsWords
from polyseek.errors import QueryError
from polyseek.search.query import Query


@dataclass(frozen=True, eq=False)
class Tower:
    """An encoder in whose Space `space` models lie together with words, pictures or both.

    `words`, `pictures`: what a cosine between one of them and a model means; None where the encoder does
    not read them. `encode`: words -> unit vector, for an encoder that reads words; `meant`: words -> English
    names of what it takes them for, where it tells.
    """

    encoder: str
    space: str
    words: CosineScale | None = None
    encode: Callable[[str], Float32[np.ndarray, " d"]] | None = None
    pictures: CosineScale | None = None
    meant: Callable[[str], tuple[str, ...]] | None = None

    @property
    def reads(self) -> list[str]:
        """What it reads besides models, as it is called in JSON."""
        scales = {"words": self.words, "pictures": self.pictures}
        return [name for name, scale in scales.items() if scale is not None]


def tower_of(encoder: Encoder) -> Tower:
    """The tower of an encoder that reads words, pictures or both."""
    reader = encoder if isinstance(encoder, ReadsWords) else None
    return Tower(
        encoder.card.id,
        encoder.space.digest,
        None if reader is None else reader.words,
        None if reader is None else lambda text: reader.encode_texts([text])[0],
        encoder.pictures if isinstance(encoder, ReadsPictures) else None,
        encoder.things_in if isinstance(encoder, NamesThings) else None,
    )


def tower_for(query: Query, towers: Sequence[Tower], mode: str, encoder: str | None = None) -> Tower | None:
    """The tower in whose Space the query is summed; None where it is not, as in mode auto without a picture.

    Mode auto takes the first that reads pictures, one that reads the query's words too where there is
    one. `encoder`: whose tower alone was asked for. Raises QueryError, which says what to do, where no
    tower reads what the query and mode ask for.
    """
    kinds = {term.kind for term in query.terms if term.weight != 0}
    pictures = "picture" in kinds
    if mode == "words" or (mode == "auto" and not pictures):
        return None
    reading = [tower for tower in towers if tower.pictures is not None or not pictures]
    nobody = f"the encoder {encoder} does not read" if encoder else "no encoder of this library reads"
    if pictures and not reading:
        raise QueryError(f"{nobody} pictures", hint=_advice("pictures"))
    with_words = [tower for tower in reading if tower.words is not None]
    if "words" in kinds or not pictures:
        if with_words:
            return with_words[0]
        if mode == "auto":
            return reading[0]  # words are then sought by their letters
        also = " and pictures" if pictures else ""
        raise QueryError(f"{nobody} words{also}, as mode {mode} needs", hint=_advice("words"))
    return reading[0]


def _advice(what: str) -> str:
    """Which of the encoders there are reads pictures or words, and how it comes into a library."""
    from polyseek.encoders.shelf import load, reading

    wanted = ReadsPictures if what == "pictures" else ReadsWords
    found = next((id for id in reading() if isinstance(load(id), wanted)), None)
    if found is None:
        return f"none that is there does; polyseek models add brings one that reads {what}"
    return f"polyseek encoders use {found}, then polyseek index"
