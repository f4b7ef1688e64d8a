"""A composed query is one place in a Space, and its scale says of a model what its pieces say together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyseek.encoders.contract import CosineScale, unit_rows
from polyseek.errors import QueryError
from polyseek.search.composed import UNLIKE, Piece, compose, near_each
from polyseek.search.query import Term

WORDS, MODELS = CosineScale(0.2, 0.6, 0.4), CosineScale(0.1, 1.0, 0.7)


def piece(vector, weight: float = 1.0, scale: CosineScale = WORDS) -> Piece:
    return Piece(Term("words", "x", weight), np.asarray(vector, np.float32), scale)


def straight(scale: CosineScale, cosine: float) -> float:
    """A score that is not cut off at 0 and 1."""
    return (cosine - scale.nothing) / (scale.right - scale.nothing)


def test_one_piece_keeps_its_vector_and_its_scale():
    composed = compose([piece([0.6, 0.8], 3.0)])

    assert composed.vector == pytest.approx([0.6, 0.8])
    assert vars(composed.scale) == pytest.approx(vars(WORDS))


@given(st.lists(st.floats(-3, 3).filter(lambda w: abs(w) > 0.05), min_size=1, max_size=4), st.integers(0, 99))
def test_the_scale_of_the_sum_is_the_weighted_mean_of_what_each_piece_says(weights, seed):
    draw = np.random.default_rng(seed)
    rows = unit_rows(draw.normal(size=(len(weights) + 1, 5)))
    pieces = [
        piece(row, weight, (WORDS, MODELS)[index % 2])
        for index, (row, weight) in enumerate(zip(rows[1:], weights, strict=True))
    ]

    composed = compose(pieces)

    each = [straight(p.scale, float(p.vector @ rows[0])) for p in pieces]
    liked = sum(w for w in weights if w > 0)
    signed = sum(s * w * (1 if w > 0 else UNLIKE) for s, w in zip(each, weights, strict=True))
    expected = signed / liked if liked else 1 + signed / (UNLIKE * -sum(weights))
    assert np.linalg.norm(composed.vector) == pytest.approx(1, abs=1e-5)
    found = straight(composed.scale, float(composed.vector @ rows[0]))
    assert found == pytest.approx(expected, abs=1e-3 * max(1, abs(expected)))


def test_a_sum_is_cut_off_where_the_mean_of_its_pieces_is():
    composed = compose([piece([1, 0], 1.0, WORDS), piece([0, 1], 3.0, MODELS)])

    mean = (1 * straight(WORDS, 0.4) + 3 * straight(MODELS, 0.7)) / 4
    assert straight(composed.scale, composed.scale.cut_off) == pytest.approx(mean)


def test_what_is_unwanted_only_is_never_cut_off():
    assert compose([piece([1, 0], -1.0)]).scale.cut_off == -1.0


def test_parts_that_cancel_out_are_said():
    with pytest.raises(QueryError, match="cancel out"):
        compose([piece([0.6, 0.8], 1.0), piece([0.6, 0.8], -1.0 / UNLIKE)])


def test_each_piece_says_what_it_would_alone():
    composed = compose([piece([1, 0]), piece([0, 1], 1.0, MODELS)])

    (_, first), (_, second) = near_each(composed, np.array([[0.4, 1.0], [0.9, 0.1]], np.float32))

    assert first == pytest.approx([0.5, 1.0])
    assert second == pytest.approx([1.0, 0.0])
