"""Files that lie, loop, explode or reach outside, over all formats, as bytes built here.

Each is small on disk. None may crash or hang a reading, take memory past the limit, or become a
record that is not sound: it is refused with a reason, or what can be used of it is.
"""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class HostileFile:
    """`name`: with the suffix; `beside`: further files by relative path. `refused`: must not become an Asset."""

    name: str
    data: bytes
    refused: bool = True
    beside: dict[str, bytes] = field(default_factory=dict)


def all_files() -> list[HostileFile]:
    """Every hostile file, names unique."""
    kinds = (gltf_files, obj_files, ply_files, stl_files, off_files, cloud_files, dae_files, threemf_files,
             fbx_files, archive_files, other_files)  # fmt: skip
    return [file for kind in kinds for file in kind()]


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


# --- OBJ ----------------------------------------------------------------------------------------

SQUARE = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n"


def obj(name: str, text: str, refused: bool = True, beside: dict[str, bytes] | None = None) -> HostileFile:
    return HostileFile(f"{name}.obj", text.encode("latin-1"), refused, beside or {})


def obj_files() -> Iterator[HostileFile]:
    yield obj("obj_index_zero", SQUARE + "f 0 1 2\n")
    yield obj("obj_index_beyond", SQUARE + "f 1 2 5\n")
    yield obj("obj_index_before", SQUARE + "f -9 -2 -1\n")
    yield obj("obj_index_enormous", SQUARE + f"f 1 2 {'9' * 10_000}\n")
    yield obj("obj_index_wraps", SQUARE + f"f 1 2 {(1 << 64) + 3} \n")
    yield obj("obj_numbers_nan", "v nan nan nan\n" * 3 + "f 1 2 3\n", refused=False)
    yield obj("obj_numbers_overflow", "v 1e999 0 0\nv 0 1e999 0\nv 0 0 0\nf 1 2 3\n", refused=False)
    yield obj(
        "obj_number_endless", "v " + "1" * 1_000_000 + " 0 0\nv 0 0 0\nv 0 1 0\nf 1 2 3\n", refused=False
    )
    yield obj(
        "obj_exponent_endless", "v 1e" + "9" * 100_000 + " 0 0\nv 0 0 0\nv 0 1 0\nf 1 2 3\n", refused=False
    )
    yield obj("obj_polygon_endless", SQUARE + "f" + " 1 2 3 4" * 200_000, refused=False)
    zigzag = "".join(f"v {i} {(i % 2) * 5 + i * i * 1e-6} 0\n" for i in range(1000))
    yield obj(
        "obj_polygons_concave",
        zigzag + ("f " + " ".join(map(str, range(1, 1001))) + "\n") * 20,
        refused=False,
    )
    yield obj("obj_polygon_of_one_point", "v 0 0 0\n" + "f" + " 1" * 1000 + "\n", refused=False)
    yield obj(
        "obj_material_outside", "mtllib ../../../../../../etc/passwd\n" + SQUARE + "f 1 2 3\n", refused=False
    )
    yield obj("obj_material_absolute", "mtllib /etc/passwd\n" + SQUARE + "f 1 2 3\n", refused=False)
    yield obj("obj_material_itself", "mtllib obj_material_itself.obj\n" + SQUARE + "f 1 2 3\n", refused=False)
    yield obj(
        "obj_material_address", "mtllib http://127.0.0.1:9/a.mtl\n" + SQUARE + "f 1 2 3\n", refused=False
    )
    yield obj(
        "obj_materials_many",
        "".join(f"mtllib {i}.mtl\n" for i in range(2000)) + SQUARE + "f 1 2 3\n",
        refused=False,
    )
    yield obj(
        "obj_groups_many",
        SQUARE + "".join(f"g {i}\nusemtl {i}\nf 1 2 3\n" for i in range(5_000)),
        refused=False,
    )
    yield obj("obj_line_endless", SQUARE + "f 1 2 3\n# " + "x" * 2_000_000, refused=False)
    yield obj("obj_continued_endless", SQUARE + "f 1 2 3 " + "\\\n" * 500_000, refused=False)
    yield obj("obj_zero_bytes", "\0" * 100_000)
    yield obj("obj_random", "".join(chr(i * 7919 % 256) for i in range(50_000)))
    bomb = {"b.png": png_bomb(60_000)}
    mtl = b"newmtl a\nmap_Kd b.png\n"
    yield obj(
        "obj_texture_bomb",
        "mtllib a.mtl\n" + SQUARE + "vt 0 0\nusemtl a\nf 1/1 2/1 3/1\n",
        False,
        {"a.mtl": mtl, **bomb},
    )
    yield obj(
        "obj_texture_outside",
        "mtllib a.mtl\n" + SQUARE + "usemtl a\nf 1 2 3\n",
        False,
        {"a.mtl": b"newmtl a\nmap_Kd ../../../etc/passwd\n"},
    )
    yield obj(
        "obj_texture_garbage",
        "mtllib a.mtl\n" + SQUARE + "usemtl a\nf 1 2 3\n",
        False,
        {"a.mtl": mtl, "b.png": b"\x89PNG\r\n\x1a\n" + b"\xff" * 99},
    )
    yield obj(
        "obj_material_garbage",
        "mtllib a.mtl\n" + SQUARE + "usemtl a\nf 1 2 3\n",
        False,
        {"a.mtl": b"newmtl a\nKd\nd\nTr x\nmap_Kd\nmap_Kd -s -o -t\nKd nan 1e999 -5\n" + bytes(range(256))},
    )


