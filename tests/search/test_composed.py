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


def test_a_sum_of_independent_pieces_is_cut_off_where_chance_ends():
    """Of random pairs the same share passes the cut-off of the sum as passes that of a piece."""
    draw = np.random.default_rng(0)
    models = unit_rows(draw.normal(size=(20_000, 64)))
    scale = CosineScale(0.0, 1.0, 0.25)  # two deviations of 1/8
    pieces = [
        piece(row, weight, scale)
        for row, weight in zip(np.eye(64, dtype=np.float32), (1, 2, 1), strict=False)
    ]

    composed = compose(pieces)

    alone = (models @ pieces[0].vector >= scale.cut_off).mean()
    together = (models @ composed.vector >= composed.scale.cut_off).mean()
    assert together == pytest.approx(alone, rel=0.2)


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
