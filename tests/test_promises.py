"""The promises of the README, each held by a test over the whole program."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.encoders.contract import Space
from polyseek.errors import LibraryNewer, SpaceMismatch
from polyseek.indexing.examples import Examples
from polyseek.indexing.settings import FILE_NAME, FLOW, Settings, as_toml
from polyseek.library import Library

# Without pictures: no promise here is about them but that of equal bytes, which has them.
PLAIN = tuple(name for name in FLOW if name != "picture")


def make_library(folder: Path, **settings) -> Library:
    folder.mkdir(exist_ok=True)
    (folder / FILE_NAME).write_text(as_toml(replace(Settings(jobs=1, flow=PLAIN), **settings)))
    return Library.open(folder)


def content(library: Library) -> dict[str, dict[str, object]]:
    """All that matters of a library, by id: record (without the time it was added) and vectors."""
    found = {record.id: {**record.as_json(), "added": ""} for record in library.records()}
    for encoder in library.settings.encoders:
        ids, vectors = library.vectors(encoder)
        for id, vector in zip(ids, vectors, strict=True):
            found[id][encoder] = vector.tobytes()
    return found


def snapshot(folder: Path) -> dict[str, tuple[int, int, str]]:
    """(mode, mtime_ns, digest) of every file and folder, the folder itself too."""
    found: dict[str, tuple[int, int, str]] = {}
    for path in (folder, *folder.rglob("*")):
        state = path.lstat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path)] = (state.st_mode, state.st_mtime_ns, digest)
    return found


@pytest.fixture
def folder(models, write_box) -> Path:
    """The person's folder: models, an archive, a file with a texture that is not there, one that is broken."""
    with zipfile.ZipFile(models / "pack.zip", "w") as archive:
        archive.write(models / "kitchen" / "cup.glb", "cup_in_archive.glb")
    (models / "broken.glb").write_bytes(b"glTF" + (2).to_bytes(4, "little") + bytes(4))
    (models / "plain.obj").write_text("mtllib gone.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")
    return models


def test_nothing_is_ever_written_in_the_persons_folders(folder, tmp_path):
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)
    before = snapshot(folder)

    with make_library(tmp_path / "library", flow=FLOW) as library:
        library.add([folder])
        library.add([folder], split="nodes")
        for record in library.records():
            library.model_glb(record.id)
        library.search(folder / "kitchen" / "cup.glb")
        library.tag([record.id], add=["mine"])
        library.remove([record.id])
        library.prune()

    assert snapshot(folder) == before


def test_an_emptied_or_unmounted_folder_deletes_no_record(folder, tmp_path):
    away = tmp_path / "away"
    with make_library(tmp_path / "library") as library:
        library.add([folder])
        before = content(library)

        folder.rename(away)  # an unmounted share: the folder is gone
        library.add([folder])
        unmounted = content(library)
        folder.mkdir()  # its mount point: there, and empty
        library.add([folder])
        emptied = content(library)
        folder.rmdir()
        away.rename(folder)
        library.add([folder])
        back = content(library)

    missing = {id: {**record, "status": "missing"} for id, record in before.items()}
    assert unmounted == emptied == missing
    assert back == before


RUN = """
import sys
from polyseek.indexing.examples import Examples
from polyseek.library import Library

with Library.open(sys.argv[1]) as library:
    library.add([sys.argv[2]], progress=lambda event: print(type(event).__name__, flush=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_run_resumes_to_the_same_library(models, write_box, tmp_path):
    for number in range(150):
        write_box(models / "many" / f"box_{number:03}.glb", 1 + number / 50, 1 + number % 7, 1)
    with make_library(tmp_path / "whole", encoders=("geo18",), default_encoder="geo18") as library:
        library.add([models])
        whole = content(library)
    killed = tmp_path / "killed"
    make_library(killed, encoders=("geo18",), default_encoder="geo18").close()
    moments = random.Random(1)

    for events in (3, 40, 80):  # while starting, in the first batches, later
        command = [sys.executable, "-c", RUN, str(killed), str(models)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
            for _ in range(events):
                run.stdout.readline()
            time.sleep(moments.uniform(0, 0.02))
            run.send_signal(signal.SIGKILL)
        with Library.open(killed) as library:
            assert library.info().healthy
            part = content(library)
            assert part.items() <= whole.items()
    with Library.open(killed) as library:
        report = library.add([models])
        resumed = content(library)

    assert report.known == len(part) > 0
    assert resumed == whole


STAGE = """
import os, time
from polyseek.indexing.stages import load as plain

def load(items, work):
    if "crash" in work.job.path:
        os.abort()
    if "hang" in work.job.path:
        time.sleep(60)
    if "bomb" in work.job.path:
        bytearray(10**12)
    return plain(items, work)
