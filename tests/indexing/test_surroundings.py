"""What the files beside a model say of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polyseek.indexing.surroundings import licence_of, look_around


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("my pack\n\nLicence: CC0-1.0\nAuthor: somebody", "CC0-1.0"),
        ("Creative Commons Zero v1.0 Universal", "CC0-1.0"),
        ("Licence: CC-BY-4.0\nAuthor: x", "CC-BY-4.0"),
        ("Creative Commons Attribution 3.0 Unported", "CC-BY-3.0"),
        ("Creative Commons Attribution-ShareAlike 4.0 International", "CC-BY-SA-4.0"),
        ("Creative Commons Attribution-NonCommercial 4.0", "CC-BY-NC-4.0"),
        ("MIT License\n\nCopyright (c) 2026", "MIT"),
        ("Apache License\n   Version 2.0, January 2004", "Apache-2.0"),
        ("\n  Free for friends of the house  \nand so on", "Free for friends of the house"),
        ("", None),
    ],
)
def test_a_licences_text_gives_its_identifier_or_its_first_line(text, licence):
    assert licence_of(text) == licence


def test_the_nearest_licence_counts_and_none_is_looked_for_above_the_root(tmp_path):
    write(tmp_path / "LICENSE", "MIT License")
    root = tmp_path / "root"
    write(root / "License.txt", "CC0-1.0")
    write(root / "pack" / "inner" / "LICENCE.md", "CC-BY-4.0")
    outer, inner = root / "pack" / "a.glb", root / "pack" / "inner" / "b.glb"

    assert look_around(outer, root).licence == "CC0-1.0"
    assert look_around(inner, root).licence == "CC-BY-4.0"
    assert look_around(root / "pack" / "a.glb", root / "pack").licence is None


def test_info_json_gives_name_and_tags(tmp_path):
    info = {
        "name": "Apple Half",
        "creator": "Somebody",
        "license": 1,
        "category": "Food",
        "unprocessed": True,
    }
    write(tmp_path / "apple" / "info.json", json.dumps(info))

    around = look_around(tmp_path / "apple" / "model.gltf", tmp_path)

    assert around.name == "Apple Half"
    assert around.tags == ("food", "somebody")
    assert around.licence is None


@pytest.mark.parametrize("text", ["[1, 2]", "{", '{"name": 3}', "[" * 100_000])
def test_an_info_json_of_another_kind_says_nothing(tmp_path, text):
    write(tmp_path / "info.json", text)

    around = look_around(tmp_path / "a.glb", tmp_path)

    assert (around.name, around.tags) == (None, ())


def test_a_project_of_the_same_name_is_a_tag(tmp_path):
    write(tmp_path / "chair.blend", "")
    write(tmp_path / "table.step", "")

    assert look_around(tmp_path / "chair.glb", tmp_path).tags == ("blender source",)
    assert look_around(tmp_path / "table.step", tmp_path).tags == ()
    assert look_around(tmp_path / "lamp.glb", tmp_path).tags == ()


def test_a_folder_is_read_once_for_all_its_models(tmp_path):
    write(tmp_path / "LICENSE", "MIT License")
    known = {}
    look_around(tmp_path / "a.glb", tmp_path, known)
    (tmp_path / "LICENSE").write_text("CC0")

    assert look_around(tmp_path / "b.glb", tmp_path, known).licence == "MIT"
