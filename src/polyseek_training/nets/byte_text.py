# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""A text tower over hashed byte n-grams (fastText, Bojanowski et al. 2017, eq. 2, with bytes for letters).

A text is the sum of its n-grams' vectors, scaled by the root of their number, and a small MLP.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

# More than polyseek.encoders.byte_ngrams asks for by default: the lexicon has some 150,000 different n-grams.
BUCKETS = 65_536
# N-grams of a text that are read, at most: a dozen words.
LONGEST = 256


class ByteText(nn.Module):
    """Buckets (b, m) of `polyseek.encoders.byte_ngrams.padded`, 0 for nothing -> (b, dimensions), length 1."""

    def __init__(self, buckets: int = BUCKETS, width: int = 64, dimensions: int = 256) -> None:
        super().__init__()
        self.table = nn.Embedding(buckets, width, padding_idx=0)
        nn.init.normal_(self.table.weight, std=0.1)
        with torch.no_grad():
            self.table.weight[0] = 0
        self.norm = nn.LayerNorm(width)
        self.inner = nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Linear(256, dimensions))
        self.straight = nn.Linear(width, dimensions, bias=False)

    def forward(self, ids: Tensor) -> Tensor:
        count = (ids > 0).sum(1, keepdim=True).clamp(min=1).to(self.table.weight.dtype)
        text = self.norm(self.table(ids).sum(1) / count.sqrt())
        return normalize(self.straight(text) + self.inner(text), dim=-1)
