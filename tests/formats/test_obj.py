"""OBJ and MTL, from text made in the tests."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from polyseek.assets import Asset
from polyseek.errors import EmptyModel, FileError, LimitExceeded, MalformedFile
from polyseek.formats import Limits, MemorySource, read_asset
from polyseek.formats.inspect import count_parts
from polyseek.formats.mtl import parse_mtl, parse_texture

SQUARE = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n"


def read(text: str | bytes, siblings: dict[str, bytes] | None = None, limits: Limits | None = None) -> Asset:
    data = text.encode() if isinstance(text, str) else text
    return read_asset(MemorySource("models/a.obj", data, siblings or {}), limits)


def png(*colour: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGBA" if len(colour) == 4 else "RGB", (2, 2), colour).save(file, "PNG")
    return file.getvalue()


def corners_of(asset: Asset) -> np.ndarray:
    return np.concatenate([mesh.vertices[mesh.faces] for mesh in asset.meshes])


def test_negative_and_positive_indices_name_the_same_corners():
    counted = read(SQUARE + "f 1 2 3 4\n")
    from_the_end = read("v 9 9 9\n" + SQUARE + "f -4 -3 -2 -1\n")

    assert np.array_equal(corners_of(counted), corners_of(from_the_end))
    assert counted.triangles == 2


def test_negative_indices_count_from_where_they_stand():
    asset = read("v 0 0 0\nv 1 0 0\nv 0 1 0\nf -3 -2 -1\nv 5 5 5\nv 6 5 5\nv 5 6 5\nf -3 -2 -1\n")

    assert corners_of(asset)[:, 0].tolist() == [[0, 0, 0], [5, 5, 5]]


@pytest.mark.parametrize(
    "faces",
    [
        "f 1 2 3 4",
        "f 1/ 2/ 3/ 4/",
        "f 1// 2// 3// 4//",
        "f 1 2 \\\n3 4",
        "f 1 2 \\\r\n3 4",
        "  f\t1  2 3 4 # all",
        "fo 1 2 3 4",
    ],
)
def test_every_way_to_write_a_face_gives_the_square(faces: str):
    asset = read(SQUARE + faces)

    assert asset.triangles == 2
    assert asset.vertices == 4


def test_line_breaks_and_encodings_do_not_matter():
    text = SQUARE + "f 1 2 3 4\n"
    plain = corners_of(read(text))

    for data in (
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
        text.encode("utf-16"),
        b"\xef\xbb\xbf" + text.encode(),
    ):
        assert np.array_equal(corners_of(read(data)), plain)


def test_corners_share_a_vertex_only_when_all_their_indices_agree():
    asset = read(SQUARE + "vt 0 0\nvt 1 0\nf 1/1 2/1 3/1\nf 1/1 3/2 4/1\n")

    # Position 3 comes with two texture coordinates: five vertices for four positions.
    assert asset.vertices == 5
    assert {tuple(row) for row in asset.meshes[0].uv.tolist()} == {(0.0, 1.0), (1.0, 1.0)}


def test_normals_come_at_unit_length_and_bad_ones_from_their_faces():
    asset = read(SQUARE + "vn 0 0 5\nvn 0 0 0\nf 1//1 2//2 3//1\n")

    assert asset.meshes[0].normals.tolist() == [[0, 0, 1]] * 3


def test_groups_and_objects_are_parts_and_materials_are_not():
    asset = read(
        SQUARE
        + "o table\nusemtl wood\nf 1 2 3\nusemtl steel\nf 1 3 4\ng legs\nf 1 2 3\no table\ng legs\nusemtl wood\nf 2 3 4\n"
    )

    assert count_parts(asset) == 2
    assert {part.path for part in asset.parts} == {("table",), ("table", "legs")}
    assert asset.triangles == 4


def test_a_group_that_comes_again_goes_on():
    asset = read(SQUARE + "g a\nf 1 2 3\ng b\nf 1 3 4\ng a\nf 2 3 4\n")

    assert [part.name for part in asset.parts] == ["a", "b"]
    assert [len(mesh.faces) for mesh in asset.meshes] == [2, 1]


def test_colours_behind_positions_are_linear_light():
    asset = read("v 0 0 0 1 0 0\nv 1 0 0 0 0.5 0\nv 0 1 0 nan 0 0\nf 1 2 3\n")

    colours = asset.meshes[0].colours
    assert colours[0].tolist() == [1, 0, 0, 1]
    # sRGB 0.5 is 21.4 % of the light (IEC 61966-2-1).
    assert colours[1, 1] == pytest.approx(0.21404, abs=1e-5)
    assert colours[2].tolist() == [1, 0, 0, 1]


def test_colours_may_run_to_255():
    eight_bit = read("v 0 0 0 255 0 51\nv 1 0 0 0 0 0\nv 0 1 0 0 0 0\nf 1 2 3\n")
    fractions = read("v 0 0 0 1 0 0.2\nv 1 0 0 0 0 0\nv 0 1 0 0 0 0\nf 1 2 3\n")

    np.testing.assert_allclose(eight_bit.meshes[0].colours, fractions.meshes[0].colours, atol=1e-6)


def test_a_textured_material_is_read_with_its_image():
    mtl = b"newmtl red paint\nKd 0.5 0.5 0.5\nd 0.25\nmap_Kd -clamp on -s 2 3 -o 0.5 0 my skin.png\n"
    text = "mtllib a b.mtl\n" + SQUARE + "vt 0 0\nvt 1 1\nusemtl red paint\nf 1/1 2/2 3/1\n"

    asset = read(text, {"models/a b.mtl": mtl, "models/my skin.png": png(255, 0, 0)})

    [material] = asset.materials
    assert asset.textures[material.base_texture].pixels[0, 0].tolist() == [255, 0, 0, 255]
    assert asset.textures[0].wrap_u == "clamp"
    assert material.base_colour == pytest.approx((0.21404, 0.21404, 0.21404, 0.25), abs=1e-5)
    assert material.alpha_mode == "blend"
    # u * 2 + 0.5, v * 3, and v counts downwards.
    assert {tuple(row) for row in asset.meshes[0].uv.tolist()} == {(0.5, 1.0), (2.5, -2.0)}
    assert asset.origin.side_files == ("a b.mtl", "my skin.png")
    assert asset.origin.warnings == ()


def test_missing_side_files_cost_a_warning_only():
    text = "mtllib a.mtl\n" + SQUARE + "usemtl x\nf 1 2 3\n"

    without_library = read(text)
    without_image = read(text, {"models/a.mtl": b"newmtl x\nmap_Kd gone.png\n"})

    assert (without_library.triangles, len(without_library.origin.warnings)) == (1, 1)
    assert "gone.png" in without_image.origin.warnings[0]
    assert without_image.origin.has_texture
    assert not without_library.origin.has_texture


@pytest.mark.parametrize("reference", ["../../etc/passwd.mtl", "https://example.org/a.mtl"])
def test_a_reference_that_leaves_is_not_followed(reference: str):
    asset = read(f"mtllib {reference}\n" + SQUARE + "f 1 2 3\n", {"passwd.mtl": b"newmtl x\n"})

    assert asset.materials == ()
    assert len(asset.origin.warnings) == 1


def test_points_lines_and_curves_beside_faces_are_told():
    asset = read(SQUARE + "p 1 2\nl 1 2\ncurv 0 1 1 2\nf 1 2 3\nf 1 2\n")

    assert asset.triangles == 1
    assert len(asset.origin.warnings) == 4


def test_vertices_alone_are_a_cloud():
    asset = read(SQUARE)

    assert asset.is_points
    assert asset.vertices == 4


def test_surveyed_coordinates_keep_their_millimetres():
    # Given positions in a national grid, single precision alone would round to half a metre.
    asset = read(
        "v 665187.001 5648349.000 0\nv 665187.004 5648349.000 0\nv 665187.001 5648349.002 0\nf 1 2 3\n"
    )

    placed = asset.meshes[0].vertices + asset.parts[0].matrix[:3, 3]

    np.testing.assert_allclose(placed[1] - placed[0], [0.003, 0, 0], atol=1e-6)
    assert placed[0, 1] == pytest.approx(5648349.0, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        (SQUARE + "f 1 2 5", MalformedFile, "number 5 of 4"),
        (SQUARE + "f 0 1 2", MalformedFile, "before the first"),
        (SQUARE + "f -5 1 2", MalformedFile, "before the first"),
        (SQUARE + "f 1 2 999999999999999999999999", MalformedFile, "of 4"),
        (SQUARE + "f 1/2/3/4 2 3", MalformedFile, "line 5"),
        ("v 0 0\n", MalformedFile, "line 1"),
        ("# made by me\n\nv 0 0 0\nv 1,5 0 0\n", MalformedFile, "line 4"),
        ("", EmptyModel, "nothing"),
        (SQUARE + "l 1 2 3", EmptyModel, "lines"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(text: str, error: type[FileError], says: str):
    with pytest.raises(error, match=says):
        read(text)


def test_the_limit_of_triangles_holds_before_anything_is_made():
    with pytest.raises(LimitExceeded, match="triangles = 1"):
        read(SQUARE + "f 1 2 3 4", limits=Limits(triangles=1))


def test_not_numbers_are_moved_inside_and_told():
    asset = read("v 0 0 0\nv 2 0 0\nv nan 4 0\nv 0 2 inf\nf 1 2 3\nf 1 2 4\n")

    assert asset.triangles == 2
    assert np.isfinite(asset.meshes[0].vertices).all()
    assert asset.meshes[0].vertices[2].tolist() == [1, 0, 0]
    assert "2 positions are not finite" in asset.origin.warnings[0]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_changed_bytes_give_an_asset_or_a_file_error(data: st.DataObject):
    good = (SQUARE + "vt 0 0\nvn 0 0 1\no a\nusemtl b\nf 1/1/1 2/1/1 3/1/1 4/1/1\nf -1 -2 -3\n").encode()
    changed = bytearray(good)
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))

    try:
        asset = read(bytes(changed[: data.draw(st.integers(1, len(changed)))]))
    except FileError:
        return
    assert asset.vertices > 0


def test_texture_options_end_where_the_file_name_starts():
    use = parse_texture("-s 1 1 1 -o 0.25 0.5 -mm 0 1 -blendu off a file with spaces.png")

    assert use is not None
    assert (use.file, use.scale, use.offset) == ("a file with spaces.png", (1.0, 1.0), (0.25, 0.5))


def test_an_option_with_fewer_arguments_leaves_the_name_alone():
    use = parse_texture("-o 0.5 wood.png")

    assert use is not None
    assert (use.file, use.offset) == ("wood.png", (0.5, 0.0))


def test_opacity_is_d_or_one_less_tr():
    materials = parse_mtl("newmtl a\nTr 0.25\nnewmtl b\nd 0.5\nTr 0.9\nnewmtl\tc\n\tKd 1\t0 0\n")

    assert (materials["a"].dissolve, materials["b"].dissolve) == (0.75, 0.5)
    assert materials["c"].diffuse == (1.0, 0.0, 0.0)
