"""Words, models and pictures in one call of POST /search."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

SEARCH = "/api/v1/search"


def picture(*colour: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (12, 12), colour).save(file, "PNG")
    return file.getvalue()


RED, GREEN = picture(220, 10, 10), picture(10, 220, 10)


def send(client, files, **fields) -> dict:
    answer = client.post(SEARCH, files=[("file", each) for each in files], data=fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_picture_finds_what_it_shows(client, eye):
    found = send(client, [("a.png", RED)], k=3)

    assert found["hits"][0]["id"] == eye.ids[0]
    assert len(found["hits"]) == 3
    assert found["hits"][0]["why"] == "looks like a.png (1.00)"


def test_pictures_without_a_model_show_one_thing(client, eye):
    found = send(client, [("a.png", RED), ("a.png", GREEN)])

    assert "a.png and 1 more" in found["hits"][0]["why"]


def test_words_ids_models_and_pictures_are_asked_for_at_once(client, eye, models: Path):
    model = next(iter(models.rglob("*.glb")))
    fields = {
        "words": "glorp -wood",
        "like": [eye.ids[3], eye.ids[4]],
        "unlike": eye.ids[5],
        "weights": ["2", "1", "0.5"],
        "mode": "meaning",
        "fields": "card",
        "fold": "true",
        "where": "triangles > 0",
        "parts": json.dumps([{"files": ["0/m.glb"], "weight": 2}, {"files": ["1/a.png"], "weight": -0.5}]),
    }

    found = send(client, [("0/m.glb", model.read_bytes()), ("1/a.png", GREEN)], **fields)

    query = found["query"]
    for part in (
        "glorp",
        "-wood",
        f"2:id:{eye.ids[3]}",
        f"-0.5:id:{eye.ids[5]}",
        "2:0/m.glb",
        "-0.5:1/a.png",
    ):
        assert part in query
    why = found["hits"][0]["why"]
    for part in ("like “glorp”", "m.glb", "like a.png"):
        assert part in why
    assert {"“glorp”", "m.glb", "a.png"} <= {reason["like"] for reason in found["hits"][0]["reasons"]}
    assert "variants" in found["hits"][0]
    assert "measures" not in found["hits"][0]["record"]


def test_a_model_keeps_the_pictures_beside_it_as_its_textures(client, models: Path):
    obj = b"mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nusemtl m\nf 1/1 2/1 3/1\n"
    files = [("a.obj", obj), ("a.mtl", b"newmtl m\nmap_Kd skin.png\n"), ("skin.png", RED)]

    found = send(client, files, k=2)

    assert found["query"] == "a.obj"


def test_words_alone_may_come_as_a_form(client):
    answer = client.post(SEARCH, files={"words": (None, "-zzz"), "k": (None, "2")})

    assert len(answer.json()["hits"]) == 2


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"parts": "[{"}, 400, "no JSON"),
        ({"parts": '[{"files": ["b.png"]}]'}, 400, "not uploaded"),
        ({"parts": '[{"files": ["a.png", "notes.txt"]}]'}, 400, "one model or pictures"),
        ({"parts": '[{"files": []}]'}, 422, ""),
        ({"parts": '[{"files": ["a.png"], "weight": 1e9}]'}, 422, ""),
        ({"parts": json.dumps([{"files": ["a.png"], "weight": w} for w in range(1, 14)])}, 400, "at most 12"),
        ({"k": "many"}, 422, ""),
        ({"mode": "words"}, 400, "mode words"),
        ({"words": "./a.png"}, 400, "over HTTP"),
        ({"words": "a.png"}, 400, "over HTTP"),
    ],
)
def test_what_cannot_be_searched_by_is_said(client, eye, fields, status, said):
    answer = client.post(SEARCH, files=[("file", ("a.png", RED)), ("file", ("notes.txt", b"x"))], data=fields)

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.text


def test_paths_of_the_servers_disk_stay_unread(client, eye, tmp_path: Path):
    (tmp_path / "secret.png").write_bytes(RED)

    for words in (f"{tmp_path}/secret.png", f'-"{tmp_path}/secret.png"', "2:./secret.jpg"):
        answer = client.post(SEARCH, json={"words": words})
        assert (answer.status_code, "over HTTP" in answer.text) == (400, True)


def test_without_an_encoder_for_pictures_it_is_said_what_to_do(client):
    answer = client.post(SEARCH, files={"file": ("a.png", RED)})

    assert answer.status_code == 400
    assert "reads pictures" in answer.json()["title"]
    assert answer.json()["hint"] == "polyseek encoders use words2, then polyseek index"


def test_what_is_neither_model_nor_picture_is_said(client):
    answer = client.post(SEARCH, files={"file": ("a.txt", b"hello")})

    assert answer.status_code >= 400
    assert "no model or picture" in answer.json()["title"]


def test_info_says_what_encoders_read(client, eye):
    encoders = client.get("/api/v1/info").json()["encoders"]

    assert {each["id"]: each["reads"] for each in encoders} == {"geo18": [], "shape1": ["words", "pictures"]}