# --- PLY ----------------------------------------------------------------------------------------


def ply(name: str, header: str, body: bytes = b"", refused: bool = True) -> HostileFile:
    return HostileFile(f"{name}.ply", f"ply\n{header}end_header\n".encode() + body, refused)


LITTLE, TEXT = "format binary_little_endian 1.0\n", "format ascii 1.0\n"
VERTEX = "element vertex {}\nproperty float x\nproperty float y\nproperty float z\n"
FACE = "element face {}\nproperty list {} {} vertex_indices\n"


def ply_files() -> Iterator[HostileFile]:
    three = VERTEX.format(3)
    yield ply("ply_vertices_beyond", LITTLE + VERTEX.format(10**15), POSITIONS)
    yield ply("ply_vertices_beyond_text", TEXT + VERTEX.format(10**15), b"0 0 0\n")
    yield ply("ply_vertices_64_bits", LITTLE + VERTEX.format(1 << 63), POSITIONS)
    yield ply("ply_vertices_negative", LITTLE + VERTEX.format(-1), POSITIONS)
    yield ply("ply_faces_beyond", LITTLE + three + FACE.format(29_000_000, "uchar", "int"), POSITIONS)
    yield ply("ply_faces_over_limit", LITTLE + three + FACE.format(10**12, "uchar", "int"), POSITIONS)
    yield ply(
        "ply_list_negative", LITTLE + three + FACE.format(1, "int", "int"), POSITIONS + struct.pack("<i", -1)
    )
    yield ply(
        "ply_list_huge",
        LITTLE + three + FACE.format(1, "uint", "double"),
        POSITIONS + struct.pack("<I", 0xFFFFFFFF),
    )
    yield ply(
        "ply_list_huge_text",
        TEXT + three + FACE.format(1, "uint", "int"),
        b"0 0 0 1 0 0 0 1 0\n99999999999 0 1 2\n",
    )
    yield ply(
        "ply_list_nan_text", TEXT + three + FACE.format(1, "uint", "int"), b"0 0 0 1 0 0 0 1 0\nnan 0 1 2\n"
    )
    yield ply("ply_list_counted_in_floats", LITTLE + three + FACE.format(1, "float", "int"), POSITIONS)
    yield ply(
        "ply_lists_empty",
        LITTLE + three + FACE.format(1000, "uchar", "int"),
        POSITIONS + b"\0" * 1000,
        refused=False,
    )
    yield ply(
        "ply_index_beyond",
        LITTLE + three + FACE.format(1, "uchar", "int"),
        POSITIONS + struct.pack("<B3i", 3, 0, 1, 3),
    )
    yield ply(
        "ply_index_negative",
        LITTLE + three + FACE.format(1, "uchar", "int"),
        POSITIONS + struct.pack("<B3i", 3, 0, 1, -1),
    )
    yield ply(
        "ply_index_nan",
        LITTLE + three + FACE.format(1, "uchar", "float"),
        POSITIONS + struct.pack("<B3f", 3, 0, 1, NAN),
    )
    yield ply("ply_rows_of_nothing", LITTLE + f"element dust {10**18}\n" + three, POSITIONS, refused=False)
    yield ply(
        "ply_properties_many",
        LITTLE + "element vertex 1\n" + "".join(f"property uchar p{i}\n" for i in range(50_000)),
        b"\0" * 50_000,
    )
    yield ply("ply_properties_doubled", LITTLE + three + "property float x\n" * 3, b"\0" * 96, refused=False)
    yield ply("ply_elements_doubled", LITTLE + three + VERTEX.format(10**14), POSITIONS)
    yield ply(
        "ply_strip_of_breaks",
        LITTLE + three + "element tristrips 1\nproperty list int int v\n",
        POSITIONS + struct.pack("<i", 1000) + b"\xff" * 4000,
        refused=False,
    )
    yield HostileFile("ply_header_endless.ply", b"ply\nformat ascii 1.0\n" + b"comment x\n" * 300_000)
    yield HostileFile("ply_header_cut.ply", b"ply\nformat ascii 1.0\nelement vertex 3\nprop")
    yield ply("ply_all_nan", LITTLE + three, struct.pack("<9f", *[NAN] * 9))
    yield ply(
        "ply_texture_outside",
        TEXT
        + "comment TextureFile ../../../etc/passwd\n"
        + three
        + "property float s\nproperty float t\n"
        + FACE.format(1, "uchar", "int"),
        b"0 0 0 0 0 1 0 0 0 0 0 1 0 0 0 3 0 1 2\n",
        refused=False,
    )