"""


def test_a_bad_file_costs_only_itself(models, write_box, tmp_path, monkeypatch):
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "dangerous.py").write_text(STAGE)
    monkeypatch.syspath_prepend(str(tmp_path / "code"))
    for name in ("crash", "hang", "bomb"):
        write_box(models / f"{name}.glb")
    for suffix in ("glb", "gltf", "obj", "ply", "stl", "off", "dae", "3mf", "fbx", "xyz", "pcd", "zip"):
        (models / f"noise.{suffix}").write_bytes(random.Random(suffix).randbytes(500))
        (models / f"empty.{suffix}").write_bytes(b"")
    stages = {**Settings().stages, "load": "dangerous:load"}
    limits = replace(Settings().limits, seconds=2.0)

    with make_library(tmp_path / "library", stages=stages, limits=limits) as library:
        report = library.add([models])
        good = {record.name for record in library.records("status = 'present'")}

    kinds = {Path(failure.path).name: failure.kind for failure in report.failures}
    assert good >= {"chair_red", "table_wood", "cup", "plate"}
    assert report.added == len(good)
    assert (kinds["crash.glb"], kinds["hang.glb"], kinds["bomb.glb"]) == ("crashed", "limit", "limit")
    assert {name for name in kinds if name.startswith("empty")} >= {"empty.glb", "empty.obj", "empty.zip"}
    assert all(failure.reason for failure in report.failures)
    assert report.added + report.failed == 4 + 3 + 24


def test_the_same_file_gives_the_same_vector_and_picture(models, tmp_path):
    found = []
    for name, jobs in (("first", 1), ("second", 2)):
        with make_library(tmp_path / name, flow=FLOW, jobs=jobs) as library:
            library.add([models])
            pictures = {record.id: library.thumbnail(record.id) for record in library.records()}
            found.append((content(library), pictures))

    assert found[0] == found[1]


def test_a_vector_of_a_foreign_encoder_is_refused(models, tmp_path):
    with make_library(tmp_path / "library", encoders=("geo18",), default_encoder="geo18") as library:
        library.add([models])
        (record, *_) = library.records()
        foreign = Entry(
            replace(record, id="foreign", path="/x.glb"), {"0123456789abcdef": np.ones(4, np.float32)}
        )
        stamp = Stamp("/x.glb", "/", 1, 1, "d")

        with pytest.raises(SpaceMismatch), library._catalogue.batch() as batch:
            batch.put(stamp, [foreign])
        with pytest.raises(SpaceMismatch):
            library.vectors("d2")
        assert library.count() == 4


def test_a_library_of_another_encoders_version_refuses_to_compare_until_it_is_indexed_again(
    models, tmp_path, monkeypatch
):
    folder = tmp_path / "library"
    with make_library(folder, encoders=("geo18",), default_encoder="geo18") as library:
        library.add([models])
        before = library.vectors()[1]
    path = models / "kitchen" / "cup.glb"

    # A later version of the encoder: other vectors, another digest.
    monkeypatch.setattr("polyseek.encoders.geo18.space_of", lambda *_: Space("geo18", 36, "feedfeedfeedfeed"))
    # What a worker of that version would give.
    monkeypatch.setattr(Examples, "model", lambda *_: {"feedfeedfeedfeed": before[0]})
    with Library.open(folder) as library:
        with pytest.raises(SpaceMismatch):
            library.vectors()
        with pytest.raises(SpaceMismatch):
            library.search(path)
        assert library.search("cup")[0].name == "cup"

    assert before.shape == (4, 36)


def test_a_library_of_a_newer_version_is_refused_with_what_to_do(tmp_path):
    make_library(tmp_path / "library").close()
    with sqlite3.connect(tmp_path / "library" / "library.db") as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()

    with pytest.raises(LibraryNewer) as caught:
        Library.open(tmp_path / "library")

    assert caught.value.hint
    assert caught.value.exit_status == 3


HOOK = """
import os, sys

LOG = os.environ["POLYSEEK_TEST_LOG"]
SPOKEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")

def note(text):
    descriptor = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{os.getpid()} {text}\\n".encode())
    os.close(descriptor)

def hook(event, arguments):
    if event in SPOKEN:
        note(event)
        raise ConnectionError(f"{event} in a test that allows none")

sys.addaudithook(hook)
note("started")
"""

SILENT = """
import socket, sys
from pathlib import Path
from polyseek.indexing.examples import Examples
from polyseek.library import Library

with Library.open(sys.argv[1]) as library:
    report = library.add([sys.argv[2]])
    hits = library.search(Path(sys.argv[2]) / "kitchen" / "cup.glb")
    hits = library.search("cup")
    library.model_glb(hits[0].id)
    print(report.added, hits[0].name)
try:
    socket.create_connection(("127.0.0.1", 9))
except ConnectionError as error:
    print(error)
"""


def test_no_connection_is_ever_made(models, tmp_path):
    triangle = {
        "asset": {"version": "2.0"},
        "buffers": [{"uri": "https://example.invalid/triangle.bin", "byteLength": 36}],
        "bufferViews": [{"buffer": 0, "byteLength": 36}],
        "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "nodes": [{"mesh": 0}],
        "scenes": [{"nodes": [0]}],
        "scene": 0,
    }
    (models / "remote.gltf").write_text(json.dumps(triangle))
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(HOOK)
    log = tmp_path / "log"
    make_library(tmp_path / "library", flow=FLOW).close()

    answer = subprocess.run(
        [sys.executable, "-c", SILENT, str(tmp_path / "library"), str(models)],
        env={**os.environ, "PYTHONPATH": str(hook), "POLYSEEK_TEST_LOG": str(log)},
        capture_output=True,
        text=True,
        check=True,
    )

    said, refused = answer.stdout.splitlines()
    lines = [line.split() for line in log.read_text().splitlines()]
    parent = lines[0][0]
    assert said == "4 cup"
    assert "socket.getaddrinfo" in refused  # the hook works, in the parent ...
    assert len({pid for pid, text in lines if text == "started"}) >= 3  # ... and stood in the workers
    assert [line for line in lines if line[1] != "started" and line[0] != parent] == []
    assert [text for pid, text in lines if pid == parent and text != "started"] == ["socket.getaddrinfo"]
