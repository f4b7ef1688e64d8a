"""A library that is to be re-embedded, without the seconds that worker processes take to start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from polyseek.errors import PolyseekError
from polyseek.formats.sandbox import Outcome, Sandbox
from polyseek.indexing import examples, pipeline
from polyseek.indexing import reembed as reembedding
from polyseek.indexing.settings import FILE_NAME, change_setting
from polyseek.library import Library


class InProcess(Sandbox):
    """What Sandbox does, in this process."""

    def __init__(self, *_: object) -> None: ...

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None: ...

    def start(self) -> None: ...

    def close(self) -> None: ...

    def run(self, work, *arguments, name):
        return work(*arguments)

    def stream(self, work, tasks):
        for name, arguments in tasks:
            try:
                yield Outcome(name, work(*arguments))
            except PolyseekError as error:
                yield Outcome(name, error=error)


@pytest.fixture
def switch() -> Callable[..., Library]:
    """`switch(library, *encoders)`: the same library, opened again with other encoders, the first the default one."""

    def change(library: Library, *encoders: str) -> Library:
        path = library.path / FILE_NAME
        library.close()
        change_setting(path, "encoders", encoders)
        change_setting(path, "default_encoder", encoders[0])
        return Library.open(library.path)

    return change


@pytest.fixture
def d2_library(tmp_path: Path, models: Path, write_scene, switch, monkeypatch):
    """Four boxes and a scene of two objects, with the vectors of d2. Files are read in this process."""
    for module in (pipeline, reembedding, examples):
        monkeypatch.setattr(module, "Sandbox", InProcess)
    monkeypatch.setattr(reembedding, "COMMIT_SECONDS", 3600)
    write_scene(models / "room.glb", "Left", "Right")
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        change_setting(folder / FILE_NAME, "jobs", 1)
        changed = switch(library, "d2")
    changed.add([models], split="nodes")
    yield changed
    changed.close()
