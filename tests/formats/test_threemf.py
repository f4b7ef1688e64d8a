"""3MF packages written here."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from polyseek.assets import Asset, bounds
from polyseek.errors import EmptyModel, LimitExceeded, MalformedFile
from polyseek.formats import Limits, MemorySource, read_asset

CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
NAMES = (
    f'xmlns="{CORE}" xmlns:m="http://schemas.microsoft.com/3dmanufacturing/material/2015/02" '
    'xmlns:p="http://schemas.microsoft.com/3dmanufacturing/production/2015/06"'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel" Target="/3D/a.model" Id="r"/>'
    "</Relationships>"
)
CORNERS = '<vertex x="0" y="0" z="0"/><vertex x="2" y="0" z="0"/><vertex x="0" y="1" z="0"/>'
TRIANGLE = '<triangle v1="0" v2="1" v3="2"/>'


def thing(triangles: str = TRIANGLE, key: int = 1, more: str = "") -> str:
    mesh = f"<mesh><vertices>{CORNERS}</vertices><triangles>{triangles}</triangles></mesh>"
    return f'<object id="{key}" type="model" {more}>{mesh}</object>'


def model(resources: str, build: str = '<item objectid="1"/>', unit: str = "millimeter") -> str:
    return f'<model unit="{unit}" {NAMES}><resources>{resources}</resources><build>{build}</build></model>'


def package(main: str, **others: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("_rels/.rels", RELATIONS)
        out.writestr("3D/a.model", main)
        for name, text in others.items():
            out.writestr(name, text)
    return file.getvalue()


def read(data: bytes, limits: Limits | None = None) -> Asset:
    return read_asset(MemorySource("a.3mf", data), limits)


@pytest.mark.parametrize(
    ("unit", "metres"), [("micron", 1e-6), ("inch", 0.0254), ("foot", 0.3048), ("meter", 1.0)]
)
def test_the_unit_is_stated_and_z_is_up(unit: str, metres: float):
    origin = read(package(model(thing(), unit=unit))).origin

    assert origin.unit_metres == pytest.approx(metres)
    assert origin.up == "z"


def test_transforms_of_item_and_component_multiply_as_row_vectors():
    parts = '<component objectid="1" transform="0 1 0 -1 0 0 0 0 1 0 0 5"/>'
    resources = thing() + f'<object id="2" type="model"><components>{parts}</components></object>'

    asset = read(package(model(resources, '<item objectid="2" transform="1 0 0 0 1 0 0 0 1 10 0 0"/>')))

    # (x, y, z) -> (-y, x, z + 5) -> + (10, 0, 0)
    assert bounds(asset) == pytest.approx(np.array([[9, 0, 5], [10, 2, 5]]))
    assert "components" in asset.origin.needs


def test_objects_that_the_build_does_not_place_are_not_shown():
    asset = read(package(model(thing() + thing(TRIANGLE * 5, 2))))

    assert asset.triangles == 1


def test_a_component_in_another_part_of_the_package_is_found():
    resources = (
        '<object id="9"><components><component p:path="/3D/b.model" objectid="1"/></components></object>'
    )

    asset = read(package(model(resources, '<item objectid="9"/>'), **{"3D/b.model": model(thing(), "")}))

    assert asset.triangles == 1
    assert set(asset.origin.needs) == {"components", "production"}


def test_an_object_that_holds_itself_is_refused():
    with pytest.raises(LimitExceeded, match="depth"):
        read(package(model('<object id="1"><components><component objectid="1"/></components></object>')))


def test_colours_stand_at_the_corners_in_linear_light():
    group = '<m:colorgroup id="5"><m:color color="#FF0000"/><m:color color="#80808080"/></m:colorgroup>'
    asset = read(
        package(model(group + thing('<triangle v1="0" v2="1" v3="2" pid="5" p1="0" p2="1" p3="0"/>')))
    )

    mesh = asset.meshes[0]
    assert mesh.colours is not None
    corner = mesh.colours[mesh.faces[0]]
    assert corner[0] == pytest.approx([1, 0, 0, 1])
    assert corner[1] == pytest.approx([0.2159] * 3 + [128 / 255], abs=1e-3)
    assert asset.origin.has_vertex_colour


def test_the_objects_property_holds_for_triangles_that_state_none():
    group = '<basematerials id="5"><base name="a" displaycolor="#000000"/><base name="b" displaycolor="#00FF00"/></basematerials>'
    asset = read(package(model(group + thing(more='pid="5" pindex="1"'))))

    assert asset.meshes[0].colours is not None
    assert (asset.meshes[0].colours == [0, 1, 0, 1]).all()


def test_a_property_that_is_not_there_is_a_warning():
    group = '<m:colorgroup id="5"><m:color color="#FF0000"/></m:colorgroup>'
    asset = read(package(model(group + thing('<triangle v1="0" v2="1" v3="2" pid="5" p1="7"/>'))))

    assert asset.triangles == 1
    assert any("property" in warning for warning in asset.origin.warnings)


def test_a_texture_gives_coordinates_from_the_pictures_top():
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (2, 2), (0, 0, 255)).save(file, "PNG")
    group = (
        '<m:texture2d id="4" path="/3D/blue.png" contenttype="image/png"/><m:texture2dgroup id="5" texid="4">'
        '<m:tex2coord u="0" v="0"/><m:tex2coord u="1" v="0"/><m:tex2coord u="0" v="1"/></m:texture2dgroup>'
    )
    triangle = '<triangle v1="0" v2="1" v3="2" pid="5" p1="0" p2="1" p3="2"/>'

    asset = read(package(model(group + thing(triangle)), **{"3D/blue.png": file.getvalue()}))

    mesh = asset.meshes[0]
    assert mesh.uv is not None
    assert mesh.material is not None
    assert mesh.uv[mesh.faces[0]].tolist() == [[0, 1], [1, 1], [0, 0]]
    assert asset.textures[0].pixels[0, 0].tolist() == [0, 0, 255, 255]


def test_the_last_image_of_several_layers_wins():
    group = (
        '<m:colorgroup id="5"><m:color color="#FF0000"/></m:colorgroup>'
        '<m:colorgroup id="6"><m:color color="#0000FF"/></m:colorgroup>'
        '<m:multiproperties id="7" pids="5 6"><m:multi pindices="0 0"/></m:multiproperties>'
    )
    asset = read(package(model(group + thing('<triangle v1="0" v2="1" v3="2" pid="7" p1="0"/>'))))

    assert asset.meshes[0].colours is not None
    assert asset.meshes[0].colours[0].tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize(
    "broken",
    [
        b"PK not a zip",
        package("<!DOCTYPE model>" + model(thing())),
        package(model(thing(), '<item objectid="3"/>')),
        package(model(thing('<triangle v1="0" v2="1" v3="3"/>'))),
        package(model(thing('<triangle v1="0" v2="1"/>'))),
        package(model(thing(), unit="cubit")),
        package("<html/>"),
        package(model(thing(), '<item objectid="1" transform="1 2 3"/>')),
        package(
            model(
                '<object id="1"><components><component p:path="/../b.model" objectid="1"/></components></object>'
            )
        ),
    ],
)
def test_what_the_specification_forbids_is_refused(broken: bytes):
    with pytest.raises(MalformedFile):
        read(broken)


def test_a_package_whose_model_is_not_there_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        out.writestr("_rels/.rels", RELATIONS)

    with pytest.raises(MalformedFile, match="not in it"):
        read(file.getvalue())


def test_an_empty_build_is_an_empty_model():
    with pytest.raises(EmptyModel):
        read(package(model(thing(), "")))


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = package(model(thing()) + " " * 3_000_000)

    with pytest.raises(LimitExceeded, match="archive_ratio"):
        read(bomb, Limits(archive_ratio=100))