# --- STL, OFF -----------------------------------------------------------------------------------


def stl_files() -> Iterator[HostileFile]:
    record = struct.pack("<12fH", 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0)
    yield HostileFile("stl_empty.stl", b"")
    yield HostileFile("stl_short.stl", b"\0" * 83)
    yield HostileFile("stl_count_beyond.stl", b"\0" * 80 + struct.pack("<I", 0xFFFFFFFE) + record)
    yield HostileFile("stl_cut.stl", b"\0" * 80 + struct.pack("<I", 2) + record + record[:20])
    yield HostileFile(
        "stl_nan.stl", b"\0" * 80 + struct.pack("<I", 1) + struct.pack("<12fH", *[NAN] * 12, 0), refused=False
    )
    yield HostileFile("stl_solid_only.stl", b"solid")
    yield HostileFile("stl_solid_endless.stl", b"solid " + b"a" * 2_000_000)
    yield HostileFile("stl_solids_many.stl", b"solid a\nendsolid a\n" * 100_000)
    yield HostileFile("stl_vertices_without_numbers.stl", b"solid a\n" + b"vertex " * 100_000)
    facet = b"facet normal 0 0 1 outer loop " + b"vertex 0 0 0 " * 100_000 + b"endloop endfacet "
    yield HostileFile("stl_loop_endless.stl", b"solid a\n" + facet + b"endsolid a", refused=False)
    yield HostileFile(
        "stl_text_cut.stl", b"solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nver"
    )


