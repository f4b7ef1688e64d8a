"""Made models: every category, several seeds, and the library they make."""

from __future__ import annotations

import re

import numpy as np
import pytest

from polyseek.assets import Asset, bounds
from polyseek.errors import UsageError
from polyseek.procedural import CATEGORIES, family, made, made_library, make
from polyseek.representations.measures import measure


def same(a: Asset, b: Asset) -> bool:
    arrays = [(x.vertices, y.vertices) for x, y in zip(a.meshes, b.meshes, strict=False)]
    return (
        len(a.meshes) == len(b.meshes)
        and all(x.tobytes() == y.tobytes() for x, y in arrays)
        and a.materials == b.materials
    )


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_makes_closed_models_that_stand_on_the_ground(category: str):
    seen: list[Asset] = []
    for seed in (0, 1, 2):
        model = made(category, seed)
        low, high = bounds(model.asset)
        measured = measure(model.asset)

        assert measured.encloses
        assert low[1] == pytest.approx(0, abs=1e-5)
        assert low[[0, 2]] == pytest.approx(-high[[0, 2]], abs=1e-4)
        assert 0.005 < measured.longest < 25
        assert all(np.isfinite(mesh.vertices).all() for mesh in model.asset.meshes)
        assert model.tags[: len(category.split("_"))] == tuple(category.split("_"))
        assert len({part.path for part in model.asset.parts}) == len(model.asset.parts)
        seen.append(model.asset)
    assert not same(seen[0], seen[1])
    assert not same(seen[1], seen[2])


@pytest.mark.parametrize("category", ["chair", "tree", "rock", "car"])
def test_the_same_seed_makes_the_same_model(category: str):
    assert same(make(category, 11), make(category, 11))


def test_real_things_have_real_sizes():
    height = {
        name: [float(bounds(make(name, s))[1][1]) for s in range(5)] for name in ("chair", "mug", "elephant")
    }

    assert all(0.8 <= h <= 1.1 for h in height["chair"])
    assert all(0.07 <= h <= 0.13 for h in height["mug"])
    assert all(2.0 <= h <= 3.3 for h in height["elephant"])


def test_attributes_say_what_was_made():
    for seed in range(12):
        model = made("chair", seed)
        labels = {re.sub(r" \d+$", "", part.name) for part in model.asset.parts}
        assert ("cushion" in labels) == model.attributes["padded"]
        assert ("padded" in model.tags) == model.attributes["padded"]


def test_parts_carry_labels_and_repeats_are_numbered():
    names = [part.name for part in make("chair", 0).parts]

    assert [n for n in names if n.startswith("leg")] == ["leg 1", "leg 2", "leg 3", "leg 4"]
    assert "seat" in names


def test_repeated_parts_share_one_mesh():
    asset = make("chair", 0)

    legs = {part.mesh for part in asset.parts if part.name.startswith("leg")}

    assert len(legs) == 1


def test_an_unknown_category_names_the_known_ones():
    with pytest.raises(UsageError, match="teapot"):
        make("perpetual_motion_machine", 0)


def test_a_made_library_has_every_category_under_different_readable_paths():
    pairs = list(made_library(2, seed=1))

    paths = [path for path, _ in pairs]
    assert len(set(paths)) == len(paths) == 2 * len(CATEGORIES)
    assert [model.category for _, model in pairs[::2]] == list(CATEGORIES)
    for path, model in pairs:
        assert path.isascii()
        assert " " not in path
        assert path.startswith(f"{family(model.category)}/{model.category}_")
        assert path.endswith(".glb")


def test_another_seed_makes_another_library():
    first, second = (next(iter(made_library(1, seed=s)))[1] for s in (0, 1))

    assert not same(first.asset, second.asset)


def test_there_are_enough_categories_for_a_demo():
    assert len(CATEGORIES) >= 48
    assert len({family(category) for category in CATEGORIES}) >= 10
