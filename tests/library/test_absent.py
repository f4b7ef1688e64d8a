"""A library names an encoder that this machine has not: it opens, does without, and is whole again when it is back."""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from polyseek.cli.running import run_command
from polyseek.errors import EncoderAbsent, QueryError, UsageError
from polyseek.indexing.settings import FILE_NAME, FLOW, Settings, as_toml
from polyseek.library import Library

SIDES = {"oak_chair": (0.5, 1.0, 0.5), "ash_chair": (0.5, 1.1, 0.5), "oak_table": (2.0, 0.8, 1.0)}
QUICK = tuple(name for name in FLOW if name != "picture")


@pytest.fixture(autouse=True)
def towers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLYSEEK_TOWERS", str(tmp_path / "towers"))
    return tmp_path / "towers"


@pytest.fixture
def furniture(tmp_path: Path, write_box: Callable[..., Path]) -> Path:
    for name, sides in SIDES.items():
        write_box(tmp_path / "furniture" / f"{name}.glb", *sides)
    return tmp_path / "furniture"


@pytest.fixture
def clip(tmp_path: Path) -> Callable[[], str]:
    """Adds an encoder called clip, of weights that are the same each time."""
    pytest.importorskip("onnx")
    pytest.importorskip("tokenizers")
    import tower_layouts as layouts
    from polyseek.encoders.towers.adding import Wish, add

    source = layouts.clip(tmp_path / "clip")
    return lambda: add(str(source), Wish(name="clip", views=1)).id


def remove_clip() -> None:
    from polyseek.encoders.towers import shelf

    shelf.remove("clip")


def folder_with(folder: Path, encoders: tuple[str, ...], default: str = "shape1") -> Path:
    folder.mkdir()
    settings = Settings(encoders=encoders, default_encoder=default, jobs=1, flow=QUICK)
    (folder / FILE_NAME).write_text(as_toml(settings), encoding="utf-8")
    return folder


def opened_without(folder: Path, *names: str) -> Library:
    """The library, which warns once."""
    with pytest.warns(EncoderAbsent) as caught:
        library = Library.open(folder)
    (warning,) = caught
    assert all(name in str(warning.message) for name in names)
    return library


def named(folder: Path) -> tuple[list[str], str]:
    table = tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    return table["encoders"], table["default_encoder"]


def test_what_needs_a_removed_encoder_is_refused_and_all_else_goes_on(tmp_path, furniture, clip):
    clip()
    folder = folder_with(tmp_path / "library", ("clip", "shape1"))
    with Library.open(folder) as library:
        library.add([furniture])
        chair = next(record.id for record in library.records() if record.name == "oak_chair")
        before = [hit.id for hit in library.similar(chair)]
    remove_clip()

    with opened_without(folder, "clip", "polyseek encoders drop clip", "polyseek models add") as library:
        assert [hit.id for hit in library.similar(chair)] == before
        assert library.search(furniture / "oak_table.glb")[0].name == "oak_table"
        assert {hit.name for hit in library.search("chair")} == {"oak_chair", "ash_chair"}
        with pytest.raises(QueryError, match="reads words"):
            library.search("chair", mode="meaning")
        with pytest.raises(UsageError, match="'clip'"):
            library.vectors("clip")
        with pytest.raises(UsageError, match="'clip'"):
            list(library.classify([chair], ["chair", "table"], encoder="clip"))
        (told,) = [each for each in library.info().encoders if each["id"] == "clip"]
        assert (told["used"], told["absent"], told["vectors"], told["lacking"]) == (True, True, 3, 0)


def test_models_that_come_meanwhile_get_their_vectors_when_it_is_back(tmp_path, furniture, write_box, clip):
    clip()
    folder = folder_with(tmp_path / "library", ("shape1", "clip"))
    with Library.open(folder) as library:
        library.add([furniture])
        ids, old = library.vectors("clip")
    remove_clip()
    write_box(furniture / "new_bench.glb", 1.5, 0.5, 0.4)

    with opened_without(folder, "clip") as library:
        assert library.add([furniture]).added == 1
        assert not library.is_incomplete()
        library.use_encoders(["geo18"])
        assert library.reembed().embedded == 4
        assert named(folder) == (["shape1", "clip", "geo18"], "shape1")
        vectors = {each["id"]: each["vectors"] for each in library.info().encoders}
        assert vectors == {"shape1": 4, "clip": 3, "geo18": 4}
    clip()

    with Library.open(folder) as library:
        assert library.lacking() == {"shape1": 0, "clip": 1, "geo18": 0}
        assert library.add([furniture]).embedded == 1
        now = dict(zip(*library.vectors("clip"), strict=True))
        assert len(now) == 4
        np.testing.assert_array_equal([now[id] for id in ids], old)


