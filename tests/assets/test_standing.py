"""Which way up: a model's own axes are found however it is turned, and what plainly lies is stood up."""

import numpy as np
import pytest

from polyseek.assets import Asset, Origin, flatten
from polyseek.assets.geometry import moved
from polyseek.assets.own_axes import principal_axes, rectilinear_axes
from polyseek.assets.standing import AXES, looks_upright, surface_sample, to_up, upright
from polyseek.assets.standing_features import features
from polyseek.procedural import made

STANDING = ("chair", "street_lamp", "house", "horse", "windmill", "wine_glass")


def rotation(seed: int) -> np.ndarray:
    left, upper = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))
    left = left * np.sign(np.diag(upper))
    return left * np.linalg.det(left)


def tilt_of(asset: Asset, stood: Asset) -> float:
    """Degrees between +Y and what was up in `asset`, of the same model turned."""
    old, new = (flatten(each).vertices.astype(np.float64) for each in (asset, stood))
    old, new = old - old.mean(0), new - new.mean(0)
    left, _, right = np.linalg.svd(new.T @ old)
    turn = left @ np.diag([1, 1, np.linalg.det(left @ right)]) @ right
    assert new == pytest.approx(old @ turn.T, abs=1e-3 * np.abs(old).max()), "only turned"
    return float(np.degrees(np.arccos(np.clip(turn[1, 1], -1, 1))))


@pytest.mark.parametrize("axis", range(6))
def test_an_axis_is_brought_up_by_a_rotation(axis: int):
    turn = to_up(axis)
    direction = np.zeros(3)
    direction["xyz".index(AXES[axis][-1])] = -1 if AXES[axis].startswith("-") else 1

    assert turn @ direction == pytest.approx((0, 1, 0))
    assert turn @ turn.T == pytest.approx(np.eye(3))
    assert np.linalg.det(turn) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(5))
def test_flat_faces_tell_the_axes_of_a_turned_box(seed: int):
    turn = rotation(seed)
    normals = np.repeat(np.concatenate([np.eye(3), -np.eye(3)]), 20, axis=0) @ turn.T

    found = rectilinear_axes(normals, np.eye(3))

    # Each of the box's axes lies along one of those that were found.
    assert np.abs(found @ turn).max(0) == pytest.approx(np.ones(3), abs=1e-6)
    assert np.linalg.det(found) == pytest.approx(1)


def test_principal_axes_go_from_the_longest_side_to_the_shortest():
    points = np.random.default_rng(0).uniform(-1, 1, (4000, 3)) * (1.0, 5.0, 2.0)

    axes = principal_axes(points)

    assert np.abs(axes).argmax(1).tolist() == [1, 2, 0]
    assert np.linalg.det(axes) == pytest.approx(1)


def test_place_scale_and_a_quarter_turn_do_not_change_what_is_seen():
    found = surface_sample(made("chair", 1).asset)
    assert found is not None
    points, normals = found
    quarter = np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]])

    seen = features(points, normals)[2]
    moved = features((points @ quarter.T) * 1000 + (5, 6, 7), normals @ quarter.T)[2]

    assert moved == pytest.approx(seen, abs=0.02)


def test_upside_down_is_the_same_row_as_its_opposite_axis():
    found = surface_sample(made("chair", 1).asset)
    assert found is not None
    points, normals = found
    over = np.diag([1.0, -1.0, -1.0])

    assert features(points @ over, normals @ over)[3] == pytest.approx(features(points, normals)[2], abs=0.02)


@pytest.mark.parametrize("category", STANDING)
def test_what_stands_is_left_as_it_is(category: str):
    asset = made(category, 1).asset

    assert upright(asset) is asset


@pytest.mark.parametrize("category", STANDING)
def test_up_looks_more_upright_than_any_other_axis(category: str):
    found = surface_sample(made(category, 1).asset)
    assert found is not None

    assert AXES[int(looks_upright(*found).argmax())] == "y"


@pytest.mark.parametrize("category", STANDING)
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_askew_is_stood_up(category: str, seed: int):
    asset = made(category, 1).asset

    stood = upright(moved(asset, rotation(seed)))

    assert tilt_of(asset, stood) < 15


def test_nothing_to_stand_up_is_left_alone():
    empty = Asset("nothing", (), (), Origin("obj"))

    assert surface_sample(empty) is None
    assert upright(empty) is empty
