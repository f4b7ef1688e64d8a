"""A trained run -> the four files that polyseek.encoders.onnx reads: card, and towers of shapes, texts and pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polyseek.encoders.view_planes import CHANNELS
from polyseek_training.drawing import RING, SIDE, UPRIGHT
from polyseek_training.nets.byte_text import BUCKETS, LONGEST

# How far a text is drawn towards the things it names (polyseek.encoders.text_rows). Chosen on the validation
# side, where anything from 1 to 2 does nearly as well (benchmarks/things.py).
THINGS = 1.4

if TYPE_CHECKING:
    from polyseek_training.loop import Towers


def write_towers(towers: Towers, name: str, folder: Path) -> None:
    """Writes `NAME.shape.onnx`, `NAME.text.onnx` and `NAME.picture.onnx`."""
    import torch

    from polyseek_training.export import export_onnx
    from polyseek_training.loop import OnePicture

    views = torch.zeros((1, 2, CHANNELS, SIDE, SIDE), dtype=torch.uint8)
    pictures = torch.zeros((1, 3, SIDE, SIDE), dtype=torch.uint8)
    grams = torch.ones((1, 5), dtype=torch.int64)
    files = {
        "shape": export_onnx(towers.shape, views, {0: "models", 1: "views"}),
        "text": export_onnx(towers.text, grams, {0: "texts", 1: "ngrams"}),
        "picture": export_onnx(OnePicture(towers.picture), pictures, {0: "pictures"}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for kind, data in files.items():
        (folder / f"{name}.{kind}.onnx").write_bytes(data)


def write_card(
    folder: Path, card: Mapping[str, Any], words: Mapping[str, float], pictures: Mapping[str, float]
) -> None:
    """Writes `ID.toml`. `card`: the fields of polyseek's Card; `words`, `pictures`: those of a CosineScale."""
    plain = {key: value for key, value in card.items() if key != "figures"}
    lines = ["[card]", *(f"{key} = {_toml(value)}" for key, value in plain.items())]
    lines += ["", "[card.figures]", *(f"{_toml(k)} = {v}" for k, v in card.get("figures", {}).items())]
    lines += ["", "[views]", f"count = {RING}", f"side = {SIDE}", f'upright = "{UPRIGHT}"']
    lines += ["", "[text]", f"buckets = {BUCKETS}", f"longest = {LONGEST}", f"things = {THINGS}"]
    lines += ["", "[words]", *(f"{key} = {value}" for key, value in words.items())]
    lines += [
        "",
        "[pictures]",
        f"side = {SIDE}",
        *(f"{key} = {value}" for key, value in pictures.items()),
        "",
    ]
    (folder / f"{card['id']}.toml").write_text("\n".join(lines), encoding="utf-8")


def _toml(value: Any) -> str:
    """A TOML value: texts and lists of them are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)
