"""What `inspect` says of a file: the fields that interface.md promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polyseek.errors import UsageError
from polyseek.formats import MemorySource
from polyseek.formats.inspect import inspect

FIELDS = {
    "path", "loads", "error", "triangles", "parts", "size", "unit_metres", "up", "up_guess", "size_metres",
    "has_texture", "has_vertex_colour", "has_normals", "animated", "needs", "warnings",
}  # fmt: skip
BOX = "v 0 0 0\nv 1 0 0\nv 1 0 2\nv 0 5 0\nf 1 2 3\nf 1 2 4\n"


def test_the_json_of_a_model_has_every_promised_field(tmp_path: Path):
    path = tmp_path / "a.obj"
    path.write_text(BOX)

    found = json.loads(json.dumps(inspect(path).as_json()))

    assert set(found) == FIELDS
    assert (found["path"], found["loads"], found["error"]) == (str(path), "yes", None)
    assert (found["triangles"], found["parts"], found["size"]) == (2, 1, [1.0, 5.0, 2.0])
    assert (found["up"], found["unit_metres"]) == ("unknown", None)


def test_a_person_overrules_axis_and_unit():
    source = MemorySource("a.obj", BOX.encode())

    found = inspect(source, up="z", unit="cm")

    assert found.size_metres == pytest.approx((0.01, 0.02, 0.05))
    assert found.up_guess == "z"
    with pytest.raises(UsageError, match="sideways"):
        inspect(source, up="sideways")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("gone.obj", None, "no such file"),
        ("a.blend", b"BLENDER-v300", "glTF"),
        ("a.txt", b"hello", "not a known model format"),
        ("a.obj", b"f 1 2 3", "vertex"),
    ],
)
def test_a_file_that_does_not_load_says_why(tmp_path: Path, name: str, data: bytes | None, says: str):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)

    found = inspect(str(path))

    assert found.loads == "no"
    assert says in (found.error or "")
    assert set(found.as_json()) == FIELDS


def test_points_say_that_they_are_points():
    found = inspect(MemorySource("a.xyz", b"0 0 0\n1 2 3\n"))

    assert (found.loads, found.triangles, found.size) == ("points", 0, (1.0, 2.0, 3.0))