def off_files() -> Iterator[HostileFile]:
    square = b"0 0 0\n1 0 0\n1 1 0\n0 1 0\n"
    yield HostileFile("off_vertices_beyond.off", b"OFF\n353535235358 6 0\n" + square)
    yield HostileFile("off_faces_beyond.off", b"OFF\n4 29999999 0\n" + square)
    yield HostileFile("off_faces_over_limit.off", b"OFF\n4 999999999999 0\n" + square)
    yield HostileFile("off_corners_beyond.off", b"OFF\n4 1 0\n" + square + b"999999999 0 1 2\n")
    yield HostileFile("off_corners_negative.off", b"OFF\n4 1 0\n" + square + b"-3 0 1 2\n")
    yield HostileFile("off_index_beyond.off", b"OFF\n4 1 0\n" + square + b"3 0 1 4\n")
    yield HostileFile("off_comment_endless.off", b"OFF\n#" + b"x" * 1_000_000)
    yield HostileFile("off_comments_many.off", b"OFF\n" + b"#\n" * 500_000)
    yield HostileFile("off_blanks_endless.off", b" " * 1_000_000 + b"OFF")
    yield HostileFile(
        "off_binary_lies.off", b"OFF BINARY\n" + struct.pack(">3i", 0x7FFFFFFF, 10, 0) + b"\0" * 100
    )
    yield HostileFile("off_four_dimensions.off", b"4OFF\n1 0 0\n0 0 0 1\n")


# --- clouds -------------------------------------------------------------------------------------


def pcd(
    fields: str, points: int | str, data: str, body: bytes = b"", size: str = "4 4 4", kind: str = "F F F"
) -> bytes:
    return (
        f"FIELDS {fields}\nSIZE {size}\nTYPE {kind}\nWIDTH {points}\nHEIGHT 1\nPOINTS {points}\nDATA {data}\n".encode()
        + body
    )


