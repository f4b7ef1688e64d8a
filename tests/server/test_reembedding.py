"""The server makes vectors that models lack in the background, and gives way to whoever indexes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from polyseek.indexing.settings import FILE_NAME, change_setting
from polyseek.server import reembedding
from polyseek.server.jobs import OVER, JobBoard

API = "/api/v1"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reembedding, "LOOK_S", 0.05)


def until(told: Callable[[], object], seconds: float = 60.0):
    """What `told` says as soon as it is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = told()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come about in time")


def lacking(client) -> dict[str, int]:
    return {each["id"]: each["lacking"] for each in client.get(f"{API}/info").json()["encoders"]}


def jobs(client) -> list[dict]:
    return client.get(f"{API}/jobs").json()["jobs"]


def test_a_complete_library_starts_no_job(client):
    time.sleep(0.3)
    assert jobs(client) == []
    assert set(lacking(client).values()) == {0}


def test_an_encoder_taken_up_while_the_server_runs_is_made_use_of(client, served_library):
    id = client.get(f"{API}/records?limit=1").json()["records"][0]["id"]
    path = served_library.path / FILE_NAME
    change_setting(path, "encoders", ("d2", "geo18"))
    change_setting(path, "default_encoder", "d2")

    answered = set()

    def is_over():
        made_by = client.get(f"{API}/records/{id}/similar").json()["made_by"]
        answered.add(made_by["encoder"])
        found = jobs(client)
        return found if found and found[-1]["state"] in OVER else None

    (job,) = until(is_over)

    assert (job["kind"], job["state"], job["paths"]) == ("embed", "finished", [])
    assert (job["done"], job["total"], job["report"]["embedded"]) == (24, 24, 24)
    assert answered <= {"shape1", "d2"}
    assert client.get(f"{API}/records/{id}/similar").json()["made_by"]["encoder"] == "d2"
    assert lacking(client) == {"d2": 0, "geo18": 0}


def test_a_person_may_pause_and_stop_it_and_it_stays_stopped(client, served_library):
    change_setting(served_library.path / FILE_NAME, "encoders", ("shape1", "geo18", "lightfield"))
    job = until(lambda: next((job for job in jobs(client) if job["state"] == "indexing"), None))

    paused = client.post(f"{API}/jobs/{job['id']}/pause").json()
    stopped = client.post(f"{API}/jobs/{job['id']}/stop").json()
    over = until(lambda: next((each for each in jobs(client) if each["state"] in OVER), None))
    time.sleep(0.3)

    assert paused["state"] == "paused"
    assert stopped["id"] == over["id"] == job["id"]
    assert over["state"] == "stopped"
    assert len(jobs(client)) == 1
    assert lacking(client)["lightfield"] > 0


def test_settings_that_cannot_be_read_are_waited_out(client, served_library):
    path = served_library.path / FILE_NAME
    text = path.read_text()
    path.write_text("encoders = [")
    time.sleep(0.3)
    assert client.get(f"{API}/health").status_code == 200
    path.write_text(text)
    change_setting(path, "encoders", ("shape1", "geo18", "d2"))
    until(lambda: [job for job in jobs(client) if job["state"] == "finished"])
    assert lacking(client)["d2"] == 0


def test_indexing_does_not_wait_for_it_and_it_waits_for_indexing(served_library, models, monkeypatch):
    served_library.use_encoders(["d2"])
    board = JobBoard(lambda: type(served_library).open(served_library.path))
    with board._indexing:  # somebody indexes
        embedding = board.embed()
        until(lambda: embedding.state == "indexing")
        time.sleep(0.3)
        assert embedding.done == 0
    index = board.start([str(models)])  # not refused
    until(lambda: index.state in OVER and embedding.state in OVER)
    board.close()

    assert (index.state, embedding.state) == ("finished", "finished")
    assert served_library.lacking() == {"shape1": 0, "geo18": 0, "d2": 0}
