"""Folders that the server keeps up to date: on, off, after a restart, and one that goes away."""

from __future__ import annotations

import shutil
import threading
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from polyseek.indexing import watch
from polyseek.server import watching
from polyseek.server.jobs import JobBoard

API = "/api/v1"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(watch, "SETTLE_MS", 50)
    monkeypatch.setattr(watch, "QUIET_MS", 200)
    monkeypatch.setattr(watching, "RETRY_S", 0.1)


@pytest.fixture
def folder(models: Path, tmp_path: Path) -> Path:
    """A folder with one model, which no library knows yet."""
    found = tmp_path / "kept"
    found.mkdir()
    shutil.copy(sorted(models.rglob("*.glb"))[0], found / "first.glb")
    return found


def wait_for(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def folder_of(client, path: Path) -> dict | None:
    folders = client.get(f"{API}/folders").json()["folders"]
    return next((each for each in folders if each["path"] == str(path)), None)


def test_a_watched_folder_follows_its_files_until_it_is_let_go(client, served_library, folder, models):
    answer = client.put(f"{API}/folders/watch", json={"path": str(folder)})
    assert answer.status_code == 200
    wait_for(lambda: folder_of(client, folder)["watch"]["state"] == "watching")
    assert folder_of(client, folder)["models"] == 1
    assert tomllib.loads((served_library.path / "library.toml").read_text())["watch"] == [str(folder)]

    shutil.copy(sorted(models.rglob("*.glb"))[5], folder / "second.glb")
    wait_for(lambda: folder_of(client, folder)["models"] == 2)
    (folder / "first.glb").unlink()
    wait_for(lambda: folder_of(client, folder)["missing"] == 1)

    found = folder_of(client, folder)["watch"]
    assert (found["added"], found["missing"], found["error"]) == (2, 1, None)
    assert found["latest"].endswith("+00:00")
    client.put(f"{API}/folders/watch", json={"path": str(folder), "on": False})
    assert folder_of(client, folder)["watch"] is None
    assert served_library.watched() == ()


def test_the_next_server_watches_what_the_last_one_did(served_library, folder):
    from fastapi.testclient import TestClient

    from polyseek.server.app import make_app

    with TestClient(make_app(served_library), base_url="http://127.0.0.1") as first:
        first.put(f"{API}/folders/watch", json={"path": str(folder)})
    with TestClient(make_app(served_library), base_url="http://127.0.0.1") as second:
        wait_for(lambda: folder_of(second, folder)["watch"]["state"] == "watching")

        assert folder_of(second, folder)["models"] == 1
    assert not any(thread.name.startswith("watch ") for thread in threading.enumerate())


def test_a_folder_that_goes_away_is_told_and_its_records_stay_until_it_is_back(
    client, served_library, folder, models, tmp_path
):
    client.put(f"{API}/folders/watch", json={"path": str(folder)})
    wait_for(lambda: folder_of(client, folder)["watch"]["state"] == "watching")

    folder.rename(tmp_path / "elsewhere")

    wait_for(lambda: folder_of(client, folder)["watch"]["state"] == "failed")
    assert folder_of(client, folder)["watch"]["error"]["kind"] == "not_found"
    assert folder_of(client, folder)["missing"] == 0
    shutil.copy(sorted(models.rglob("*.glb"))[5], tmp_path / "elsewhere" / "second.glb")
    (tmp_path / "elsewhere").rename(folder)
    wait_for(lambda: folder_of(client, folder)["models"] == 2)
    assert folder_of(client, folder)["watch"]["error"] is None


@pytest.mark.parametrize("path", ["models", "/nowhere/at/all", "~nobody-of-this-name", "/zero\0byte"])
def test_only_a_full_path_that_exists_is_watched(client, served_library, path):
    assert client.put(f"{API}/folders/watch", json={"path": path}).status_code in (400, 422)
    assert client.put(f"{API}/folders/watch", json={"path": path, "on": False}).status_code == 200
    assert served_library.watched() == ()


def test_one_indexes_at_a_time_and_who_is_stopped_waits_no_longer(served_library):
    board = JobBoard(lambda: served_library)
    stopped, order = threading.Event(), []

    def wait(name: str, stop: threading.Event) -> threading.Thread:
        def work() -> None:
            with board.turn(stop):
                order.append(name)

        thread = threading.Thread(target=work)
        thread.start()
        return thread

    with board.turn(threading.Event()):
        second, third = wait("patient", threading.Event()), wait("stopped", stopped)
        stopped.set()
        third.join(5)
        order.append("first is done")
    second.join(5)

    assert order == ["stopped", "first is done", "patient"]
