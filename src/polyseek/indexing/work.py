"""What travels through the pipeline: a Job goes to a worker, Items pass its stages, a Reading comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from jaxtyping import Float32

from polyseek.assets import Asset
from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record
from polyseek.encoders.contract import Space
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source
from polyseek.indexing.settings import Settings
from polyseek.indexing.told import Told

# Raise it when the same file would give another record: libraries then read their files again.
READING_VERSION = 2


@dataclass(frozen=True)
class Options:
    """How files are to be understood, and which are left out (globs of paths)."""

    told: Told = field(default_factory=Told)
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recipe:
    """What a worker needs of settings and options. `stages`: "module:function", those between scan and record.

    `load`: the one of them that makes models of files. `vectors_only`: what only records show is not made.
    """

    encoders: tuple[str, ...]
    stages: tuple[str, ...]
    load: str
    limits: Limits
    thumbnail_side: int
    colour_points: int
    up: str = "auto"
    unit: str | None = None
    split: str | None = None
    vectors_only: bool = False

    @classmethod
    def of(cls, settings: Settings, options: Options) -> Recipe:
        recipe = cls(
            encoders=settings.encoders,
            stages=tuple(settings.stages[name] for name in settings.flow[1:-1]),
            load=settings.stages["load"],
            limits=settings.limits,
            thumbnail_side=settings.thumbnail_side,
            colour_points=settings.colour_points,
        )
        return recipe.told(options.told)

    def digest(self) -> str:
        """Names everything that decides a record but its vectors and whether a file can be read: a changed one reads again."""
        decides = {**asdict(self), "version": READING_VERSION}
        # What a person told stands beside the digest, file by file; vectors are added by reembed.py.
        for key in ("limits", "up", "unit", "split", "encoders", "vectors_only"):
            del decides[key]
        return _digest(decides)

    def told(self, told: Told) -> Recipe:
        """The recipe for a file of which this was told."""
        return replace(
            self,
            up=told.up or "auto",
            unit=None if told.unit == "auto" else told.unit,
            split="nodes" if told.split == "nodes" else None,
        )

    def failing_digest(self, spaces: Mapping[str, Space], program: str) -> str:
        """Names everything that decides whether a file can be read: `program` is its version and its extras."""
        encoders = [spaces[id].digest for id in self.encoders]
        reading = {"reading": self.digest(), "encoders": encoders}
        return _digest({**reading, "limits": asdict(self.limits), "program": program})


def _digest(value: Mapping[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Job:
    """One file to be read. `before`: its stamp, where only times differ, so that the same bytes need no reading."""

    path: str
    root: str
    bytes: int
    mtime_ns: int
    reading: str
    failing: str
    before: Stamp | None = None
    told: Told = field(default_factory=Told)


@dataclass(frozen=True, eq=False)
class Item:
    """One model on its way through the stages. `record.id` is given when it is written.

    `representations`: (name, digest of its options) -> what polyseek.representations made.
    `vectors`: Space digest -> (d,) float32. `pictures`: name -> WebP bytes.
    """

    record: Record
    asset: Asset
    representations: Mapping[tuple[str, str], Any] = field(default_factory=dict["tuple[str, str]", Any])
    vectors: Mapping[str, Float32[np.ndarray, " d"]] = field(default_factory=dict[str, Any])
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


@dataclass(frozen=True)
class Work:
    """What a stage may know besides the models: the job, the recipe, where bytes come from."""

    job: Job
    recipe: Recipe
    source: Source


Stage = Callable[[list[Item], Work], list[Item]]


@dataclass(frozen=True)
class Reading:
    """What a worker made of one file. `entries` None: the bytes are as they were. `failure`: (kind, reason)."""

    stamp: Stamp
    entries: tuple[Entry, ...] | None = ()
