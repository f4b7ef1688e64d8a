# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""PointNet++ (Qi et al. 2017, NeurIPS, fig. 2, classification; single-scale grouping): points in, a unit vector out.

Set abstraction (3.2) three times: choose centres, group the points of a ball around each, and let a
small PointNet read the group in coordinates relative to its centre; the last group is everything.

The sampling layer stands outside: points come in the order of farthest point sampling as far as the
first layer's centres reach (`polyseek.encoders.point_rows`). The greedy choice of m points is the
first m of the greedy choice of more, so every layer's centres are the first of the layer before.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from polyseek_training.nets.point_net import CHANNELS, SharedMLP


class Layer(NamedTuple):
    """One set abstraction SA(K, r, [l1, .., ld]) of B.1, with at most `neighbours` points in a ball."""

    centres: int
    radius: float
    neighbours: int
    widths: tuple[int, ...]


# B.1: 512 centres, 32 points a ball; its widths are twice these. A processor is to train and to run this.
LAYERS = (Layer(128, 0.2, 16, (32, 32, 64)), Layer(32, 0.4, 16, (64, 64, 128)))
TOP = (128, 256, 512)


class SetAbstraction(nn.Module):
    """Positions (b, n, 3) and features (b, n, c) -> the same of the first `centres` points (b, m, 3), (b, m, w)."""

    def __init__(self, layer: Layer, taken: int) -> None:
        super().__init__()
        self.layer = layer
        self.mlp = SharedMLP(3 + taken, *layer.widths)

    def forward(self, positions: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        centres = positions[:, : self.layer.centres]
        members = ball_query(centres, positions, self.layer.radius, self.layer.neighbours)
        relative = rows_at(positions, members) - centres[:, :, None]
        grouped = torch.cat([relative, rows_at(features, members)], -1)
        return centres, self.mlp(grouped).amax(2)


class PointNet2(nn.Module):
    """Points (b, n, 9), as `polyseek.encoders.point_rows` packs them -> (b, dimensions), length 1."""

    def __init__(
        self, layers: tuple[Layer, ...] = LAYERS, top: tuple[int, ...] = TOP, dimensions: int = 256
    ) -> None:
        super().__init__()
        taken = [CHANNELS - 3, *(layer.widths[-1] for layer in layers)]
        pairs = zip(layers, taken, strict=False)
        self.abstractions = nn.ModuleList(SetAbstraction(layer, width) for layer, width in pairs)
        self.top = SharedMLP(3 + taken[-1], *top)
        self.head = nn.Sequential(SharedMLP(top[-1], top[-1]), nn.Linear(top[-1], dimensions))

    def forward(self, points: Tensor) -> Tensor:
        positions, features = points[..., :3], points[..., 3:]
        for abstraction in self.abstractions:
            positions, features = abstraction(positions, features)
        found = self.top(torch.cat([positions, features], -1)).amax(1)
        return normalize(self.head(found), dim=-1)


@torch.no_grad()
def ball_query(centres: Tensor, positions: Tensor, radius: float, count: int) -> Tensor:
    """Of the points within `radius` of each centre the first `count` (3.2, grouping layer): (b, m, count) int64.

    Where a ball holds fewer, its first fills up. Each centre is itself among the positions, so no ball is empty.
    """
    squared = (centres**2).sum(-1)[:, :, None] + (positions**2).sum(-1)[:, None]
    squared = squared - 2 * centres @ positions.transpose(1, 2)
    # Row numbers as floats, exact below 2²⁴, behind all others where the point is outside.
    total = positions.shape[1]
    number = torch.arange(total, device=positions.device).to(positions.dtype)
    number = torch.where(squared <= radius**2, number, number + total)
    first = number.topk(count, largest=False).values
    return torch.where(first < total, first, first[..., :1]).long()


def rows_at(values: Tensor, members: Tensor) -> Tensor:
    """values (b, n, c) at rows (b, m, k) of the same b -> (b, m, k, c)."""
    count = values.shape[1]
    start = torch.arange(values.shape[0], device=values.device)[:, None, None] * count
    return values.reshape(-1, values.shape[-1])[members + start]
