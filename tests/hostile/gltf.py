"""glTF and GLB that lie, loop, explode or reach outside."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from hostile.file import HostileFile

# --- glTF ---------------------------------------------------------------------------------------

POSITIONS = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
INDICES = struct.pack("<3H", 0, 1, 2)
NAN, HUGE = float("nan"), 1 << 53


def document(buffer: bytes = POSITIONS + INDICES, **changes: Any) -> dict[str, Any]:
    """One triangle, with top-level entries replaced by `changes`."""
    plain: dict[str, Any] = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1}]}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]},
            {"bufferView": 1, "componentType": 5123, "count": 3, "type": "SCALAR"},
        ],
        "bufferViews": [
            {"buffer": 0, "byteOffset": 0, "byteLength": 36},
            {"buffer": 0, "byteOffset": 36, "byteLength": 6},
        ],
        "buffers": [{"byteLength": len(buffer), "uri": data_uri(buffer)}],
    }  # fmt: skip
    plain.update(changes)
    return plain


def data_uri(data: bytes, kind: str = "application/octet-stream") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def gltf(
    name: str, refused: bool = True, beside: dict[str, bytes] | None = None, **changes: Any
) -> HostileFile:
    return HostileFile(f"{name}.gltf", json.dumps(document(**changes)).encode(), refused, beside or {})


def accessor(index: int, **changes: Any) -> list[dict[str, Any]]:
    """The accessors with one of them changed."""
    accessors = document()["accessors"]
    accessors[index].update(changes)
    return accessors


def view(index: int, **changes: Any) -> list[dict[str, Any]]:
    views = document()["bufferViews"]
    views[index].update(changes)
    return views


def primitive(**changes: Any) -> list[dict[str, Any]]:
    return [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, **changes}]}]


def glb(chunks: bytes, *, length: int | None = None, version: int = 2) -> bytes:
    return b"glTF" + struct.pack("<II", version, 12 + len(chunks) if length is None else length) + chunks


def chunk(kind: bytes, data: bytes, length: int | None = None) -> bytes:
    return struct.pack("<I", len(data) if length is None else length) + kind + data


def chunk_json(**changes: Any) -> bytes:
    text = json.dumps(document(**changes)).encode()
    return chunk(b"JSON", text + b" " * (-len(text) % 4))


def png_bomb(side: int) -> bytes:
    """A PNG that states side x side pixels and holds a few bytes of them."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", header)
        + part(b"IDAT", zlib.compress(b"\0" * 1000))
        + part(b"IEND", b"")
    )


def textured(image: dict[str, Any]) -> dict[str, Any]:
    return {
        "images": [image],
        "textures": [{"source": 0}],
        "materials": [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}],
        "meshes": primitive(material=0),
    }


