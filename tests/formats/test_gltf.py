"""glTF and GLB: hand-built files of known content, real files, and damaged ones."""

import base64
import contextlib
import json
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyseek.assets import bounds, flatten
from polyseek.errors import (
    EmptyModel,
    FileError,
    FileNotFound,
    LimitExceeded,
    MalformedFile,
    OutsideReference,
    UnsupportedFormat,
)
from polyseek.formats import FileSource, Limits, MemorySource, read_asset

DATA = Path(__file__).parents[1] / "data" / "formats" / "gltf"
QUAD = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]], np.float32)


class Builder:
    """A glTF document grown array by array, all bytes in one data URI or one GLB chunk."""

    def __init__(self):
        self.document = {
            "asset": {"version": "2.0"},
            "scene": 0,
            "scenes": [{"nodes": [0]}],
            "nodes": [{"mesh": 0}],
            "meshes": [{"primitives": []}],
            "bufferViews": [],
            "accessors": [],
        }
        self.body = b""

    def view(self, data, **extra):
        self.body += b"\0" * (-len(self.body) % 4)
        self.document["bufferViews"].append(
            {"buffer": 0, "byteOffset": len(self.body), "byteLength": len(data), **extra}
        )
        self.body += data
        return len(self.document["bufferViews"]) - 1

    def accessor(self, rows, **extra):
        rows = np.asarray(rows)
        code = {"b": 5120, "B": 5121, "h": 5122, "H": 5123, "I": 5125, "f": 5126}[rows.dtype.char]
        width = 1 if rows.ndim == 1 else rows.shape[1]
        kind = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}[width]
        stored = {
            "bufferView": self.view(rows.tobytes()),
            "componentType": code,
            "count": len(rows),
            "type": kind,
        }
        self.document["accessors"].append(stored | extra)
        return len(self.document["accessors"]) - 1

    def primitive(self, positions=QUAD, indices=(0, 1, 2), *, mode=4, material=None, **attributes):
        stated = {"POSITION": self.accessor(positions)} | {k: self.accessor(v) for k, v in attributes.items()}
        primitive = {"attributes": stated, "mode": mode}
        if indices is not None:
            primitive["indices"] = self.accessor(np.array(indices, np.uint16))
        if material is not None:
            self.document.setdefault("materials", []).append(material)
            primitive["material"] = len(self.document["materials"]) - 1
        self.document["meshes"][0]["primitives"].append(primitive)
        return primitive

    def glb(self):
        self.document["buffers"] = [{"byteLength": len(self.body)}]
        text = json.dumps(self.document).encode()
        text += b" " * (-len(text) % 4)
        body = self.body + b"\0" * (-len(self.body) % 4)
        parts = (
            struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(body), b"BIN\0") + body
        )
        return struct.pack("<4sII", b"glTF", 2, 12 + len(parts)) + parts

    def read(self, limits=None):
        return read_asset(MemorySource("a.glb", self.glb()), limits)


def test_a_strip_and_a_fan_keep_the_winding_of_a_list():
    outlines = {5: [0, 1, 2, 3], 6: [0, 1, 3, 2]}
    for mode, indices in outlines.items():
        builder = Builder()
        builder.primitive(indices=indices, mode=mode)

        geometry = flatten(builder.read())

        a, b, c = geometry.vertices[geometry.faces].transpose(1, 0, 2)
        assert np.cross(b - a, c - a)[:, 2].tolist() == [1, 1]


def test_geometry_without_indices_takes_its_vertices_in_threes():
    builder = Builder()
    builder.primitive(positions=QUAD[[0, 1, 2, 2, 1, 3]], indices=None)

    assert builder.read().meshes[0].faces.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_a_data_uri_and_a_file_beside_it_read_the_same():
    builder = Builder()
    builder.primitive()
    document, body = builder.document, builder.body
    uri = "data:application/octet-stream;base64," + base64.b64encode(body).decode()
    inside = json.dumps(document | {"buffers": [{"uri": uri, "byteLength": len(body)}]}).encode()
    beside = json.dumps(document | {"buffers": [{"uri": "my%20data.bin", "byteLength": len(body)}]}).encode()

    one = read_asset(MemorySource("a.gltf", inside))
    two = read_asset(MemorySource("a.gltf", beside, {"my data.bin": body}))

    assert np.array_equal(one.meshes[0].vertices, two.meshes[0].vertices)
    assert (one.origin.side_files, two.origin.side_files) == ((), ("my%20data.bin",))


@pytest.mark.parametrize(
    ("uri", "error"),
    [("gone.bin", FileNotFound), ("../up.bin", OutsideReference), ("http://a.b/c.bin", OutsideReference)],
)
def test_a_buffer_that_cannot_be_had_is_refused(uri, error):
    builder = Builder()
    builder.primitive()
    text = json.dumps(builder.document | {"buffers": [{"uri": uri, "byteLength": 4}]}).encode()

    with pytest.raises(error):
        read_asset(MemorySource("a.gltf", text, {"other.bin": b""}))


