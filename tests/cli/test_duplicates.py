"""`polyseek duplicates`: what it prints of equal files."""

import json
from pathlib import Path

import pytest

from polyseek.cli import main

CUBE = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 2 3\nf 1 2 4\nf 1 3 4\nf 2 3 4\n"


def test_equal_files_are_listed_and_one_is_taken_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    models, library = tmp_path / "models", str(tmp_path / "library")
    models.mkdir()
    for name, text in (("one", CUBE), ("two", CUBE), ("third", CUBE.replace("1 0 0", "2 0 0"))):
        (models / f"{name}.obj").write_text(text)
    assert main(["index", str(models), "--library", library, "--jobs", "1", "--quiet"]) == 0
    capsys.readouterr()

    assert main(["duplicates", "--library", library, "--json"]) == 0
    group = json.loads(capsys.readouterr().out)
    assert main(["duplicates", "--library", library]) == 0
    shown = capsys.readouterr()

    assert group["waste"] == len(CUBE)
    assert {Path(copy["path"]).name for copy in group["copies"]} == {"one.obj", "two.obj"}
    assert shown.out.startswith(f"2 × {len(CUBE)} B\n")
    assert shown.err == f"1 group of equal files, {len(CUBE)} B in further copies\n"
    assert main(["remove", group["copies"][1]["ids"][0], "--library", library, "--quiet"]) == 0
    capsys.readouterr()
    main(["duplicates", "--library", library])
    assert capsys.readouterr().out == ""
