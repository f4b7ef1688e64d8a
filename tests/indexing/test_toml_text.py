"""A settings file with one value changed."""

from __future__ import annotations

import tomllib

import pytest

from polyseek.indexing.settings import Settings, as_toml
from polyseek.indexing.toml_text import with_value


@pytest.mark.parametrize(
    "text",
    [
        as_toml(Settings()),
        "",
        "# mine\njobs = 3  # few\n",
        'jobs = 3\nwatch = ["/a"]\nexclude = ["x"]\n\n[limits]\nseconds = 9.0\n',
        'watch = [\n  "/a",  # the first\n  "/b]",\n]\njobs = 3\n[limits]\n',
        'exclude = ["watch = 1"]',
        "[limits]\nseconds = 9.0\n",
    ],
)
def test_one_changed_value_leaves_every_other_line_as_it_was(text: str):
    folders = ("/models/oak", 'C:\\new "ones"', "日本\n\x7f")

    changed = with_value(text, "watch", folders)

    assert tomllib.loads(changed) == {**tomllib.loads(text), "watch": list(folders)}
    kept = [line for line in text.splitlines() if "/" not in line and "watch" not in line and line != "]"]
    assert [line for line in changed.splitlines() if line in kept] == kept
    assert tomllib.loads(with_value(changed, "watch", ())) == {**tomllib.loads(text), "watch": []}


def test_a_table_is_written_on_one_line_and_changed_there():
    excluded = {"/models/oak": ("*/wip/*", "*.tmp"), 'C:\\"new"': ()}

    once = with_value(as_toml(Settings()), "exclude_in", excluded)
    twice = with_value(once, "exclude_in", {})

    assert tomllib.loads(once)["exclude_in"] == {key: list(globs) for key, globs in excluded.items()}
    assert twice == as_toml(Settings())


@pytest.mark.parametrize("text", ["[watch]\na = 1", "watch.a = 1", '"watch" = 1'])
def test_a_key_that_is_written_in_another_way_is_left_to_the_person(text: str):
    with pytest.raises(ValueError, match="watch"):
        with_value(text, "watch", ("/a",))
