"""Every settled fact of expected.csv, over the files in tests/data and over the whole set where it is at hand."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from polyseek.assets import Asset
from polyseek.assets.geometry import corner_vertices
from polyseek.errors import FileError, MissingExtra
from polyseek.formats import FileSource, read_asset
from polyseek.formats.inspect import Inspection, inspection_of

ROOT = Path(__file__).parents[2]
SELECTION = ROOT / "tests" / "data" / "formats"
WHOLE = Path(os.environ.get("POLYSEEK_FORMATS", ROOT.parent / "shared" / "formats"))
FLAGS = ("has_texture", "has_vertex_colour", "has_normals", "animated")
# Facts that the bytes contradict. Its geometric context names #152, the inch, as the unit of length.
CORRECTED = {"step/occt-import-js/conical-surface.step": {"unit_metres": "0.0254"}}
# At least this much of the set is in the repository, so that an emptied folder does not pass.
LEAST_IN_SELECTION = 100


def facts(folder: Path) -> list[dict[str, str]]:
    if not (folder / "expected.csv").is_file():
        return []
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (folder / row["path"]).exists()]
    return [row | CORRECTED.get(row["path"], {}) for row in rows]


def by_kind(folder: Path) -> dict[str, list[dict[str, str]]]:
    kinds: dict[str, list[dict[str, str]]] = {}
    for row in facts(folder):
        kinds.setdefault(row["path"].split("/")[0], []).append(row)
    return kinds


def differences(row: dict[str, str], found: Inspection, asset: Asset | None) -> list[str]:
    """What differs: counts exactly, sides to a thousandth, units to a millionth; blank cells ask nothing."""
    if row["settled"] != "yes":
        return []
    if found.loads != row["loads"]:
        return [f"loads {found.loads} ({found.error}), not {row['loads']}"]
    if row["loads"] == "no":
        return [] if found.error else ["refused without a reason"]
    wrong: list[str] = []

    def same(name: str, got: object, want: object, holds: bool) -> None:
        if not holds:
            wrong.append(f"{name} {got}, not {want}")

    for name in ("triangles", "parts"):
        if row[name]:
            same(name, getattr(found, name), row[name], getattr(found, name) == int(row[name]))
    if row["vertices_distinct_positions"] and asset is not None and len(asset.parts) == 1:
        corners = corner_vertices(asset.meshes[asset.parts[0].mesh]) + np.float32(0)
        moved = any("not finite" in warning for warning in found.warnings)
        distinct = len(np.unique(corners, axis=0))
        same(
            "distinct",
            distinct,
            row["vertices_distinct_positions"],
            moved or distinct == int(row["vertices_distinct_positions"]),
        )
    if row["size_x"]:
        want = np.array([float(row["size_" + axis]) for axis in "xyz"])
        slack = 1e-3 * want + 1e-5 * want.max() + 1e-12
        same("size", found.size, want, bool((np.abs(np.array(found.size) - want) <= slack).all()))
    if row["unit_metres"]:
        want_unit = float(row["unit_metres"])
        got_unit = found.unit_metres or 0.0
        same("unit", got_unit, want_unit, abs(got_unit - want_unit) <= 1e-6 * want_unit)
    if row["up"] not in ("", "unknown"):
        same("up", found.up, row["up"], found.up == row["up"])
    for name in FLAGS:
        if row[name]:
            same(name, getattr(found, name), row[name], getattr(found, name) == (row[name] == "yes"))
    if row["warnings_expected"] and not found.warnings:
        wrong.append(f"no warning of {row['warnings_expected']}")
    return wrong


def differences_in(folder: Path, rows: list[dict[str, str]]) -> list[str]:
    wrong: list[str] = []
    for row in rows:
        asset = None
        try:
            asset = read_asset(FileSource(folder / row["path"]))
            found = inspection_of(asset, row["path"])
        except MissingExtra:
            continue
        except FileError as error:
            found = Inspection.of_failure(row["path"], error)
        wrong += [f"{row['path']}: {text}" for text in differences(row, found, asset)]
    return wrong


def test_the_repository_holds_a_selection_of_the_files():
    assert len(facts(SELECTION)) >= LEAST_IN_SELECTION


@pytest.mark.parametrize("kind", sorted(by_kind(SELECTION)))
def test_every_settled_fact_of_the_selection_is_found(kind: str):
    assert differences_in(SELECTION, by_kind(SELECTION)[kind]) == []


@pytest.mark.skipif(not facts(WHOLE), reason="the whole set of files is not here (POLYSEEK_FORMATS)")
@pytest.mark.parametrize("kind", sorted(by_kind(WHOLE)))
def test_every_settled_fact_of_the_whole_set_is_found(kind: str):
    assert differences_in(WHOLE, by_kind(WHOLE)[kind]) == []


def test_a_wrong_fact_would_be_seen():
    # Given a file of twelve triangles and a fact that says thirteen, what differs is named.
    [row] = [row for row in facts(SELECTION) if row["path"] == "obj/assimp/box.obj"]

    told = differences_in(SELECTION, [{**row, "triangles": "13", "size_x": "1.1", "has_normals": "yes"}])

    assert [text.split(": ")[1].split(" ")[0] for text in told] == ["triangles", "size", "has_normals"]
