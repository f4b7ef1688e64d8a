"""A small library of made models, and a Searcher over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record, Tag
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.encoders.contract import Space, unit_rows
from polyseek.errors import FileNotFound
from polyseek.search.engine import Searcher

SPACE = Space("made", 16, "ab" * 8)
NAMES = (
    "red_chair", "blue_chair", "wood_chair", "red_table", "wood_table", "fire_hydrant", "firehydrant_old", "M3x10_bolt",
    "M4x10_bolt", "INV-2019-0042", "INV-2019-0043", "红色椅子", "lamp", "tall_lamp", "vase", "Crème_jar", "barrel", "boat",
    "cup", "plate",
)  # fmt: skip


def record_of(number: int, name: str) -> Record:
    return Record(
        id=f"m{number:02d}", path=f"/models/pack/{name}.glb", root="/models", name=name,
        format=("glb", "obj", "stl")[number % 3], bytes=1000 * number, digest=f"{number:032x}", words=(name.lower(),),
        tags=tuple(Tag(tag) for tag in name.lower().split("_")), triangles=100 * number, vertices=number,
        parts=1 + number % 2, has_texture=number % 2 == 0, watertight=number % 3 == 0,
        size_metres=(0.1 * number, 1.0, 0.5), licence=("MIT", None, "CC0-1.0")[number % 3],
        measures={"volume": None if number % 4 == 0 else number / 10, "area": number / 2}, warnings=("w",) * (number % 3),
    )  # fmt: skip


@pytest.fixture(scope="session")
def vectors() -> np.ndarray:
    """Each model near the one before it: 0-1, 2-3, ..., all pairs far from one another."""
    draw = np.random.default_rng(3)
    centres = np.repeat(draw.normal(size=(len(NAMES) // 2, 16)), 2, axis=0)
    return unit_rows(centres + 0.1 * draw.normal(size=centres.shape))


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory, vectors: np.ndarray) -> Iterator[SqliteCatalogue]:
    folder: Path = tmp_path_factory.mktemp("library")
    with SqliteCatalogue.open(folder) as opened:
        opened.add_space(SPACE, "made")
        with opened.batch() as batch:
            for number, name in enumerate(NAMES):
                record = record_of(number, name)
                batch.put(
                    Stamp(record.path, record.root, record.bytes, 1, record.digest),
                    [Entry(record, {SPACE.digest: vectors[number]})],
                )
        yield opened


@pytest.fixture
def searcher(catalogue: SqliteCatalogue, vectors: np.ndarray) -> Searcher:
    def encode(path: str) -> dict[str, np.ndarray]:
        if path == "./far.glb":
            return {SPACE.digest: -vectors.sum(axis=0) / np.linalg.norm(vectors.sum(axis=0))}
        if path == "./chair.glb":
            return {SPACE.digest: vectors[0]}
        raise FileNotFound("there is no such file", path=path)

    return Searcher(catalogue, encode, SPACE.digest, encoder="made")
