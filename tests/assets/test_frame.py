"""One frame: +Y up, right-handed, metres, whatever the file had."""

import numpy as np
import pytest

from polyseek.assets import Asset, Mesh, Origin, Part, bounds, flatten, in_one_frame
from polyseek.assets.frame import guess_up, rotation_to_y_up
from polyseek.assets.geometry import moved
from polyseek.errors import UsageError
from polyseek.procedural import made

AXES = {"x": (1, 0, 0), "y": (0, 1, 0), "z": (0, 0, 1), "-x": (-1, 0, 0), "-y": (0, -1, 0), "-z": (0, 0, -1)}


def box(size: tuple[float, float, float], *, low: tuple[float, float, float] = (0, 0, 0), **origin) -> Asset:
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float32)
    faces = np.array([[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5]], np.int32)
    mesh = Mesh(corners * np.float32(size) + np.float32(low), faces)
    return Asset("box", (mesh,), (Part(0, np.eye(4)),), Origin(**({"format": "obj"} | origin)))


@pytest.mark.parametrize("up", AXES)
def test_a_turn_to_y_up_is_a_rotation_that_takes_the_axis_to_y(up: str):
    rotation = rotation_to_y_up(up)

    assert rotation @ AXES[up] == pytest.approx((0, 1, 0))
    assert rotation @ rotation.T == pytest.approx(np.eye(3))
    assert np.linalg.det(rotation) == pytest.approx(1.0)


def test_a_file_that_states_axes_and_unit_is_believed():
    framed = in_one_frame(box((100, 200, 300), format="dae", up="z", unit_metres=0.01))

    low, high = bounds(framed)
    assert high - low == pytest.approx((1.0, 3.0, 2.0))
    assert framed.frame is not None
    assert (framed.frame.up_by, framed.frame.unit_by, framed.frame.up_confidence) == ("format", "format", 1.0)


def test_a_person_overrules_the_file():
    framed = in_one_frame(box((1, 2, 3), up="z", unit_metres=1.0), up="y", unit="mm")

    low, high = bounds(framed)
    assert high - low == pytest.approx((0.001, 0.002, 0.003))
    assert framed.frame is not None
    assert (framed.frame.up_by, framed.frame.unit_by) == ("person", "person")


def test_an_asset_in_the_frame_is_not_turned_again():
    framed = in_one_frame(box((1, 2, 3), up="z"))

    assert in_one_frame(framed) is framed


@pytest.mark.parametrize(("up", "unit"), [("w", None), ("auto", "parsec")])
def test_an_unknown_axis_or_unit_is_refused_with_the_known_ones(up: str, unit: str | None):
    with pytest.raises(UsageError, match="unknown"):
        in_one_frame(box((1, 1, 1)), up=up, unit=unit)


def test_a_print_that_rests_on_its_plate_is_guessed_z_up_and_surely():
    up, confidence = guess_up(box((10, 10, 30), low=(-5, -5, 0), format="stl"))

    assert up == "z"
    assert confidence > 0.9


def test_an_obj_that_stands_on_its_xz_plane_is_guessed_y_up():
    up, confidence = guess_up(box((1, 2, 1), low=(-0.5, 0, -0.5), format="obj"))

    assert up == "y"
    assert confidence > 0.9


@pytest.mark.parametrize("category", ["chair", "horse", "street_lamp"])
@pytest.mark.parametrize("up", ["y", "z"])
def test_what_looks_upright_tells_where_neither_habit_nor_ground_does(category: str, up: str):
    standing = made(category, 1).asset
    mesh = Mesh(flatten(standing).vertices - np.float32((0, 0.1, 0)), flatten(standing).faces)
    raised = Asset("raised", (mesh,), (Part(0, np.eye(4)),), Origin("ply"))

    guessed, confidence = guess_up(moved(raised, rotation_to_y_up(up).T))

    assert guessed == up
    assert confidence > 0.5
