"""Turntables over HTTP: drawn once, kept in the library, given up when the model changes."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from PIL import Image

API = "/api/v1"


def test_a_turntable_is_drawn_once_and_kept_without_a_new_generation(client, served_library, monkeypatch):
    record = next(served_library.records())
    generation = served_library._catalogue.generation()
    address = f"{API}/records/{record.id}/turntable.webp"

    first = client.get(address)
    monkeypatch.setattr(served_library._searchers.examples, "models", lambda: None)  # none may be drawn again
    again = client.get(address)
    known = client.get(address, headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["content-type"] == "image/webp"
    assert Image.open(io.BytesIO(first.content)).size == (1024, 768)
    assert again.content == first.content
    assert (known.status_code, known.content) == (304, b"")
    assert served_library._catalogue.generation() == generation


def test_a_model_that_is_read_again_is_drawn_again(client, served_library, models: Path, tmp_path: Path):
    folder = tmp_path / "changing"
    folder.mkdir()
    sources = sorted(models.rglob("*.glb"))
    shutil.copy(sources[0], folder / "thing.glb")
    served_library.add([folder], jobs=1)
    (record,) = served_library.records('name = "thing"')
    before = client.get(f"{API}/records/{record.id}/turntable.webp").content

    shutil.copy(sources[7], folder / "thing.glb")
    served_library.add([folder], jobs=1)

    after = client.get(f"{API}/records/{record.id}/turntable.webp").content
    assert after != before
    served_library._catalogue.keep_picture(record, "turntable", before)  # made of what was there before
    assert client.get(f"{API}/records/{record.id}/turntable.webp").content == after


def test_a_model_that_cannot_be_read_has_no_turntable(client, served_library, models: Path, tmp_path: Path):
    folder = tmp_path / "gone"
    folder.mkdir()
    shutil.copy(sorted(models.rglob("*.glb"))[0], folder / "thing.glb")
    served_library.add([folder], jobs=1)
    (record,) = served_library.records('name = "thing"')
    (folder / "thing.glb").unlink()

    refused = client.get(f"{API}/records/{record.id}/turntable.webp")

    assert refused.status_code in (404, 410, 422)
    assert client.get(f"{API}/records/nobody/turntable.webp").status_code == 404
