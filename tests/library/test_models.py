"""The models of a library: as an Asset, as a GLB, as thumbnails."""

from __future__ import annotations

import pytest

import polyseek
from polyseek.errors import UnknownId


def test_load_gives_an_asset_in_the_one_frame(boxes):
    asset = polyseek.load(boxes / "chair" / "chair_red.glb")
    turned = polyseek.load(str(boxes / "chair" / "chair_red.glb"), up="z", unit="mm")

    assert isinstance(asset, polyseek.Asset)
    assert (asset.frame.up, asset.frame.up_by, asset.frame.unit_metres) == ("y", "format", 1.0)
    assert (turned.frame.up, turned.frame.up_by, turned.frame.unit_metres) == ("z", "person", 0.001)


def test_a_models_glb_has_the_size_it_was_indexed_with(library, tmp_path, id_of):
    path = tmp_path / "out.glb"
    path.write_bytes(library.model_glb(id_of("chair_red")))

    found = polyseek.inspect(path)

    assert found.triangles == 12
    assert found.size_metres == pytest.approx((0.5, 1.0, 0.5))


def test_thumbnails_are_webp_from_two_sides(library, id_of):
    front, back = (library.thumbnail(id_of("chair_red"), name) for name in ("front", "back"))

    for picture in (front, back):
        assert picture[:4] == b"RIFF"
        assert picture[8:12] == b"WEBP"
    assert library.thumbnail(id_of("chair_red"), "inside") is None
    with pytest.raises(UnknownId):
        library.thumbnail("nonesuch")
