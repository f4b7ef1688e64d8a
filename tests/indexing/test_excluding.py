"""What was left out of a folder stays left out of it, until something else is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from polyseek.cli.running import run_command
from polyseek.errors import LibraryError
from polyseek.indexing.settings import FILE_NAME, read_settings
from polyseek.library import Library


@pytest.fixture
def folders(tmp_path: Path, write_box: Callable[..., Path]) -> tuple[Path, Path]:
    """Two folders, each with one model, one in a folder wip and a draft."""
    made = (tmp_path / "here", tmp_path / "there")
    for number, folder in enumerate(made):
        for place, name in enumerate(("chair.glb", "wip/stool.glb", "draft.glb")):
            write_box(folder / name, 1.0, 1.0 + number, 1.0 + place)
    return made


def names(library: Library, folder: Path) -> set[str]:
    return {
        each.name
        for each in library.records()
        if each.root == str(folder.absolute()) and each.status == "present"
    }


def test_it_is_remembered_of_the_folder_it_was_said_of(light_library, folders):
    here, there = folders
    light_library.add([here], exclude=("*/wip/*",))
    light_library.add([there], exclude=("draft.*", "wip"))

    with Library.open(light_library.path) as again:
        again.add(again.folders())

        assert names(again, here) == {"chair", "draft"}
        assert names(again, there) == {"chair"}


def test_what_is_said_anew_takes_the_place_of_what_was_said(light_library, folders):
    here, _ = folders
    light_library.add([here], exclude=("*/wip/*",))
    light_library.add([f"{here}/../here/"], exclude=("draft.*",))
    light_library.add([here])

    assert names(light_library, here) == {"chair", "stool"}


def test_an_empty_glob_takes_it_back(light_library, folders):
    here, there = folders
    light_library.add([here, there], exclude=("draft.*",))
    light_library.add([here], exclude=("",))
    light_library.add([here, there])

    assert names(light_library, here) == {"chair", "stool", "draft"}
    assert names(light_library, there) == {"chair", "stool"}
    assert list(read_settings(light_library.path / FILE_NAME).exclude_in) == [str(there)]


def test_a_folder_or_file_inside_that_is_named_is_indexed_all_the_same(light_library, folders):
    here, _ = folders
    light_library.add([here], exclude=("wip",))

    assert light_library.add([here / "wip"]).added == 1
    light_library.add([here / "draft.glb"], exclude=("chair.*",))
    assert list(read_settings(light_library.path / FILE_NAME).exclude_in) == [str(here)]


def test_nothing_is_written_where_nothing_new_is_said(light_library, folders):
    here, _ = folders
    file = light_library.path / FILE_NAME
    light_library.add([here])
    before = file.read_bytes()
    light_library.add([here])
    assert file.read_bytes() == before

    light_library.add([here], exclude=("wip",))
    once = file.stat().st_mtime_ns
    light_library.add([here], exclude=("wip",))
    assert file.stat().st_mtime_ns == once


def test_settings_that_hold_it_as_a_table_of_their_own_are_read_and_not_spoilt(light_library, folders):
    here, _ = folders
    file = light_library.path / FILE_NAME
    lines = [line for line in file.read_text().splitlines() if not line.startswith("exclude_in")]
    text = "\n".join([*lines, "[exclude_in]", f"'{here}' = ['wip']", ""])
    file.write_text(text)

    with Library.open(light_library.path) as library:
        library.add([here])
        assert names(library, here) == {"chair", "draft"}
        with pytest.raises(LibraryError, match="exclude_in"):
            library.add([here], exclude=("draft.*",))
    assert file.read_text() == text


@pytest.mark.parametrize("value", ["['wip']", "{'/a' = 'wip'}", "{'/a' = [1]}"])
def test_a_mistake_in_it_names_file_and_key(tmp_path, value):
    file = tmp_path / FILE_NAME
    file.write_text(f"exclude_in = {value}")

    with pytest.raises(LibraryError, match="exclude_in") as caught:
        read_settings(file)
    assert caught.value.path == str(file)


def test_index_without_a_folder_remembers_it(light_library, folders, capsys):
    library = ["--library", str(light_library.path), "--quiet", "--no-progress"]
    here, there = folders
    assert run_command("index", [str(here), str(there), "--exclude", "*/wip/*", *library]) == 0
    assert run_command("index", library) == 0
    assert names(light_library, here) == names(light_library, there) == {"chair", "draft"}

    assert run_command("index", ["--exclude", "", *library]) == 0
    assert names(light_library, here) == names(light_library, there) == {"chair", "draft", "stool"}
    capsys.readouterr()
