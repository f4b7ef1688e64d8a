"""The settings file: what is written is read, and a mistake is an error with its place."""

from __future__ import annotations

import tomllib
from dataclasses import fields

import pytest

from polyseek.errors import LibraryError
from polyseek.formats.limits import Limits
from polyseek.indexing.settings import Settings, as_toml, change_setting, read_settings


def settings_of(tmp_path, text: str) -> Settings:
    path = tmp_path / "library.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(
            encoders=("d2",), default_encoder="d2", thumbnail_side=64, exclude=("*/wip/*", 'quote"s\\'), jobs=3,
            history_days=0, limits=Limits(seconds=2.5, memory_mb=100),
            exclude_in={"/models/oak": ("wip", "*.glb"), 'C:\\new "ones"': ("日本\x7f",)},
        ),
    ],
)  # fmt: skip
def test_what_is_written_is_read(tmp_path, settings):
    assert settings_of(tmp_path, as_toml(settings)) == settings


def test_without_a_file_or_with_an_empty_one_everything_has_its_default(tmp_path):
    assert read_settings(tmp_path / "nowhere.toml") == Settings()
    assert settings_of(tmp_path, "") == Settings()


def test_every_setting_stands_in_the_file_with_the_limits_and_stages():
    table = tomllib.loads(as_toml(Settings()))

    plain = {each.name for each in fields(Settings)} - {"limits", "flow", "stages", "named", "named_default"}
    assert plain <= table.keys()
    assert {each.name for each in fields(Limits)} == table["limits"].keys()
    assert table["pipeline"]["flow"] == ["scan", "load", "split", "represent", "encode", "picture", "record"]
    assert set(table["pipeline"]["stages"]) == set(table["pipeline"]["flow"])


def test_a_stage_is_replaced_by_its_name_and_others_stay(tmp_path):
    settings = settings_of(tmp_path, '[pipeline.stages]\nload = "mine.readers:load"\n')

    assert settings.stages["load"] == "mine.readers:load"
    assert settings.stages["scan"] == Settings().stages["scan"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 1", "unknown setting colour"),
        ("[limits]\nsecond = 1", "unknown setting limits.second"),
        ("[pipeline]\nflows = []", "unknown setting pipeline.flows"),
        ("thumbnail_side = 'big'", "thumbnail_side"),
        ("thumbnail_side = 0", "thumbnail_side"),
        ("thumbnail_side = true", "thumbnail_side"),
        ("jobs = -1", "jobs"),
        ("limits = 3", "limits is a table"),
        ("encoders = 'd2'", "encoders is a list"),
        ("encoders = [1]", "encoders is a list"),
        ("encoders = ['None such']", "None such"),
        ("encoders = ['geo18']\ndefault_encoder = 'd2'", "default_encoder"),
        ("[pipeline]\nflow = ['scan', 'load', 'bake', 'record']", "bake"),
        ("[pipeline]\nflow = ['load', 'scan', 'record']", "begins with scan"),
        ("[pipeline.stages]\nload = 'no place'", "pipeline.stages.load"),
        ("a = ", "cannot be read"),
    ],
)
def test_a_mistake_is_an_error_that_names_file_and_key(tmp_path, text, named):
    with pytest.raises(LibraryError, match=named) as caught:
        settings_of(tmp_path, text)

    assert caught.value.path == str(tmp_path / "library.toml")
    assert caught.value.hint


def test_no_number_of_jobs_means_one_for_each_core():
    assert Settings().workers() >= 1
    assert Settings(jobs=5).workers() == 5


def test_a_setting_that_cannot_be_changed_says_so(tmp_path):
    path = tmp_path / "library.toml"
    path.write_text("jobs = ")

    with pytest.raises(LibraryError, match="cannot be changed"):
        change_setting(path, "watch", ("/a",))
    assert path.read_text() == "jobs = "
