from __future__ import annotations

import numpy as np

from polyseek.search.regions import LEVELS, regions


def two_groups(each: int = 30) -> tuple[np.ndarray, list[list[str]]]:
    """Chairs in one corner of the map and trees in the other; "low" is said of all."""
    rng = np.random.default_rng(0)
    near = rng.normal(0, 0.01, (2 * each, 2)) + np.repeat([[0.2, 0.25], [0.8, 0.75]], each, axis=0)
    return near.astype(np.float32), [["low", "chair"]] * each + [["low", "tree"]] * each


def names(models) -> list[str]:
    return [f"id{place}" for place in range(len(models))]


def test_the_example_of_a_region_is_the_one_in_its_middle_that_has_its_name():
    places, words = two_groups(5)
    places[:5] = [[0.2, 0.2], [0.21, 0.2], [0.19, 0.2], [0.2, 0.22], [0.2, 0.18]]
    words[0] = ["low"]

    found = next(region for region in regions(places, words, names(words)) if region.words == "chair")

    assert found.example in {"id1", "id2"}


def test_a_region_is_called_by_the_word_that_its_models_share_and_others_lack():
    places, words = two_groups()

    found = regions(places, words, names(words))

    first = {region.words: (region.x, region.y) for region in reversed(found)}
    assert set(first) == {"chair", "tree"}
    assert np.abs(np.subtract(first["chair"], (0.2, 0.25))).max() < 0.02
    assert np.abs(np.subtract(first["tree"], (0.8, 0.75))).max() < 0.02


def test_a_name_is_not_said_twice_of_one_group():
    places, words = two_groups()

    found = [region for region in regions(places, words, names(words)) if region.level < 2]

    assert sorted(region.words for region in found) == ["chair", "tree"]


def test_smaller_groups_come_with_deeper_levels():
    rng = np.random.default_rng(1)
    middles = np.stack(np.meshgrid(np.arange(20), np.arange(20)), -1).reshape(-1, 2) / 20 + 0.025
    places = np.repeat(middles, 10, axis=0) + rng.normal(0, 0.002, (4000, 2))
    words = [[f"thing{chr(97 + place // 10 % 26)}{chr(97 + place // 260)}"] for place in range(4000)]

    found = regions(places.astype(np.float32), words, names(words))

    assert len({region.words for region in found}) > 300
    assert {region.level for region in found} <= set(range(LEVELS))
    assert min(region.level for region in found) >= 1


def test_models_that_share_no_word_have_no_name_and_an_empty_map_has_none():
    rng = np.random.default_rng(2)
    places = rng.random((100, 2)).astype(np.float32)

    assert regions(places, [[f"word{place}"] for place in range(100)], names(places)) == ()
    assert regions(np.empty((0, 2), np.float32), [], []) == ()
