"""COLLADA documents written here, and facts of the files in tests/data."""

from __future__ import annotations

import io

import numpy as np
import pytest

from polyseek.assets import Asset, bounds
from polyseek.assets.geometry import place
from polyseek.errors import EmptyModel, LimitExceeded, MalformedFile
from polyseek.formats import Limits, MemorySource, read_asset
from polyseek.formats.dae_document import Document, matrix_of
from polyseek.formats.xml import parse_xml

SQUARE = "0 0 0  2 0 0  2 1 0  0 1 0"


def collada(geometry: str = "", *, scene: str = "", more: str = "", asset: str = "") -> bytes:
    nodes = scene or '<node name="box"><instance_geometry url="#g">BIND</instance_geometry></node>'
    return f"""<?xml version="1.0"?>
<COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1"><asset>{asset}</asset>{more}
<library_geometries><geometry id="g"><mesh>
<source id="p"><float_array id="pa" count="12">{SQUARE}</float_array><technique_common>
<accessor source="#pa" count="4" stride="3"><param name="X"/><param name="Y"/><param name="Z"/></accessor>
</technique_common></source>
<source id="t"><float_array id="ta" count="8">0 0 1 0 1 1 0 1</float_array><technique_common>
<accessor source="#ta" count="4" stride="2"><param name="S"/><param name="T"/></accessor></technique_common></source>
<vertices id="v"><input semantic="POSITION" source="#p"/></vertices>{geometry}</mesh></geometry></library_geometries>
<library_visual_scenes><visual_scene id="s">{nodes}</visual_scene></library_visual_scenes>
<scene><instance_visual_scene url="#s"/></scene></COLLADA>""".encode()


VERTEX = '<input semantic="VERTEX" source="#v" offset="0"/>'
QUAD = f'<polylist count="1">{VERTEX}<vcount>4</vcount><p>0 1 2 3</p></polylist>'


def read(data: bytes, **siblings: bytes) -> Asset:
    return read_asset(MemorySource("model.dae", data, siblings))


def area(asset: Asset) -> float:
    total = 0.0
    for part in asset.parts:
        mesh = asset.meshes[part.mesh]
        a, b, c = place(part.matrix, mesh.vertices)[mesh.faces].transpose(1, 0, 2)
        total += 0.5 * float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum())
    return total


@pytest.mark.parametrize(
    "listed",
    [
        QUAD,
        f'<triangles count="2">{VERTEX}<p>0 1 2 0 2 3</p></triangles>',
        f'<polygons count="1">{VERTEX}<p>0 1 2 3</p></polygons>',
        f'<tristrips count="1">{VERTEX}<p>0 1 3 2</p></tristrips>',
        f'<trifans count="1">{VERTEX}<p>0 1 2 3</p></trifans>',
    ],
)
def test_each_way_to_list_polygons_gives_the_two_triangles_of_a_square_facing_up(listed: str):
    asset = read(collada(listed))

    mesh = asset.meshes[0]
    a, b, c = mesh.vertices[mesh.faces].transpose(1, 0, 2)
    assert asset.triangles == 2
    assert area(asset) == pytest.approx(2.0)
    assert (np.cross(b - a, c - a)[:, 2] > 0).all()


def test_lines_are_left_out_with_a_warning():
    asset = read(collada(QUAD + f'<lines count="2">{VERTEX}<p>0 1 1 2</p></lines>'))

    assert asset.triangles == 2
    assert any("lines" in warning for warning in asset.origin.warnings)


def test_unit_and_axis_are_the_files_own():
    asset = read(collada(QUAD, asset='<unit name="inch" meter="0.0254"/><up_axis>Z_UP</up_axis>'))

    assert asset.origin.unit_metres == pytest.approx(0.0254)
    assert asset.origin.up == "z"
    assert bounds(asset)[1] == pytest.approx([2, 1, 0])


def test_a_node_that_is_placed_twice_shares_its_mesh():
    scene = """<node id="one"><instance_geometry url="#g"/></node>
        <node><translate>5 0 0</translate><instance_node url="#one"/></node>"""

    asset = read(collada(QUAD, scene=scene))

    assert len(asset.meshes) == 1
    assert len(asset.parts) == 2
    assert bounds(asset)[1] == pytest.approx([7, 1, 0])


def test_a_node_that_places_itself_is_refused():
    with pytest.raises(LimitExceeded, match="depth"):
        read(collada(QUAD, scene='<node id="n"><instance_node url="#n"/></node>'))


