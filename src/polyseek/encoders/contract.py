"""The socket of an encoder: representations in, unit vectors of its Space out.

Vectors of one Space are comparable; of two Spaces, never. A Space is named by its digest: encoder,
version, options of its representations, and weights.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float32

from polyseek.representations.contract import options_digest


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
