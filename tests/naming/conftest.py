"""A library of made things whose file names say nothing, read by the shipped encoder of words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from polyseek.formats.write_glb import write_glb
from polyseek.indexing.settings import FILE_NAME, FLOW, Settings, as_toml
from polyseek.library import Library
from polyseek.procedural import make

# What is what: the encoder must know these well, the tests are about everything else.
THINGS = {"a1": ("chair", 1), "a2": ("chair", 2), "b1": ("table", 1), "c1": ("guitar", 1)}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`library` and `models`."""
    made = tmp_path_factory.mktemp("naming")
    (made / "models").mkdir()
    for name, (category, seed) in THINGS.items():
        (made / "models" / f"{name}.glb").write_bytes(write_glb(make(category, seed)))
    (made / "library").mkdir()
    flow = tuple(name for name in FLOW if name != "picture")
    settings = Settings(jobs=1, flow=flow, encoders=("geo18", "words2"), default_encoder="geo18")
    (made / "library" / FILE_NAME).write_text(as_toml(settings))
    with Library.open(made / "library") as library:
        assert library.add([made / "models"]).added == len(THINGS)
    return made


@pytest.fixture(scope="session")
def opened(folder: Path) -> Iterator[Library]:
    with Library.open(folder / "library") as library:
        yield library


@pytest.fixture
def library(opened: Library) -> Iterator[Library]:
    """The library; what a test edits is taken back after it."""
    yield opened
    while opened.undo():
        pass


@pytest.fixture
def ids(library: Library) -> dict[str, str]:
    """Name -> id."""
    return {record.name: record.id for record in library.records()}