def test_transforms_multiply_in_the_order_they_are_written():
    node = parse_xml(
        b"<node><translate>1 2 3</translate><rotate>0 0 1 90</rotate><scale>2 3 4</scale></node>"
    )
    document = Document(parse_xml(b"<COLLADA/>"))

    moved = matrix_of(node, document) @ [1, 1, 1, 1]

    assert moved[:3] == pytest.approx([1 - 3, 2 + 2, 3 + 4])


def test_a_skin_stands_where_it_was_bound_whatever_its_node_says():
    more = """<library_controllers><controller id="c"><skin source="#g">
        <bind_shape_matrix>1 0 0 10 0 1 0 0 0 0 1 0 0 0 0 1</bind_shape_matrix></skin></controller></library_controllers>"""
    scene = '<node><translate>0 0 99</translate><instance_controller url="#c"/></node>'

    asset = read(collada(QUAD, scene=scene, more=more))

    assert bounds(asset)[0] == pytest.approx([10, 0, 0])
    assert asset.origin.needs == ("skin",)


def png() -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (2, 2), (255, 0, 0)).save(file, "PNG")
    return file.getvalue()


def textured(file: str) -> bytes:
    more = f"""<library_images><image id="i"><init_from>{file}</init_from></image></library_images>
      <library_materials><material id="m" name="red"><instance_effect url="#e"/></material></library_materials>
      <library_effects><effect id="e"><profile_COMMON>
      <newparam sid="surf"><surface type="2D"><init_from>i</init_from></surface></newparam>
      <newparam sid="samp"><sampler2D><source>surf</source></sampler2D></newparam>
      <technique sid="t"><lambert><diffuse><texture texture="samp" texcoord="UV"/></diffuse></lambert></technique>
      </profile_COMMON></effect></library_effects>"""
    listed = f"""<polylist material="sym" count="1">{VERTEX}<input semantic="TEXCOORD" source="#t" offset="1" set="0"/>
        <vcount>4</vcount><p>0 0 1 1 2 2 3 3</p></polylist>"""
    bind = """<bind_material><technique_common><instance_material symbol="sym" target="#m"/>
        </technique_common></bind_material>"""
    return collada(listed, more=more).replace(b"BIND", bind.encode())


def test_a_texture_is_followed_through_sampler_surface_and_image():
    asset = read(textured("C:\\old machine\\red.png"), **{"red.png": png()})

    assert asset.materials[0].name == "red"
    assert asset.materials[0].base_texture == 0
    assert (asset.textures[0].pixels[0, 0] == [255, 0, 0, 255]).all()
    uv = asset.meshes[0].uv
    assert uv is not None
    corner = np.flatnonzero((asset.meshes[0].vertices == [0, 1, 0]).all(1))[0]
    assert uv[corner] == pytest.approx([0, 0]), "the picture's top left is the square's upper left corner"


def test_a_missing_texture_is_a_warning_and_the_shape_stays():
    asset = read(textured("gone.png"))

    assert asset.origin.has_texture
    assert asset.triangles == 2
    assert any("gone.png" in warning for warning in asset.origin.warnings)


def test_an_image_without_a_file_does_not_stop_the_geometry():
    asset = read(textured(""))

    assert asset.triangles == 2
    assert not asset.origin.has_texture


def test_a_plain_colour_is_read_as_srgb():
    data = textured("x.png").replace(
        b'<texture texture="samp" texcoord="UV"/>', b"<color>0.5 0.5 0.5 1</color>"
    )

    assert read(data).materials[0].base_colour[:3] == pytest.approx([0.21404] * 3, abs=1e-4)


@pytest.mark.parametrize(
    "broken",
    [
        QUAD.replace("0 1 2 3", "0 1 2 9"),
        QUAD.replace("0 1 2 3", "0 1 2 -1"),
        QUAD.replace("<vcount>4", "<vcount>40"),
        QUAD.replace("0 1 2 3", "0 1 two 3"),
        QUAD.replace('offset="0"', 'offset="-4"'),
    ],
)
def test_lists_that_do_not_fit_are_malformed(broken: str):
    with pytest.raises(MalformedFile):
        read(collada(broken))


def test_a_document_without_polygons_is_empty():
    with pytest.raises(EmptyModel):
        read(collada(""))


def test_another_xml_document_is_not_collada():
    with pytest.raises(MalformedFile, match="svg"):
        read_asset(MemorySource("a.dae", b"<svg/>"), Limits())
