"""The command line itself: help, wrong use, errors, exit statuses."""

import json
import subprocess
import sys

import pytest

from polyseek.cli import main
from polyseek.cli.table import COMMANDS


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]):
    assert main(["--help"]) == 0

    text = capsys.readouterr().out
    assert all(f"  {name}" in text for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_the_shared_options(
    name: str, capsys: pytest.CaptureFixture[str]
):
    assert main([name, "--help"]) == 0

    text = capsys.readouterr().out
    assert "Example: polyseek" in " ".join(text.split())
    assert all(option in text for option in ("--library", "--json", "--jobs", "--quiet", "--no-progress"))


def test_a_misspelt_command_is_answered_with_the_nearest_one(capsys: pytest.CaptureFixture[str]):
    assert main(["serch", "chair"]) == 2

    assert "did you mean 'search'?" in capsys.readouterr().err


def test_an_unknown_option_is_named_and_exits_with_2(capsys: pytest.CaptureFixture[str]):
    assert main(["info", "--colour"]) == 2

    error = capsys.readouterr().err
    assert error.startswith("polyseek: ")
    assert "--colour" in error


def test_a_library_that_does_not_exist_exits_with_3_and_says_what_to_do(
    tmp_path, capsys: pytest.CaptureFixture[str]
):
    assert main(["info", "--library", str(tmp_path / "none"), "--json"]) == 3

    plain, as_json = capsys.readouterr().err.splitlines()
    assert "polyseek index" in plain
    assert set(json.loads(as_json)["error"]) == {"kind", "message", "path", "hint"}


def test_help_and_import_load_nothing_heavy():
    code = "import sys, polyseek, polyseek.cli; polyseek.cli.main(['--help']); print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert not {"numpy", "numba", "typer", "fastapi", "torch", "rich"} & set(loaded.split())
