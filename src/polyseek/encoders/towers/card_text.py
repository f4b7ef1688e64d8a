"""A card as TOML that a person can change: tables and values, with a comment where it helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from polyseek.encoders.towers.card import Shape, TowerCard

OPENING = """\
# An encoder that was added to polyseek. Change what you like: how words are put (templates) and what scores mean
# (scale) hold from the next search on; views and pictures make another Space, so run `polyseek index` again.
"""
_SAID = {
    "shape": "How a model is looked at.",
    "pictures": "How a picture, of a model or of yours, becomes numbers, and which network reads it.",
    "text": "How words become numbers. {} in a template stands for them; vectors of all templates are averaged.",
    "scale": "What a cosine means: `nothing` is score 0, `right` score 1; a best hit below `cut_off` is no good match.",
    "files": "Length in bytes and BLAKE2b digest of each file when it was added.",
}
_OF_POINTS = ("model", "input", "output", "points", "columns", "scale", "order")
_OF_PICTURES = ("views", "pitches", "fill", "pool")


def as_toml(card: TowerCard) -> str:
    """The text of a card; `read_card` reads it back as it was."""
    parts = [OPENING]
    if card.joins:
        parts.append(f"joins = {_toml(card.joins)}\n")
    parts.append(_table("card", asdict(card.card)))
    if card.shape is not None:
        parts.append(_table("shape", _shape(card.shape)))
    for name, graph in (("pictures", card.pictures), ("text", card.text)):
        if graph is not None:
            parts.append(_table(name, {key: value for key, value in asdict(graph).items() if value != ""}))
    for name, scale in card.scales.items():
        parts.append(_table(f"scale.{name}", asdict(scale)))
    if card.files:
        parts.append(_table("files", card.files))
    return "\n".join(parts)


def _shape(shape: Shape) -> dict[str, Any]:
    unused = _OF_PICTURES if shape.reads == "points" else _OF_POINTS
    return {each.name: getattr(shape, each.name) for each in fields(shape) if each.name not in unused}


def _table(name: str, values: Mapping[str, Any]) -> str:
    said = _SAID.get(name.split(".")[0])
    lines = [f"# {said}"] if said else []
    return "\n".join(
        [*lines, f"[{name}]", *(f"{_key(key)} = {_toml(value)}" for key, value in values.items()), ""]
    )


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else _toml(key)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(_escaped(letter) for letter in value) + '"'
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(str(key))} = {_toml(each)}" for key, each in value.items())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return f"{{{inner}}}"
    if isinstance(value, tuple | list):
        texts = [_toml(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
        if sum(map(len, texts)) > 90:
            return "[\n" + "".join(f"  {text},\n" for text in texts) + "]"
        return "[" + ", ".join(texts) + "]"
    return repr(value)


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter
