"""ExactIndex against sorting everything."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyseek.indexes.exact import ExactIndex, nearest


def made(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    keys = np.sort(draw.choice(10 * count, count, replace=False)).astype(np.int64)
    # Whole numbers make ties frequent.
    return keys, draw.integers(-2, 3, (count, 4)).astype(np.float32)


def sorted_out(keys: np.ndarray, scores: np.ndarray, k: int) -> list[int]:
    order = sorted(range(len(keys)), key=lambda i: (-scores[i], keys[i]))
    return [int(keys[i]) for i in order if scores[i] > -np.inf][:k]


@pytest.mark.parametrize("k", [1, 5, 40, 60])
def test_search_gives_what_sorting_everything_gives(k: int):
    keys, vectors = made(40)
    query = np.array([[1, 0, 2, -1]], np.float32)
    index = ExactIndex()
    index.build(keys[::-1].copy(), vectors[::-1].copy())

    found, scores = index.search(query, k)

    expected = sorted_out(keys, vectors @ query[0], k)
    assert found[0, : len(expected)].tolist() == expected
    assert (found[0, len(expected) :] == -1).all()
    assert np.isneginf(scores[0, len(expected) :]).all()


def test_only_allowed_rows_come_back():
    keys, vectors = made(30)
    allowed = np.arange(30) % 3 == 0
    index = ExactIndex()
    index.build(keys, vectors)

    found, _ = index.search(vectors[:1], 30, allowed)

    assert set(found[0, :10].tolist()) == set(keys[allowed].tolist())
    assert (found[0, 10:] == -1).all()


def test_adding_replaces_and_removing_forgets():
    keys, vectors = made(10)
    index = ExactIndex()
    index.add(keys, vectors)
    index.add(keys[:2], vectors[2:4])
    index.remove(keys[5:])

    assert index.keys().tolist() == keys[:5].tolist()
    assert index.vector(int(keys[0])).tolist() == vectors[2].tolist()
    assert index.vector(int(keys[9])) is None


def test_an_empty_index_finds_nothing():
    found, scores = ExactIndex().search(np.ones((2, 3), np.float32), 4)

    assert (found == -1).all()
    assert np.isneginf(scores).all()


def test_a_key_given_twice_is_refused():
    with pytest.raises(ValueError, match="unique"):
        ExactIndex().build(np.array([1, 1]), np.ones((2, 2), np.float32))


@given(st.lists(st.integers(-3, 3), max_size=30), st.integers(1, 35))
def test_nearest_is_a_stable_descending_sort(values: list[int], k: int):
    scores = np.array(values, np.float32)

    assert nearest(scores, k).tolist() == sorted(range(len(values)), key=lambda i: -values[i])[:k]
