from __future__ import annotations

import numpy as np
import pytest

from polyseek.indexes.neighbours import neighbours


def plain_neighbours(vectors: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    squared = ((vectors[:, None].astype(np.float64) - vectors[None]) ** 2).sum(-1)
    np.fill_diagonal(squared, np.inf)
    places = np.argsort(squared, axis=1, kind="stable")[:, :k]
    return places, np.take_along_axis(squared, places, axis=1)


def test_neighbours_of_few_rows_are_those_of_a_plain_search():
    vectors = np.random.default_rng(0).normal(size=(700, 9)).astype(np.float32)

    places, squared = neighbours(vectors, 7)

    expected, distances = plain_neighbours(vectors, 7)
    assert np.array_equal(places, expected)
    assert squared == pytest.approx(distances, rel=1e-4)


def test_copies_are_neighbours_at_distance_zero_and_never_a_row_its_own():
    vectors = np.repeat(np.eye(3, dtype=np.float32), 4, axis=0)

    places, squared = neighbours(vectors, 3)

    assert (places // 4 == np.arange(12)[:, None] // 4).all()
    assert (places != np.arange(12)[:, None]).all()
    assert squared == pytest.approx(0, abs=1e-6)


def test_neighbours_by_cells_are_mostly_the_true_ones():
    rng = np.random.default_rng(1)
    centres = rng.normal(size=(60, 16)) * 2
    vectors = (centres[rng.integers(60, size=6000)] + rng.normal(size=(6000, 16))).astype(np.float32)

    places, _ = neighbours(vectors, 12, exact=1000)

    expected, _ = neighbours(vectors, 12)
    found = [len(np.intersect1d(a, b)) for a, b in zip(places, expected, strict=True)]
    assert np.mean(found) > 0.8 * 12
    assert (places != np.arange(6000)[:, None]).all()


def test_cells_of_copies_give_every_row_its_neighbours():
    vectors = np.repeat(np.eye(5, dtype=np.float32), [1500, 3, 3, 3, 1], axis=0)

    places, squared = neighbours(vectors, 20, exact=100)

    assert np.isfinite(squared).all()
    assert ((places >= 0) & (places < len(vectors))).all()


@pytest.mark.parametrize("k", [0, 5, 6])
def test_more_neighbours_than_other_rows_are_a_slip(k: int):
    with pytest.raises(ValueError, match="k is"):
        neighbours(np.eye(5, dtype=np.float32), k)