def test_normalised_positions_are_divided_by_the_largest_value_of_their_type():
    stored = np.array([[32767, -32768, 0], [0, 32767, 0], [-32767, 0, 0]], np.int16)
    padded = np.concatenate([stored, np.zeros((3, 1), np.int16)], axis=1)
    builder = Builder()
    primitive = builder.primitive()
    view = builder.view(padded.tobytes(), byteStride=8)
    accessor = {"bufferView": view, "componentType": 5122, "count": 3, "type": "VEC3", "normalized": True}
    builder.document["accessors"].append(accessor)
    primitive["attributes"]["POSITION"] = len(builder.document["accessors"]) - 1

    asset = builder.read()

    assert asset.meshes[0].vertices.tolist() == [[1, -1, 0], [0, 1, 0], [-1, 0, 0]]
    assert "quantization" in asset.origin.needs


def test_a_sparse_accessor_changes_the_stated_rows_only():
    builder = Builder()
    builder.primitive(indices=(0, 1, 3))
    at = builder.view(np.array([3], np.uint16).tobytes())
    values = builder.view(np.array([[5, 6, 7]], np.float32).tobytes())
    builder.document["accessors"][0]["sparse"] = {
        "count": 1,
        "indices": {"bufferView": at, "componentType": 5123},
        "values": {"bufferView": values},
    }

    vertices = builder.read().meshes[0].vertices

    assert vertices.tolist() == [*QUAD[:3].tolist(), [5, 6, 7]]


def test_nodes_multiply_from_the_root_and_scale_turns_before_it_moves():
    builder = Builder()
    builder.primitive()
    half = np.sqrt(0.5)
    builder.document["nodes"] = [
        {"name": "root", "translation": [10, 0, 0], "children": [1]},
        {"mesh": 0, "rotation": [0, 0, half, half], "scale": [2, 1, 1], "translation": [0, 0, 3]},
    ]

    asset = builder.read()

    # (x, y, z) is scaled to (2x, y, z), turned a quarter about z to (-y, 2x, z), then moved.
    assert asset.parts[0].path == ("root", "1")
    assert bounds(asset) == pytest.approx(np.array([[9, 0, 3], [10, 2, 3]]), abs=1e-6)


def test_instances_are_placed_below_their_node():
    builder = Builder()
    builder.primitive()
    moves = builder.accessor(np.array([[0, 0, 0], [0, 0, 4]], np.float32))
    extension = {"EXT_mesh_gpu_instancing": {"attributes": {"TRANSLATION": moves}}}
    builder.document["nodes"] = [{"mesh": 0, "scale": [2, 2, 2], "extensions": extension}]

    asset = builder.read()

    assert (len(asset.meshes), asset.triangles, asset.origin.needs) == (1, 2, ("instancing",))
    assert bounds(asset)[1].tolist() == [2, 2, 8]


def test_joints_place_a_skinned_mesh_and_its_node_does_not():
    builder = Builder()
    joints = np.zeros((4, 4), np.uint8)
    joints[3, 0] = 1
    weights = np.tile(np.array([1, 0, 0, 0], np.float32), (4, 1))
    builder.primitive(indices=(0, 1, 3), JOINTS_0=joints, WEIGHTS_0=weights)
    builder.document["nodes"] = [
        {"mesh": 0, "skin": 0, "translation": [100, 0, 0]},
        {"translation": [0, 0, 1], "children": [2]},
        {"translation": [0, 5, 0]},
    ]
    builder.document["scenes"] = [{"nodes": [0, 1]}]
    builder.document["skins"] = [{"joints": [1, 2]}]

    placed = flatten(builder.read()).vertices

    assert placed == pytest.approx(QUAD + np.array([[0, 0, 1]] * 3 + [[0, 5, 1]]), abs=1e-6)


def test_morph_weights_of_the_node_go_before_those_of_the_mesh():
    builder = Builder()
    primitive = builder.primitive()
    primitive["targets"] = [{"POSITION": builder.accessor(np.tile(np.array([0, 0, 2], np.float32), (4, 1)))}]
    builder.document["meshes"][0]["weights"] = [1.0]
    builder.document["nodes"] = [{"mesh": 0}, {"mesh": 0, "weights": [0.25]}]
    builder.document["scenes"] = [{"nodes": [0, 1]}]

    asset = builder.read()

    assert [asset.meshes[part.mesh].vertices[0, 2] for part in asset.parts] == [2.0, 0.5]


def test_a_texture_transform_scales_turns_and_moves_the_coordinates():
    info = {"offset": [0.5, 0.25], "rotation": np.pi / 2, "scale": [2, 3]}
    builder = Builder()
    uv = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float32)
    texture = {"index": 0, "extensions": {"KHR_texture_transform": info}}
    builder.primitive(material={"pbrMetallicRoughness": {"baseColorTexture": texture}}, TEXCOORD_0=uv)
    builder.document["textures"] = [{"source": 0}]
    builder.document["images"] = [{"uri": PIXEL}]

    found = builder.read().meshes[0].uv

    # v points down on the image, so that counter-clockwise takes +u to -v and +v to +u.
    expected = [[0.5 + 3 * v, 0.25 - 2 * u] for u, v in uv]
    assert found == pytest.approx(np.array(expected), abs=1e-6)


