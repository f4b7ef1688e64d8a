# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""A multi-view CNN (Su et al. 2015, MVCNN, fig. 1): pictures of one model in, one unit vector out.

One network reads every view; what it found is pooled over the views (max, and mean beside it), so any
number of views in any order will do. Residual blocks after He et al. 2016 (fig. 2).
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize


class Block(nn.Module):
    """Two 3 x 3 convolutions beside a shortcut; `stride` 2 halves the side."""

    def __init__(self, taken: int, given: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(taken, given, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(given)
        self.second = nn.Conv2d(given, given, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(given)
        same = taken == given and stride == 1
        self.shortcut = nn.Identity() if same else nn.Conv2d(taken, given, 1, stride, bias=False)

    def forward(self, maps: Tensor) -> Tensor:
        inner = torch.relu(self.first_norm(self.first(maps)))
        return torch.relu(self.second_norm(self.second(inner)) + self.shortcut(maps))


class ViewCNN(nn.Module):
    """Packed views (b, v, 7, s, s) uint8 of `polyseek.encoders.view_planes` -> (b, dimensions), length 1."""

    def __init__(
        self, channels: int = 7, widths: tuple[int, ...] = (32, 64, 128, 256), dimensions: int = 256
    ) -> None:
        super().__init__()
        self.stem = nn.Conv2d(channels, widths[0], 5, 2, 2, bias=False)
        self.stem_norm = nn.BatchNorm2d(widths[0])
        pairs = pairwise(widths)
        self.blocks = nn.Sequential(*[Block(taken, given, 2) for taken, given in pairs])
        self.head = nn.Sequential(
            nn.Linear(2 * widths[-1], 2 * widths[-1]), nn.GELU(), nn.Linear(2 * widths[-1], dimensions)
        )

    def forward(self, views: Tensor) -> Tensor:
        return self.placed(self.pooled(views))

    def pooled(self, views: Tensor) -> Tensor:
        """What was found in all views of each model, (b, 2 * last width): nearly all of the work."""
        batch, count = views.shape[0], views.shape[1]
        maps = views.flatten(0, 1).to(self.stem.weight.dtype) / 255.0
        maps = torch.relu(self.stem_norm(self.stem(maps)))
        maps = self.blocks(maps)
        found = torch.cat([maps.mean((2, 3)), maps.amax((2, 3))], 1).reshape(batch, count, -1)
        middle = found.shape[-1] // 2
        # Mean over pixels, then max over views; and max over pixels, then mean over views.
        return torch.cat([found[..., :middle].amax(1), found[..., middle:].mean(1)], 1)

    def placed(self, found: Tensor) -> Tensor:
        """Where in the space that lies, (b, dimensions)."""
        return normalize(self.head(found), dim=-1)
