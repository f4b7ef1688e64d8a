"""`polyseek models`: encoders come, are listed, are used by a library, and go."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("tokenizers")

from onnx import TensorProto
from PIL import Image

import tower_layouts as layouts
from polyseek.assets import Material
from polyseek.cli import models
from polyseek.cli.models import Action
from polyseek.cli.session import Session
from polyseek.encoders.towers import adding, scale, shelf
from polyseek.encoders.towers.adding import Wish, add
from polyseek.errors import UsageError
from polyseek.formats.write_glb import write_glb
from polyseek.indexing.settings import FILE_NAME, FLOW, Settings, as_toml
from polyseek.library import Library
from polyseek.procedural import make
from polyseek.search.query import Query

COLOURS = {"red": (0.8, 0.02, 0.02, 1.0), "green": (0.02, 0.6, 0.02, 1.0), "blue": (0.02, 0.02, 0.8, 1.0)}
Seen = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "towers"
    monkeypatch.setenv("POLYSEEK_TOWERS", str(place))
    monkeypatch.setattr(adding, "gallery_for", lambda encoder: scale.gallery_for(encoder, 4))
    return place


def colour_tower(folder: Path) -> Path:
    """Sees what colour there is most of, and knows the words red, green and blue."""
    vision, text = layouts.Net(), layouts.Net()
    vision.takes("pixel_values", TensorProto.FLOAT, ["batch", 3, "height", "width"])
    vision.node("ReduceMean", ["pixel_values"], "mean", axes=[2, 3], keepdims=0)
    vision.node("ReduceMean", ["mean"], "grey", axes=[1], keepdims=1)
    vision.node("Sub", ["mean", "grey"], "chroma")
    vision.gives("image_embeds", "chroma", ["batch", 3])
    text.takes("input_ids", TensorProto.INT64, ["batch", "sequence"])
    known = np.full((len(layouts.VOCABULARY), 3), -0.1, np.float32)
    places = {"red": 12, "green": 13, "blue": 14}  # the words of the tokenizer below
    for axis, place in enumerate(places.values()):
        known[place] = 3 * np.eye(3, dtype=np.float32)[axis] - 1
    text.constants["known"] = known
    text.node("Gather", ["known", "input_ids"], "tokens")
    text.node("ReduceMean", ["tokens"], "meant", axes=[1], keepdims=0)
    text.gives("text_embeds", "meant", ["batch", 3])
    vision.save(folder / "onnx" / "vision_model.onnx")
    text.save(folder / "onnx" / "text_model.onnx")
    layouts.write_configs(
        folder, {"model_type": "clip"}, {**layouts.CLIP_PREPROCESSOR, "do_normalize": False}
    )
    table = (folder / "tokenizer.json").read_text(encoding="utf-8")
    (folder / "tokenizer.json").write_text(
        table.replace('"椅"', '"green"').replace('"子"', '"blue"'), encoding="utf-8"
    )
    return folder


def coloured_models(folder: Path) -> Path:
    """Balls whose file names say nothing."""
    folder.mkdir()
    for number, colour in enumerate(COLOURS.values()):
        ball = make("ball", 1)
        painted = replace(ball, materials=tuple(Material("one", base_colour=colour) for _ in ball.materials))
        (folder / f"model_{number}.glb").write_bytes(write_glb(painted))
    return folder


def library_with(folder: Path, *encoders: str) -> Library:
    folder.mkdir(exist_ok=True)
    flow = tuple(name for name in FLOW if name != "picture")
    settings = Settings(encoders=("shape1", *encoders), jobs=1, flow=flow)
    (folder / FILE_NAME).write_text(as_toml(settings), encoding="utf-8")
    return Library.open(folder)


def test_words_and_pictures_find_models_by_an_added_encoder(tmp_path: Path):
    add(str(colour_tower(tmp_path / "colours")), Wish(views=2))
    paths = coloured_models(tmp_path / "models")
    Image.new("RGB", (30, 20), (20, 20, 220)).save(tmp_path / "photo.png")

    with library_with(tmp_path / "library", "colours") as library:
        assert library.add([paths]).added == 3
        found = [library.search(colour, k=1, mode="meaning").hits[0].name for colour in COLOURS]
        seen = library.search(Query.image(str(tmp_path / "photo.png")), k=1).hits[0].name

    assert found == ["model_0", "model_1", "model_2"]
    assert seen == "model_2"


def test_a_head_that_joins_searches_what_is_indexed_and_reads_nothing_again(tmp_path: Path):
    add(str(layouts.clip(tmp_path / "base")), Wish(views=1))
    add(str(layouts.text_head(tmp_path / "head")), Wish(join="base"))
    paths = coloured_models(tmp_path / "models")
    with library_with(tmp_path / "library", "base") as library:
        library.add([paths])

    with library_with(tmp_path / "library", "head") as library:
        again = library.add([paths])
        hits = library.search("red chair", mode="meaning").hits

    assert (again.added, again.changed, again.known) == (0, 0, 3)
    assert len(hits) == 3


def test_the_commands_add_list_and_remove(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    session = Session(json=True, quiet=True)
    source = str(layouts.clip(tmp_path / "tiny"))

    def given() -> list[dict[str, object]]:
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert models.run(session, Action.ADD, source, name="mine", views=3) == 0
    added = given()[0]
    assert (added["id"], added["dimensions"], added["words"]) == ("mine", layouts.DIMENSIONS, True)
    assert models.run(session, Action.LIST) == 0
    assert given() == [added]
    assert models.run(session, Action.REMOVE, "mine") == 0
    assert given() == [{"removed": "mine", "bytes": added["bytes"]}]
    assert models.run(session, Action.LIST) == 0
    assert given() == []


def test_for_a_person_the_commands_say_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    session = Session()
    models.run(session, Action.ADD, str(layouts.clip(tmp_path / "tiny")))
    models.run(session, Action.LIST)
    models.run(session, Action.REMOVE, "tiny")

    said = capsys.readouterr()

    assert "to use it: polyseek encoders use tiny, then polyseek index" in said.out
    assert "tiny removed" in said.out
    assert "measuring what its scores mean" in said.err
    with pytest.raises(UsageError, match="add what"):
        models.run(session, Action.ADD)


def test_a_spoilt_encoder_is_listed_with_its_error_and_can_be_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for name in ("good", "spoilt"):
        add(str(layouts.clip(tmp_path / name)), Wish(views=1))
    (shelf.home() / "spoilt" / "encoder.toml").write_text("[card\n")

    status = models.run(Session(json=True, quiet=True), Action.LIST)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    models.run(Session(), Action.LIST)

    assert status == 1
    assert [line["id"] for line in lines] == ["good", "spoilt"]
    assert "cannot be read" in lines[1]["error"]["message"]
    assert "cannot be used" in capsys.readouterr().out
    shelf.remove("spoilt")
    assert shelf.added() == ("good",)


def test_precisions_that_are_not_known_are_refused(tmp_path: Path):
    with pytest.raises(UsageError, match="no precision 'fp8'"):
        models.run(Session(), Action.ADD, str(layouts.clip(tmp_path / "tiny")), precision="fp8")
