from __future__ import annotations

import numpy as np
import pytest

from polyseek.indexes.neighbours import neighbours
from polyseek.search.projection import Repulsion, Stopped, affinity_graph, all_pairs, principal, project


def clusters(number: int = 8, each: int = 25, dimensions: int = 20, seed: int = 0) -> np.ndarray:
    """Unit rows (number * each, dimensions) round `number` directions, cluster by cluster."""
    rng = np.random.default_rng(seed)
    rows = np.repeat(rng.normal(size=(number, dimensions)), each, axis=0)
    rows = rows + 0.25 * rng.normal(size=rows.shape)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_what_lies_together_in_the_space_lies_together_on_the_map():
    places = project(clusters())

    near, _ = neighbours(places, 10)
    same = near // 25 == np.arange(200)[:, None] // 25

    assert same.mean() > 0.97
    assert places.min() >= 0
    assert places.max() <= 1
    assert (places.max(0) - places.min(0)).max() == pytest.approx(1)


def test_the_same_vectors_and_seed_give_the_same_map():
    vectors = clusters(each=10)

    assert np.array_equal(project(vectors, seed=3), project(vectors, seed=3))


def test_a_map_that_is_begun_at_its_own_places_stays_what_it_was():
    vectors = clusters()
    first = project(vectors)

    again = project(vectors, start=first)

    assert np.linalg.norm(again - first, axis=1).mean() < 0.12


def test_copies_of_one_model_lie_on_one_spot():
    vectors = clusters(each=12)
    vectors[1] = vectors[0]

    places = project(vectors)

    assert np.linalg.norm(places[1] - places[0]) < 0.05


@pytest.mark.parametrize("n", [0, 1, 2, 4, 5, 9])
def test_the_smallest_libraries_have_a_map(n: int):
    places = project(np.eye(12, dtype=np.float32)[:n])

    assert places.shape == (n, 2)
    assert np.isfinite(places).all()
    assert ((places >= 0) & (places <= 1)).all()


def test_one_model_many_times_is_a_map_too():
    places = project(np.ones((40, 8), np.float32) / np.float32(8**0.5))

    assert np.isfinite(places).all()


def test_a_layout_can_be_stopped():
    with pytest.raises(Stopped):
        project(clusters(each=5), stop=lambda: True)


def test_affinities_are_symmetric_sum_to_one_and_have_the_perplexity():
    from polyseek.search.projection_kernels import affinities

    near, squared = neighbours(clusters(), 30)
    given = affinities(squared.astype(np.float64), 8.0)
    graph = affinity_graph(near, squared.astype(np.float64), 8.0)

    entropies = -(given * np.log(np.maximum(given, 1e-300))).sum(1)
    assert np.exp(entropies) == pytest.approx(8.0, rel=1e-3)
    dense = np.zeros((200, 200))
    dense[np.repeat(np.arange(200), np.diff(graph.starts)), graph.ends] = graph.weights
    assert dense == pytest.approx(dense.T)
    assert dense.sum() == pytest.approx(1)


def test_attraction_is_the_sum_over_the_neighbours():
    from polyseek.search.projection_kernels import attract

    near, squared = neighbours(clusters(each=5), 6)
    graph = affinity_graph(near, squared.astype(np.float64), 2.0)
    places = np.random.default_rng(0).normal(size=(40, 2))
    dense = np.zeros((40, 40))
    dense[np.repeat(np.arange(40), np.diff(graph.starts)), graph.ends] = graph.weights
    apart = places[:, None] - places[None]
    expected = (dense[..., None] * apart / (1 + (apart**2).sum(-1, keepdims=True))).sum(1)

    found = np.empty((40, 2))
    attract(places, graph.starts, graph.ends, graph.weights, found)

    assert found == pytest.approx(expected)


@pytest.mark.parametrize("width", [1e-4, 3.0, 40.0])
def test_repulsion_on_the_grid_is_that_of_all_pairs(width: float):
    places = np.random.default_rng(0).normal(0, width, (500, 2))
    apart = places[:, None] - places[None]
    q = 1 / (1 + (apart**2).sum(-1))
    expected = (apart * (q * q)[..., None]).sum(1)

    found, total = Repulsion().of(places)

    assert total == pytest.approx(q.sum() - 500, rel=0.01)
    assert np.linalg.norm(found - expected) < 0.05 * np.linalg.norm(expected)


def test_repulsion_of_few_is_summed_pair_by_pair():
    places = np.random.default_rng(0).normal(0, 3, (50, 2))
    apart = places[:, None] - places[None]
    q = 1 / (1 + (apart**2).sum(-1))

    found, total = all_pairs(places)

    assert total == pytest.approx(q.sum() - 50)
    assert found == pytest.approx((apart * (q * q)[..., None]).sum(1))


def test_more_models_than_are_summed_pair_by_pair_lie_as_well():
    places = project(clusters(number=30, each=40))

    near, _ = neighbours(places, 10)

    assert (near // 40 == np.arange(1200)[:, None] // 40).mean() > 0.95


def test_principal_components_are_ordered_and_are_not_mirrored_by_chance():
    rows = np.random.default_rng(0).normal(size=(300, 5)) * [1, 9, 3, 0.1, 0.5]

    found = principal(rows.astype(np.float32), 3)

    assert found.std(0) == pytest.approx([9, 3, 1], rel=0.15)
    assert np.corrcoef(found[:, 0], rows[:, 1])[0, 1] == pytest.approx(1, abs=0.01)
