"""A trained run -> the three files that polyseek.encoders.onnx reads: card, shape tower, text tower."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from polyseek_training.shapes import SIDE, VIEWS


def write_towers(run: Path, name: str, folder: Path) -> None:
    """Writes `NAME.shape.onnx` and `NAME.text.onnx` of a run's last checkpoint. Raises FileNotFoundError."""
    import torch

    from polyseek_training.export import export_onnx
    from polyseek_training.loop import load_towers

    towers = load_towers(run)
    views = torch.zeros((1, 2, 7, SIDE, SIDE), dtype=torch.uint8)
    shape = export_onnx(towers.shape, views, {0: "models", 1: "views"})
    text = export_onnx(towers.text, torch.ones((1, 5), dtype=torch.int64), {0: "texts", 1: "ngrams"})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.shape.onnx").write_bytes(shape)
    (folder / f"{name}.text.onnx").write_bytes(text)


def write_card(folder: Path, card: Mapping[str, Any], scale: Mapping[str, float]) -> None:
    """Writes `ID.toml`. `card`: the fields of polyseek's Card; `scale`: those of CosineScale."""
    plain = {key: value for key, value in card.items() if key != "figures"}
    lines = ["[card]", *(f"{key} = {_toml(value)}" for key, value in plain.items())]
    lines += ["", "[card.figures]", *(f"{_toml(k)} = {v}" for k, v in card.get("figures", {}).items())]
    lines += ["", "[views]", f"count = {VIEWS}", f"side = {SIDE}"]
    lines += ["", "[words]", *(f"{key} = {value}" for key, value in scale.items()), ""]
    (folder / f"{card['id']}.toml").write_text("\n".join(lines), encoding="utf-8")


def _toml(value: Any) -> str:
    """A TOML value: texts and lists of them are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)
