"""USD layers written here; skipped where the extra is not installed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from polyseek.assets import Asset, bounds
from polyseek.errors import EmptyModel, MalformedFile, OutsideReference
from polyseek.formats import FileSource, MemorySource, read_asset

pytest.importorskip("pxr")

SQUARE = """def Mesh "square" (%s)
{
    int[] faceVertexCounts = [4]
    int[] faceVertexIndices = [0, 1, 2, 3]
    point3f[] points = [(0, 0, 0), (2, 0, 0), (2, 1, 0), (0, 1, 0)]
    %s
}
"""


def layer(body: str, header: str = 'metersPerUnit = 0.01\n upAxis = "Z"') -> bytes:
    return f"#usda 1.0\n(\n {header}\n)\n{body}".encode()


def square(more: str = "", head: str = "") -> str:
    return SQUARE % (head, more)


def read(data: bytes, **siblings: bytes) -> Asset:
    return read_asset(MemorySource("a.usda", data, siblings))


def test_unit_axis_and_place_come_from_the_stage():
    moved = 'double3 xformOp:translate = (0, 0, 7)\n uniform token[] xformOpOrder = ["xformOp:translate"]'

    asset = read(layer(square(moved)))

    assert asset.origin.unit_metres == pytest.approx(0.01)
    assert asset.origin.up == "z"
    assert bounds(asset) == pytest.approx(np.array([[0, 0, 7], [2, 1, 7]]))


def test_a_left_handed_mesh_is_turned_to_face_the_same_way():
    def normal(asset: Asset) -> float:
        a, b, c = asset.meshes[0].vertices[asset.meshes[0].faces[0]]
        return float(np.cross(b - a, c - a)[2])

    assert normal(read(layer(square()))) > 0
    assert normal(read(layer(square('uniform token orientation = "leftHanded"')))) < 0


def test_hidden_prims_are_left_out():
    shown = square().replace('"square"', '"shown"')

    asset = read(layer(shown + square('token visibility = "invisible"')))

    assert [part.name for part in asset.parts] == ["shown"]
    assert asset.origin.warnings


def test_a_reference_beside_the_model_is_followed():
    data = layer('def "placed" (references = @./part.usda@</square>) {}')

    asset = read(data, **{"part.usda": layer(square())})

    assert asset.triangles == 2


@pytest.mark.parametrize("target", ["../secret/part.usda", "/etc/part.usda", "http://example.org/part.usda"])
def test_a_reference_out_of_the_folder_is_refused(target: str, tmp_path: Path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "part.usda").write_bytes(layer(square()))
    folder = tmp_path / "models"
    folder.mkdir()
    path = folder / "a.usda"
    path.write_bytes(layer(square() + f'def "placed" (references = @{target}@</square>) {{}}'))

    with pytest.raises(OutsideReference):
        read_asset(FileSource(path))


def test_a_sublayer_out_of_the_folder_is_refused_too(tmp_path: Path):
    (tmp_path / "part.usda").write_bytes(layer(square()))
    folder = tmp_path / "models"
    folder.mkdir()
    path = folder / "a.usda"
    path.write_bytes(layer(square(), "subLayers = [@../part.usda@]"))

    with pytest.raises(OutsideReference):
        read_asset(FileSource(path))


def test_a_preview_surface_colours_the_mesh():
    material = """def Material "red" {
        token outputs:surface.connect = </red/look.outputs:surface>
        def Shader "look" {
            uniform token info:id = "UsdPreviewSurface"
            color3f inputs:diffuseColor = (1, 0, 0)
            float inputs:roughness = 0.25
            token outputs:surface
        }
    }
    """
    bound = square("rel material:binding = </red>", 'prepend apiSchemas = ["MaterialBindingAPI"]')

    asset = read(layer(material + bound))

    assert asset.materials[0].base_colour == pytest.approx((1, 0, 0, 1))
    assert asset.materials[0].roughness == pytest.approx(0.25)
    assert asset.meshes[0].material == 0


def test_faces_that_do_not_fit_their_points_are_malformed():
    with pytest.raises(MalformedFile):
        read(layer(square().replace("[0, 1, 2, 3]", "[0, 1, 2, 9]")))


def test_a_stage_without_meshes_is_empty():
    with pytest.raises(EmptyModel):
        read(layer('def Sphere "ball" {}'))


@pytest.mark.parametrize("broken", [b"#usda 1.0\n(", b"PXR-USDC" + b"\xff" * 100, b""])
def test_broken_layers_are_refused(broken: bytes):
    with pytest.raises(MalformedFile):
        read(broken)