def gltf_files() -> Iterator[HostileFile]:
    yield HostileFile("glb_empty.glb", b"")
    yield HostileFile("glb_magic_only.glb", b"glTF")
    yield HostileFile("glb_length_beyond.glb", glb(chunk_json()[:40], length=1 << 31))
    yield HostileFile("glb_chunk_beyond.glb", glb(chunk(b"JSON", b"{}", length=0xFFFFFFF0)))
    yield HostileFile("glb_without_json.glb", glb(chunk(b"BIN\0", POSITIONS)))
    yield HostileFile("glb_version_99.glb", glb(chunk_json(), version=99))
    yield HostileFile(
        "glb_bin_cut.glb", glb(chunk_json(buffers=[{"byteLength": 42}]) + chunk(b"BIN\0", b"\0" * 8))
    )
    yield HostileFile("gltf_no_json.gltf", b"\x00\x01\x02 this is nothing")
    yield HostileFile("gltf_array.gltf", b"[]")
    yield HostileFile("gltf_number.gltf", b"42")
    yield HostileFile("gltf_deep_brackets.gltf", b"[" * 200_000)
    yield HostileFile("gltf_deep_objects.gltf", b'{"extras":' * 100_000 + b"1" + b"}" * 100_000)
    yield HostileFile(
        "gltf_bad_utf8.gltf", json.dumps(document()).encode().replace(b"asset", b"\xff\xfe\xff\xfe\xff")
    )
    yield HostileFile("gltf_utf16.gltf", json.dumps(document()).encode("utf-16"), refused=False)
    yield HostileFile("gltf_cut.gltf", json.dumps(document()).encode()[:-20])
    yield HostileFile(
        "gltf_long_digits.gltf",
        json.dumps(document()).replace('"count": 3', '"count": ' + "9" * 5000).encode(),
    )
    yield gltf("gltf_node_of_itself", nodes=[{"mesh": 0, "children": [0]}])
    yield gltf(
        "gltf_nodes_in_a_ring", nodes=[{"children": [1]}, {"children": [2]}, {"mesh": 0, "children": [0]}]
    )
    chain = [{"children": [i + 1]} for i in range(50_000)]
    yield gltf("gltf_chain_of_nodes", refused=False, nodes=[*chain, {"mesh": 0}])
    doubled = [{"children": [i + 1, i + 1]} for i in range(60)]
    yield gltf("gltf_doubling_nodes", nodes=[*doubled, {"mesh": 0}])
    wide = [{"children": [2 * i + 1, 2 * i + 2]} for i in range(3)]
    yield gltf("gltf_children_missing", refused=False, nodes=[*wide, {"mesh": 0}])
    yield gltf("gltf_count_huge", accessors=accessor(0, count=HUGE))
    yield gltf("gltf_count_negative", accessors=accessor(0, count=-3))
    yield gltf("gltf_count_text", accessors=accessor(0, count="three"))
    yield gltf("gltf_count_fraction", accessors=accessor(0, count=2.5))
    yield gltf("gltf_offset_negative", accessors=accessor(0, byteOffset=-36))
    yield gltf("gltf_offset_huge", accessors=accessor(0, byteOffset=HUGE))
    yield gltf("gltf_component_unknown", accessors=accessor(0, componentType=9999))
    yield gltf("gltf_type_unknown", accessors=accessor(0, type="VEC99"))
    yield gltf("gltf_view_missing", accessors=accessor(0, bufferView=99))
    yield gltf("gltf_view_negative", accessors=accessor(0, bufferView=-1), refused=False)
    yield gltf("gltf_view_beyond", bufferViews=view(0, byteLength=HUGE))
    yield gltf("gltf_view_offset_beyond", bufferViews=view(0, byteOffset=1 << 40))
    yield gltf("gltf_stride_huge", bufferViews=view(0, byteStride=HUGE))
    yield gltf("gltf_stride_negative", bufferViews=view(0, byteStride=-12))
    yield gltf("gltf_stride_zero", bufferViews=view(0, byteStride=0), refused=False)
    yield gltf("gltf_index_beyond", buffer=POSITIONS + struct.pack("<3H", 0, 1, 60000))
    yield gltf("gltf_positions_nan", buffer=struct.pack("<9f", *[NAN] * 9) + INDICES, refused=False)
    yield gltf(
        "gltf_positions_extreme",
        buffer=struct.pack("<9f", *[3.4e38, -3.4e38] * 4, 0) + INDICES,
        refused=False,
    )
    yield gltf("gltf_matrix_nan", nodes=[{"mesh": 0, "matrix": [NAN] * 16}])
    yield gltf("gltf_matrix_short", nodes=[{"mesh": 0, "matrix": [1, 0, 0]}])
    yield gltf("gltf_scale_infinite", nodes=[{"mesh": 0, "scale": [float("inf"), 1, 1]}])
    yield gltf("gltf_rotation_text", nodes=[{"mesh": 0, "rotation": ["a", "b", "c", "d"]}])
    yield gltf("gltf_mesh_missing", nodes=[{"mesh": 7}])
    yield gltf("gltf_scene_missing", scene=12, refused=False)
    yield gltf("gltf_nodes_no_list", nodes={"0": {"mesh": 0}})
    yield gltf("gltf_mode_unknown", meshes=primitive(mode=99))
    yield gltf("gltf_material_missing", meshes=primitive(material=5), refused=False)
    yield gltf("gltf_indices_are_floats", meshes=primitive(indices=0))
    yield gltf("gltf_position_scalar", meshes=[{"primitives": [{"attributes": {"POSITION": 1}}]}])
    yield gltf(
        "gltf_many_primitives", refused=False, meshes=[{"primitives": primitive()[0]["primitives"] * 20_000}]
    )
    sparse = {"count": HUGE, "indices": {"bufferView": 1, "componentType": 5123}, "values": {"bufferView": 0}}
    yield gltf("gltf_sparse_huge", accessors=accessor(0, sparse=sparse))
    yield gltf(
        "gltf_sparse_beyond",
        buffer=POSITIONS + struct.pack("<3H", 0, 1, 60000),
        accessors=accessor(0, sparse={**sparse, "count": 3}),
    )
    empty = [{"componentType": 5126, "count": 1 << 40, "type": "VEC3"}, document()["accessors"][1]]
    yield gltf("gltf_zeros_without_view", accessors=empty)
    yield gltf("gltf_uri_up", buffers=[{"byteLength": 42, "uri": "../../../../../../etc/passwd"}])
    yield gltf("gltf_uri_absolute", buffers=[{"byteLength": 42, "uri": "/etc/passwd"}])
    yield gltf("gltf_uri_file", buffers=[{"byteLength": 42, "uri": "file:///etc/passwd"}])
    yield gltf("gltf_uri_address", buffers=[{"byteLength": 42, "uri": "http://127.0.0.1:9/a.bin"}])
    yield gltf("gltf_uri_percent", buffers=[{"byteLength": 42, "uri": "%2e%2e/%2e%2e/%2e%2e/etc/passwd"}])
    yield gltf("gltf_uri_nul", buffers=[{"byteLength": 42, "uri": "a\0b.bin"}])
    yield gltf("gltf_uri_itself", buffers=[{"byteLength": 42, "uri": "gltf_uri_itself.gltf"}], refused=False)
    yield gltf("gltf_uri_long", buffers=[{"byteLength": 42, "uri": "a/" * 100_000}])
    yield gltf("gltf_base64_broken", buffers=[{"byteLength": 42, "uri": "data:;base64,@@@@"}])
    yield gltf("gltf_image_bomb", refused=False, **textured({"uri": data_uri(png_bomb(60_000), "image/png")}))
    yield gltf(
        "gltf_image_no_image", refused=False, **textured({"uri": data_uri(b"not a picture", "image/png")})
    )
    yield gltf("gltf_image_outside", refused=False, **textured({"uri": "../../../etc/hostname"}))
    yield gltf(
        "gltf_image_view_missing", refused=False, **textured({"bufferView": 77, "mimeType": "image/png"})
    )
    yield gltf(
        "gltf_texture_missing",
        refused=False,
        materials=[{"pbrMetallicRoughness": {"baseColorTexture": {"index": 9}}}],
        meshes=primitive(material=0),
    )
    draco = {"KHR_draco_mesh_compression": {"bufferView": 0, "attributes": {"POSITION": 0}}}
    yield gltf(
        "gltf_draco_garbage",
        meshes=primitive(extensions=draco),
        extensionsRequired=["KHR_draco_mesh_compression"],
    )
    packed = {
        "EXT_meshopt_compression": {
            "buffer": 0,
            "byteOffset": 0,
            "byteLength": 36,
            "byteStride": 12,
            "count": 1 << 40,
            "mode": "ATTRIBUTES",
        }
    }
    yield gltf(
        "gltf_meshopt_huge",
        bufferViews=view(0, extensions=packed),
        extensionsRequired=["EXT_meshopt_compression"],
    )
    few = {"EXT_meshopt_compression": {**packed["EXT_meshopt_compression"], "count": 3}}
    yield gltf(
        "gltf_meshopt_garbage",
        bufferViews=view(0, extensions=few),
        extensionsRequired=["EXT_meshopt_compression"],
    )
    instances = {"EXT_mesh_gpu_instancing": {"attributes": {"TRANSLATION": 2}}}
    many = [*document()["accessors"], {"componentType": 5126, "count": 1 << 36, "type": "VEC3"}]
    yield gltf("gltf_instances_huge", nodes=[{"mesh": 0, "extensions": instances}], accessors=many)
    yield gltf("gltf_extension_unknown", extensionsRequired=["VENDOR_everything_is_elsewhere"])
    yield gltf(
        "gltf_skin_lies",
        refused=False,
        nodes=[{"mesh": 0, "skin": 0}],
        skins=[{"joints": [5, 6], "inverseBindMatrices": 0}],
    )
    yield gltf(
        "gltf_morph_lies",
        refused=False,
        meshes=[
            {
                "weights": [1e30],
                "primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "targets": [{"POSITION": 1}]}],
            }
        ],
    )
