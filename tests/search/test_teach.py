"""Lessons against their formulas, and what they do for a tag whose words say nothing."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.encoders.contract import CosineScale, unit_rows
from polyseek.search.suggest import propose_taught
from polyseek.search.teach import (
    LEAST_EXAMPLES,
    PRIOR,
    SHRINKAGE,
    Background,
    average_precision,
    learn,
    place,
)

SCALE = CosineScale(0.0, 0.6, 0.3)


def library(seed: int = 0, n: int = 300, size: int = 12) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors of which the first 24 share a direction of their own, beside one that all share."""
    draw = np.random.default_rng(seed)
    rows = draw.normal(size=(n, size)) + 2.0 * np.eye(size)[0]
    rows[:24] += 2.5 * np.eye(size)[3]
    return unit_rows(rows), np.arange(n) < 24


def test_average_precision_is_the_mean_over_right_items_of_the_share_of_right_ones_so_far():
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5])

    assert average_precision(scores, np.array([1, 0, 1, 0, 0], bool)) == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert average_precision(scores, np.array([0, 0, 0, 0, 1], bool)) == pytest.approx(1 / 5)
    assert average_precision(np.zeros(5), np.array([1, 0, 0, 0, 0], bool)) == pytest.approx(1 / 5)


def test_a_place_is_the_shrunk_discriminant_pulled_towards_the_words():
    vectors, right = library()
    words = unit_rows(np.ones((1, 12)))[0]
    rows = vectors.astype(np.float64)
    spread = np.cov(rows.T, bias=True)
    shrunk = spread + SHRINKAGE * np.trace(spread) / 12 * np.eye(12)
    away = np.linalg.solve(shrunk, rows[right].mean(0) - rows.mean(0))
    expected = PRIOR * words + 24 * away / np.linalg.norm(away)

    found = place(vectors[right], words, Background.of(vectors))

    assert found == pytest.approx(expected / np.linalg.norm(expected), abs=1e-6)


def test_without_examples_a_tag_lies_at_its_words():
    vectors, _ = library()
    words = vectors[5]

    assert (place(vectors[:0], words, Background.of(vectors)) == words).all()


def test_one_model_alone_is_background_enough():
    vectors, _ = library()

    assert np.isfinite(Background.of(vectors[:1]).precision).all()


def test_examples_help_where_the_words_say_nothing():
    vectors, right = library()
    words = unit_rows(np.random.default_rng(9).normal(size=(1, 12)))[0]
    taught = right & (np.arange(len(right)) % 2 == 0)

    lesson = learn(
        "glorp", words, SCALE, vectors, taught, np.arange(len(vectors)), Background.of(vectors), seed=1
    )

    assert lesson is not None
    assert lesson.helps
    assert lesson.examples == 12
    rest = ~taught
    assert average_precision((vectors @ lesson.vector)[rest].astype(float), right[rest]) > 2 * (
        average_precision((vectors @ words)[rest].astype(float), right[rest])
    )


def test_examples_that_have_nothing_in_common_do_not_help_words_that_know_best():
    vectors, right = library()
    words = unit_rows(np.eye(12)[[3]])[0]
    best = np.argsort(-(vectors @ words))[:3]
    mixed = np.zeros(len(vectors), bool)
    mixed[best] = mixed[[100, 150, 200]] = True

    lesson = learn("glorp", words, SCALE, vectors, mixed, np.arange(len(vectors)), Background.of(vectors))

    assert lesson is not None
    assert not lesson.helps
    assert right[best].all()


def test_copies_of_one_thing_are_no_proof():
    """Nine of the ten examples are one thing: found again by their copies, they would seem to be learned."""
    draw = np.random.default_rng(2)
    vectors = unit_rows(draw.normal(size=(200, 12)))
    vectors[:9] = vectors[0]
    right = np.arange(200) < 12
    words = unit_rows(draw.normal(size=(1, 12)))[0]
    groups = np.arange(200)

    alone = learn("x", words, SCALE, vectors, right, groups, Background.of(vectors))
    groups[:9] = 0
    together = learn("x", words, SCALE, vectors, right, groups, Background.of(vectors))

    assert alone is not None
    assert together is not None
    assert together.taught < 0.5 < alone.taught


def test_too_few_things_teach_nothing():
    vectors, _ = library()
    few = np.arange(len(vectors)) < 2 * (LEAST_EXAMPLES - 1)

    pairs = np.arange(len(vectors)) // 2

    assert learn("x", vectors[0], SCALE, vectors, few, pairs, Background.of(vectors)) is None


def test_the_cut_off_of_a_lesson_stands_at_the_score_of_that_of_words():
    vectors, right = library()
    lesson = learn("x", vectors[0], SCALE, vectors, right, np.arange(len(vectors)), Background.of(vectors))

    assert lesson is not None
    scale = lesson.scale
    assert scale.nothing == pytest.approx(float(np.median(vectors @ lesson.vector)), abs=1e-6)
    assert (scale.cut_off - scale.nothing) / (scale.right - scale.nothing) == pytest.approx(0.5)


def test_a_taught_tag_is_proposed_for_the_nearest_only():
    vectors, right = library()
    taught = right & (np.arange(len(right)) < 8)
    lesson = learn(
        "glorp", vectors[0], SCALE, vectors, taught, np.arange(len(vectors)), Background.of(vectors)
    )

    assert lesson is not None
    found = propose_taught(vectors, [lesson])

    chosen = [i for i, proposals in enumerate(found) if proposals]
    assert 0 < len(chosen) <= 12
    assert all(found[i][0].tag == "glorp" and found[i][0].probability >= 0.5 for i in chosen)
    assert np.mean(right[chosen]) > 0.6
