"""The shapes that encoders are trained on: models of a folder with its manifest, and made models.

Every shape is drawn once and kept as bytes under its content digest, so a second run draws nothing.
"""

from __future__ import annotations

import csv
import hashlib
import json
import logging
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from polyseek.assets import Asset
from polyseek.encoders.view_planes import CHANNELS
from polyseek.errors import UsageError
from polyseek_training.drawing import DRAWN, LAYOUT, SIDE, draw, read_drawing

log = logging.getLogger(__name__)

_COLOUR_POINTS = 512
# What a made model says of the whole of itself: a cart with red wheels is no red cart.
_OF_THE_WHOLE = ("style", "colour", "material", "wood", "finish", "pattern", "pose", "season")
# Part of the ledger's name: where attributes are found in another way, they are asked for again.
_TOLD = 2


@dataclass(frozen=True)
class Shape:
    """One model and what is known of it.

    `path`: relative to the folder, or `made:CATEGORY/SEED`, or `assembly:SEED`, which has no words. `group`: models that are one thing in
    several colours, sizes or formats share it. `words`: its name as plain words. `attributes`: words
    that describe it (of made models).
    """

    path: str
    pack: str
    group: str
    concept: str
    words: str
    attributes: tuple[str, ...] = ()

    @property
    def is_made(self) -> bool:
        """Comes from polyseek.procedural, not from a file."""
        return self.path.startswith("made:")


def read_manifest(folder: Path) -> list[Shape]:
    """The models of `folder/manifest.csv` (columns path, pack, words, variant_group, concept), in its order.

    Raises UsageError when the manifest is not there.
    """
    manifest = folder / "manifest.csv"
    if not manifest.is_file():
        raise UsageError(f"{folder} has no manifest.csv", hint="set POLYSEEK_MODELS to the folder of models")
    with manifest.open(encoding="utf-8", newline="") as file:
        return [
            Shape(row["path"], row["pack"], row["variant_group"], row["concept"], row["words"])
            for row in csv.DictReader(file)
        ]


def made_shapes(per_category: int, seed: int) -> list[Shape]:
    """`per_category` made models of every category; each is a group of its own."""
    from polyseek.procedural import CATEGORIES

    shapes: list[Shape] = []
    for category in CATEGORIES:
        words = category.replace("_", " ")
        for number in range(per_category):
            path = f"made:{category}/{seed * 100_003 + number}"
            shapes.append(Shape(path, "made", path, words, words))
    return shapes


def nameless_shapes(count: int, seed: int) -> list[Shape]:
    """Random assemblies of primitives, each a group of its own."""
    paths = [f"assembly:{seed * 100_003 + number}" for number in range(count)]
    return [Shape(path, "assemblies", path, "", "") for path in paths]


def draw_shape(folder: str, path: str, cache: str) -> tuple[str, tuple[str, ...]]:
    """Draws one shape into the cache unless it is there: its digest, and its attributes.

    Of a made model its own words; of a file's its one or two main colours as "#rrggbb".

    Raises a FileError or EmptyModel for what cannot be read.
    """
    if path.startswith("assembly:"):
        from polyseek.procedural.random_assemblies import random_assembly

        asset = random_assembly(int(path.removeprefix("assembly:"))).asset
        digest = _digest_of(asset)
        _keep(asset, digest, Path(cache))
        return digest, ()
    if path.startswith("made:"):
        from polyseek.procedural import made

        category, seed = path.removeprefix("made:").split("/")
        model = made(category, int(seed))
        said = [model.attributes.get(name) for name in _OF_THE_WHOLE]
        attributes = tuple(dict.fromkeys(text.replace("-", " ") for text in said if isinstance(text, str)))
        digest = _digest_of(model.asset)
        _keep(model.asset, digest, Path(cache))
        return digest, attributes
    from polyseek.library import load

    asset = load(Path(folder) / path)
    digest = _digest_of(asset)
    _keep(asset, digest, Path(cache))
    return digest, _colours_of(asset)


def asset_of(folder: Path, path: str) -> Asset:
    """The model of a shape of a file or a made one. Raises FileError."""
    if path.startswith("made:"):
        from polyseek.procedural import made

        category, seed = path.removeprefix("made:").split("/")
        return made(category, int(seed)).asset
    from polyseek.library import load

    return load(folder / path)


def draw_shapes(
    folder: Path, shapes: Sequence[Shape], cache: Path, jobs: int = 1
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """path -> (digest, attributes) of all shapes that can be read; the rest is logged and left out.

    Paths that an earlier run drew are not read again.
    """
    from polyseek.formats.sandbox import Sandbox

    cache.mkdir(parents=True, exist_ok=True)
    ledger = cache / f"drawn{LAYOUT}-{_TOLD}.jsonl"
    drawn = _read_ledger(ledger)
    wanted = [shape.path for shape in shapes if shape.path not in drawn]
    tasks = ((path, (str(folder), path, str(cache))) for path in wanted)
    with Sandbox(jobs) as sandbox, ledger.open("a", encoding="utf-8") as file:
        for outcome in sandbox.stream(draw_shape, tasks):
            if outcome.error is not None:
                log.warning("%s: left out: %s", outcome.name, outcome.error)
                continue
            drawn[outcome.name] = outcome.value
            line = {"path": outcome.name, "digest": outcome.value[0], "attributes": outcome.value[1]}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
    return {shape.path: drawn[shape.path] for shape in shapes if shape.path in drawn}


def read_planes(cache: Path, digests: Sequence[str]) -> UInt8[np.ndarray, "n v c s s"]:
    """The drawn planes of shapes, in the order of their digests."""
    rows = np.empty((len(digests), DRAWN, CHANNELS, SIDE, SIDE), np.uint8)
    for row, digest in zip(rows, digests, strict=True):
        row[...] = read_drawing(cache / f"{digest}.planes")
    return rows


def _colours_of(asset: Asset) -> tuple[str, ...]:
    """At most two, each of a quarter of the surface or more."""
    from polyseek.representations.colours import dominant_colours
    from polyseek.representations.points import PointsOptions, sample_points

    points = sample_points(asset, PointsOptions(count=_COLOUR_POINTS))
    return dominant_colours(points, 2, least_share=0.25)


def _digest_of(asset: Asset) -> str:
    """32 hexadecimal digits of what a model's drawing depends on: its geometry, surfaces and the views."""
    state = hashlib.blake2b(repr((LAYOUT, DRAWN, SIDE)).encode(), digest_size=16)
    for array in _arrays(asset):
        state.update(np.ascontiguousarray(array).tobytes())
    state.update(repr([material.base_colour for material in asset.materials]).encode())
    return state.hexdigest()


def _arrays(asset: Asset) -> Iterator[np.ndarray]:
    for mesh in asset.meshes:
        for array in (mesh.vertices, mesh.faces, mesh.uv, mesh.colours):
            if array is not None:
                yield array
    for part in asset.parts:
        yield part.matrix
    for texture in asset.textures:
        yield np.asarray(texture.pixels)


def _keep(asset: Asset, digest: str, cache: Path) -> None:
    path = cache / f"{digest}.planes"
    if path.exists():
        return
    half = path.with_suffix(".part")
    half.write_bytes(zlib.compress(draw(asset, int(digest[:8], 16)).tobytes(), 1))
    half.replace(path)


def _read_ledger(ledger: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    if not ledger.is_file():
        return {}
    lines = ledger.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.endswith("}")]
    return {row["path"]: (row["digest"], tuple(row["attributes"])) for row in rows}
