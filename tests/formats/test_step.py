"""Units that CAD files state, and what Open CASCADE makes of one where the extra is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from polyseek.assets import bounds
from polyseek.errors import MalformedFile
from polyseek.formats import FileSource, MemorySource, read_asset
from polyseek.formats.step import iges_unit, step_unit

FILES = Path(__file__).parents[1] / "data" / "formats" / "step"


@pytest.mark.parametrize(
    ("stated", "metres"),
    [
        (b"#1=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));", 0.001),
        (b"#1=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT($,.METRE.));", 1.0),
        (b"#1 = ( LENGTH_UNIT() NAMED_UNIT(*) SI_UNIT( .CENTI. , .METRE. ) );", 0.01),
        (b"CONVERSION_BASED_UNIT('INCH',#22) SI_UNIT(.MILLI.,.METRE.)", 0.0254),
        (b"CONVERSION_BASED_UNIT('inch',#22) SI_UNIT(.MILLI.,.METRE.)", 0.0254),
        (b"CONVERSION_BASED_UNIT('DEGREE',#22) SI_UNIT(.MILLI.,.METRE.)", 0.001),
        (b"nothing", 0.001),
    ],
)
def test_the_unit_of_length_is_found_in_the_text(stated: bytes, metres: float):
    assert step_unit(stated) == pytest.approx(metres)


def test_the_iges_unit_is_the_fourteenth_field_whatever_the_strings_hold():
    fields = [
        "1H,",
        "1H;",
        "3Ha,b",
        "5Hx.igs",
        "1Ha",
        "1Hb",
        "32",
        "38",
        "6",
        "308",
        "15",
        "1Hc",
        "1.0",
        "1",
        "4HINCH",
    ]
    section = (",".join(fields) + ",1,0.01;").encode()
    lines = [section[at : at + 72].ljust(72) + b"G%7d" % (at // 72 + 1) for at in range(0, len(section), 72)]

    assert iges_unit(b"\n".join(lines)) == pytest.approx(0.0254)


@pytest.mark.skipif(not FILES.exists(), reason="no CAD files at hand")
def test_an_assembly_is_tessellated_in_its_own_unit():
    pytest.importorskip("cascadio")
    path = FILES / "occt-import-js" / "sg1-c5-214.stp"

    asset = read_asset(FileSource(path))

    low, high = bounds(asset)
    assert asset.origin.format == "step"
    assert asset.origin.up == "unknown"
    assert asset.origin.unit_metres == pytest.approx(step_unit(path.read_bytes()))
    assert asset.triangles > 0
    assert 1 < (high - low).max() < 10_000, "in the file's millimetres"


def test_a_broken_file_is_refused():
    pytest.importorskip("cascadio")

    with pytest.raises(MalformedFile):
        read_asset(MemorySource("a.step", b"ISO-10303-21;\nHEADER;\nnonsense"))
