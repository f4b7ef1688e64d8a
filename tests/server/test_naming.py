"""Naming models over HTTP: labels, and suggested tags that a person accepts or rejects."""

from __future__ import annotations


def test_labels_are_put_to_models_of_the_library(eye, client, monkeypatch):
    said = eye.encode_texts  # which knows the label, but not its prompts
    monkeypatch.setattr(
        eye, "encode_texts", lambda texts: said(["glorp" if "glorp" in text else text for text in texts])
    )
    asked = {"ids": [eye.ids[0], eye.ids[-1]], "labels": ["glorp", "wug"]}

    first, last = client.post("/api/v1/classify", json=asked).json()["models"]

    assert (first["id"], first["label"]) == (eye.ids[0], "glorp")
    assert (last["id"], last["label"]) == (eye.ids[-1], "wug")
    assert first["made_by"]["space"] == eye.space.digest


def test_wrong_labels_and_models_are_problems(eye, client):
    unknown = client.post("/api/v1/classify", json={"ids": ["zzzz"], "labels": ["glorp"]})
    empty = client.post("/api/v1/classify", json={"ids": [eye.ids[0]], "labels": ["  "]})

    assert unknown.status_code == 404
    assert empty.status_code == 422


def test_a_library_that_reads_no_words_says_how_it_could(client):
    id = client.get("/api/v1/records?limit=1").json()["records"][0]["id"]

    for call, body in (("classify", {"ids": [id], "labels": ["chair"]}), ("suggest", {"ids": [id]})):
        problem = client.post(f"/api/v1/{call}", json=body)
        assert problem.status_code == 400
        assert problem.json()["hint"] == "polyseek encoders use words2, then polyseek index"


def test_suggestions_are_kept_and_taken_back_by_one_call(eye, client, monkeypatch):
    from polyseek.naming import suggesting
    from polyseek.search.suggest import Proposal

    monkeypatch.setattr(
        suggesting,
        "_proposed",
        lambda encoder, tree, vectors, vocabulary, most: [[Proposal("wug", 0.7, "wug")] for _ in vectors],
    )

    found = client.post("/api/v1/suggest", json={"ids": list(eye.ids[:2]), "vocabulary": ["wug"]}).json()

    assert (found["looked_at"], found["changed"]) == (2, 2)
    assert found["suggested"][0]["tags"] == [{"tag": "wug", "probability": 0.7}]
    record = client.get(f"/api/v1/records/{eye.ids[0]}").json()
    assert {"tag": "wug", "by": "suggested"} in record["tags"]
    assert client.get("/api/v1/records", params={"where": "suggested = 'wug'"}).json()["total"] == 2
    assert client.post("/api/v1/undo").json() == {"undone": "suggested tags for 2 models"}
    assert client.get("/api/v1/records", params={"where": "suggested is not null"}).json()["total"] == 0
