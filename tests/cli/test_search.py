"""`polyseek search` by pictures, models and words at once."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from polyseek.cli import search
from polyseek.cli.session import Session
from polyseek.encoders.contract import CosineScale
from polyseek.encoders.shelf import load
from polyseek.errors import QueryError, UsageError
from polyseek.indexing.settings import FILE_NAME, FLOW, Settings, as_toml
from polyseek.library import Library
from polyseek.library.searchers import Searchers
from polyseek.search.query import Query, Term


class Eye:
    """Reads pictures into the Space of shape1: a red one lies where `low` does, any other where `tall` does."""

    pictures = CosineScale(0.0, 1.0, 0.5)

    def __init__(self, library: Library) -> None:
        encoder = load("shape1")
        self.card, self.space, self.wants, self.encode = (
            encoder.card,
            encoder.space,
            encoder.wants,
            encoder.encode,
        )
        ids, vectors = library.vectors("shape1")
        self.rows = {library.record(id).name: row for id, row in zip(ids, vectors, strict=True)}

    def encode_pictures(self, pictures) -> np.ndarray:
        red = [picture[..., 0].mean() > picture[..., 1].mean() for picture in pictures]
        return np.stack([self.rows["low" if each else "tall"] for each in red])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_box) -> Path:
    made = tmp_path_factory.mktemp("search")
    for name, sides in (("low", (2, 0.1, 1)), ("tall", (0.2, 3, 0.2)), ("cube", (1, 1, 1))):
        write_box(made / "models" / f"{name}.glb", *sides)
    for name, colour in (("red", (220, 20, 20)), ("green", (20, 220, 20))):
        Image.new("RGB", (20, 20), colour).save(made / f"{name}.png")
    (made / "library").mkdir()
    flow = tuple(name for name in FLOW if name != "picture")
    (made / "library" / FILE_NAME).write_text(
        as_toml(Settings(jobs=1, flow=flow, encoders=("shape1", "geo18")))
    )
    with Library.open(made / "library") as library:
        assert library.add([made / "models"]).added == 3
    return made


@pytest.fixture
def session(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session on the library, whose encoders read pictures."""
    with Library.open(folder / "library") as library:
        eye = Eye(library)
    monkeypatch.setattr(Searchers, "readers", property(lambda searchers: [eye]))
    monkeypatch.chdir(folder)
    return Session(library=folder / "library", json=True)


def found(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def test_a_picture_is_searched_by_as_an_argument_an_option_or_in_the_text(session, capsys):
    for how in (
        {"query": ["red.png"]},
        {"image": ["red.png"]},
        {"like": ["red.png"]},
        {"query": ["./red.png -cube"]},
    ):
        assert search.run(session, **how) == 0
        hits = found(capsys)["hits"]
        assert hits[0]["name"] == "low"
        assert "looks like red.png (1.00)" in hits[0]["why"]


def test_views_of_one_thing_lie_between_and_pictures_join_with_models(session, capsys):
    assert search.run(session, image=["red.png", "green.png"]) == 0
    between = found(capsys)
    assert {hit["name"] for hit in between["hits"][:2]} == {"low", "tall"}
    assert "red.png and 1 more" in between["hits"][0]["why"]

    assert search.run(session, image=["red.png"], unlike=["models/low.glb"], like=["green.png"]) == 0
    joined = found(capsys)
    assert joined["hits"][0]["name"] == "tall"
    assert "like low.glb, which is unwanted" in joined["hits"][-1]["why"]


def test_a_path_from_python_is_a_picture_too(session, folder):
    with session.open_library() as library:
        assert library.search(folder / "red.png", k=1)[0].name == "low"
        assert library.search("nowhere", files={"nowhere": b""}, k=1).good_match is False
        data = (folder / "red.png").read_bytes()
        assert library.search(Query.image("u/x.png"), files={"u/x.png": data}, k=1)[0].name == "low"
        assert library.search_bytes("x.png", data, k=1)[0].name == "low"


def test_a_library_without_eyes_says_what_to_do(folder):
    with pytest.raises(QueryError, match="reads pictures"):
        search.run(Session(library=folder / "library"), image=["red.png"])


def test_options_and_arguments_become_one_query(folder, monkeypatch):
    monkeypatch.chdir(folder)

    composed = search.compose(
        ["chair", "red.png"], ["k3f9", "gone.png"], ["models/low.glb"], ["a.png", "b.png"]
    )

    assert composed.terms == (
        Term("words", "chair"),
        Term("picture", "red.png"),
        Term("id", "k3f9"),
        Term("picture", "gone.png"),
        Term("file", "models/low.glb", -1.0),
        Term("picture", "a.png", more=("b.png",)),
    )
    with pytest.raises(UsageError, match="searched for"):
        search.compose([], [], [], [])


def test_an_encoder_is_named_to_compare_by_it_alone(session, capsys):
    for how, encoder in (({}, "shape1"), ({"encoder": "geo18"}, "geo18")):
        assert search.run(session, like=["models/low.glb"], k=1, **how) == 0
        hits = found(capsys)
        assert (hits["hits"][0]["name"], hits["made_by"]["encoder"]) == ("low", encoder)
    with pytest.raises(UsageError, match="no encoder 'nose'"):
        search.run(session, query=["cube"], encoder="nose")
