"""The card of an added encoder: one TOML that says how its .onnx files are fed and what comes out of them.

Every table is a frozen dataclass here, every key a field with the default that holds where the key is left out. An
unknown key and a value of another kind are errors that name file and key. docs/towers.md shows them all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from polyseek.encoders.contract import Card, CosineScale
from polyseek.errors import UsageError

FILE_NAME = "encoder.toml"
PLAIN_TEMPLATES = (
    "{}",
    "a photo of a {}.",
    "a 3D model of a {}.",
    "a rendering of a {}.",
    "a picture of a {} on a white background.",
)
_CHOICES = {
    "reads": ("pictures", "points"),
    "pool": ("mean", "max"),
    "resize": ("shortest", "longest", "squash", "none"),
    "resample": ("nearest", "box", "bilinear", "hamming", "bicubic", "lanczos"),
    "layout": ("planes", "pixels"),
    "take": ("all", "first", "last", "mean"),
    "pad": ("none", "length"),
    "mask": ("tokens", "all"),
    "scale": ("sphere", "none"),
    "order": ("rows", "columns"),
}
_COLUMNS = ("position", "normal", "colour")


@dataclass(frozen=True)
class Graph:
    """An .onnx file beside the card and what is taken of it.

    `input`, `output`: names; empty: the only one. `take`: of an output (1, t, d) the row of the `first` or
    `last` token or the `mean` of all tokens that are no padding; `all`: the output is (1, d). `projection`:
    "FILE:NAME" of a matrix (d_out, d_in) in a .safetensors or .npz beside the card, with or without a bias.
    """

    model: str = ""
    input: str = ""
    output: str = ""
    take: str = "all"
    projection: str = ""


@dataclass(frozen=True)
class Pictures(Graph):
    """How a picture becomes the tensor (1, 3, h, w), or (1, h, w, 3) where `layout` is "pixels".

    `resize` to `size` (height, width): "shortest" side (its first number), "longest" with padding, "squash", or
    "none"; `crop` (height, width) from the middle, where given. Then value * `rescale`, minus `mean`, by `std`.
    `background`: sRGB that shows through transparency, and around.
    """

    resize: str = "shortest"
    size: tuple[int, ...] = (224, 224)
    crop: tuple[int, ...] = ()
    resample: str = "bicubic"
    rescale: float = 1 / 255
    mean: tuple[float, ...] = (0.0, 0.0, 0.0)
    std: tuple[float, ...] = (1.0, 1.0, 1.0)
    layout: str = "planes"
    background: tuple[int, ...] = (255, 255, 255)


@dataclass(frozen=True)
class Text(Graph):
    """How words become tokens (1, t) and one vector.

    `tokenizer`: a tokenizer.json beside the card. At most `length` tokens; `pad` "length" fills up to as many with
    `pad_id`, and `mask` "all" calls padding tokens, too. `lower`: small letters only. `templates`: texts with
    {} for the words; the unit vectors of all are averaged.
    """

    tokenizer: str = "tokenizer.json"
    length: int = 77
    pad: str = "none"
    pad_id: int = 0
    mask: str = "tokens"
    lower: bool = False
    templates: tuple[str, ...] = PLAIN_TEMPLATES


@dataclass(frozen=True)
class Shape:
    """What of a model is read: `views` pictures of it, or `points` of its surface.

    Pictures: around the model, at the pitches in turn; the bounding sphere spans `fill` of the side; `pool`
    of their unit vectors. Points go to `model`, as (1, n, c) or, in `order` "columns", (1, c, n), with
    `columns` of position, normal and colour (sRGB, 0 to 1); `scale` "sphere" fills the unit sphere.
    """

    reads: str = "pictures"
    views: int = 8
    pitches: tuple[float, ...] = (15.0, 35.0)
    fill: float = 0.86
    pool: str = "mean"
    model: str = ""
    input: str = ""
    output: str = ""
    points: int = 2048
    columns: tuple[str, ...] = ("position",)
    scale: str = "sphere"
    order: str = "rows"


@dataclass(frozen=True)
class TowerCard:
    """A whole card. `joins`: id of the added encoder whose Space this one's words are in; `files`: name -> "bytes digest"."""

    card: Card
    joins: str = ""
    shape: Shape | None = None
    pictures: Pictures | None = None
    text: Text | None = None
    scales: Mapping[str, CosineScale] = field(default_factory=dict[str, CosineScale])
    files: Mapping[str, str] = field(default_factory=dict[str, str])


