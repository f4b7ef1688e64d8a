# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""PointNet (Qi et al. 2017, CVPR, fig. 2): a set of points in, one unit vector out.

One small network reads every point alone; the maximum over the points forgets their order (eq. 1).
Two T-Nets (4.2, "joint alignment network"; supplementary C) turn the positions and later the features
by matrices that depend on the whole set. The width of the paper is 64; all layers scale with it.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

CHANNELS = 9


class SharedMLP(nn.Module):
    """The same layers for every point: (..., widths[0]) -> (..., widths[-1]), batch norm and ReLU after each."""

    def __init__(self, *widths: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for taken, given in pairwise(widths):
            layers += [nn.Linear(taken, given, bias=False), nn.BatchNorm1d(given), nn.ReLU()]
        self.layers = nn.Sequential(*layers)
        self.given = widths[-1]

    def forward(self, rows: Tensor) -> Tensor:
        # Rows of one matrix: one product of matrices instead of a convolution of width 1.
        flat = self.layers(rows.reshape(-1, rows.shape[-1]))
        return flat.reshape(*rows.shape[:-1], self.given)


class TNet(nn.Module):
    """Features of a set (b, n, k) -> one matrix (b, k, k); the identity before training (supplementary C)."""

    def __init__(self, size: int, width: int) -> None:
        super().__init__()
        self.size = size
        self.each = SharedMLP(size, width, 2 * width, 16 * width)
        self.all = SharedMLP(16 * width, 8 * width, 4 * width)
        self.matrix = nn.Linear(4 * width, size * size)
        nn.init.zeros_(self.matrix.weight)
        with torch.no_grad():
            self.matrix.bias.copy_(torch.eye(size).flatten())

    def forward(self, features: Tensor) -> Tensor:
        found = self.all(self.each(features).amax(1))
        return self.matrix(found).reshape(-1, self.size, self.size)


class PointNet(nn.Module):
    """Points (b, n, 9), as `polyseek.encoders.point_rows` packs them -> (b, dimensions), length 1.

    The first T-Net turns the positions; normals and colours join behind it, as they are.
    """

    def __init__(self, width: int = 64, dimensions: int = 256) -> None:
        super().__init__()
        self.turn_positions = TNet(3, width)
        self.low = SharedMLP(CHANNELS, width, width)
        self.turn_features = TNet(width, width)
        self.high = SharedMLP(width, width, 2 * width, 16 * width)
        self.head = nn.Sequential(SharedMLP(16 * width, 8 * width), nn.Linear(8 * width, dimensions))

    def forward(self, points: Tensor) -> Tensor:
        return self.regularised(points)[0]

    def regularised(self, points: Tensor) -> tuple[Tensor, Tensor]:
        """The vectors, and what keeps the features' matrices A near rotations: mean of ||I - A A'||² (eq. 2)."""
        positions = points[..., :3] @ self.turn_positions(points[..., :3])
        features = self.low(torch.cat([positions, points[..., 3:]], -1))
        matrices = self.turn_features(features)
        found = self.high(features @ matrices).amax(1)
        return normalize(self.head(found), dim=-1), off_rotation(matrices)


def off_rotation(matrices: Tensor) -> Tensor:
    """Mean of the squared Frobenius norm of I - A A' (eq. 2) over matrices (b, k, k)."""
    identity = torch.eye(matrices.shape[-1], dtype=matrices.dtype, device=matrices.device)
    return ((identity - matrices @ matrices.transpose(1, 2)) ** 2).sum((1, 2)).mean()
