"""FBX, archives, CAD and USD that are cut short, explode or reach outside."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from hostile.documents import zip_of
from hostile.file import HostileFile
from hostile.meshes import SQUARE

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
