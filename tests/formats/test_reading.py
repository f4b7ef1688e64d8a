"""What every reading is checked for, whatever reader it came from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import EmptyModel, LimitExceeded, MalformedFile, UnsupportedFormat
from polyseek.formats import FORMATS, Limits, MemorySource, format_of, read_asset
from polyseek.formats.reading import check, finite

NAN = float("nan")


def asset(vertices: list[list[float]], faces: list[list[int]], **more: np.ndarray) -> Asset:
    mesh = Mesh(
        np.array(vertices, np.float32).reshape(-1, 3), np.array(faces, np.int32).reshape(-1, 3), **more
    )
    return Asset("a", (mesh,), (Part(0, np.eye(4)),), Origin("obj"))


def test_a_sound_asset_is_handed_on_as_it_is():
    sound = asset([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 1, 2]])

    assert finite(sound) is sound
    check(sound, Limits())


def test_points_without_coordinates_are_left_out_with_what_belongs_to_them():
    colours = np.eye(4, dtype=np.float32)[:3]
    cloud = finite(asset([[0, 0, 0], [NAN, 0, 0], [2, 2, 2]], [], colours=colours))

    assert cloud.meshes[0].vertices.tolist() == [[0, 0, 0], [2, 2, 2]]
    assert np.array_equal(cloud.meshes[0].colours, colours[[0, 2]])
    assert cloud.origin.warnings == ("1 points without finite coordinates left out",)


def test_corners_without_coordinates_move_inside_and_faces_stay():
    found = finite(asset([[0, 0, 0], [2, 4, 0], [NAN, np.inf, 0]], [[0, 1, 2]]))

    assert found.meshes[0].vertices[2].tolist() == [1, 2, 0]
    assert found.triangles == 1


def test_bad_attributes_are_replaced_and_wrong_numbers_of_them_dropped():
    bad = np.array([[NAN, 0, 0], [0, 1, 0], [0, 1, 0]], np.float32)

    mesh = finite(asset([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 1, 2]], normals=bad)).meshes[0]
    careless = asset([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 1, 2]])
    object.__setattr__(careless.meshes[0], "uv", np.zeros((2, 2), np.float32))

    assert mesh.normals.tolist() == [[0, 0, 1], [0, 1, 0], [0, 1, 0]]
    assert finite(careless).meshes[0].uv is None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (asset([], []), EmptyModel),
        (asset([[0, 0, 0]] * 3, [[0, 1, 3]]), MalformedFile),
        (asset([[0, 0, 0]] * 3, [[0, 1, -1]]), MalformedFile),
        (replace(asset([[0, 0, 0]] * 3, [[0, 1, 2]]), parts=(Part(0, np.full((4, 4), NAN)),)), MalformedFile),
        (replace(asset([[0, 0, 0]] * 3, [[0, 1, 2]]), parts=()), EmptyModel),
    ],
)
def test_what_no_later_room_could_use_is_refused(wrong: Asset, error: type[Exception]):
    with pytest.raises(error):
        check(wrong, Limits())


def test_the_limits_count_every_placement():
    many = asset([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 1, 2]])
    many = replace(many, parts=many.parts * 5)

    with pytest.raises(LimitExceeded, match="triangles = 4"):
        check(many, Limits(triangles=4))


def test_errors_name_the_file_and_say_what_to_do():
    with pytest.raises(UnsupportedFormat) as caught:
        read_asset(MemorySource("scene.max", b"whatever"))

    assert caught.value.path == "scene.max"
    assert "FBX or glTF" in caught.value.hint


def test_a_file_that_is_too_large_is_refused_by_the_limits_name():
    with pytest.raises(LimitExceeded, match="file_mb"):
        read_asset(MemorySource("a.obj", b" " * 1_100_000), Limits(file_mb=1))


def test_first_bytes_tell_the_format_before_the_suffix():
    assert format_of("model.obj", b"glTF\2\0\0\0").id == "glb"
    assert format_of("MODEL.STL").id == "stl"
    assert format_of("chair") is None


def test_no_suffix_belongs_to_two_formats():
    suffixes = [suffix for kind in FORMATS for suffix in kind.suffixes]

    assert len(suffixes) == len(set(suffixes))
