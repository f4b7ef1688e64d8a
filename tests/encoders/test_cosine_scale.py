"""What a cosine means, and what one query's cosines with a library tell of it."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.encoders.contract import FEWEST, CosineScale

MEASURED = CosineScale(0.1, 0.6, 0.3, base=0.2, by_mean=1.0, by_spread=2.0)


def test_a_querys_own_cut_off_is_linear_in_mean_and_spread():
    cosines = np.random.default_rng(0).normal(0.1, 0.05, 400).astype(np.float32)

    within = MEASURED.within(cosines)

    assert within.cut_off == pytest.approx(0.2 + cosines.mean() + 2 * cosines.std(), abs=1e-6)
    assert (within.nothing, within.right) == (MEASURED.nothing, MEASURED.right)


def test_it_never_lies_below_what_a_random_pair_has():
    low = CosineScale(0.1, 0.6, 0.3, base=-5.0)
    assert low.within(np.zeros(100, np.float32)).cut_off == low.nothing


def test_few_models_and_cards_without_it_tell_nothing():
    cosines = np.linspace(0, 0.5, 100, dtype=np.float32)
    plain = CosineScale(0.1, 0.6, 0.3)

    assert plain.within(cosines) is plain
    assert MEASURED.within(cosines[: FEWEST - 1]) is MEASURED
