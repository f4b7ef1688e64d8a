"""STL, binary and ASCII, from records made in the tests."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyseek.assets import Asset
from polyseek.errors import EmptyModel, FileError, LimitExceeded, MalformedFile
from polyseek.formats import Limits, MemorySource, read_asset

TRIANGLES = np.array(
    [[[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[1, 0, 0], [1, 1, 0], [0, 1, 0]], [[0, 0, 5], [1, 0, 5], [0, 1, 5]]],
    np.float32,
)


def binary(
    triangles: np.ndarray = TRIANGLES,
    *,
    header: bytes = b"made",
    attributes: tuple[int, ...] = (),
    count: int | None = None,
) -> bytes:
    records = b"".join(
        struct.pack("<12fH", 0, 0, 1, *triangle.ravel(), attributes[i] if attributes else 0)
        for i, triangle in enumerate(triangles)
    )
    return header.ljust(80, b"\0") + struct.pack("<I", len(triangles) if count is None else count) + records


def ascii_solid(triangles: np.ndarray = TRIANGLES, name: str = "a") -> str:
    facets = [
        "facet normal 0 0 1\n outer loop\n"
        + "".join(f"  vertex {x!r} {y!r} {z!r}\n" for x, y, z in triangle.tolist())
        + " endloop\nendfacet\n"
        for triangle in triangles
    ]
    return f"solid {name}\n{''.join(facets)}endsolid {name}\n"


def read(data: bytes | str, limits: Limits | None = None) -> Asset:
    return read_asset(MemorySource("a.stl", data if isinstance(data, bytes) else data.encode()), limits)


def corners_of(asset: Asset) -> np.ndarray:
    return np.concatenate([mesh.vertices[mesh.faces] for mesh in asset.meshes])


def test_text_and_binary_give_the_same_indexed_mesh():
    from_binary, from_text = read(binary()), read(ascii_solid())

    assert np.array_equal(corners_of(from_binary), TRIANGLES)
    assert np.array_equal(corners_of(from_text), TRIANGLES)
    # The first two triangles share an edge: seven positions for nine corners.
    assert from_binary.vertices == from_text.vertices == 7


@pytest.mark.parametrize(
    "header", [b"solid cube", b"SOLID", b"solid facet normal".ljust(80), b"solid facet\n".ljust(80)]
)
def test_a_binary_file_that_begins_like_text_is_binary(header: bytes):
    assert np.array_equal(corners_of(read(binary(header=header))), TRIANGLES)


@pytest.mark.parametrize(
    "change", [str.upper, lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("\n", "\r"), lambda text: "\n " + text.replace("\n", "  \n\t")]
)  # fmt: skip
def test_case_and_white_space_do_not_matter(change):
    assert np.array_equal(corners_of(read(change(ascii_solid()))), TRIANGLES)


def test_solids_are_parts_and_empty_ones_are_not():
    text = (
        ascii_solid(TRIANGLES[:1], "left leg")
        + "solid nothing\nendsolid nothing\n"
        + ascii_solid(TRIANGLES[1:], "top")
    )

    asset = read(text)

    assert [part.name for part in asset.parts] == ["left leg", "top"]
    assert [len(mesh.faces) for mesh in asset.meshes] == [1, 2]


def test_solids_of_one_name_are_still_told_apart():
    asset = read(ascii_solid(TRIANGLES[:1]) + ascii_solid(TRIANGLES[1:]))

    assert len({part.path for part in asset.parts}) == 2


@pytest.mark.parametrize("count", [0, 0xFFFFFFFF])
def test_a_count_that_was_never_filled_in_is_told_and_passed_over(count: int):
    asset = read(binary(count=count))

    assert asset.triangles == 3
    assert "3" in asset.origin.warnings[0]


def test_bytes_behind_the_stated_facets_are_told():
    asset = read(binary(count=2))

    assert asset.triangles == 2
    assert "50 bytes behind" in asset.origin.warnings[0]


def test_viscam_colours_have_blue_lowest_and_a_bit_that_says_so():
    red, blue = 0x8000 | 31 << 10, 0x8000 | 31

    mesh = read(binary(attributes=(red, blue, red))).meshes[0]

    assert mesh.colours[mesh.faces[0, 0]].tolist() == [1, 0, 0, 1]
    assert mesh.colours[mesh.faces[1, 0]].tolist() == [0, 0, 1, 1]
    # The edge between the red and the blue facet is divided.
    assert len(mesh.vertices) == 9


def test_materialise_colours_have_red_lowest_and_a_colour_for_the_rest():
    header = b"STLB COLOR=" + bytes([0, 255, 0, 255])

    mesh = read(binary(header=header, attributes=(31, 31 << 10, 0x8000))).meshes[0]

    shown = [mesh.colours[face[0]].tolist() for face in mesh.faces]
    assert shown == [[1, 0, 0, 1], [0, 0, 1, 1], [0, 1, 0, 1]]


def test_one_colour_for_all_is_a_material():
    asset = read(binary(header=b"COLOR=" + bytes([255, 0, 0, 255]), attributes=(0x8000,) * 3))

    assert asset.materials[0].base_colour == (1, 0, 0, 1)
    assert asset.meshes[0].colours is None
    assert asset.vertices == 7


def test_attributes_without_the_bit_are_no_colours():
    assert not read(binary(attributes=(5, 6, 7))).origin.has_vertex_colour


def test_facets_of_four_corners_are_two_triangles():
    text = ascii_solid(TRIANGLES[:1]).replace(" endloop", "  vertex -1 1 0\n endloop")

    assert read(text).triangles == 2


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", MalformedFile, "too short"),
        (binary()[:-1], MalformedFile, "3 facets are stated, 2 are there"),
        (binary(count=1_000_000_000), MalformedFile, "1,000,000,000 facets"),
        (binary(TRIANGLES[:0]), EmptyModel, "no facets"),
        ("solid a\nendsolid a\n", EmptyModel, "no facets"),
        (ascii_solid().replace("vertex 1.0", "vertex one", 1), MalformedFile, "line 5"),
        (ascii_solid()[:-60], MalformedFile, "not complete"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(data: bytes | str, error: type[FileError], says: str):
    with pytest.raises(error, match=says):
        read(data)


@pytest.mark.parametrize("data", [binary(), ascii_solid()])
def test_the_limit_of_triangles_holds_for_both_forms(data: bytes | str):
    with pytest.raises(LimitExceeded, match="triangles = 2"):
        read(data, Limits(triangles=2))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_changed_bytes_give_an_asset_or_a_file_error(data: st.DataObject):
    good = data.draw(st.sampled_from([binary(), ascii_solid().encode()]))
    changed = bytearray(good)
    for _ in range(data.draw(st.integers(1, 5))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))

    try:
        asset = read(bytes(changed[: data.draw(st.integers(1, len(changed)))]))
    except FileError:
        return
    assert asset.vertices > 0
