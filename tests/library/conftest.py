"""A library of boxes that the tests of this room share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from polyseek.indexing.settings import FILE_NAME, Settings, as_toml
from polyseek.library import Library

SIDES = {
    "chair_red": (0.5, 1.0, 0.5),
    "chair_blue": (0.52, 1.0, 0.5),
    "chair_tall": (0.5, 1.15, 0.5),
    "table_wood": (2.0, 0.2, 1.0),
    "table_white": (2.1, 0.2, 1.0),
    "table_low": (2.0, 0.15, 1.0),
    "rod_iron": (0.02, 0.02, 2.0),
    "rod_steel": (0.02, 0.02, 2.2),
}


@pytest.fixture(scope="session")
def sides() -> dict[str, tuple[float, float, float]]:
    """Name of each box -> its sides, in metres."""
    return SIDES


@pytest.fixture(scope="session")
def boxes(tmp_path_factory: pytest.TempPathFactory, write_box: Callable[..., Path]) -> Path:
    """Boxes that stand for chairs, tables and rods, each in a folder of its kind."""
    folder = tmp_path_factory.mktemp("models")
    for name, sides in SIDES.items():
        write_box(folder / name.split("_")[0] / f"{name}.glb", *sides)
    return folder


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, boxes: Path) -> Iterator[Library]:
    """The library of `boxes`, shared by the tests that change nothing."""
    folder = tmp_path_factory.mktemp("library")
    (folder / FILE_NAME).write_text(as_toml(Settings(jobs=1)))
    with Library.open(folder) as library:
        report = library.add([boxes])
        assert (report.added, report.failures) == (len(SIDES), ())
        yield library


@pytest.fixture
def id_of(library: Library) -> Callable[[str], str]:
    """The id of a box by its name."""

    def find(name: str) -> str:
        (record,) = library.records(f"name = '{name}'")
        return record.id

    return find
