"""CLIP, SigLIP, Chinese-CLIP and Multilingual-CLIP as they are built, in PyTorch with random weights, and their export.

Radford et al. 2021, 2.4; Zhai et al. 2023, 3; Yang et al. 2022, 2; Carlsson et al. 2022, 3. Any size: tiny in tests, full
in benchmarks/brought_towers.py.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812


@dataclass(frozen=True)
class Size:
    """Of a transformer. `length`: places (tokens, or the pixels of a side); `vocabulary`: words, or the pixels of a patch."""

    width: int
    depth: int
    heads: int
    length: int
    vocabulary: int
    out: int


class Block(nn.Module):
    """Layer norm before attention and before the two-layer perceptron, both added to what came in."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.before_attention, self.before_mlp = nn.LayerNorm(size.width), nn.LayerNorm(size.width)
        self.qkv, self.out = nn.Linear(size.width, 3 * size.width), nn.Linear(size.width, size.width)
        self.mlp = nn.Sequential(
            nn.Linear(size.width, 4 * size.width), nn.GELU(), nn.Linear(4 * size.width, size.width)
        )

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        x = x + self.out(attend(*self.qkv(self.before_attention(x)).chunk(3, -1), self.heads, bias))
        return x + self.mlp(self.before_mlp(x))


def attend(query: Tensor, key: Tensor, value: Tensor, heads: int, bias: Tensor | None) -> Tensor:
    """softmax(q k^T / sqrt(d) + bias) v for each head; (b, t, heads * d) all of them."""
    q, k, v = (each.unflatten(-1, (heads, -1)).transpose(1, 2) for each in (query, key, value))
    scores = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
    weights = (scores if bias is None else scores + bias).softmax(-1)
    return (weights @ v).transpose(1, 2).flatten(2)


class Vision(nn.Module):
    """A ViT. `pool`: "class", the class token; "attention", a learned query over all patches (SigLIP's MAP head)."""

    def __init__(self, size: Size, pool: str) -> None:
        super().__init__()
        side, patch = size.length, size.vocabulary
        self.pool, self.heads = pool, size.heads
        self.patches = nn.Conv2d(3, size.width, patch, patch)
        self.token = nn.Parameter(torch.randn(1, 1, size.width))
        count = (side // patch) ** 2 + (pool == "class")
        self.places = nn.Parameter(0.5 * torch.randn(1, count, size.width))
        self.blocks = nn.ModuleList(Block(size) for _ in range(size.depth))
        self.norm = nn.LayerNorm(size.width)
        self.kv = nn.Linear(size.width, 2 * size.width)
        self.projection = nn.Linear(size.width, size.out, bias=False)

    def forward(self, pixel_values: Tensor) -> Tensor:
        x = self.patches(pixel_values).flatten(2).transpose(1, 2)
        token = self.token.expand(x.shape[0], -1, -1)
        if self.pool == "class":
            x = torch.cat([token, x], 1)
        x = x + self.places
        for block in self.blocks:
            x = block(x, None)
        x = self.norm(x)
        if self.pool == "attention":
            x = attend(token, *self.kv(x).chunk(2, -1), self.heads, None)
        return self.projection(x[:, 0])


class Words(nn.Module):
    """A text transformer. `pool`: "end" of text and causal (CLIP), "last" place (SigLIP), "first" (BERT), "mean" of tokens.

    `projected` False: it gives all tokens, and the projection is for somebody else to apply.
    """

    def __init__(self, size: Size, pool: str, *, masked: bool, projected: bool = True) -> None:
        super().__init__()
        self.pool, self.masked, self.projected = pool, masked, projected
        self.tokens = nn.Embedding(size.vocabulary, size.width)
        self.places = nn.Parameter(0.5 * torch.randn(1, size.length, size.width))
        self.blocks = nn.ModuleList(Block(size) for _ in range(size.depth))
        self.norm = nn.LayerNorm(size.width)
        self.projection = nn.Linear(size.width, size.out)

    def forward(self, input_ids: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        length = input_ids.shape[1]
        x = self.tokens(input_ids) + self.places[:, :length]
        bias = None
        if self.pool == "end":
            bias = torch.full((length, length), -1e4).triu(1)
        elif attention_mask is not None:
            bias = (1.0 - attention_mask[:, None, None].float()) * -1e4
        for block in self.blocks:
            x = block(x, bias)
        x = self.norm(x)
        return self.projection(self.pooled(x, input_ids, attention_mask)) if self.projected else x

    def pooled(self, x: Tensor, input_ids: Tensor, attention_mask: Tensor | None) -> Tensor:
        if self.pool == "end":
            at = F.one_hot(input_ids.argmax(-1), input_ids.shape[1]).to(x.dtype)
            return (x * at[..., None]).sum(1)
        if self.pool == "mean":
            assert attention_mask is not None
            shown = attention_mask[..., None].to(x.dtype)
            return (x * shown).sum(1) / shown.sum(1)
        return x[:, -1] if self.pool == "last" else x[:, 0]


class Both(nn.Module):
    """Two halves in one network, as combined exports are: unit vectors of words and pictures."""

    def __init__(self, words: Words, vision: Vision) -> None:
        super().__init__()
        self.words, self.vision = words, vision

    def forward(
        self, input_ids: Tensor, pixel_values: Tensor, attention_mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        text, image = self.words(input_ids, attention_mask), self.vision(pixel_values)
        return F.normalize(text, dim=-1), F.normalize(image, dim=-1)


_AXES = {
    "input_ids": {0: "text_batch", 1: "sequence"},
    "attention_mask": {0: "text_batch", 1: "sequence"},
    "pixel_values": {0: "image_batch"},
}


def export(net: nn.Module, examples: Mapping[str, Tensor], outputs: tuple[str, ...], path: Path) -> None:
    """One .onnx file by tracing, batches and texts of any length."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        # Tracing is called old, and tells of every shape that it takes for fixed.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net.eval(),
            tuple(examples.values()),
            str(path),
            input_names=list(examples),
            output_names=list(outputs),
            dynamic_axes={name: _AXES[name] for name in examples},
            opset_version=17,
            dynamo=False,
        )


def examples(*names: str, side: int = 16) -> dict[str, Tensor]:
    """Tensors to trace with, by the names of inputs, in this order."""
    every = {
        "input_ids": torch.tensor([[1, 2, 3, 4, 5]]),
        "pixel_values": torch.zeros(1, 3, side, side),
        "attention_mask": torch.ones(1, 5, dtype=torch.int64),
    }
    return {name: every[name] for name in names}
