"""OFF with its prefixes, as text and binary."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyseek.assets import Asset
from polyseek.errors import EmptyModel, FileError, MalformedFile
from polyseek.formats import MemorySource, read_asset

SQUARE = "0 0 0\n1 0 0\n1 1 0\n0 1 0\n"


def read(data: bytes | str) -> Asset:
    return read_asset(MemorySource("a.off", data if isinstance(data, bytes) else data.encode()))


@pytest.mark.parametrize(
    "text",
    [
        f"OFF\n4 1 0\n{SQUARE}4 0 1 2 3\n",
        f"OFF 4 1 0\n{SQUARE}4 0 1 2 3",
        f"# a square\nOFF # here\n# counts\n4\t1 4 # edges\n\n{SQUARE}# faces\n4 0 1 2 3 # one\n",
        f"OFF\r\n4 1\r\n{SQUARE}4 0 1 2 3\r\n",
        f"4 1 0\n{SQUARE}4 0 1 2 3\n",
        "OFF 4 1 0 0 0 0 1 0 0 1 1 0 0 1 0 4 0 1 2 3",
    ],
)
def test_every_way_to_write_the_square_gives_the_square(text: str):
    mesh = read(text).meshes[0]

    assert mesh.vertices.tolist() == [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]
    assert mesh.faces.tolist() == [[0, 1, 2], [0, 2, 3]]


def test_the_prefixes_say_what_a_vertex_holds():
    rows = "".join(f"{line} 0 0 2 0 0 255 255 0.5 0.25\n" for line in SQUARE.splitlines())

    mesh = read(f"STCNOFF\n4 1 0\n{rows}4 0 1 2 3\n").meshes[0]

    assert mesh.normals.tolist() == [[0, 0, 1]] * 4
    assert mesh.colours.tolist() == [[0, 0, 1, 1]] * 4
    assert mesh.uv.tolist() == [[0.5, 0.75]] * 4


@pytest.mark.parametrize("colour", ["255 0 0", "255 0 0 255", "1.0 0.0 0.0", "1.0 0.0 0.0 1.0"])
def test_colours_may_have_alpha_and_may_be_fractions(colour: str):
    rows = "".join(f"{line} {colour}\n" for line in SQUARE.splitlines())

    assert read(f"COFF\n4 1 0\n{rows}4 0 1 2 3\n").meshes[0].colours.tolist() == [[1, 0, 0, 1]] * 4


def test_colours_of_faces_are_those_of_their_corners():
    asset = read(f"OFF\n4 3 0\n{SQUARE}3 0 1 2 255 0 0\n3 0 2 3 7\n3 0 1 3\n")

    mesh = asset.meshes[0]
    assert mesh.colours[mesh.faces[0]].tolist() == [[1, 0, 0, 1]] * 3
    assert mesh.colours[mesh.faces[1:]].reshape(-1, 4).tolist() == [[1, 1, 1, 1]] * 6
    assert not asset.origin.has_vertex_colour


def test_binary_holds_the_same_surface():
    body = struct.pack(">3i", 4, 2, 0) + struct.pack(">12f", *map(float, SQUARE.split()))
    body += struct.pack(">4i", 3, 0, 1, 2) + struct.pack(">i", 0)
    body += struct.pack(">5i", 4, 0, 1, 2, 3) + struct.pack(">i3f", 3, 1, 0, 0)

    mesh = read(b"OFF BINARY\n" + body).meshes[0]

    assert mesh.faces.tolist() == [[0, 1, 2], [0, 1, 2], [0, 2, 3]]
    assert mesh.vertices[2].tolist() == [1, 1, 0]


def test_vertices_without_faces_are_a_cloud():
    assert read(f"OFF\n4 0 0\n{SQUARE}").is_points


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", EmptyModel, "empty"),
        ("OFF\n", MalformedFile, "counts"),
        ("OFF\n0 0 0\n", EmptyModel, "nothing"),
        ("OFF\n999999999999 1 0\n" + SQUARE, MalformedFile, "more than the file can hold"),
        (f"OFF\n5 1 0\n{SQUARE}", MalformedFile, "4 of 5 vertices"),
        (f"OFF\n4 2 0\n{SQUARE}4 0 1 2 3\n", MalformedFile, "1 of 2 faces"),
        (f"OFF\n4 1 0\n{SQUARE}9999999999 0 1 2\n", MalformedFile, "0 of 1 faces"),
        (f"OFF\n4 1 0\n{SQUARE}3 0 1 4\n", MalformedFile, "vertex 4 of 4"),
        (f"OFF\n4 1 0\n{SQUARE}3 0 1 -1\n", MalformedFile, "vertex -1"),
        (f"4OFF\n4 1 0\n{SQUARE}", MalformedFile, "three dimensions"),
        (b"OFF BINARY\n\0\0", MalformedFile, "counts"),
        (b"OFF BINARY\n" + struct.pack(">3i", 9, 9, 0) + b"\0" * 40, MalformedFile, "end before"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(text: bytes | str, error: type[FileError], says: str):
    with pytest.raises(error, match=says):
        read(text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_changed_bytes_give_an_asset_or_a_file_error(data: st.DataObject):
    changed = bytearray(
        f"COFF\n4 2 0\n{SQUARE.replace(chr(10), ' 1 2 3' + chr(10))}4 0 1 2 3\n3 0 1 2 9 9 9\n".encode()
    )
    for _ in range(data.draw(st.integers(1, 5))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))

    try:
        asset = read(bytes(changed[: data.draw(st.integers(1, len(changed)))]))
    except FileError:
        return
    assert np.isfinite(asset.meshes[0].vertices).all()
