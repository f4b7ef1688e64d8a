"""`polyseek encoders`: which ones the library uses, and what a change of them takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from polyseek.cli import main
from polyseek.indexing.settings import read_settings

Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told(tmp_path: Path, models: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command on a library of four boxes with the vectors of d2: (exit status, stdout, stderr)."""

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main([*arguments, "--library", str(tmp_path / "library"), "--jobs", "1", "--no-progress"])
        out, err = capsys.readouterr()
        return status, out, err

    folder = tmp_path / "library"
    folder.mkdir()
    own = '# mine\nencoders = [\n  "d2",  # the old one\n]\ndefault_encoder = "d2"\n'
    (folder / "library.toml").write_text(own)
    assert call("index", str(models))[0] == 0
    return call


def test_an_encoder_is_taken_up_made_the_default_and_another_dropped(told, tmp_path):
    settings = tmp_path / "library" / "library.toml"

    status, out, _ = told("encoders", "use", "geo18", "--default")

    assert status == 0
    assert "the library uses d2, geo18 (default)\n4 models have no vector of geo18 yet\n" in out
    assert "`polyseek index` makes them, in about " in out
    assert settings.read_text().startswith("# mine\n")
    assert read_settings(settings).encoders == ("d2", "geo18")
    assert "geo18: 0 vectors" in told("info")[1]
    assert json.loads(told("index", "--json")[1])["embedded"] == 4
    assert json.loads(told("encoders", "use", "geo18", "--json")[1]) == {
        "encoders": ["d2", "geo18"], "default_encoder": "geo18", "lacking": {}, "seconds": 0.0,
    }  # fmt: skip

    assert told("encoders", "drop", "d2")[1] == "the library uses geo18 (default)\n"
    assert "no longer used" in told("info")[1]
    told("index", "--quiet")
    assert [each["id"] for each in json.loads(told("info", "--json")[1])["encoders"]] == ["geo18"]


def test_the_list_marks_what_the_library_uses(told, tmp_path, capsys):
    marked = {
        each["id"]: each["library"] for each in map(json.loads, told("encoders", "--json")[1].splitlines())
    }
    assert {id: mark for id, mark in marked.items() if mark} == {"d2": "default"}

    assert main(["encoders", "--json", "--library", str(tmp_path / "none")]) == 0
    elsewhere = map(json.loads, capsys.readouterr().out.splitlines())
    assert {each["library"] for each in elsewhere} == {""}
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["use", "words9"], "there is no encoder 'words9': use one of shape1, "),
        (["use"], "use what?: polyseek encoders use ID"),
        (["drop", "geo18"], "does not use the encoder 'geo18': it uses d2"),
        (["drop", "d2"], "d2 is the encoder that this library compares models with"),
        (["drop", "d2", "--default"], "--default goes with use"),
    ],
)
def test_what_cannot_be_done_changes_nothing(told, tmp_path, arguments, said):
    before = (tmp_path / "library" / "library.toml").read_text()

    status, _, err = told("encoders", *arguments)

    assert status == 2
    assert said in err
    assert (tmp_path / "library" / "library.toml").read_text() == before


def test_info_and_doctor_say_what_is_lacking_and_what_new_libraries_use(told):
    told("encoders", "use", "lightfield")

    info, doctor = told("info")[1], told("doctor")[1]

    assert "4 models have no vector of lightfield yet: `polyseek index` makes what is lacking" in info
    assert "new libraries use shape1, geo18, words2 too: polyseek encoders use shape1 geo18 words2" in info
    assert "4 of 4 models have no vector of lightfield yet — polyseek index" in doctor
    assert "✓ library      new libraries use shape1, geo18, words2 too, this one does not" in doctor


def test_index_without_a_path_brings_the_known_folders_up_to_date(told, models, write_box):
    write_box(models / "new.glb")
    found = json.loads(told("index", "--json")[1])
    assert (found["added"], found["known"]) == (1, 4)

    models.rename(models.with_name("unplugged"))
    status, out, err = told("index", "--json")
    assert status == 0
    assert json.loads(out)["missing"] == 0
    assert f"{models} is not there, and stays as it is" in err


def test_what_is_told_of_files_needs_their_names(told):
    status, _, err = told("index", "--up", "z")
    assert (status, "of which files is this told?" in err) == (2, True)


def test_index_without_a_path_needs_a_library_that_has_folders(tmp_path, capsys):
    assert main(["index", "--library", str(tmp_path / "new")]) == 2
    assert "the library has no folders yet: name one: polyseek index MODELS" in capsys.readouterr().err
