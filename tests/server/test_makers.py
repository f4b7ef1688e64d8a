"""Who made models: read from the files beside them, and from nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from polyseek.server.makers import LONGEST, maker_in, makers_of


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("Licence: CC0-1.0\nAuthor: Ann Weaver (weaver.example)\nSource: x", "Ann Weaver (weaver.example)"),
        ("\n\t  Tree Pack (2.1)\n\n\tCreated/distributed by Bo Ek (bo.example)\n", "Bo Ek (bo.example)"),
        ("# Models\n\nmade by: Studio Nine.\n", "Studio Nine"),
        ("MIT License\n\nCopyright (c) 2019-2024 Cem Ada\n\nPermission is hereby granted", "Cem Ada"),
        ("Copyright © 2020, Dana Fox", "Dana Fox"),
        ("Copyright 2012 Eve\nAuthor: Fay", "Fay"),
        ("the above copyright notice and this permission notice shall be included", None),
        ("Copyright (c) 2024\nAll rights reserved", None),
        ("This work was made available by its owners.", None),
        ("", None),
    ],
)
def test_a_licence_names_its_maker_or_nobody(text: str, maker: str | None):
    assert maker_in(text) == maker


def test_a_makers_line_of_any_length_is_cut():
    assert maker_in("Author: " + "x" * 10_000) == "x" * LONGEST


@pytest.fixture
def record(served_library):
    return next(iter(served_library.records()))


def test_the_nearest_file_counts_and_no_folder_above_the_indexed_one_is_read(record, tmp_path: Path):
    root = tmp_path / "packs"
    for folder in ("pack/kit", "other", "pack/own"):
        (root / folder).mkdir(parents=True)
    (tmp_path / "LICENSE").write_text("Author: Outside")
    (root / "pack" / "LICENSE.txt").write_text("Author: Pack")
    (root / "pack" / "own" / "info.json").write_text(json.dumps({"creator": "Own", "author": 3}))
    (root / "pack" / "own" / "license.md").write_text("Author: Not the nearest")
    paths = {
        "kit": root / "pack" / "kit" / "a.glb",
        "own": root / "pack" / "own" / "a.glb",
        "zip": f"{root / 'pack' / 'kit' / 'b.zip'}!/inside/a.glb",
        "none": root / "other" / "a.glb",
        "gone": tmp_path / "gone" / "a.glb",
    }
    records = [replace(record, id=id, path=str(path), root=str(root)) for id, path in paths.items()]

    found = makers_of(records)

    assert found == {"kit": "Pack", "own": "Own", "zip": "Pack", "none": None, "gone": None}


def test_a_link_that_leads_out_of_the_indexed_folder_is_not_followed(record, tmp_path: Path):
    (tmp_path / "secret.txt").write_text("Author: Secret")
    root = tmp_path / "packs"
    root.mkdir()
    (root / "LICENSE").symlink_to(tmp_path / "secret.txt")

    assert makers_of([replace(record, path=str(root / "a.glb"), root=str(root))]) == {record.id: None}


def test_makers_are_told_over_http_for_models_that_are_there(client, models: Path):
    (models / "LICENSE.txt").write_text("CC0-1.0\nAuthor: Gus Holm")
    ids = [each["id"] for each in client.get("/api/v1/records?limit=2").json()["records"]]
    try:
        answer = client.post("/api/v1/records/makers", json={"ids": [*ids, "nobody"]})
    finally:
        (models / "LICENSE.txt").unlink()

    assert answer.json() == {"makers": dict.fromkeys(ids, "Gus Holm")}
    assert client.post("/api/v1/records/makers", json={"ids": []}).status_code == 422
