"""D2 against closed forms and a slow plain version."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from polyseek.encoders.d2 import BINS, LARGEST, pair_distances


def test_shares_match_a_slow_loop_over_pairs():
    points = np.random.default_rng(0).normal(size=(60, 3))
    distances = np.array([np.linalg.norm(a - b) for a, b in combinations(points, 2)])

    expected, _ = np.histogram(np.minimum(distances / distances.mean(), LARGEST - 1e-9), BINS, (0, LARGEST))

    assert pair_distances(points) == pytest.approx(expected / len(distances))


def test_points_on_a_sphere_have_a_density_that_grows_with_distance():
    # P(distance < t) = t² / 4 on the unit sphere (uniform by area), whose mean distance is 4 / 3.
    points = np.random.default_rng(1).normal(size=(3000, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)

    edges = np.minimum(np.arange(BINS + 1) * LARGEST / BINS * 4 / 3, 2)

    assert np.cumsum(pair_distances(points)) == pytest.approx(edges[1:] ** 2 / 4, abs=0.01)


def test_the_order_of_points_does_not_matter():
    points = np.random.default_rng(2).normal(size=(500, 3))

    assert pair_distances(points) == pytest.approx(pair_distances(points[::-1]), abs=1e-4)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_points_in_one_place_are_all_in_the_first_bin(count: int):
    shares = pair_distances(np.full((count, 3), 7.0))

    assert shares[0] == 1.0
    assert shares.sum() == 1.0