def read_card(path: Path) -> TowerCard:
    """The card in a file. Raises UsageError that names file and key."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"the card cannot be read ({error})", path=str(path), hint="docs/towers.md has the format"
        ) from error
    return card_of(table, str(path))


def card_of(table: Mapping[str, Any], path: str = "") -> TowerCard:
    """The card of a TOML table; `path` is named in errors."""
    known = ("card", "joins", "shape", "pictures", "text", "scale", "files")
    for key in table:
        if key not in known:
            raise _error(path, f"unknown table {key}", f"known are {', '.join(known)}")
    scale = _table(table, "scale", path)
    for name in scale:
        if name not in ("words", "pictures"):
            raise _error(path, f"unknown table scale.{name}", "known are words, pictures")
    scales = {name: _values(CosineScale, _table(scale, name, path), f"scale.{name}", path) for name in scale}
    found = TowerCard(
        card=_values(Card, {**_DEFAULTS, **_table(table, "card", path)}, "card", path),
        joins=str(table.get("joins", "")),
        shape=_values(Shape, _table(table, "shape", path), "shape", path) if "shape" in table else None,
        pictures=_values(Pictures, _table(table, "pictures", path), "pictures", path)
        if "pictures" in table
        else None,
        text=_values(Text, _table(table, "text", path), "text", path) if "text" in table else None,
        scales=scales,
        files={name: str(value) for name, value in _table(table, "files", path).items()},
    )
    _check(found, path)
    return found


_DEFAULTS: dict[str, Any] = {
    "id": "", "title": "Added encoder", "paper": "not said", "takes": "what its card says", "dimensions": 0,
    "licence": "not said", "version": 1, "good_at": "not measured", "weak_at": "not measured",
    "trained_on": "not said",
}  # fmt: skip
_Table = TypeVar("_Table")


def _table(owner: Mapping[str, Any], key: str, path: str) -> dict[str, Any]:
    value = owner.get(key, {})
    if not isinstance(value, dict):
        raise _error(path, f"{key} is a table: [{key}]")
    return dict[str, Any](value)


def _values(kind: type[_Table], table: Mapping[str, Any], place: str, path: str) -> _Table:
    """The dataclass `kind` of a table's values, each in the type that its field has."""
    types = {each.name: str(each.type) for each in fields(kind)}  # pyright: ignore[reportArgumentType]
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in types:
            raise _error(path, f"unknown key {place}.{key}", f"known are {', '.join(types)}")
        values[key] = _value(f"{place}.{key}", value, types[key], path)
        if key in _CHOICES and values[key] not in _CHOICES[key]:
            raise _error(path, f"{place}.{key} is {value!r}", f"use one of {', '.join(_CHOICES[key])}")
    try:
        return kind(**values)
    except TypeError as error:
        raise _error(path, f"[{place}] lacks a key ({error})") from error


def _value(place: str, value: Any, kind: str, path: str) -> Any:
    one = {"str": str, "int": int, "bool": bool, "float": (int, float)}
    if kind.startswith("tuple["):
        inner = kind.removeprefix("tuple[").split(",")[0]
        if not isinstance(value, list | tuple):
            raise _error(path, f"{place} is {value!r}, but should be a list")
        return tuple(_value(place, each, inner, path) for each in value)  # pyright: ignore[reportUnknownVariableType]
    if kind.startswith("Mapping["):
        return {str(name): float(number) for name, number in dict(value).items()}
    wanted = one[kind]
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind != "bool"):
        raise _error(path, f"{place} is {value!r}, but should be {_SAID[kind]}")
    return float(value) if kind == "float" else value


_SAID = {"str": "a text", "int": "a whole number", "bool": "true or false", "float": "a number"}


def _check(found: TowerCard, path: str) -> None:
    """What no single value tells: which tables there must be, and lists of a fixed length."""
    shape, pictures = found.shape, found.pictures
    if not found.joins and shape is None:
        raise _error(path, "there is no table [shape]", "say what of a model is read")
    if found.joins and (shape is not None or pictures is not None or found.text is None):
        raise _error(path, "an encoder that joins another has [text], and neither [shape] nor [pictures]")
    if shape is not None:
        if shape.reads == "pictures" and pictures is None:
            raise _error(path, "shape.reads is pictures, but there is no table [pictures]")
        if shape.reads == "points" and not shape.model:
            raise _error(path, "shape.reads is points, but shape.model is not there")
        if not shape.columns or any(column not in _COLUMNS for column in shape.columns):
            raise _error(path, f"shape.columns is {list(shape.columns)}", f"use {', '.join(_COLUMNS)}")
        if shape.views < 1 or shape.points < 1 or not shape.pitches or not 0 < shape.fill <= 1:
            raise _error(path, "shape.views, points and fill are above 0, and pitches has a number")
    if pictures is not None:
        for key, count in (("size", 2), ("mean", 3), ("std", 3), ("background", 3), ("crop", 2)):
            if len(getattr(pictures, key)) not in ((0, count) if key == "crop" else (count,)):
                raise _error(path, f"pictures.{key} has {count} numbers")
        if min(*pictures.size, *pictures.crop) < 1 or 0 in pictures.std:
            raise _error(path, "pictures.size, crop and std are not 0")
    if found.text is not None:
        if not found.text.templates or any("{}" not in each for each in found.text.templates):
            raise _error(path, "text.templates is a list of texts with {} for the words")
        if found.text.length < 1:
            raise _error(path, "text.length is above 0")
    for kind, graph in (("pictures", pictures), ("text", found.text)):
        if graph is not None and not graph.model:
            raise _error(path, f"{kind}.model is not there", "name its .onnx file")
    for name in files_of(found):
        if Path(name).is_absolute() or ".." in Path(name).parts or "\\" in name:
            raise _error(path, f"{name} lies outside of the folder", "name files beside the card")


def files_of(card: TowerCard) -> tuple[str, ...]:
    """The files beside the card that it names, each once."""
    graphs = [each for each in (card.pictures, card.text) if each is not None]
    names = [graph.model for graph in graphs]
    names += [graph.projection.rpartition(":")[0] for graph in graphs if graph.projection]
    names += [card.text.tokenizer] if card.text else []
    names += [card.shape.model] if card.shape and card.shape.reads == "points" else []
    return tuple(dict.fromkeys(names))


def _error(path: str, message: str, hint: str = "docs/towers.md has the format") -> UsageError:
    return UsageError(message, path=path or None, hint=hint)
