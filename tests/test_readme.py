"""What README says is what the program does: its Python runs, its commands exist, its links lead somewhere."""

import importlib.util
import re
from pathlib import Path

import pytest

from polyseek.cli.table import COMMANDS
from polyseek.words.lexicon import Lexicon

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_python_of_the_readme_runs(write_box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    for name, width in (("chair_red", 0.5), ("chair_oak", 0.6), ("table_oak", 2.0)):
        write_box(tmp_path / "models" / f"{name}.glb", width, 1.0, 0.5)
    monkeypatch.chdir(tmp_path)
    code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)

    for block in code:
        exec(compile(block, "README.md", "exec"), {})

    assert code
    assert capsys.readouterr().out.startswith("3 models, 0 failed\n1 chair_")


def test_every_command_that_a_page_names_exists():
    for page in PAGES:
        named = re.findall(r"^(?:\$ )?polyseek ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert set(named) <= set(COMMANDS), page.name


def test_every_command_is_in_the_changelog():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert all(f"`{name}`" in changelog or f"`polyseek {name}`" in changelog for name in COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path):
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]

    assert missing == []


def test_the_figures_of_the_readme_are_those_of_the_results():
    spec = importlib.util.spec_from_file_location("readme", ROOT / "benchmarks" / "readme.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    assert module.updated(README) == README, "put them in: python benchmarks/readme.py"


def test_the_number_of_concepts_that_the_pages_tell_is_the_lexicons():
    told = f"{len(Lexicon.load().concepts):,} concepts"

    assert told in README
    assert told in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
