"""OBJ, PLY, STL, OFF and clouds that lie about their counts, or are cut short."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator

from hostile.file import HostileFile
from hostile.gltf import NAN, POSITIONS, png_bomb

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
