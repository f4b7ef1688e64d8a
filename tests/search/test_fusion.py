"""Fusing the parts of a query."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from polyseek.search.calibrate import MINIMUM, Calibration, calibrate
from polyseek.search.fusion import fuse

scores = arrays.arrays(np.float32, 6, elements=st.floats(0, 1, width=32))


def test_positive_parts_are_averaged_by_weight():
    a, b = np.array([1, 0], np.float32), np.array([0, 0.5], np.float32)

    assert fuse([a, b], [3.0, 1.0]) == pytest.approx([0.75, 0.125])


@given(scores, st.floats(0.125, 8))
def test_one_part_keeps_its_scores_whatever_its_weight(a: np.ndarray, weight: float):
    assert fuse([a], [weight]) == pytest.approx(a, abs=1e-6)


@given(scores, scores)
def test_an_unwanted_part_never_raises_a_score(a: np.ndarray, b: np.ndarray):
    assert (fuse([a, b], [1.0, -1.0]) <= fuse([a], [1.0]) + 1e-6).all()


def test_of_two_equally_wanted_models_the_one_less_like_the_unwanted_is_first():
    wanted, unwanted = np.array([0.8, 0.8], np.float32), np.array([0.9, 0.1], np.float32)

    fused = fuse([wanted, unwanted], [1.0, -1.0])

    assert fused[1] > fused[0]


def test_with_only_unwanted_parts_the_least_like_them_is_first():
    assert fuse([np.array([0.9, 0.2], np.float32)], [-1.0]) == pytest.approx([0.1, 0.8])


def test_a_space_is_scaled_from_its_own_random_pairs():
    draw = np.random.default_rng(0)
    around = np.array([3.0] + [0.0] * 15)
    rows = draw.normal(size=(400, 16)) + around
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    cosines = rows @ rows.T
    median = float(np.median(cosines[~np.eye(400, dtype=bool)]))

    found = calibrate(rows)

    assert found.unrelated == pytest.approx(median, abs=0.03)
    assert found.scale.scores(np.array([1.0, found.unrelated, -1.0], np.float32)) == pytest.approx([1, 0, 0])
    assert found.cut_off > found.unrelated
    assert calibrate(rows) == found


def test_models_like_the_librarys_own_are_good_matches_and_strangers_are_not():
    draw = np.random.default_rng(1)
    centres = np.repeat(draw.normal(size=(40, 16)), 5, axis=0)
    rows = centres + 0.1 * draw.normal(size=centres.shape)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    cut_off = calibrate(rows).cut_off

    others = rows @ rows.T - 2 * np.eye(len(rows))
    assert (others.max(axis=1) >= cut_off).mean() > 0.9
    assert (rows @ -centres[0] / np.linalg.norm(centres[0])).max() < cut_off


def test_copies_alone_do_not_make_everything_else_a_bad_match():
    draw = np.random.default_rng(2)
    rows = np.repeat(draw.normal(size=(100, 8)), 2, axis=0)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    assert calibrate(rows).cut_off < 0.999


def test_of_few_models_nothing_is_concluded():
    assert calibrate(np.eye(MINIMUM - 1, dtype=np.float32)) == Calibration()