def cloud_files() -> Iterator[HostileFile]:
    yield HostileFile("pcd_points_beyond.pcd", pcd("x y z", 10**15, "binary", POSITIONS))
    yield HostileFile("pcd_points_beyond_text.pcd", pcd("x y z", 10**15, "ascii", b"0 0 0\n"))
    yield HostileFile("pcd_points_negative.pcd", pcd("x y z", -5, "binary", POSITIONS))
    yield HostileFile("pcd_points_text.pcd", pcd("x y z", "many", "binary", POSITIONS))
    yield HostileFile("pcd_fields_disagree.pcd", pcd("x y z a b", 3, "binary", POSITIONS))
    yield HostileFile("pcd_type_unknown.pcd", pcd("x y z", 3, "binary", POSITIONS, kind="F F Q"))
    yield HostileFile("pcd_size_huge.pcd", pcd("x y z", 3, "binary", POSITIONS, size="4 4 4000000000"))
    yield HostileFile(
        "pcd_count_huge.pcd",
        pcd("x y z", 3, "binary", POSITIONS).replace(b"WIDTH", b"COUNT 1 1 99999999999\nWIDTH"),
    )
    yield HostileFile(
        "pcd_fields_many.pcd",
        pcd(
            " ".join(map(str, range(20_000))),
            1,
            "binary",
            b"\0" * 80_000,
            " ".join(["4"] * 20_000),
            " ".join(["F"] * 20_000),
        ),
    )
    bomb = b"\x00\0" + b"\xe0\xff\x00" * 100_000
    full = 1 + 264 * 100_000
    yield HostileFile(
        "pcd_lzf_bomb.pcd",
        pcd("x y z", full // 12, "binary_compressed", struct.pack("<II", len(bomb), full // 12 * 12) + bomb),
    )
    yield HostileFile(
        "pcd_lzf_claims.pcd",
        pcd(
            "x y z",
            0xFFFFFFFF // 12,
            "binary_compressed",
            struct.pack("<II", 4, 0xFFFFFFFF // 12 * 12) + b"aaaa",
        ),
    )
    yield HostileFile(
        "pcd_lzf_before_start.pcd",
        pcd("x y z", 3, "binary_compressed", struct.pack("<II", 3, 36) + b"\xff\xff\xff"),
    )
    yield HostileFile("pcd_all_nan.pcd", pcd("x y z", 3, "binary", struct.pack("<9f", *[NAN] * 9)))
    yield HostileFile("pcd_header_only.pcd", b"FIELDS x y z\n")
    yield HostileFile("xyz_words.xyz", b"this is a letter and no cloud\n" * 1000)
    yield HostileFile("xyz_empty.xyz", b"\n" * 100_000)
    yield HostileFile("xyz_line_endless.xyz", b"1 " * 1_000_000, refused=False)
    yield HostileFile("xyz_zero_bytes.xyz", b"\0" * 100_000)
    yield HostileFile("xyz_all_nan.xyz", b"nan nan nan\n" * 100)
    camera = {"fx": 50, "fy": 50, "cx": 1, "cy": 1}

    def depth(name: str, text: str, **images: bytes) -> HostileFile:
        return HostileFile(
            f"{name}.intrinsics.json", text.encode(), True, {f"{name}.png": data for data in images.values()}
        )

    yield depth("depth_bomb", json.dumps(camera), image=png_bomb(60_000))
    yield depth("depth_missing", json.dumps(camera))
    yield depth("depth_garbage", json.dumps(camera), image=b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    yield depth("depth_deep", "[" * 100_000)
    yield depth("depth_list", "[1, 2, 3]")
    yield depth("depth_outside", json.dumps({**camera, "depth": "../../../etc/passwd"}))
    yield depth("depth_zero_focal", json.dumps({**camera, "fx": 0}), image=png_bomb(2))


# --- COLLADA ------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12)
)


def dae(
    *,
    positions: str = "0 0 0 1 0 0 0 1 0",
    count: object = 9,
    stride: object = 3,
    triangles: object = 1,
    p: str = "0 1 2",
    nodes: str = "",
    scene: str = '<node id="n"><instance_geometry url="#g"/></node>',
    doctype: str = "",
    source: str = "#p",
    images: str = "",
) -> bytes:
    return (
        f'<?xml version="1.0"?>{doctype}<COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1">'
        f'{images}<library_geometries><geometry id="g"><mesh>'
        f'<source id="p"><float_array id="a" count="{count}">{positions}</float_array><technique_common>'
        f'<accessor source="#a" count="3" stride="{stride}"><param name="X" type="float"/><param name="Y" type="float"/>'
        f'<param name="Z" type="float"/></accessor></technique_common></source>'
        f'<vertices id="v"><input semantic="POSITION" source="{source}"/></vertices>'
        f'<triangles count="{triangles}"><input semantic="VERTEX" source="#v" offset="0"/><p>{p}</p></triangles>'
        f"</mesh></geometry></library_geometries><library_nodes>{nodes}</library_nodes>"
        f'<library_visual_scenes><visual_scene id="s">{scene}</visual_scene></library_visual_scenes>'
        f'<scene><instance_visual_scene url="#s"/></scene></COLLADA>'
    ).encode()


def dae_files() -> Iterator[HostileFile]:
    yield HostileFile("dae_billion_laughs.dae", dae(doctype=LAUGHS + "]>", positions="&m;"))
    quadratic = '<!DOCTYPE a [<!ENTITY a "' + "1 " * 50_000 + '">]>'
    yield HostileFile("dae_quadratic_entity.dae", dae(doctype=quadratic, positions="&a;" * 5_000))
    yield HostileFile(
        "dae_entity_outside.dae",
        dae(doctype='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', positions="&x;"),
    )
    yield HostileFile(
        "dae_entity_address.dae", dae(doctype='<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'), refused=False
    )
    yield HostileFile("dae_deep.dae", b"<COLLADA>" + b"<node>" * 200_000)
    deep = "<node>" * 20_000 + '<instance_geometry url="#g"/>' + "</node>" * 20_000
    yield HostileFile("dae_deep_nodes.dae", dae(scene=deep), refused=False)
    yield HostileFile(
        "dae_node_of_itself.dae",
        dae(
            nodes='<node id="l"><instance_node url="#l"/></node>',
            scene='<node><instance_node url="#l"/></node>',
        ),
    )
    doubling = "".join(
        f'<node id="d{i}"><instance_node url="#d{i + 1}"/><instance_node url="#d{i + 1}"/></node>'
        for i in range(60)
    )
    doubling += '<node id="d60"><instance_geometry url="#g"/></node>'
    yield HostileFile(
        "dae_doubling_nodes.dae", dae(nodes=doubling, scene='<node><instance_node url="#d0"/></node>')
    )
    yield HostileFile("dae_index_beyond.dae", dae(p="0 1 99"))
    yield HostileFile("dae_index_negative.dae", dae(p="0 1 -7"))
    yield HostileFile("dae_index_words.dae", dae(p="a b c"))
    yield HostileFile("dae_count_huge.dae", dae(count=10**15, triangles=10**15), refused=False)
    yield HostileFile("dae_stride_huge.dae", dae(stride=10**15))
    yield HostileFile("dae_stride_zero.dae", dae(stride=0))
    yield HostileFile("dae_positions_words.dae", dae(positions="one two three"))
    yield HostileFile("dae_positions_nan.dae", dae(positions="NaN " * 9), refused=False)
    yield HostileFile("dae_source_missing.dae", dae(source="#gone"))
    yield HostileFile("dae_source_of_itself.dae", dae(source="#v"))
    yield HostileFile(
        "dae_image_outside.dae",
        dae(
            images='<library_images><image id="i"><init_from>../../../etc/passwd</init_from></image></library_images>'
        ),
        refused=False,
    )
    yield HostileFile("dae_cut.dae", dae()[:-200])
    yield HostileFile(
        "dae_matrix_short.dae",
        dae(scene='<node><matrix>1 2 3</matrix><instance_geometry url="#g"/></node>'),
        refused=False,
    )
    yield HostileFile(
        "dae_matrix_nan.dae",
        dae(scene=f'<node><matrix>{"NaN " * 16}</matrix><instance_geometry url="#g"/></node>'),
    )
    yield HostileFile("dae_other_xml.dae", b"<html><body>hello</body></html>")
    yield HostileFile("dae_no_xml.dae", b"\x89PNG\r\n\x1a\n" + b"\0" * 100)


# --- 3MF ----------------------------------------------------------------------------------------

RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel" Target="{}"/></Relationships>'
)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>'
)
TRIANGLE = (
    '<vertices><vertex x="0" y="0" z="0"/><vertex x="1" y="0" z="0"/><vertex x="0" y="1" z="0"/></vertices>'
)
MESH = f'<mesh>{TRIANGLE}<triangles><triangle v1="0" v2="1" v3="2"/></triangles></mesh>'


