"""The socket of an encoder: representations in, unit vectors of its Space out.

Vectors of one Space are comparable; of two Spaces, never. A Space is named by its digest: encoder,
version, options of its representations, and weights.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float32, UInt8

from polyseek.representations.contract import options_digest

FEWEST = 16  # models of a library that tell something of a query


@dataclass(frozen=True)
class Space:
    """Where vectors live. `digest`: 16 hexadecimal digits; equal digests mean comparable vectors."""

    name: str
    dimensions: int
    digest: str
    metric: str = "cosine"


@dataclass(frozen=True)
class Card:
    """What an encoder is, takes, and is good for. `figures`: name -> number, each printed by benchmarks/encoders.py.

    `invariant_to`: which of translation, scale, yaw (about +Y) and rotation leave a vector where it
    is; `drift`: the largest cosine distance that such a change may make, held by the contract tests.
    """

    id: str
    title: str
    paper: str
    takes: str
    dimensions: int
    licence: str
    version: int
    good_at: str
    weak_at: str
    invariant_to: tuple[str, ...] = ()
    drift: float = 0.0
    trained_on: str = "nothing: hand-made"
    figures: Mapping[str, float] = field(default_factory=dict[str, float])


@runtime_checkable
class Encoder(Protocol):
    """`wants`: representation name -> its options. Vectors are L2-normalised, the same bytes for the same input."""

    card: Card
    space: Space
    wants: Mapping[str, Any]

    def encode(self, batch: Sequence[Mapping[str, Any]]) -> Float32[np.ndarray, "n d"]:
        """One row for each item of the batch; an item maps each name of `wants` to its representation."""
        ...


@dataclass(frozen=True)
class CosineScale:
    """What a cosine between a model and a query of one kind means, from validation.

    `nothing`: of a random pair (score 0); `right`: of a right one (score 1); `cut_off`: a search whose
    best is below it found nothing good. `base`, `by_mean`, `by_spread`: the same for one query in one
    library, by its cosines with all models there; all 0 where that was not measured.
    """

    nothing: float
    right: float
    cut_off: float
    base: float = 0.0
    by_mean: float = 0.0
    by_spread: float = 0.0

    def within(self, cosines: Float32[np.ndarray, " n"]) -> CosineScale:
        """The scale of a query in a library; `cosines`: its own with all models, of which a few tell nothing."""
        if not (self.base or self.by_mean or self.by_spread) or len(cosines) < FEWEST:
            return self
        told = self.base + self.by_mean * float(cosines.mean()) + self.by_spread * float(cosines.std())
        return replace(self, cut_off=max(told, self.nothing))

    def scores(self, cosines: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, " n"]:
        """Cosines as scores within 0 and 1."""
        return np.clip((cosines - self.nothing) / (self.right - self.nothing), 0.0, 1.0).astype(np.float32)


@runtime_checkable
class ReadsWords(Protocol):
    """What an encoder has beside `encode` when words have a place in its Space, too."""

    words: CosineScale

    def encode_texts(self, texts: Sequence[str]) -> Float32[np.ndarray, "n d"]:
        """One unit row for each text."""
        ...


@runtime_checkable
class NamesThings(Protocol):
    """What a reader of words has beside `encode_texts` when it tells what it takes them for."""

    def things_in(self, text: str) -> tuple[str, ...]:
        """English names of what the text asks for; none where the text has one of them itself, or nothing is known."""
        ...


@runtime_checkable
class ReadsPictures(Protocol):
    """What an encoder has beside `encode` when pictures have a place in its Space, too."""

    pictures: CosineScale

    def encode_pictures(self, pictures: Sequence[UInt8[np.ndarray, "_ _ 4"]]) -> Float32[np.ndarray, "n d"]:
        """One unit row for each picture: sRGB and alpha, of any size; several pictures of one thing are averaged by the caller."""
        ...


def space_of(card: Card, wants: Mapping[str, Any], weights: bytes = b"") -> Space:
    """The Space of an encoder, its digest taken over everything that decides its vectors."""
    origin = {
        "id": card.id,
        "version": card.version,
        "dimensions": card.dimensions,
        "wants": {name: options_digest(options) for name, options in sorted(wants.items())},
        "weights": hashlib.blake2b(weights, digest_size=16).hexdigest(),
    }
    digest = hashlib.blake2b(json.dumps(origin, sort_keys=True).encode(), digest_size=8).hexdigest()
    return Space(card.id, card.dimensions, digest)


def unit_rows(vectors: np.ndarray) -> Float32[np.ndarray, "n d"]:
    """Rows scaled to length 1 in float32; a row of zeros stays zeros."""
    rows = np.asarray(vectors, np.float64)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
