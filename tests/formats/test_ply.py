"""PLY, from headers and rows made in the tests: one model in every form that the format has."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from polyseek.assets import Asset
from polyseek.errors import EmptyModel, FileError, LimitExceeded, MalformedFile
from polyseek.formats import FileSource, Limits, MemorySource, read_asset

CODES = {
    "uchar": "B",
    "char": "b",
    "ushort": "H",
    "short": "h",
    "uint": "I",
    "int": "i",
    "float": "f",
    "double": "d",
}
XYZ = ("float x", "float y", "float z")
SQUARE = [[0, 0, 0], [2, 0, 0], [2, 1, 0], [0, 1, 0]]


def ply(
    order: str,
    elements: list[tuple[str, tuple[str, ...], list[list[object]]]],
    *,
    comment: str = "",
    end: str = "\n",
) -> bytes:
    """A file of `elements` (name, properties, rows); a list is given as a list. `order`: "", "<" or ">"."""
    kind = {"": "ascii", "<": "binary_little_endian", ">": "binary_big_endian"}[order]
    lines = ["ply", f"format {kind} 1.0", *([f"comment {comment}"] if comment else [])]
    body = b""
    for name, properties, rows in elements:
        lines.append(f"element {name} {len(rows)}")
        lines += [f"property {each}" for each in properties]
        for row in rows:
            body += encoded(order, properties, row)
    return end.join([*lines, "end_header", ""]).encode() + body


def encoded(order: str, properties: tuple[str, ...], row: list[object]) -> bytes:
    words: list[str] = []
    data = b""
    for each, value in zip(properties, row, strict=True):
        kinds = each.split()
        values = [(kinds[0], value)]
        if kinds[0] == "list":
            values = [(kinds[1], len(value)), *((kinds[2], item) for item in value)]
        words += [str(item) for _, item in values]
        data += b"".join(struct.pack((order or "<") + CODES[kind], item) for kind, item in values)
    return data if order else (" ".join(words) + "\n").encode()


def read(data: bytes, siblings: dict[str, bytes] | None = None, limits: Limits | None = None) -> Asset:
    return read_asset(MemorySource("a.ply", data, siblings or {}), limits)


@pytest.mark.parametrize("order", ["", "<", ">"])
@pytest.mark.parametrize("count", ["uchar", "ushort", "int"])
@pytest.mark.parametrize("index", ["uchar", "short", "uint"])
def test_the_same_faces_come_out_of_every_list_type_and_byte_order(order: str, count: str, index: str):
    faces = [[[0, 1, 2]], [[0, 2, 3]]]
    mixed = [[[0, 1, 2, 3]], [[0, 1, 2]]]
    listed = f"list {count} {index} vertex_indices"

    equal = read(ply(order, [("vertex", XYZ, SQUARE), ("face", (listed,), faces)]))
    varying = read(ply(order, [("vertex", XYZ, SQUARE), ("face", (listed,), mixed)]))

    assert equal.meshes[0].faces.tolist() == [[0, 1, 2], [0, 2, 3]]
    assert equal.meshes[0].vertices.tolist() == SQUARE
    assert varying.meshes[0].faces.tolist() == [[0, 1, 2], [0, 2, 3], [0, 1, 2]]


@pytest.mark.parametrize("order", ["", "<", ">"])
def test_other_elements_and_properties_are_passed_over(order: str):
    data = ply(
        order,
        [
            ("camera", ("float fov", "list uchar int flags"), [[1.5, [1, 2]], [2.5, []]]),
            ("vertex", ("uchar label", *XYZ, "double quality"), [[7, *row, 0.5] for row in SQUARE]),
            ("material", (), []),
            ("face", ("uchar group", "list uchar int vertex_index", "list uchar float weights"), [[1, [0, 1, 2], [1.0]]]),
        ],
    )  # fmt: skip

    asset = read(data)

    assert asset.meshes[0].vertices.tolist() == SQUARE
    assert asset.meshes[0].faces.tolist() == [[0, 1, 2]]


@pytest.mark.parametrize("order", ["", "<", ">"])
def test_strips_turn_every_second_triangle(order: str):
    # A strip of n vertices is n - 2 triangles that all face the same way; -1 starts a new one.
    vertices = [[i // 2, i % 2, 0] for i in range(6)]
    data = ply(order, [("vertex", XYZ, vertices), ("tristrips", ("list int int vertex_indices",), [[[0, 1, 2, 3, -1, 2, 3, 4, 5]]])])  # fmt: skip

    asset = read(data)

    a, b, c = asset.meshes[0].vertices[asset.meshes[0].faces].transpose(1, 0, 2)
    assert asset.triangles == 4
    assert (np.cross(b - a, c - a)[:, 2] < 0).all()
    assert "tristrips" in asset.origin.needs


@pytest.mark.parametrize(("kind", "full"), [("uchar", 255), ("ushort", 65535), ("float", 1.0)])
def test_colours_are_linear_light_whatever_their_type(kind: str, full: float):
    half = {"uchar": 128, "ushort": 32896, "float": 128 / 255}[kind]
    names = tuple(f"{kind} {name}" for name in ("red", "green", "blue"))
    rows = [[*row, full, half, 0] for row in SQUARE]

    asset = read(ply("<", [("vertex", XYZ + names, rows)]))

    # sRGB 128/255 is 21.59 % of the light (IEC 61966-2-1).
    np.testing.assert_allclose(asset.meshes[0].colours[0], [1, 0.21586, 0, 1], atol=2e-5)
    assert asset.is_points
    assert asset.origin.has_vertex_colour


def test_colours_of_faces_divide_the_vertices_between_them():
    data = ply("<", [
        ("vertex", XYZ, SQUARE),
        ("face", ("list uchar int vertex_indices", "uchar red", "uchar green", "uchar blue"),
         [[[0, 1, 2], 255, 0, 0], [[0, 2, 3], 0, 0, 255]]),
    ])  # fmt: skip

    mesh = read(data).meshes[0]

    assert mesh.colours[mesh.faces[0]].tolist() == [[1, 0, 0, 1]] * 3
    assert mesh.colours[mesh.faces[1]].tolist() == [[0, 0, 1, 1]] * 3
    assert len(mesh.vertices) == 6


def test_texture_coordinates_of_corners_and_the_named_image():
    file = io.BytesIO()
    Image.new("RGB", (2, 2), (0, 255, 0)).save(file, "PNG")
    data = ply("", [
        ("vertex", XYZ, SQUARE),
        ("face", ("list uchar int vertex_indices", "list uchar float texcoord"),
         [[[0, 1, 2], [0, 0, 1, 0, 1, 1]], [[0, 2, 3], [0.5, 0, 1, 1, 0, 1]]]),
    ], comment="TextureFile skin of it.png")  # fmt: skip

    asset = read(data, {"skin of it.png": file.getvalue()})
    missing = read(data)

    mesh = asset.meshes[0]
    assert mesh.uv[mesh.faces].tolist() == [[[0, 1], [1, 1], [1, 0]], [[0.5, 1], [1, 0], [0, 0]]]
    # Corner 0 has two coordinates, corner 2 one: five vertices.
    assert len(mesh.vertices) == 5
    assert asset.textures[asset.materials[mesh.material].base_texture].pixels[0, 0].tolist() == [
        0,
        255,
        0,
        255,
    ]
    assert missing.origin.has_texture
    assert "skin of it.png" in missing.origin.warnings[0]


def test_an_image_takes_the_place_of_vertex_colours_when_it_is_there():
    # Multiplied, the colours of a scan that both hold would darken twice.
    file = io.BytesIO()
    Image.new("RGB", (1, 1), (9, 9, 9)).save(file, "PNG")
    data = ply("<", [
        ("vertex", (*XYZ, "uchar red", "uchar green", "uchar blue", "float s", "float t"), [[*row, 9, 9, 9, 0, 0] for row in SQUARE]),
        ("face", ("list uchar int vertex_indices",), [[[0, 1, 2]]]),
    ], comment="TextureFile a.png")  # fmt: skip

    assert read(data, {"a.png": file.getvalue()}).meshes[0].colours is None
    assert read(data).meshes[0].colours is not None
    assert read(data).origin.has_vertex_colour


def test_faces_of_several_images_are_meshes_of_their_own():
    file = io.BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    data = ply("<", [
        ("vertex", (*XYZ, "float s", "float t"), [[*row, 0, 0] for row in SQUARE]),
        ("face", ("list uchar int vertex_indices", "int texnumber"), [[[0, 1, 2], 0], [[0, 2, 3], 1]]),
    ], comment="TextureFile a.png\ncomment TextureFile b.png")  # fmt: skip

    asset = read(data, {"a.png": file.getvalue(), "b.png": file.getvalue()})

    assert [mesh.material for mesh in asset.meshes] == [0, 1]
    assert asset.triangles == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("first", [0.0, struct.unpack("<f", b"\n\r\n\x40")[0]])
def test_the_body_starts_right_behind_the_header(end: str, first: float):
    # Given a first number whose bytes are line breaks, only the header's own break is taken.
    rows = [[first, 0, 0], [1, 0, 0], [0, 1, 0]]

    asset = read(ply("<", [("vertex", XYZ, rows)], end=end))

    assert asset.meshes[0].vertices[0, 0] == np.float32(first)


def test_rows_with_more_than_the_header_says_are_read_line_by_line():
    header = ply("", [("vertex", XYZ, SQUARE), ("face", ("list uchar int vertex_indices", "uchar red"), [])])
    data = header.replace(b"element face 0", b"element face 2") + b"3 0 1 2 3 9 9 9\n3 0 2 3 2 8 8\n"

    assert read(data).meshes[0].faces.tolist() == [[0, 1, 2], [0, 2, 3]]


@pytest.mark.parametrize("order", ["", "<"])
def test_a_cloud_beyond_the_limit_is_thinned_evenly(order: str, tmp_path: Path):
    rows: list[list[object]] = [[i, 0, 0] for i in range(1000)]
    path = tmp_path / "scan.ply"
    path.write_bytes(ply(order, [("vertex", XYZ, rows)]))

    asset = read_asset(FileSource(path), Limits(points=300))

    assert asset.meshes[0].vertices[:, 0].tolist() == list(range(0, 1000, 4))
    assert "limits.points = 300" in asset.origin.warnings[0]


def test_a_mapped_file_reads_like_a_read_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "scan.ply"
    path.write_bytes(
        ply("<", [("vertex", XYZ, SQUARE), ("face", ("list uchar int vertex_indices",), [[[0, 1, 2]]])])
    )
    plain = read_asset(FileSource(path))
    monkeypatch.setattr("polyseek.formats.bulk.MAPPED_BYTES", 1)

    mapped = read_asset(FileSource(path))

    assert np.array_equal(mapped.meshes[0].vertices, plain.meshes[0].vertices)
    assert np.array_equal(mapped.meshes[0].faces, plain.meshes[0].faces)


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", MalformedFile, "header"),
        (b"ply\nformat ascii 1.0\n", MalformedFile, "end_header"),
        (b"ply\nformat morse 1.0\nend_header\n", MalformedFile, "format"),
        (b"ply\nformat ascii 1.0\nelement vertex -3\nend_header\n", MalformedFile, "line 3"),
        (b"ply\nformat ascii 1.0\nelement vertex 1\nproperty quaternion x\nend_header\n", MalformedFile, "line 4"),
        (b"ply\nformat ascii 1.0\nelement vertex 1\nproperty list float int x\nend_header\n", MalformedFile, "fractions"),
        (b"ply\nformat ascii 1.0\nend_header\n", EmptyModel, "nothing"),
        (ply("<", [("vertex", XYZ, SQUARE)])[:-1], MalformedFile, "end before the 4 vertex rows"),
        (ply("", [("vertex", XYZ, SQUARE)]).rsplit(b" ", 1)[0], MalformedFile, "end before the 4 vertex rows"),
        (ply("<", [("vertex", XYZ, [])]).replace(b"vertex 0", b"vertex 999999999999"), MalformedFile, "end before"),
        (ply("", [("vertex", XYZ, SQUARE), ("face", ("list uchar int vertex_indices",), [[[0, 1, 4]]])]), MalformedFile, "vertex 4"),
        (ply("<", [("vertex", XYZ, SQUARE), ("face", ("list uchar int vertex_indices",), [[[0, 1, -1]]])]), MalformedFile, "vertex -1"),
        (ply("<", [("vertex", XYZ, SQUARE), ("face", ("list int int vertex_indices",), [])]).replace(b"face 0", b"face 1") + b"\xff\xff\xff\x7f", MalformedFile, "face rows"),
        (ply("<", [("vertex", XYZ, []), ("face", ("list uchar int vertex_indices",), [])]).replace(b"face 0", b"face 99999999"), LimitExceeded, "triangles"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_the_reason(data: bytes, error: type[FileError], says: str):
    with pytest.raises(error, match=says):
        read(data)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_changed_bytes_give_an_asset_or_a_file_error(data: st.DataObject):
    order = data.draw(st.sampled_from(["", "<", ">"]))
    good = ply(order, [
        ("vertex", (*XYZ, "uchar red", "uchar green", "uchar blue"), [[*row, 1, 2, 3] for row in SQUARE]),
        ("face", ("list uchar int vertex_indices", "uchar flags"), [[[0, 1, 2, 3], 1], [[0, 1, 2], 2]]),
        ("tristrips", ("list int int vertex_indices",), [[[0, 1, 2, -1, 1, 2, 3]]]),
    ])  # fmt: skip
    changed = bytearray(good)
    for _ in range(data.draw(st.integers(1, 5))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))

    try:
        asset = read(bytes(changed[: data.draw(st.integers(1, len(changed)))]))
    except FileError:
        return
    assert asset.vertices > 0
