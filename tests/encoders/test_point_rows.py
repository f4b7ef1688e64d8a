"""Rows of points come well spread first, and lose none on the way."""

from __future__ import annotations

import numpy as np

from polyseek.encoders.point_rows import rows_of, spread_first, surface_points
from polyseek.procedural import make
from polyseek.representations.points import sample_points


def farthest_plainly(positions: np.ndarray, count: int) -> list[int]:
    chosen = [0]
    while len(chosen) < count:
        apart = np.linalg.norm(positions[:, None] - positions[chosen], axis=-1).min(1)
        chosen.append(int(apart.argmax()))
    return chosen


def test_the_first_rows_are_farthest_points_and_the_rest_keep_their_order():
    rows = np.random.default_rng(0).normal(size=(50, 4)).astype(np.float32)

    spread = spread_first(rows, 12)

    chosen = farthest_plainly(rows[:, :3].astype(np.float64), 12)
    rest = [i for i in range(50) if i not in chosen]
    assert (spread == rows[[*chosen, *rest]]).all()


def test_fewer_rows_than_asked_for_are_all_there():
    rows = np.random.default_rng(1).normal(size=(5, 9)).astype(np.float32)

    assert sorted(map(tuple, spread_first(rows).tolist())) == sorted(map(tuple, rows.tolist()))


def test_rows_that_lie_in_few_places_are_all_kept():
    places = np.random.default_rng(2).normal(size=(3, 9)).astype(np.float32)
    rows = places[[0, 0, 1, 2, 1, 0, 2, 2]]

    spread = spread_first(rows, 6)

    assert sorted(map(tuple, spread.tolist())) == sorted(map(tuple, rows.tolist()))
    assert len({tuple(row) for row in spread[:3].tolist()}) == 3


def test_rows_have_position_normal_and_colour_in_their_ranges():
    points = sample_points(make("chair", 3), surface_points(400))

    rows = rows_of(points)

    assert rows.shape == (400, 9)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows[:, :3], axis=1).max() <= 1 + 1e-6
    assert np.allclose(np.linalg.norm(rows[:, 3:6], axis=1), 1, atol=1e-5)
    assert rows[:, 6:].min() >= -1
    assert rows[:, 6:].max() <= 1
    assert (rows[0, :3] == points.positions[0]).all()
