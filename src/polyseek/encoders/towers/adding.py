"""An encoder comes onto the person's shelf: its files are copied, its card is written, and it is tried and measured.

It is there as a whole or not at all: all happens in a folder with a dot before its name, which is renamed at the end.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from polyseek.encoders.contract import CosineScale
from polyseek.encoders.towers import hugging_face, text_head
from polyseek.encoders.towers.card import FILE_NAME, Graph, TowerCard, files_of, read_card
from polyseek.encoders.towers.card_text import as_toml
from polyseek.encoders.towers.encoder import TowerEncoder
from polyseek.encoders.towers.files import stamp, with_weights
from polyseek.encoders.towers.matrices import read_linear
from polyseek.encoders.towers.scale import gallery_for, measure_pictures, measure_words
from polyseek.encoders.towers.shelf import added, home, is_id, open_tower, size_of
from polyseek.errors import PolyseekError, UsageError
from polyseek.procedural import make
from polyseek.representations.contract import represent

VIEWS = 8
MATRICES = "projections.npz"
Say = Callable[[str], None]
_Graph = TypeVar("_Graph", bound=Graph)


@dataclass(frozen=True)
class Wish:
    """What a person said beside the source. `name`: its id; `join`: the added encoder whose Space its words are in.

    `views`: pictures of a model; `precision`: which of several files of weights (hugging_face.PRECISIONS).
    """

    name: str = ""
    views: int = VIEWS
    precision: str = ""
    join: str = ""


@dataclass(frozen=True)
class Added:
    """An encoder that is on the shelf. `first`: share of made models that their name, or picture, finds first."""

    id: str
    folder: Path
    bytes: int
    space: str
    dimensions: int
    words: bool
    pictures: bool
    first: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """The fields as plain JSON values."""
        return {**self.__dict__, "folder": str(self.folder)}


def add(source: str, wish: Wish = Wish(), say: Say = lambda text: None) -> Added:
    """Add an encoder from a folder, a card (.toml), `hf:OWNER/NAME` or `open_clip:ARCH:PRETRAINED`.

    `say` is told what happens. Raises UsageError, MissingExtra, PolyseekError where it cannot be downloaded.
    """
    id = _id(source, wish.name)
    with _staged(id) as folder:
        card = _gathered(source, folder, id, wish, say)
        names = with_weights(folder, files_of(card))
        card = replace(card, files={name: stamp(folder / name) for name in names})
        say(f"trying {id}")
        card = _tried(card, folder, say)
        (folder / FILE_NAME).write_text(as_toml(card), encoding="utf-8")
        target = home() / id
        try:
            folder.rename(target)
        except OSError as error:
            raise UsageError(f"{id} is there already", path=str(target), hint="remove it first") from error
    return about(id)


def about(id: str) -> Added:
    """What is known of an added encoder. Raises UsageError where there is none."""
    tower = open_tower(id)
    figures = {name.removeprefix("first_by_"): value for name, value in tower.card.figures.items()}
    return Added(
        id,
        tower.folder,
        size_of(tower.folder),
        tower.space.digest,
        tower.card.dimensions,
        hasattr(tower, "words"),
        hasattr(tower, "pictures"),
        {name: figures[name] for name in ("words", "pictures") if name in figures},
    )


def _gathered(source: str, folder: Path, id: str, wish: Wish, say: Say) -> TowerCard:
    """The card that a source makes, its files in `folder`."""
    kind, _, rest = source.partition(":")
    if kind in ("hf", "open_clip"):
        fetched = folder / "fetched"
        fetched.mkdir()
        if kind == "hf":
            from polyseek.encoders.towers.download import fetch

            say(f"downloading {rest}")
            fetch(rest, fetched, wish.precision, bool(wish.join), say)
        else:
            _export(rest, fetched, say)
        card = _placed(_understood(fetched, id, wish), fetched, folder, shutil.move)
        shutil.rmtree(fetched)
        return card
    place = Path(source).expanduser()
    path = place if place.suffix == ".toml" else place / FILE_NAME
    if path.is_file():
        card = read_card(path)
        return _placed(replace(card, card=replace(card.card, id=id), files={}), path.parent, folder, _copy)
    if not place.is_dir():
        raise UsageError(
            "there is no such folder",
            path=source,
            hint="give a folder, a card (.toml), hf:OWNER/NAME or open_clip:ARCH:PRETRAINED",
        )
    say(f"copying from {place}")
    return _placed(_understood(place, id, wish), place, folder, _copy)


def _understood(source: Path, id: str, wish: Wish) -> TowerCard:
    """The card of an export that lies in a folder."""
    if wish.join:
        return text_head.card_of_folder(source, id, open_tower(wish.join), precision=wish.precision)
    if not hugging_face.looks_like(source):
        raise UsageError(
            "the folder is no export that is known, and has no card",
            path=str(source),
            hint=f"it should have {', '.join(hugging_face.CONFIGS)} and onnx/*.onnx, or {FILE_NAME}",
        )
    return hugging_face.card_of_folder(source, id, views=wish.views, precision=wish.precision)


def _placed(card: TowerCard, source: Path, folder: Path, bring: Callable[[Path, Path], Any]) -> TowerCard:
    """The card with its files in `folder`: `bring` copies or moves one. Of a file of matrices only those used come."""
    card, matrices = _matrices(card, source)
    if matrices:
        np.savez(folder / MATRICES, **matrices)
    for name in with_weights(source, files_of(card)):
        if name == MATRICES and matrices:
            continue
        if not (source / name).is_file():
            raise UsageError(
                "the card names a file that is not there", path=str(source / name), hint="place it there"
            )
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        bring(source / name, folder / name)
    return card


def _matrices(card: TowerCard, source: Path) -> tuple[TowerCard, dict[str, Any]]:
    """The card with its projections in MATRICES, and what belongs there."""
    found: dict[str, Any] = {}

    def moved(graph: _Graph, name: str) -> _Graph:
        if not graph.projection:
            return graph
        file, _, inside = graph.projection.rpartition(":")
        linear = read_linear(source / file, inside)
        found[f"{name}.weight"], found[f"{name}.bias"] = linear.weight, linear.bias
        return replace(graph, projection=f"{MATRICES}:{name}")

    pictures = None if card.pictures is None else moved(card.pictures, "pictures")
    text = None if card.text is None else moved(card.text, "words")
    return replace(card, pictures=pictures, text=text), found


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise UsageError(
            f"the file cannot be copied ({error.strerror or error})", path=str(source)
        ) from error


def _tried(card: TowerCard, folder: Path, say: Say) -> TowerCard:
    """The card with its dimensions and scales: what the networks give for made models, names and pictures."""
    card = _sized(card, folder)
    encoder = TowerEncoder(card, folder, open_tower)
    wanted = [kind for kind in ("words", "pictures") if hasattr(encoder, kind) and kind not in card.scales]
    if card.joins:
        wanted = [kind for kind in wanted if kind == "words"]
    if not wanted:
        return card
    say("measuring what its scores mean, on made models")
    gallery = gallery_for(encoder)
    scales: dict[str, CosineScale] = dict(card.scales)
    figures = dict(card.card.figures)
    for kind in wanted:
        found = measure_words(encoder, gallery) if kind == "words" else measure_pictures(encoder, gallery)
        scales[kind] = found.scale
        figures[f"first_by_{kind}"] = round(found.first, 4)
    return replace(card, scales=scales, card=replace(card.card, figures=figures))


def _sized(card: TowerCard, folder: Path) -> TowerCard:
    """The card with the length of its vectors. Raises UsageError where words and models have vectors of two lengths."""
    lengths: dict[str, int] = {}
    probe = TowerEncoder(replace(card, joins=""), folder)
    if card.shape is not None:
        lengths["models"] = probe.raw_length(represent(make("chair", 0), probe.wants))
    if card.joins:
        lengths[f"models of {card.joins}"] = open_tower(card.joins).card.dimensions
    if card.pictures is not None:
        lengths["pictures"] = probe.raw_length(np.full((32, 32, 4), 255, np.uint8))
    if card.text is not None:
        lengths["words"] = probe.raw_length("chair")
    if len(set(lengths.values())) != 1:
        said = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise UsageError(
            f"its vectors are of different lengths: {said}",
            path=str(folder),
            hint="the networks are not of one model, or a projection is missing",
        )
    return replace(card, card=replace(card.card, dimensions=next(iter(lengths.values()))))


def _export(source: str, folder: Path, say: Say) -> None:
    from importlib import import_module
    from importlib.util import find_spec

    for module, package in (("torch", "torch"), ("open_clip", "open_clip_torch"), ("onnx", "onnx")):
        if find_spec(module) is None:
            raise UsageError(
                f"exporting from open_clip needs {module}, which is not installed",
                hint=f"pip install {package}, once; it is not needed to search",
            )
    # By name: this package never imports the one that needs torch.
    exporter: Any = import_module("polyseek_training.open_clip_export")
    exporter.export(source, folder, say)


def _id(source: str, name: str) -> str:
    """The id of a new encoder: `name`, else what the source is called. Raises UsageError where it is taken."""
    from polyseek.encoders.shelf import shipped

    id = name or re.sub(r"[^a-z0-9._-]+", "-", _last(source).lower()).strip("-._")
    if not is_id(id):
        raise UsageError(
            f"{id!r} is no name for an encoder",
            hint="use --name with small letters, digits, hyphens and dots",
        )
    if id in shipped():
        raise UsageError(f"{id} comes with polyseek", hint="choose another --name")
    if id in added():
        raise UsageError(
            f"{id} is there already", hint=f"choose another --name, or polyseek models remove {id}"
        )
    return id


def _last(source: str) -> str:
    """What a source is called: a folder's or a repository's last name, a card's first, an architecture."""
    kind, _, rest = source.partition(":")
    if kind == "open_clip":
        return rest.partition(":")[0]
    if kind == "hf":
        return rest.partition("@")[0].rpartition("/")[2]
    place = Path(source).expanduser().absolute()
    return place.parent.name if place.name == FILE_NAME else place.name.removesuffix(".toml")


@contextmanager
def _staged(id: str) -> Generator[Path]:
    """A folder on the shelf that nobody sees yet; what is left of it is deleted at the end."""
    folder = home() / f".adding-{id}-{os.getpid()}"
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise PolyseekError(
            f"the shelf cannot be written to ({error.strerror or error})",
            path=str(folder.parent),
            hint="set POLYSEEK_TOWERS to another folder",
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