def test_a_missing_texture_is_a_warning_and_the_colour_stays():
    builder = Builder()
    pbr = {"baseColorFactor": [0.5, 0.25, 0, 1], "baseColorTexture": {"index": 0}}
    builder.primitive(material={"pbrMetallicRoughness": pbr})
    builder.document["textures"] = [{"source": 0}]
    builder.document["images"] = [{"uri": "gone.png"}]

    asset = builder.read()

    assert asset.origin.has_texture
    assert asset.materials[0].base_colour == (0.5, 0.25, 0.0, 1.0)
    assert asset.materials[0].base_texture is None
    assert any("missing" in warning for warning in asset.origin.warnings)


def test_vertex_colours_of_three_bytes_are_linear_and_opaque():
    builder = Builder()
    primitive = builder.primitive()
    colours = np.tile(np.array([255, 51, 0], np.uint8), (4, 1))
    primitive["attributes"]["COLOR_0"] = builder.accessor(colours, normalized=True)

    assert builder.read().meshes[0].colours[0] == pytest.approx((1.0, 0.2, 0.0, 1.0))


def test_normals_are_made_unit_and_those_of_no_length_come_from_the_faces():
    builder = Builder()
    normals = np.array([[0, 0, 5], [0, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
    builder.primitive(NORMAL=normals)

    assert builder.read().meshes[0].normals.tolist() == [[0, 0, 1], [0, 0, 1], [0, 1, 0], [0, 0, 1]]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"asset": {"version": "1.0"}}, UnsupportedFormat),
        ({"extensionsRequired": ["ACME_shape"]}, UnsupportedFormat),
        ({"nodes": [{"children": [0], "mesh": 0}]}, MalformedFile),
        ({"nodes": [{"mesh": -1}]}, MalformedFile),
        ({"nodes": [{"mesh": "0"}]}, MalformedFile),
        ({"nodes": [{"mesh": 0, "matrix": [1, 2]}]}, MalformedFile),
        ({"scene": "first"}, MalformedFile),
        ({"scenes": [{}]}, EmptyModel),
        ({"meshes": 5}, MalformedFile),
        ({"accessors": [{"componentType": 5126, "count": 10**12, "type": "VEC3"}] * 2}, LimitExceeded),
        ({"accessors": [{"componentType": 5126, "count": -1, "type": "VEC3"}] * 2}, MalformedFile),
    ],
)
def test_a_document_that_breaks_the_rules_is_refused(change, error):
    builder = Builder()
    builder.primitive()
    builder.document |= change

    with pytest.raises(error) as caught:
        builder.read()

    assert caught.value.path == "a.glb"


def test_a_tree_that_doubles_at_each_level_stops_at_the_limit():
    builder = Builder()
    builder.primitive()
    builder.document["nodes"] = [{"children": [i + 1, i + 1]} for i in range(60)] + [{"mesh": 0}]

    with pytest.raises(LimitExceeded, match="nodes"):
        builder.read(Limits(nodes=1000))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_changed_byte_gives_an_error_of_the_house_or_a_checked_asset(data):
    changed = bytearray(RICH)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(12, len(changed) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        changed = changed[: data.draw(st.integers(0, len(changed)))]

    with contextlib.suppress(FileError):
        asset = read_asset(MemorySource("a.glb", bytes(changed)), replace(Limits(), triangles=100_000))
        assert np.isfinite(flatten(asset).vertices).all() or asset.triangles == 0


def test_draco_and_meshopt_boxes_are_the_plain_box():
    for name in (
        "draco/Box_Draco.glb",
        "gltf-transform/BoxMeshopt.glb",
        "loaders.gl/BoxTextured_meshopt.glb",
    ):
        asset = read_asset(FileSource(DATA / name))

        low, high = bounds(asset)
        geometry = flatten(asset)
        a, b, c = geometry.vertices[geometry.faces].astype(np.float64).transpose(1, 0, 2)
        assert (asset.triangles, (high - low).tolist()) == (12, pytest.approx([1, 1, 1], abs=1e-3))
        # A closed box of side 1, seen from inside out: volume 1 by the divergence theorem.
        assert (np.cross(a, b) * c).sum() / 6 == pytest.approx(1, abs=5e-3)


def _rich():
    builder = Builder()
    colours = np.full((4, 4), 200, np.uint8)
    uv = QUAD[:, :2].copy()
    material = {"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}, "alphaMode": "MASK"}
    builder.primitive(indices=(0, 1, 2, 1, 3, 2), material=material, TEXCOORD_0=uv, COLOR_0=colours)
    builder.document["textures"] = [{"source": 0}]
    builder.document["images"] = [{"uri": PIXEL}]
    builder.document["nodes"] = [{"children": [1], "rotation": [0, 0, 0, 1]}, {"mesh": 0, "scale": [1, 2, 3]}]
    return builder.glb()


# One red pixel, PNG.
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
RICH = _rich()
