"""FBX files of tests/data, and ASCII files written here."""

from __future__ import annotations

import gc
from pathlib import Path

import numpy as np
import pytest

from polyseek.assets import Asset, bounds, in_one_frame
from polyseek.errors import EmptyModel, FileError, MalformedFile
from polyseek.formats import FileSource, Limits, MemorySource, read_asset

FILES = Path(__file__).parents[1] / "data" / "formats" / "fbx"


def ascii_fbx(*, polygons: str = "0,1,2,-4", model: str = "", settings: str = "") -> bytes:
    """A square of 2 x 1 in the XY plane."""
    return f"""; FBX 7.4.0 project file
FBXHeaderExtension:  {{
    FBXHeaderVersion: 1003
    FBXVersion: 7400
}}
GlobalSettings:  {{
    Version: 1000
    Properties70:  {{
        P: "UpAxis", "int", "Integer", "",2
        P: "UpAxisSign", "int", "Integer", "",1
        P: "FrontAxis", "int", "Integer", "",1
        P: "FrontAxisSign", "int", "Integer", "",-1
        P: "CoordAxis", "int", "Integer", "",0
        P: "CoordAxisSign", "int", "Integer", "",1
        P: "UnitScaleFactor", "double", "Number", "",2.54
        {settings}
    }}
}}
Objects:  {{
    Geometry: 10, "Geometry::square", "Mesh" {{
        Vertices: *12 {{
            a: 0,0,0,2,0,0,2,1,0,0,1,0
        }}
        PolygonVertexIndex: *4 {{
            a: {polygons}
        }}
    }}
    Model: 20, "Model::first", "Mesh" {{
        Version: 232
        {model}
    }}
    Model: 21, "Model::second", "Mesh" {{
        Version: 232
        Properties70:  {{
            P: "Lcl Translation", "Lcl Translation", "", "A",5,0,0
        }}
    }}
}}
Connections:  {{
    C: "OO",20,0
    C: "OO",21,0
    C: "OO",10,20
    C: "OO",10,21
}}
""".encode()


def read(data: bytes, **siblings: bytes) -> Asset:
    return read_asset(MemorySource("a.fbx", data, siblings))


def test_instances_share_their_mesh_and_stand_apart():
    asset = read(ascii_fbx())

    assert len(asset.meshes) == 1
    assert [part.name for part in asset.parts] == ["first", "second"]
    assert asset.triangles == 4
    assert bounds(asset) == pytest.approx(np.array([[0, 0, 0], [7, 1, 0]]))


def test_axes_and_unit_are_stated_and_nothing_is_converted():
    asset = read(ascii_fbx())

    assert asset.origin.up == "z"
    assert asset.origin.unit_metres == pytest.approx(0.0254)
    placed = bounds(in_one_frame(asset))
    assert placed[1] - placed[0] == pytest.approx([7 * 0.0254, 0, 0.0254])


def test_a_hidden_node_is_left_out_with_a_warning():
    hidden = 'Properties70:  {\n P: "Visibility", "Visibility", "", "A",0\n }'

    asset = read(ascii_fbx(model=hidden))

    assert [part.name for part in asset.parts] == ["second"]
    assert any("hidden" in warning for warning in asset.origin.warnings)


@pytest.mark.parametrize("broken", [b"", b"; FBX", b"Kaydara FBX Binary  \x00\x1a\x00" + b"\xff" * 40])
def test_broken_bytes_are_refused_with_a_reason(broken: bytes):
    with pytest.raises((MalformedFile, EmptyModel)) as caught:
        read(broken)
    assert caught.value.message


def test_an_index_out_of_range_never_reaches_the_asset():
    try:
        asset = read(ascii_fbx(polygons="0,1,99,-4"))
    except FileError:
        return
    assert all(mesh.faces.max() < len(mesh.vertices) for mesh in asset.meshes)


@pytest.mark.parametrize("binary", sorted(FILES.rglob("*7400_binary.fbx")), ids=lambda path: path.stem)
def test_cut_files_are_refused_or_read_but_never_end_the_process(binary: Path):
    data = binary.read_bytes()
    reasons: list[str] = []

    for share in (0.1, 0.5, 0.9):
        try:
            reasons.append(f"{read(data[: int(len(data) * share)]).triangles} triangles")
        except FileError as error:
            reasons.append(error.message)

    assert all(reasons)


def test_the_materials_of_one_object_share_its_place():
    asset = read_asset(FileSource(next(FILES.rglob("blender_suzanne_multimaterial*"))))

    assert len(asset.parts) > 1
    assert len({part.path for part in asset.parts}) == 1
    assert len({asset.meshes[part.mesh].material for part in asset.parts}) == len(asset.parts)


def test_an_embedded_image_needs_no_file():
    path = next(FILES.rglob("blender_293_embedded_textures*.fbx"))

    asset = read(path.read_bytes())

    assert len(asset.textures) >= 1
    assert asset.origin.has_texture


def test_an_image_named_by_a_path_of_another_machine_is_found_in_a_textures_folder():
    path = next(FILES.rglob("bench_decorated.fbx"))
    alone = read(path.read_bytes())
    assert any("left out" in warning for warning in alone.origin.warnings)
    name = alone.origin.warnings[0].split("'")[1]

    beside = read(path.read_bytes(), **{f"textures/{name}": png()})

    assert len(beside.textures) == 1
    assert beside.origin.side_files == (f"textures/{name}",)


def png() -> bytes:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (2, 2), (0, 255, 0)).save(file, "PNG")
    return file.getvalue()


def test_normals_are_unit_vectors_that_agree_with_the_winding():
    asset = read_asset(FileSource(next(FILES.rglob("box.fbx"))))

    mesh = asset.meshes[0]
    assert mesh.normals is not None
    assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(1.0, abs=1e-5)
    a, b, c = mesh.vertices[mesh.faces].transpose(1, 0, 2)
    facing = np.einsum("fk,fk->f", np.cross(b - a, c - a), mesh.normals[mesh.faces[:, 0]])
    assert (facing > 0).all()


def test_reading_many_files_and_collecting_garbage_keeps_the_process_alive():
    paths = sorted(path for path in FILES.rglob("*.[fF][bB][xX]"))

    counts = []
    for _ in range(2):
        read_count = 0
        for path in paths:
            try:
                read_count += read_asset(FileSource(path), Limits()).triangles
            except FileError:
                continue
        gc.collect()
        counts.append(read_count)

    assert counts[0] == counts[1] > 0
