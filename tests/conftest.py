"""What tests of several rooms need: small models on disk, and libraries to index them into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from polyseek.assets import Asset, Material, Mesh, Origin, Part
from polyseek.formats.write_glb import write_glb
from polyseek.indexing.settings import FILE_NAME, Settings, as_toml
from polyseek.library import Library

CORNERS = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float32)
FACES = np.array(
    [[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1], [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4],
     [1, 5, 7], [1, 7, 3]],
    np.int32,
)  # fmt: skip


def box(width: float, height: float, depth: float) -> Asset:
    """A closed box of these sides in metres, standing on the ground, in one part."""
    vertices = (CORNERS - [0.5, 0, 0.5]) * np.float32([width, height, depth])
    mesh = Mesh(vertices.astype(np.float32), FACES, material=0)
    red = Material("red", base_colour=(0.6, 0.1, 0.1, 1.0))
    return Asset("box", (mesh,), (Part(0, np.eye(4), ("box",)),), Origin("glb", up="y"), (red,))


def scene(*names: str) -> Asset:
    """Unit boxes in a row, 3 m apart, each a node of its own under one root."""
    one = box(1, 1, 1)
    parts: list[Part] = []
    for place, name in enumerate(names):
        matrix = np.eye(4)
        matrix[0, 3] = 3.0 * place
        parts.append(Part(0, matrix, ("root", name)))
    return replace(one, parts=tuple(parts))


@pytest.fixture(scope="session")
def write_box() -> Callable[..., Path]:
    """`write_box(path, width, height, depth)` writes a GLB, its folders too."""

    def write(path: Path, width: float = 1.0, height: float = 1.0, depth: float = 1.0) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_glb(box(width, height, depth)))
        return path

    return write


@pytest.fixture(scope="session")
def write_scene() -> Callable[..., Path]:
    """`write_scene(path, *names)` writes a GLB with one unit box for each name."""

    def write(path: Path, *names: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_glb(scene(*names)))
        return path

    return write


@pytest.fixture
def models(tmp_path: Path, write_box: Callable[..., Path]) -> Path:
    """A folder with four boxes of different sizes in two folders."""
    folder = tmp_path / "models"
    write_box(folder / "furniture" / "chair_red.glb", 0.5, 1.0, 0.5)
    write_box(folder / "furniture" / "table_wood.glb", 2.0, 0.8, 1.0)
    write_box(folder / "kitchen" / "cup.glb", 0.1, 0.12, 0.1)
    write_box(folder / "kitchen" / "plate.glb", 0.3, 0.02, 0.3)
    return folder


@pytest.fixture
def light_library(tmp_path: Path) -> Iterator[Library]:
    """A library whose pipeline only loads, for tests of what stands around the stages: workers start at once."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / FILE_NAME).write_text(
        as_toml(Settings(encoders=("shape1", "geo18"), flow=("scan", "load", "split", "record"), jobs=1))
    )
    with Library.open(folder) as library:
        yield library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library as it comes, with one worker."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / FILE_NAME).write_text(as_toml(Settings(jobs=1)))
    with Library.open(folder) as library:
        yield library
