"""COLLADA and 3MF that laugh, loop or point nowhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from hostile.file import HostileFile

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
