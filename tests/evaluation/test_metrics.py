"""Retrieval metrics against hand-worked lists and slow plain versions."""

from __future__ import annotations

import math

import numpy as np
import pytest

from polyseek.evaluation.metrics import (
    METRICS,
    average_precision,
    first_tier,
    hit_at,
    interpolated_precision,
    ndcg,
    nearest_neighbour,
    precision_at,
    second_tier,
)

# Relevant at ranks 1, 3 and 6 of eight.
WORKED = np.array([1, 0, 1, 0, 0, 1, 0, 0], bool)


def random_lists(count: int) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    lists = [rng.random(rng.integers(1, 60)) < rng.uniform(0.05, 0.9) for _ in range(count)]
    return [relevant for relevant in lists if relevant.any()]


def test_average_precision_of_a_hand_worked_list():
    assert average_precision(WORKED) == pytest.approx((1 / 1 + 2 / 3 + 3 / 6) / 3)


def test_tiers_of_a_hand_worked_list():
    # R = 3: two of the first three, all three of the first six.
    assert first_tier(WORKED) == pytest.approx(2 / 3)
    assert second_tier(WORKED) == pytest.approx(1.0)


def test_ndcg_of_a_hand_worked_list():
    gained = 1 / math.log2(2) + 1 / math.log2(4) + 1 / math.log2(7)
    ideal = 1 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)

    assert ndcg(WORKED) == pytest.approx(gained / ideal)


def test_precision_and_hits_of_a_hand_worked_list():
    assert precision_at(WORKED, 4) == pytest.approx(0.5)
    # Ranks past the end of a short list count as wrong.
    assert precision_at(WORKED, 20) == pytest.approx(3 / 20)
    assert nearest_neighbour(WORKED) == 1.0
    assert hit_at(~WORKED, 1) == 0.0
    assert hit_at(~WORKED, 2) == 1.0


def test_interpolated_precision_of_a_hand_worked_list():
    # Recall 1/3 with precision 1, 2/3 with 2/3, 1 with 1/2; each holds from its recall downwards.
    expected = [1, 1, 1, 1, 2 / 3, 2 / 3, 2 / 3, 0.5, 0.5, 0.5, 0.5]

    assert interpolated_precision(WORKED) == pytest.approx(expected)


@pytest.mark.parametrize("name", METRICS)
def test_a_perfect_ranking_reaches_one_in_every_metric_but_short_precision(name: str):
    perfect = np.arange(40) < 20

    assert METRICS[name](perfect) == pytest.approx(1.0)


@pytest.mark.parametrize("name", METRICS)
def test_no_metric_falls_when_a_right_item_moves_up(name: str):
    for relevant in random_lists(40):
        wrong_then_right = np.flatnonzero(~relevant[:-1] & relevant[1:])
        for rank in wrong_then_right:
            better = relevant.copy()
            better[[rank, rank + 1]] = True, False
            assert METRICS[name](better) >= METRICS[name](relevant) - 1e-12


def test_the_worst_ranking_has_the_closed_form_of_its_average_precision():
    right, wrong = 4, 16
    worst = np.arange(right + wrong) >= wrong

    expected = sum(i / (wrong + i) for i in range(1, right + 1)) / right

    assert average_precision(worst) == pytest.approx(expected)
    assert first_tier(worst) == 0.0


def test_average_precision_and_interpolation_match_slow_loops():
    for relevant in random_lists(60):
        found, total, curve = 0, 0.0, []
        for rank, right in enumerate(relevant, 1):
            found += int(right)
            total += found / rank if right else 0.0
            curve.append((found / relevant.sum(), found / rank))

        slow = [max(p for recall, p in curve if recall >= level / 10 - 1e-9) for level in range(11)]

        assert average_precision(relevant) == pytest.approx(total / relevant.sum())
        assert interpolated_precision(relevant) == pytest.approx(slow)
