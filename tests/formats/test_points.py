"""XYZ and PCD clouds, from text and records made in the tests."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyseek.assets import Asset
from polyseek.errors import EmptyModel, FileError, MalformedFile
from polyseek.formats import Limits, MemorySource, read_asset

ROWS = np.random.default_rng(0).normal(size=(40, 3)).astype(np.float32)


def read(name: str, data: bytes | str, limits: Limits | None = None) -> Asset:
    return read_asset(MemorySource(name, data if isinstance(data, bytes) else data.encode()), limits)


def lines(*columns: np.ndarray, between: str = " ") -> str:
    return "".join(between.join(f"{value:.9g}" for value in row) + "\n" for row in np.column_stack(columns))


@pytest.mark.parametrize("between", [" ", "\t", ",", "; "])
def test_positions_are_read_between_any_separators(between: str):
    asset = read("a.xyz", "# x y z\n" + lines(ROWS, between=between))

    assert np.array_equal(asset.meshes[0].vertices, ROWS)
    assert asset.is_points


def test_further_columns_are_told_by_their_values():
    rng = np.random.default_rng(1)
    normals = ROWS / np.linalg.norm(ROWS, axis=1, keepdims=True)
    colours = rng.integers(0, 256, (40, 3)).astype(float)
    intensity = rng.normal(size=(40, 1))

    plain = read("a.xyz", lines(ROWS, intensity)).meshes[0]
    both = read("a.xyz", lines(ROWS, colours, normals)).meshes[0]
    behind = read("a.xyz", lines(ROWS, intensity, colours)).meshes[0]
    fractions = read("a.xyz", lines(ROWS, colours / 255)).meshes[0]

    assert plain.normals is None
    assert plain.colours is None
    np.testing.assert_allclose(both.normals, normals, atol=1e-6)
    assert np.array_equal(both.colours, behind.colours)
    np.testing.assert_allclose(both.colours, fractions.colours, atol=1e-5)


def test_lines_that_are_no_points_are_told_and_too_many_refused():
    some = read("a.xyz", "X Y Z\n" + lines(ROWS))

    assert some.vertices == 40
    assert "1 lines" in some.origin.warnings[0]
    with pytest.raises(MalformedFile, match="do not start with three numbers"):
        read("a.xyz", "C 0.0 0.0 0.0\nH 1.0 0.0 0.0\nH 0.0 1.0 0.0\nO 1 1 1\n")


def test_a_large_cloud_is_thinned_evenly():
    asset = read("a.xyz", "".join(f"{i:04d} 0 0\n" for i in range(1000)), Limits(points=400))

    assert asset.meshes[0].vertices[:, 0].tolist() == list(range(0, 1000, 3))
    assert "limits.points" in asset.origin.warnings[0]


def test_surveyed_coordinates_keep_their_millimetres():
    asset = read("a.xyz", "665187.001 5648349.002 241.003\n665187.004 5648349.002 241.003\n")

    placed = asset.meshes[0].vertices + asset.parts[0].matrix[:3, 3]

    np.testing.assert_allclose(
        placed, [[665187.001, 5648349.002, 241.003], [665187.004, 5648349.002, 241.003]], atol=1e-6
    )


FIELDS = "VERSION 0.7\nFIELDS x y z rgb label\nSIZE 4 4 4 4 2\nTYPE F F F U U\nCOUNT 1 1 1 1 2\n"
RECORD = np.dtype([("x", "<f4"), ("y", "<f4"), ("z", "<f4"), ("rgb", "<u4"), ("label", "<u2", 2)])


def records() -> np.ndarray:
    rows = np.zeros(len(ROWS), RECORD)
    for axis, name in enumerate("xyz"):
        rows[name] = ROWS[:, axis]
    rows["rgb"] = 0xFF0000
    rows["label"] = (1, 2)
    return rows


def pcd(data: str, body: bytes, points: int = len(ROWS)) -> bytes:
    return (
        f"# made\n{FIELDS}WIDTH {points}\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS {points}\nDATA {data}\n".encode()
        + body
    )


def lzf_literals(data: bytes) -> bytes:
    """LZF without a single back reference: runs of up to 32 literals."""
    return b"".join(bytes([len(data[i : i + 32]) - 1]) + data[i : i + 32] for i in range(0, len(data), 32))


def bodies() -> dict[str, bytes]:
    rows = records()
    text = "".join(f"{x:.9g} {y:.9g} {z:.9g} {rgb} {a} {b}\n" for x, y, z, rgb, (a, b) in rows.tolist())
    by_field = b"".join(np.ascontiguousarray(rows[name]).tobytes() for name in RECORD.names)
    packed = lzf_literals(by_field)
    return {
        "ascii": text.encode(),
        "binary": rows.tobytes(),
        "binary_compressed": struct.pack("<II", len(packed), len(by_field)) + packed,
    }


@pytest.mark.parametrize("data", ["ascii", "binary", "binary_compressed"])
def test_every_form_of_pcd_gives_the_same_points_and_colours(data: str):
    mesh = read("a.pcd", pcd(data, bodies()[data])).meshes[0]

    assert np.array_equal(mesh.vertices, ROWS)
    assert mesh.colours.tolist() == [[1, 0, 0, 1]] * 40


@pytest.mark.parametrize("data", ["ascii", "binary", "binary_compressed"])
def test_every_form_of_pcd_can_be_thinned(data: str):
    mesh = read("a.pcd", pcd(data, bodies()[data]), Limits(points=20)).meshes[0]

    assert np.array_equal(mesh.vertices, ROWS[::2])


def test_colours_packed_into_floats_are_their_bits():
    packed = struct.unpack("<f", struct.pack("<I", 0x00FF00))[0]
    text = f"FIELDS x y z rgb\nSIZE 4 4 4 4\nTYPE F F F F\nWIDTH 1\nHEIGHT 1\nDATA ascii\n1 2 3 {packed!r}\n"

    assert read("a.pcd", text).meshes[0].colours.tolist() == [[0, 1, 0, 1]]


def test_holes_of_an_organised_cloud_are_left_out():
    text = "FIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nWIDTH 2\nHEIGHT 2\nPOINTS 4\nDATA ascii\n1 2 3\nnan nan nan\n4 5 6\nnan 1 2\n"

    asset = read("a.pcd", text)

    assert asset.meshes[0].vertices.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert "2 points without finite" in asset.origin.warnings[0]


def lzf(data: bytes, size: int) -> bytes | None:
    from polyseek.formats.lzf_kernels import lzf_into

    out = np.zeros(size, np.uint8)
    return out.tobytes() if lzf_into(np.frombuffer(data, np.uint8), out) == size else None


def test_back_references_repeat_what_stands_before():
    # "ab", then 6 bytes from 2 back (they overlap themselves), then a long one: 7 + 4 + 2 bytes.
    assert lzf(b"\x01ab" + b"\x80\x01", 8) == b"abababab"
    assert lzf(b"\x00a" + b"\xe0\x04\x00", 14) == b"a" * 14


@pytest.mark.parametrize(
    "data", [b"\x05ab", b"\x00a\x20\x01", b"\x00a\xe0", b"\x00a\x20", b"\x1f" + b"a" * 32]
)
def test_damaged_lzf_is_refused(data: bytes):
    assert lzf(data, 8) is None


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", MalformedFile, "FIELDS"),
        (pcd("morse", b""), MalformedFile, "DATA"),
        (pcd("binary", bodies()["binary"][:-1]), MalformedFile, "end before"),
        (pcd("binary", b"", 10**15), MalformedFile, "end before"),
        (pcd("ascii", b"1 2 3 4 5 6\n" + b"\n" * 99), MalformedFile, "1 of the 40"),
        (pcd("ascii", b"", 10**15), MalformedFile, "end before"),
        (pcd("binary_compressed", b"\0\0"), MalformedFile, "before they begin"),
        (pcd("binary_compressed", struct.pack("<II", 4, 800) + b"aaaa"), MalformedFile, "do not agree"),
        (pcd("ascii", b"").replace(b"SIZE 4", b"SIZE 3"), MalformedFile, "type F of 3 bytes"),
        (pcd("ascii", b"").replace(b"SIZE 4 4", b"SIZE 4"), MalformedFile, "fields"),
        (pcd("ascii", bodies()["ascii"]).replace(b"x y z", b"a b c"), MalformedFile, "no fields x"),
        (b"FIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nWIDTH 0\nHEIGHT 1\nDATA ascii\n", EmptyModel, "no points"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_the_reason(data: bytes, error: type[FileError], says: str):
    with pytest.raises(error, match=says):
        read("a.pcd", data)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_changed_bytes_give_an_asset_or_a_file_error(data: st.DataObject):
    kind = data.draw(st.sampled_from(["ascii", "binary", "binary_compressed"]))
    changed = bytearray(pcd(kind, bodies()[kind]))
    for _ in range(data.draw(st.integers(1, 5))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))

    try:
        asset = read("a.pcd", bytes(changed[: data.draw(st.integers(1, len(changed)))]))
    except FileError:
        return
    assert np.isfinite(asset.meshes[0].vertices).all()
