from __future__ import annotations

import numpy as np
import pytest

from polyseek.evaluation.trustworthiness import trustworthiness


def test_a_map_that_keeps_all_neighbours_is_trusted_wholly():
    places = np.random.default_rng(0).random((60, 2)).astype(np.float32)
    vectors = np.pad(places * 3, ((0, 0), (0, 5)))

    assert trustworthiness(vectors, places, 5) == 1


def test_a_stranger_among_the_neighbours_costs_its_rank():
    # On a line 0, 1, 3, 7, 15, 31; the map swaps the two at the ends.
    line = np.array([0, 1, 3, 7, 15, 31], np.float32)
    shown = line[[5, 1, 2, 3, 4, 0]]
    vectors, places = (np.stack([each, np.zeros(6, np.float32)], axis=1) for each in (line, shown))

    # Nearest on the map of 0, 1, 2, 3, 4, 5 are 4, 5, 1, 2, 3, 1; their ranks in the space:
    ranks = [4, 5, 1, 1, 1, 4]
    expected = 1 - 2 / (6 * 1 * (12 - 3 - 1)) * sum(rank - 1 for rank in ranks)
    assert trustworthiness(vectors, places, 1) == pytest.approx(expected)


def test_chance_is_about_a_half_and_a_sample_of_rows_agrees_with_all():
    rng = np.random.default_rng(1)
    vectors, places = rng.normal(size=(400, 6)).astype(np.float32), rng.random((400, 2)).astype(np.float32)

    every = trustworthiness(vectors, places, 12)

    assert every == pytest.approx(0.5, abs=0.03)
    assert trustworthiness(vectors, places, 12, rows=np.arange(0, 400, 4)) == pytest.approx(every, abs=0.02)


def test_as_many_neighbours_as_half_of_the_models_are_a_slip():
    with pytest.raises(ValueError, match="below half"):
        trustworthiness(np.zeros((10, 3), np.float32), np.zeros((10, 2), np.float32), 5)