def test_where_the_default_one_is_absent_another_compares_models_until_it_is_dropped(tmp_path, furniture):
    folder = folder_with(tmp_path / "library", ("geo18", "clip", "d2"), "clip")

    with opened_without(folder, "clip", "geo18 compares models") as library:
        library.add([furniture])
        chair = library.search("ash chair")[0].id
        assert library.similar(chair)[0].name == "oak_chair"
        assert library.vectors()[0] == library.vectors("geo18")[0]
        assert named(folder) == (["geo18", "clip", "d2"], "clip")  # it may come back
        library.drop_encoders(["clip"])

    assert named(folder) == (["geo18", "d2"], "geo18")
    with Library.open(folder) as library:
        assert library.similar(chair)[0].name == "oak_chair"


def test_a_library_that_has_none_of_its_encoders_is_searched_by_words(tmp_path, furniture):
    folder = folder_with(tmp_path / "library", ("shape1",))
    with Library.open(folder) as library:
        library.add([furniture])
    text = (folder / FILE_NAME).read_text(encoding="utf-8").replace('"shape1"', '"clip"')
    (folder / FILE_NAME).write_text(text, encoding="utf-8")

    with opened_without(folder, "clip", "shape1 compares models") as library:
        assert {hit.name for hit in library.search("chair")} == {"oak_chair", "ash_chair"}
        library.drop_encoders(["clip"])
        assert named(folder) == (["shape1"], "shape1")


def test_a_misspelt_encoder_costs_no_vectors(tmp_path, furniture):
    folder = folder_with(tmp_path / "library", ("shape1", "geo18"))
    with Library.open(folder) as library:
        library.add([furniture])
    good = (folder / FILE_NAME).read_text(encoding="utf-8")
    (folder / FILE_NAME).write_text(good.replace('"geo18"', '"goe18"'), encoding="utf-8")
    with opened_without(folder, "goe18") as library:
        library.add([furniture])
    (folder / FILE_NAME).write_text(good, encoding="utf-8")

    with Library.open(folder) as library:
        assert library.lacking() == {"shape1": 0, "geo18": 0}


def test_of_two_absent_ones_one_can_be_dropped_and_the_default_stays_what_it_was(tmp_path):
    folder = folder_with(tmp_path / "library", ("one", "two"), "one")
    with opened_without(folder, "one, two") as library:
        library.drop_encoders(["two"])
    assert named(folder) == (["one"], "one")

    with opened_without(folder, "one") as library:
        library.drop_encoders(["one"])
    assert named(folder) == (["shape1"], "shape1")


def test_an_encoder_that_goes_while_the_library_is_open_is_noticed_by_reload(tmp_path, furniture, clip):
    clip()
    folder = folder_with(tmp_path / "library", ("shape1", "clip"))
    with Library.open(folder) as library:
        library.add([furniture])
        remove_clip()

        with pytest.warns(EncoderAbsent, match="polyseek encoders drop clip"):
            assert library.reload()
        assert not library.reload()
        assert library.settings.absent == ("clip",)
        assert library.search("oak table")[0].name == "oak_table"


def test_commands_say_it_in_one_line_and_not_when_quiet(tmp_path, capsys):
    folder = folder_with(tmp_path / "library", ("shape1", "clip"))
    with pytest.warns(EncoderAbsent):
        Library.open(folder).close()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert run_command("info", ["--library", str(folder)]) == 0
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("polyseek: ")
        assert "polyseek encoders drop clip" in line
        assert run_command("info", ["--library", str(folder), "--quiet"]) == 0
        assert capsys.readouterr().err == ""
        assert run_command("doctor", ["--library", str(folder), "--quiet"]) in (0, 1)
        assert "its encoder clip is not on this machine" in capsys.readouterr().out
        assert run_command("encoders", ["drop", "clip", "--library", str(folder), "--quiet"]) == 0
        assert run_command("info", ["--library", str(folder)]) == 0
        assert capsys.readouterr().err == ""
