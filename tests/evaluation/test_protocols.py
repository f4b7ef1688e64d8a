"""Leave one out, variants on one side, means over groups, intervals, splits."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.errors import UsageError
from polyseek.evaluation.metrics import METRICS, average_precision
from polyseek.evaluation.protocols import bootstrap, compare, evaluate, rankings, split_of


def on_circle(*degrees: float) -> np.ndarray:
    angles = np.deg2rad(degrees)
    return np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)


def random_case(count: int, labels: int, groups: int) -> tuple[np.ndarray, list[str], list[str]]:
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(count, 6))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    group = rng.integers(0, groups, count)
    # A group has one label, as a model has.
    label = rng.integers(0, labels, groups)[group]
    return vectors.astype(np.float32), [f"label {i}" for i in label], [f"group {i}" for i in group]


def test_a_variant_of_the_query_is_neither_right_nor_wrong():
    # Two variants of one cup side by side, a second cup further off, a bowl between.
    vectors = on_circle(0, 1, 40, 20)
    labels, groups = ["cup", "cup", "cup", "bowl"], ["a", "a", "b", "c"]

    lists = {ranking.query: ranking for ranking in rankings(vectors, labels, groups)}

    assert sorted(lists) == [0, 1, 2]  # the bowl has no other bowl to find
    assert lists[0].order.tolist() == [3, 2]
    assert lists[0].relevant.tolist() == [False, True]
    assert lists[2].order.tolist() == [3, 1, 0]


def test_a_group_counts_once_however_many_variants_it_has():
    vectors = on_circle(0, 1, 2, 40, 20)
    labels, groups = ["cup", "cup", "cup", "cup", "bowl"], ["a", "a", "a", "b", "c"]

    result = evaluate(vectors, labels, groups)

    # Group a: the bowl comes first for each of three, AP 1/2. Group b: bowl first, then three cups.
    ap_b = (1 / 2 + 2 / 3 + 3 / 4) / 3
    assert result.values["map"] == pytest.approx((0.5 + ap_b) / 2)
    assert result.values["nn"] == 0.0
    assert result.queries == 4
    assert result.confusion == {("cup", "bowl"): 4}


def test_evaluation_matches_a_slow_double_loop():
    vectors, labels, groups = random_case(60, labels=5, groups=40)

    by_group: dict[str, list[float]] = {}
    for i in range(60):
        others = [j for j in range(60) if groups[j] != groups[i]]
        others.sort(key=lambda j: (-float(vectors[i] @ vectors[j]), j))
        relevant = np.array([labels[j] == labels[i] for j in others])
        if relevant.any():
            by_group.setdefault(groups[i], []).append(average_precision(relevant))

    result = evaluate(vectors, labels, groups)

    assert result.values["map"] == pytest.approx(np.mean([np.mean(values) for values in by_group.values()]))
    assert set(result.per_group) == set(by_group)


def test_separated_labels_reach_one_and_the_block_size_changes_nothing():
    vectors = on_circle(0, 1, 3, 90, 91, 93)
    labels, groups = ["a"] * 3 + ["b"] * 3, list("uvwxyz")

    result = evaluate(vectors, labels, groups)
    blocks = [
        [r.order.tolist() for r in rankings(vectors, labels, groups, block=size)] for size in (1, 4, 100)
    ]

    assert all(result.values[name] == pytest.approx(1.0) for name in METRICS if name != "p20")
    assert result.precision == pytest.approx(np.ones(11))
    assert blocks[0] == blocks[1] == blocks[2]


def test_nothing_to_find_is_wrong_use():
    with pytest.raises(UsageError, match="two groups"):
        evaluate(on_circle(0, 10), ["a", "b"], ["x", "y"])


def test_bootstrap_interval_of_a_mean_matches_its_normal_approximation():
    values = np.random.default_rng(1).random((400, 1))
    half_width = 1.96 * values.std() / np.sqrt(400)

    low, high = bootstrap(values, resamples=4000, seed=5)

    assert low[0] == pytest.approx(values.mean() - half_width, abs=0.15 * half_width)
    assert high[0] == pytest.approx(values.mean() + half_width, abs=0.15 * half_width)
    assert np.array_equal(bootstrap(values, seed=5), bootstrap(values, seed=5))


def test_a_paired_comparison_with_itself_is_exactly_nothing():
    vectors, labels, groups = random_case(60, labels=5, groups=40)
    result = evaluate(vectors, labels, groups)

    assert compare(result, result, "map") == (0.0, 0.0, 0.0)


def test_a_split_is_fixed_by_name_and_seed_and_near_its_share():
    names = [f"pack/model-{i}" for i in range(4000)]

    sides = [split_of(name) for name in names]
    share = sides.count("validation") / len(names)

    assert share == pytest.approx(0.5, abs=0.03)
    assert sides == [split_of(name) for name in names]
    assert sides != [split_of(name, seed=1) for name in names]
    # A larger share only ever moves groups from test to validation.
    wider = [split_of(name, validation=0.7) for name in names]
    assert all(
        after == "validation" for before, after in zip(sides, wider, strict=True) if before == "validation"
    )
