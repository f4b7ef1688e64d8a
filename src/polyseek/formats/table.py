"""The kinds of files that polyseek reads, and those it names but does not read."""

from __future__ import annotations

from pathlib import PurePosixPath

from polyseek.formats.contract import Format, Unreadable

_ROOM = "polyseek.formats"

FORMATS: tuple[Format, ...] = (
    Format("glb", "glTF binary", (".glb",), f"{_ROOM}.gltf:read", (b"glTF",)),
    Format("gltf", "glTF", (".gltf",), f"{_ROOM}.gltf:read"),
    Format("obj", "Wavefront OBJ", (".obj",), f"{_ROOM}.obj:read"),
    Format("ply", "Stanford PLY", (".ply",), f"{_ROOM}.ply:read", (b"ply\n", b"ply\r")),
    Format("stl", "STL", (".stl",), f"{_ROOM}.stl:read"),
    Format("off", "Object File Format", (".off",), f"{_ROOM}.off:read"),
    Format("dae", "COLLADA", (".dae",), f"{_ROOM}.dae:read"),
    Format("3mf", "3D Manufacturing Format", (".3mf",), f"{_ROOM}.threemf:read"),
    Format("fbx", "Autodesk FBX", (".fbx",), f"{_ROOM}.fbx:read", (b"Kaydara FBX Binary",)),
    Format("xyz", "XYZ points", (".xyz",), f"{_ROOM}.points:read_xyz"),
    Format("pcd", "Point Cloud Data", (".pcd",), f"{_ROOM}.points:read_pcd"),
    Format("depth", "depth image with its camera", (".intrinsics.json",), f"{_ROOM}.depth:read"),
    Format("step", "STEP", (".step", ".stp"), f"{_ROOM}.step:read", (b"ISO-10303-21",), extra="step"),
    Format("iges", "IGES", (".igs", ".iges"), f"{_ROOM}.step:read_iges", extra="step"),
    Format("zip", "ZIP archive of one model", (".zip",), f"{_ROOM}.archive:read"),
    Format(
        "usd",
        "Universal Scene Description",
        (".usd", ".usda", ".usdc", ".usdz"),
        f"{_ROOM}.usd:read",
        extra="usd",
    ),
)

UNREADABLE: tuple[Unreadable, ...] = (
    Unreadable((".blend",), "Blender project", "in Blender use File > Export > glTF 2.0 (.glb)"),
    Unreadable((".max",), "3ds Max scene", "export it as FBX or glTF"),
    Unreadable((".ma", ".mb"), "Maya scene", "export it as FBX"),
    Unreadable((".c4d",), "Cinema 4D project", "export it as FBX or glTF"),
    Unreadable((".skp",), "SketchUp model", "export it as COLLADA (.dae) or glTF"),
    Unreadable((".3ds",), "3D Studio mesh", "convert it to glTF or OBJ"),
    Unreadable((".f3d",), "Fusion 360 archive", "export it as STEP or 3MF"),
    Unreadable((".sldprt", ".sldasm"), "SolidWorks document", "export it as STEP"),
    Unreadable((".lys", ".chitubox", ".ctb"), "slicer project", "export the model as STL or 3MF"),
    Unreadable((".gcode",), "printer instructions", "index the STL or 3MF it was sliced from"),
    Unreadable((".rar", ".7z"), "archive", "repack it as ZIP, or unpack it"),
)


def format_of(name: str, head: bytes = b"") -> Format | None:
    """The format of a file by its first bytes, else by its suffix; None when it is none of ours."""
    for candidate in FORMATS:
        if any(head.startswith(magic) for magic in candidate.magic):
            return candidate
    file = PurePosixPath(name.replace("\\", "/")).name.lower()
    return next((candidate for candidate in FORMATS if file.endswith(candidate.suffixes)), None)
