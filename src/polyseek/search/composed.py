"""A composed query as one place in a Space: words, pictures and models, added and taken away.

A cosine of 0.4 is near for words and far for models. So each piece counts with its weight over the
spread of its kind's cosines (CosineScale: from `nothing`, of a random pair, to `right`, of a right one):

    q = sum of a_i v_i,    a_i = f_i w_i / (right_i - nothing_i),    f_i = 1, or UNLIKE where w_i < 0

The score of a model x is then the weighted mean of what the pieces say by themselves, and it is linear
in the cosine of x with q, so that it has a CosineScale of its own (T: the sum of the positive weights):

    score(x) = sum of f_i w_i (x.v_i - nothing_i) / (right_i - nothing_i) / T

With pieces to be unlike only, the score is 1 less their mean.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from polyseek.encoders.contract import CosineScale
from polyseek.errors import QueryError
from polyseek.search.query import Term

# As in fusion.py: half, so that a model which is as near to what is wanted as to what is not keeps some of its score.
UNLIKE = 0.5
_LEAST_LENGTH = 1e-6


@dataclass(frozen=True, eq=False)
class Piece:
    """One term in the Space: a unit vector, and what cosines between models and its kind mean.

    `meant`: English names of what its words were taken for, where they do not say so themselves.
    """

    term: Term
    vector: Float32[np.ndarray, " d"]
    scale: CosineScale
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Composed:
    """The sum of the pieces: a unit vector, and what cosines between it and models mean."""

    pieces: tuple[Piece, ...]
    vector: Float32[np.ndarray, " d"]
    scale: CosineScale


def compose(pieces: Sequence[Piece]) -> Composed:
    """Raises QueryError where the pieces cancel out."""
    total = sum(piece.term.weight for piece in pieces if piece.term.weight > 0)
    weights = np.array([piece.term.weight * (1 if piece.term.weight > 0 else UNLIKE) for piece in pieces])
    nothing = np.array([piece.scale.nothing for piece in pieces])
    spread = np.array([piece.scale.right for piece in pieces]) - nothing
    amounts = weights / spread
    added = np.stack([piece.vector for piece in pieces]).astype(np.float64).T @ amounts
    length = float(np.linalg.norm(added))
    if length <= _LEAST_LENGTH * float(np.abs(amounts).max()):
        raise QueryError("the parts of the query cancel out", hint="change a weight, or take one away")
    scale = _scale(pieces, float(amounts @ nothing), float(np.abs(weights).sum()), total, length)
    return Composed(tuple(pieces), (added / length).astype(np.float32), scale)


def _scale(pieces: Sequence[Piece], base: float, unwanted: float, total: float, length: float) -> CosineScale:
    """`base`: sum of a_i nothing_i; unlike only, nothing is cut off.

    A cut-off says how far unrelated pairs reach above `nothing`; where pieces are independent, that adds
    up as squares do. So it need not be near to all of them, but nearer than to one by chance.
    """
    if not total:
        return CosineScale((base - unwanted) / length, base / length, -1.0)
    reaches = [
        piece.term.weight
        * (piece.scale.cut_off - piece.scale.nothing)
        / (piece.scale.right - piece.scale.nothing)
        for piece in pieces
        if piece.term.weight > 0
    ]
    return CosineScale(base / length, (total + base) / length, (math.hypot(*reaches) + base) / length)


def near_each(
    composed: Composed, vectors: Float32[np.ndarray, "n d"]
) -> list[tuple[Piece, Float32[np.ndarray, " n"]]]:
    """What each piece by itself says of some models, within 0 and 1, for the reasons."""
    return [(piece, piece.scale.scores(vectors @ piece.vector)) for piece in composed.pieces]