def zipped(**members: bytes | str) -> bytes:
    return zip_of(members)


def zip_of(members: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def threemf(
    resources: str,
    build: str = '<item objectid="1"/>',
    *,
    doctype: str = "",
    target: str = "/3D/3dmodel.model",
) -> bytes:
    model = (
        f'<?xml version="1.0"?>{doctype}<model unit="millimeter" xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02">'
        f"<resources>{resources}</resources><build>{build}</build></model>"
    )
    return zip_of(
        {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS.format(target), "3D/3dmodel.model": model}
    )


def threemf_files() -> Iterator[HostileFile]:
    one = f'<object id="1" type="model">{MESH}</object>'
    yield HostileFile("3mf_no_zip.3mf", b"PK\x03\x04" + b"\xff" * 100)
    yield HostileFile("3mf_empty_zip.3mf", zipped())
    yield HostileFile("3mf_cut.3mf", threemf(one)[:-60])
    yield HostileFile("3mf_laughs.3mf", threemf("&m;", doctype=LAUGHS + "]>"))
    yield HostileFile(
        "3mf_entity_outside.3mf",
        threemf(one, doctype='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    )
    yield HostileFile("3mf_part_outside.3mf", threemf(one, target="/../../../../etc/passwd"))
    yield HostileFile("3mf_part_missing.3mf", threemf(one, target="/3D/other.model"))
    yield HostileFile(
        "3mf_component_of_itself.3mf",
        threemf('<object id="1"><components><component objectid="1"/></components></object>'),
    )
    doubling = f'<object id="61">{MESH}</object>' + "".join(
        f'<object id="{i}"><components><component objectid="{i + 1}"/><component objectid="{i + 1}"/></components></object>'
        for i in range(60, 0, -1)
    )
    yield HostileFile("3mf_doubling_components.3mf", threemf(doubling))
    yield HostileFile("3mf_items_many.3mf", threemf(one, '<item objectid="1"/>' * 10_000), refused=False)
    yield HostileFile("3mf_index_beyond.3mf", threemf(one.replace('v3="2"', 'v3="99"')))
    yield HostileFile("3mf_index_huge.3mf", threemf(one.replace('v3="2"', f'v3="{10**30}"')))
    yield HostileFile("3mf_index_words.3mf", threemf(one.replace('v3="2"', 'v3="two"')))
    yield HostileFile("3mf_position_nan.3mf", threemf(one.replace('x="1"', 'x="nan"')), refused=False)
    yield HostileFile(
        "3mf_transform_nan.3mf", threemf(one, '<item objectid="1" transform="nan 0 0 0 1 0 0 0 1 0 0 0"/>')
    )
    yield HostileFile("3mf_transform_short.3mf", threemf(one, '<item objectid="1" transform="1 0 0"/>'))
    yield HostileFile("3mf_object_missing.3mf", threemf(one, '<item objectid="7"/>'))
    bomb = zip_of(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS.format("/3D/3dmodel.model"),
            "3D/3dmodel.model": b" " * 80_000_000,
        }
    )
    yield HostileFile("3mf_bomb.3mf", bomb)


# --- FBX ----------------------------------------------------------------------------------------


def fbx_node(
    name: bytes, properties: bytes = b"", count: int = 0, end: int | None = None, start: int = 27
) -> bytes:
    body = bytes([len(name)]) + name + properties
    finish = start + 12 + len(body) if end is None else end
    return struct.pack("<III", finish, count, len(properties)) + body


def fbx_files() -> Iterator[HostileFile]:
    head = b"Kaydara FBX Binary  \0\x1a\0" + struct.pack("<I", 7400)
    yield HostileFile("fbx_magic_only.fbx", head[:23])
    yield HostileFile("fbx_header_only.fbx", head)
    yield HostileFile("fbx_garbage.fbx", head + bytes(i * 7919 % 256 for i in range(5000)))
    yield HostileFile("fbx_end_before.fbx", head + fbx_node(b"Objects", end=0))
    yield HostileFile("fbx_end_loops.fbx", head + fbx_node(b"Objects", end=27))
    yield HostileFile("fbx_end_beyond.fbx", head + fbx_node(b"Objects", end=0xFFFFFFFF))
    yield HostileFile(
        "fbx_properties_beyond.fbx", head + fbx_node(b"Objects", b"S" + struct.pack("<I", 0xFFFFFFFF), 1)
    )
    squeezed = zlib.compress(b"\0" * 10_000_000)
    array = b"d" + struct.pack("<III", 0x1FFFFFFF, 1, len(squeezed)) + squeezed
    yield HostileFile("fbx_array_bomb.fbx", head + fbx_node(b"Vertices", array, 1))
    nested = b""
    for _ in range(3000):
        nested = struct.pack("<III", 0x7FFFFFFF, 0, 0) + b"\x01A" + nested
    yield HostileFile("fbx_deep_binary.fbx", head + nested)
    yield HostileFile("fbx_deep_text.fbx", b"; FBX 7.4.0 project file\n" + b"A: {\n" * 100_000)
    yield HostileFile(
        "fbx_array_text.fbx",
        b'; FBX 7.4.0 project file\nObjects: {\nGeometry: 1, "Geometry::", "Mesh" {\nVertices: *999999999999 {\na: 1,2\n}\nPolygonVertexIndex: *3 {\na: 0,1,-99\n}\n}\n}\n',
    )
    yield HostileFile("fbx_version_99999.fbx", head[:23] + struct.pack("<I", 99999) + b"\0" * 200)


# --- archives, CAD, USD -------------------------------------------------------------------------


def archive_files() -> Iterator[HostileFile]:
    good = (SQUARE + "f 1 2 3\n").encode()
    yield HostileFile("zip_no_zip.zip", b"PK nothing")
    yield HostileFile("zip_cut.zip", zip_of({"a.obj": good})[:-30])
    yield HostileFile("zip_without_models.zip", zip_of({"readme.txt": "hello"}))
    yield HostileFile("zip_bomb.zip", zip_of({"a.obj": b"\n" * 80_000_000}))
    yield HostileFile("zip_traversal.zip", zip_of({"../../../../tmp/a.obj": good}))
    yield HostileFile("zip_absolute.zip", zip_of({"/etc/a.obj": good}))
    yield HostileFile("zip_backslashes.zip", zip_of({"..\\..\\a.obj": good}), refused=False)
    yield HostileFile("zip_of_zip.zip", zip_of({"a.zip": zip_of({"a.obj": good})}))
    lying = bytearray(zip_of({"a.obj": good}))
    at = lying.rfind(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 0x7FFFFFFF)
    yield HostileFile("zip_size_lies.zip", bytes(lying))
    locked = bytearray(zip_of({"a.obj": good}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + offset] |= 1
    yield HostileFile("zip_encrypted.zip", bytes(locked))
    unknown = bytearray(zip_of({"a.obj": good}))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        unknown[unknown.find(mark) + offset] = 77
    yield HostileFile("zip_compression_unknown.zip", bytes(unknown))
    wrong = bytearray(zip_of({"a.obj": good}))
    wrong[40] ^= 0xFF
    yield HostileFile("zip_sum_wrong.zip", bytes(wrong))
    outside = b"mtllib ../../a.mtl\n" + good
    yield HostileFile("zip_reference_outside.zip", zip_of({"a.obj": outside}), refused=False)
    yield HostileFile(
        "zip_members_many.zip",
        zip_of({**{f"{i}.txt": "" for i in range(5_000)}, "a.obj": good}),
        refused=False,
    )


def other_files() -> Iterator[HostileFile]:
    yield HostileFile("step_header_only.step", b"ISO-10303-21;\nHEADER;\n")
    yield HostileFile(
        "step_garbage.step", b"ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n#1=(((((((((" + b"(" * 100_000
    )
    yield HostileFile(
        "step_refers_to_itself.step",
        b"ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n#1=ADVANCED_FACE('',(#1),#1,.T.);\nENDSEC;\nEND-ISO-10303-21;\n",
    )
    yield HostileFile("usd_garbage.usda", b"#usda 1.0\n" + b'def Xform "a" {\n' * 1_000)
    yield HostileFile(
        "usd_of_itself.usda", b'#usda 1.0\ndef Xform "a" (references = @./usd_of_itself.usda@</a>) {}\n'
    )
    yield HostileFile(
        "usd_reference_outside.usda", b'#usda 1.0\ndef Xform "a" (references = @../../../../etc/passwd@) {}\n'
    )
    mesh = b'#usda 1.0\ndef Mesh "m" {\n point3f[] points = [(0,0,0),(1,0,0),(0,1,0)]\n int[] faceVertexCounts = [%s]\n int[] faceVertexIndices = [%s]\n}\n'
    yield HostileFile("usd_index_beyond.usda", mesh % (b"3", b"0,1,99"))
    yield HostileFile("usd_counts_lie.usda", mesh % (b"2000000000", b"0,1,2"))
    yield HostileFile("usd_counts_negative.usda", mesh % (b"-3", b"0,1,2"))
    yield HostileFile("usd_crate_garbage.usdc", b"PXR-USDC" + b"\xff" * 500)
    yield HostileFile("usd_zip_garbage.usdz", zip_of({"a.usda": "#usda 1.0\n("}))
    yield HostileFile("no_suffix", b"\0" * 100)
    yield HostileFile("unknown.xyzzy", b"hello")
    yield HostileFile("blender.blend", b"BLENDER-v300" + b"\0" * 100)
