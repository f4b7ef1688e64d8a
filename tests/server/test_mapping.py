"""The map over HTTP."""

from __future__ import annotations

import time

import numpy as np
import pytest


def drawn(client) -> dict:
    """The map once it is up to date."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = client.get("/api/v1/map").json()
        if found["state"] != "drawing":
            return found
        time.sleep(0.05)
    raise TimeoutError("the map was not drawn")


def test_the_map_is_drawn_behind_and_has_every_model(client, served_library):
    first = client.get("/api/v1/map").json()
    assert first["state"] in ("drawing", "ready")

    found = drawn(client)

    assert found["state"] == "ready"
    assert sorted(found["ids"]) == sorted(record.id for record in served_library.records())
    assert len(found["places"]) == 48
    assert min(found["places"]) >= 0
    assert max(found["places"]) <= 65535
    assert len(found["colours"]) == 24 * 6
    assert found["version"] == served_library.map().version


def test_a_map_that_the_caller_has_is_not_sent_again(client):
    drawn(client)
    answer = client.get("/api/v1/map")

    again = client.get("/api/v1/map", headers={"If-None-Match": answer.headers["etag"]})

    assert again.status_code == 304
    assert again.content == b""


def test_matches_are_the_places_of_those_that_pass_the_filter(client, served_library):
    found = drawn(client)

    answer = client.get("/api/v1/map/matches", params={"where": 'tag = "apple"'}).json()

    assert answer["version"] == found["version"]
    names = [served_library.record(found["ids"][place]).name for place in answer["matches"]]
    assert len(names) == 2
    assert all("apple" in name for name in names)
    everything = client.get("/api/v1/map/matches").json()["matches"]
    assert everything == list(range(24))


def test_a_bad_filter_is_refused_with_the_place(client):
    answer = client.get("/api/v1/map/matches", params={"where": "triangles <"})

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_is_taken_out_leaves_the_map_and_comes_back_with_undo(client):
    before = drawn(client)
    client.post("/api/v1/records/remove", json={"ids": before["ids"][:1]})

    after = drawn(client)
    client.post("/api/v1/undo")

    assert set(before["ids"]) - set(after["ids"]) == {before["ids"][0]}
    assert set(drawn(client)["ids"]) == set(before["ids"])


def test_a_library_without_models_has_an_empty_map(tmp_path):
    from fastapi.testclient import TestClient

    from polyseek.library import Library
    from polyseek.server.app import make_app

    with (
        Library.open(tmp_path / "empty") as library,
        TestClient(make_app(library), base_url="http://127.0.0.1") as client,
    ):
        found = drawn(client)

    assert found["state"] == "empty"
    assert found["ids"] == []


def test_records_of_many_ids_come_in_their_order_without_those_that_are_gone(client):
    ids = [record["id"] for record in client.get("/api/v1/records").json()["records"]][:5]

    answer = client.post(
        "/api/v1/records/find", json={"ids": [ids[3], "nothere", ids[0], ids[3]], "fields": "card"}
    )

    assert [record["id"] for record in answer.json()["records"]] == [ids[3], ids[0]]
    assert "measures" not in answer.json()["records"][0]


@pytest.mark.parametrize("ids", [[], ["a"] * 10_001])
def test_no_ids_and_too_many_are_refused(client, ids: list[str]):
    assert client.post("/api/v1/records/find", json={"ids": ids}).status_code == 422


def test_python_has_the_map_that_the_page_shows(served_library):
    found = served_library.map()

    assert found.places.dtype == np.float32
    assert found.ids == tuple(
        served_library.records_of(found.ids)[place].id for place in range(len(found.ids))
    )


def test_a_search_tells_where_on_the_map_all_that_it_found_lies(client, served_library):
    found = drawn(client)

    answer = client.post("/api/v1/search", json={"words": "apple", "k": 1, "map": True}).json()

    assert len(answer["hits"]) == 1
    assert answer["map"]["version"] == found["version"]
    names = [served_library.record(found["ids"][place]).name for place in answer["map"]["matches"]]
    assert len(names) == 2
    assert all("apple" in name for name in names)


def test_a_search_that_ranks_every_model_has_no_places_on_the_map(client):
    found = drawn(client)

    answer = client.post("/api/v1/search", json={"like": found["ids"][:1], "k": 1, "map": True}).json()

    assert answer["map"] is None
    assert "map" not in client.post("/api/v1/search", json={"words": "apple"}).json()
