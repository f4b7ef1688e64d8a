"""A catalogue in an empty folder, and a way to put models into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record, Tag
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.encoders.contract import Space

SPACE = Space("made", 6, "ab" * 8)


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def space() -> Space:
    return SPACE


@pytest.fixture
def catalogue(tmp_path: Path, clock: Clock) -> Iterator[SqliteCatalogue]:
    with SqliteCatalogue.open(tmp_path, now=clock) as opened:
        opened.add_space(SPACE, "made")
        yield opened


@pytest.fixture
def put(catalogue: SqliteCatalogue) -> Callable[..., Record]:
    """Write one model by its path below /models; its vector is drawn by its name."""

    def write(
        path: str, *, into: SqliteCatalogue | None = None, tags: tuple[str, ...] = (), **fields: object
    ) -> Record:
        full = f"/models/{path}"
        name = Path(path).stem
        record = Record(
            **{
                "id": f"id-{name.lower()}", "path": full, "root": "/models", "name": name, "format": "glb", "bytes": 10,
                "digest": "d" * 32, "tags": tuple(Tag(tag) for tag in tags), **fields,
            }
        )  # fmt: skip
        vector = np.random.default_rng(sum(map(ord, name))).normal(size=6).astype(np.float32)
        with (into or catalogue).batch() as batch:
            batch.put(
                Stamp(full, "/models", 10, 1, "d" * 32),
                [Entry(record, {SPACE.digest: vector}, {"front": b"webp"})],
            )
        return record

    return write
