"""Opening a file's folder: by which command, of which file, and for whom."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from polyseek.catalogue.record import Record
from polyseek.errors import FileNotFound
from polyseek.server.reveal import command, file_of

API = "/api/v1"
FILE = Path("/models/oak chair.glb")
on_linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there xdg-open is not asked")


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop whose xdg-open writes down what it is asked to open."""
    folder, noted = tmp_path / "bin", tmp_path / "opened"
    folder.mkdir()
    program = folder / "xdg-open"
    program.write_text(f'#!/bin/sh\necho "$1" > "{noted}.new" && mv "{noted}.new" "{noted}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    return noted


@pytest.fixture
def near(served_library):
    """A client that sits at this machine."""
    from fastapi.testclient import TestClient

    from polyseek.server.app import make_app

    app = make_app(served_library)
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000)) as found:
        yield found


def first_record(client) -> dict:
    return client.get(f"{API}/records?limit=1").json()["records"][0]


def test_each_system_is_asked_in_its_own_way(opener):
    assert command(FILE, "win32", {}) == 'explorer.exe /select,"/models/oak chair.glb"'
    assert command(FILE, "darwin", {}) == ["open", "-R", "/models/oak chair.glb"]
    linux = command(FILE, "linux", os.environ)
    assert linux is not None
    assert linux[1] == "/models"


def test_without_a_screen_or_an_opener_nothing_is_opened(opener, tmp_path):
    assert command(FILE, "linux", {"PATH": os.environ["PATH"]}) is None
    assert command(FILE, "linux", {"DISPLAY": ":0", "PATH": str(tmp_path / "nothing")}) is None
    assert command(FILE, "linux", {"WAYLAND_DISPLAY": "wayland-0", "PATH": os.environ["PATH"]}) is not None


def test_the_file_of_a_member_is_its_archive_and_of_an_object_its_scene(tmp_path):
    for name in ("pack.zip", "room #1.glb"):
        (tmp_path / name).touch()

    def file(path: str, parent: str | None = None) -> str:
        return file_of(
            Record("a", str(tmp_path / path), str(tmp_path), "a", "glb", 1, "", parent=parent)
        ).name

    assert file("pack.zip!/chairs/oak.glb") == "pack.zip"
    assert file("room #1.glb") == "room #1.glb"
    assert file("room #1.glb#walls/door#2", parent="b") == "room #1.glb"
    with pytest.raises(FileNotFound):
        file("gone.glb")


@on_linux
def test_a_person_at_this_machine_sees_the_folder_of_the_file(near, opener):
    record = first_record(near)
    assert near.get(f"{API}/info").json()["reveal"] is True

    answer = near.post(f"{API}/records/{record['id']}/reveal")

    assert answer.json() == {"revealed": record["path"]}
    deadline = time.monotonic() + 10
    while not (opener.exists() and opener.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert opener.read_text().strip() == str(Path(record["path"]).parent)


@pytest.mark.parametrize(
    "headers",
    [{"X-Forwarded-For": "192.168.1.9"}, {"Forwarded": "for=192.168.1.9"}, {"Via": "1.1 proxy"}],
)
def test_who_comes_through_a_proxy_sits_elsewhere(near, opener, headers):
    assert near.get(f"{API}/info", headers=headers).json()["reveal"] is False

    answer = near.post(f"{API}/records/{first_record(near)['id']}/reveal", headers=headers)

    assert answer.status_code == 403
    assert not opener.exists()


def test_other_machines_and_names_open_nothing(served_library, near, opener):
    from fastapi.testclient import TestClient

    from polyseek.server.app import make_app
    from polyseek.server.guard import Admission

    bearer = {"Authorization": "Bearer t"}
    app = make_app(served_library, Admission("t", frozenset({"models.example"})))
    for host, client in (
        ("127.0.0.1", "192.168.1.9"),
        ("models.example", "127.0.0.1"),
        ("10.0.0.2", "127.0.0.1"),
    ):
        with TestClient(app, base_url=f"http://{host}", client=(client, 50000), headers=bearer) as far:
            assert far.get(f"{API}/info").json()["reveal"] is False
            assert far.post(f"{API}/records/{first_record(far)['id']}/reveal").status_code == 403


def test_a_file_that_is_gone_or_unknown_is_a_problem(near, opener, served_library, models, tmp_path):
    import shutil

    copy = tmp_path / "gone.glb"
    shutil.copy(sorted(models.rglob("*.glb"))[0], copy)
    served_library.add([copy], jobs=1)
    (record,) = served_library.records(f'path = "{copy}"')
    copy.unlink()

    assert near.post(f"{API}/records/{record.id}/reveal").json()["kind"] == "not_found"
    assert near.post(f"{API}/records/nobody/reveal").json()["kind"] == "unknown_id"
