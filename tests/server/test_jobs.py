"""Indexing jobs: started from the page, watched, paused and stopped."""

import json
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from polyseek.errors import DecoderCrashed
from polyseek.server.jobs import JobBoard

API = "/api/v1"


def wait_until_over(client, id: str) -> dict:
    for line in client.get(f"{API}/jobs/{id}/events").text.splitlines():
        if line.startswith("data: "):
            last = json.loads(line[6:])
    return last


def test_a_folder_is_indexed_and_its_events_end_with_the_report(client, models, tmp_path):
    more = tmp_path / "more"
    more.mkdir()
    for number, path in enumerate(sorted(models.rglob("*.glb"))[:3]):
        shutil.copy(path, more / f"copy{number}.glb")
    (more / "broken.glb").write_bytes(b"glTF")
    before = client.get(f"{API}/health").json()["records"]

    job = client.post(f"{API}/jobs", json={"paths": [str(more)]}).json()
    last = wait_until_over(client, job["id"])

    assert last["state"] == "finished"
    assert (last["report"]["added"], last["report"]["failed"]) == (3, 1)
    assert last["failures"][0]["path"].endswith("broken.glb")
    assert client.get(f"{API}/health").json()["records"] == before + 3


def test_a_paused_job_stands_still_until_it_is_resumed(client, models, tmp_path):
    more = tmp_path / "more"
    shutil.copytree(models, more)
    job = client.post(f"{API}/jobs", json={"paths": [str(more)]}).json()
    while client.get(f"{API}/jobs").json()["jobs"][0]["state"] == "scanning":
        time.sleep(0.01)

    paused = client.post(f"{API}/jobs/{job['id']}/pause").json()
    time.sleep(1.0)  # what was being read is done
    first = client.get(f"{API}/jobs").json()["jobs"][0]["done"]
    time.sleep(0.3)
    second = client.get(f"{API}/jobs").json()["jobs"][0]["done"]
    client.post(f"{API}/jobs/{job['id']}/resume")

    if paused["state"] == "paused":  # a very fast machine may have been done before
        assert first == second
    assert wait_until_over(client, job["id"])["state"] == "finished"


def test_an_unknown_job_is_a_problem(client):
    assert client.post(f"{API}/jobs/job9/stop").json()["kind"] == "unknown_id"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("models", "usage"),
        ("", "usage"),
        (".", "usage"),
        ("/nowhere/at/all", "not_found"),
        ("/" + "x" * 4000, "not_found"),
        ("/zero\0byte", "not_found"),
        ("~nobody-of-this-name/models", "not_found"),
    ],
)
def test_only_a_full_path_that_exists_is_indexed(client, path, kind):
    answer = client.post(f"{API}/jobs", json={"paths": [path]})

    assert answer.status_code in (400, 422)
    assert answer.json()["kind"] == kind
    assert client.get(f"{API}/jobs").json() == {"jobs": []}


def test_a_job_that_fails_in_an_unforeseen_way_is_over_and_says_so(tmp_path):
    def open_library():
        raise ZeroDivisionError("made for this test")

    board = JobBoard(open_library)
    job = board.start([str(tmp_path)])
    board.close()

    assert job.state == "failed"
    assert "made for this test" in job.as_json()["error"]["message"]
    assert board.start([str(tmp_path)]).id == "job2"
    board.close()


def test_a_second_job_waits_its_turn(client, models, tmp_path):
    more = tmp_path / "more"
    shutil.copytree(models, more)
    job = client.post(f"{API}/jobs", json={"paths": [str(more)]}).json()

    answer = client.post(f"{API}/jobs", json={"paths": [str(more)]})
    client.post(f"{API}/jobs/{job['id']}/stop")

    assert (answer.status_code, answer.json()["kind"]) == (503, "busy")
    assert wait_until_over(client, job["id"])["state"] in ("stopped", "finished")


def test_searches_are_answered_while_a_job_runs_and_uploads_are_read(client, models, tmp_path):
    more = tmp_path / "more"
    shutil.copytree(models, more)
    upload = sorted(models.rglob("*.glb"))[0].read_bytes()
    name = client.get(f"{API}/records?limit=1").json()["records"][0]["name"].split("_")[0]
    job = client.post(f"{API}/jobs", json={"paths": [str(more)]}).json()

    def search(number: int) -> int:
        if number % 3 == 0:
            return client.post(f"{API}/search", files={"file": ("query.glb", upload)}).status_code
        if number % 3 == 1:
            return client.post(f"{API}/search", files={"file": ("b.glb", b"glTF" + bytes(60))}).status_code
        return client.post(f"{API}/search", json={"words": name}).status_code

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(search, range(18)))

    assert found == [200, 422, 200] * 6
    assert wait_until_over(client, job["id"])["report"]["added"] == 24


def test_a_reader_that_dies_disturbs_no_other_search(client, served_library, models):
    upload = sorted(models.rglob("*.glb"))[0].read_bytes()
    sandbox = served_library._searchers.examples.models()

    def search(number: int) -> int:
        if number % 3 == 0:
            with pytest.raises(DecoderCrashed):
                sandbox.run(os._exit, 3, name="deadly.glb")
            return 0
        if number % 3 == 1:
            return client.post(f"{API}/search", files={"file": ("query.glb", upload)}).status_code
        return client.post(f"{API}/search", json={"words": "a"}).status_code

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(search, range(9)))

    assert found == [0, 200, 200] * 3
