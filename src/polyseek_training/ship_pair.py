"""A compared network and its text tower -> the three files that polyseek.encoders.point_onnx reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from polyseek.encoders.contract import Card, CosineScale
from polyseek.encoders.view_planes import CHANNELS
from polyseek_training.drawing import RING, SIDE

if TYPE_CHECKING:
    from polyseek_training.compare import Candidate, Pair

AXES = {"views": {0: "models", 1: "views"}, "points": {0: "models", 1: "points"}}


def shape_onnx(pair: Pair, candidate: Candidate, *, halve: bool = True) -> bytes:
    """The shape network, its inputs named "views" and "points" as it takes them."""
    import torch

    from polyseek_training.compare import USED
    from polyseek_training.export import export_inputs

    points = np.random.default_rng(0).normal(size=(2, USED, 9)).astype(np.float32)
    examples = {
        "views": torch.zeros((2, 2, CHANNELS, SIDE, SIDE), dtype=torch.uint8),
        "points": torch.from_numpy(points),
    }
    inputs = {name: examples[name] for name in candidate.takes}
    return export_inputs(pair.shape, inputs, {name: AXES[name] for name in inputs}, halve=halve)


def write_pair(pair: Pair, candidate: Candidate, card: Card, words: CosineScale, folder: Path) -> None:
    """Writes `ID.toml`, `ID.shape.onnx` and `ID.text.onnx`, ID of the card."""
    import torch

    from polyseek_training.export import export_onnx

    grams = torch.ones((1, 5), dtype=torch.int64)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{card.id}.shape.onnx").write_bytes(shape_onnx(pair, candidate))
    text = export_onnx(pair.text, grams, {0: "texts", 1: "ngrams"})
    (folder / f"{card.id}.text.onnx").write_bytes(text)
    (folder / f"{card.id}.toml").write_text(card_text(candidate, card, words), encoding="utf-8")


def card_text(candidate: Candidate, card: Card, words: CosineScale) -> str:
    """The content of `ID.toml`."""
    from polyseek_training.compare import BUCKETS, USED

    plain = {name: value for name, value in asdict(card).items() if name != "figures"}
    sizes = {"views": {"count": RING, "side": SIDE}, "points": {"count": USED}}
    tables: dict[str, Mapping[str, Any]] = {
        "card": plain,
        "card.figures": card.figures,
        **{name: sizes[name] for name in candidate.takes},
        "text": {"buckets": BUCKETS},
        "words": asdict(words),
    }
    return "\n".join(
        f"[{name}]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in table.items())
        for name, table in tables.items()
    )


def _toml(value: Any) -> str:
    """A TOML value: texts, numbers and lists of them are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)
