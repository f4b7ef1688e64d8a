"""Models of open_clip's kind are written as folders that the shelf reads, and give the vectors that torch gives."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("tokenizers")

import tokenizers
import torch
from torch import Tensor, nn

from polyseek.encoders.towers.adding import add
from polyseek.encoders.towers.encoder import TowerEncoder
from polyseek.encoders.towers.hugging_face import card_of_folder
from polyseek.errors import PolyseekError, UsageError
from polyseek_training.open_clip_export import bpe_tokenizer, compare, export_model
from tower_nets import Size, Vision, Words

LENGTH = 20
MERGES = [("c", "h"), ("a", "i"), ("ai", "r</w>"), ("ch", "air</w>"), ("r", "e"), ("re", "d</w>"), ("e", "d</w>"), ("a", "r")]  # fmt: skip


def vocabulary() -> dict[str, int]:
    """Every ASCII letter, each also as the end of a word; what merges make; the tokens before and after a text."""
    letters = [chr(code) for code in range(33, 127)]
    tokens = [*letters, *(letter + "</w>" for letter in letters), *("".join(pair) for pair in MERGES)]
    return {token: place for place, token in enumerate([*tokens, "<start_of_text>", "<end_of_text>"])}


def merged(word: str) -> list[str]:
    """Byte-pair encoding by hand: of all neighbours the best pair becomes one, until there is none."""
    parts = [*word[:-1], word[-1] + "</w>"]
    while True:
        pairs = [(MERGES.index(pair), i) for i, pair in enumerate(pairwise(parts)) if pair in MERGES]
        if not pairs:
            return parts
        _, i = min(pairs)
        parts[i : i + 2] = [parts[i] + parts[i + 1]]


class Tokenizer:
    """What export_model asks of open_clip's own tokenizer."""

    encoder = vocabulary()
    bpe_ranks = {pair: rank for rank, pair in enumerate(MERGES)}  # noqa: RUF012

    def __call__(self, texts: list[str]) -> Tensor:
        rows = torch.zeros(len(texts), LENGTH, dtype=torch.int64)
        for row, text in zip(rows, texts, strict=True):
            ids = self.ids(text)
            row[: len(ids)] = torch.tensor(ids)
        return rows

    def ids(self, text: str) -> list[int]:
        words = [self.encoder[part] for word in text.lower().split() for part in merged(word)]
        return [self.encoder["<start_of_text>"], *words[: LENGTH - 2], self.encoder["<end_of_text>"]]


class Model(nn.Module):
    """Two towers under the names that open_clip gives them."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(5)
        self.visual = Vision(Size(16, 1, 2, 16, 8, 6), "class")
        self.text = Words(Size(16, 1, 2, LENGTH, len(vocabulary()), 6), "end", masked=False)

    def encode_image(self, picture: Tensor) -> Tensor:
        return self.visual(picture)

    def encode_text(self, ids: Tensor) -> Tensor:
        return self.text(ids)


PREPROCESSING = {
    "size": (16, 16), "mode": "RGB", "mean": (0.5, 0.4, 0.3), "std": (0.2, 0.3, 0.4), "interpolation": "bicubic",
    "resize_mode": "shortest", "fill_color": 0,
}  # fmt: skip


def test_an_exported_model_gives_the_vectors_of_torch(tmp_path: Path):
    model, tokenizer = Model().eval(), Tokenizer()
    export_model(model, tokenizer, PREPROCESSING, "tiny:here", tmp_path)
    card = card_of_folder(tmp_path, "tiny", views=1)
    assert card.text is not None
    encoder = TowerEncoder(
        replace(card, text=replace(card.text, templates=("{}",)), card=replace(card.card, dimensions=6)),
        tmp_path,
    )
    picture = np.random.default_rng(0).integers(0, 256, (16, 16, 4)).astype(np.uint8)
    picture[..., 3] = 255
    tensor = (picture[..., :3] / 255 - PREPROCESSING["mean"]) / PREPROCESSING["std"]

    with torch.no_grad():
        words = model.encode_text(tokenizer(["red chair", "a " * 30]))
        seen = model.encode_image(torch.tensor(tensor.transpose(2, 0, 1)[None], dtype=torch.float32))

    unit = torch.nn.functional.normalize
    assert encoder.encode_texts(["Red chair", "a " * 30]) == pytest.approx(unit(words).numpy(), abs=1e-4)
    assert encoder.encode_pictures([picture]) == pytest.approx(unit(seen).numpy(), abs=1e-4)


def test_the_tokenizer_merges_as_byte_pair_encoding_does():
    tokenizer = tokenizers.Tokenizer.from_str(json.dumps(bpe_tokenizer(vocabulary(), MERGES)))

    for text in ("red chair", "Chaired  cedar", "archer", "airchair re d"):
        assert tokenizer.encode(text).ids == Tokenizer().ids(text)


def test_a_network_that_differs_is_not_handed_on(tmp_path: Path):
    export_model(Model(), Tokenizer(), PREPROCESSING, "tiny:here", tmp_path)
    given = np.zeros((1, 3, 16, 16), np.float32)

    with pytest.raises(PolyseekError, match="differs from torch"):
        compare(tmp_path / "onnx" / "vision_model.onnx", given, np.ones((1, 6), np.float32))


def test_without_open_clip_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("POLYSEEK_TOWERS", str(tmp_path / "towers"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "open_clip" else object())

    with pytest.raises(UsageError, match="needs open_clip") as caught:
        add("open_clip:ViT-B-32:laion2b_s34b_b79k")
    assert "pip install open_clip_torch" in caught.value.hint
