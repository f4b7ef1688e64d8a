"""docs/commands.md tells what the program does today."""

from pathlib import Path

from polyseek.cli.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_published_reference_is_the_programs_own():
    assert PAGE.read_text(encoding="utf-8") == reference() + "\n", (
        "make it again: python -m polyseek.cli.reference > docs/commands.md"
    )
