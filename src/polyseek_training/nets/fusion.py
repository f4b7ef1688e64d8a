# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""Views and points of one model, fused late: both towers' unit vectors side by side, then a small MLP.

Late, because the two know different things and neither has to be there in the other's shape: a view
CNN sees texture and outline, PointNet++ sees what is hidden and where it is. The mean of the two rows is
a shortcut past the MLP: each tower learns as if it were alone, and the MLP learns what only both can tell.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from polyseek_training.nets.point_net2 import PointNet2
from polyseek_training.nets.view_cnn import ViewCNN


class Fusion(nn.Module):
    """Views (b, v, 7, s, s) uint8 and points (b, n, 9) of the same models -> (b, dimensions), length 1."""

    def __init__(
        self, views: nn.Module | None = None, points: nn.Module | None = None, dimensions: int = 256
    ) -> None:
        """`views`, `points`: towers of `dimensions`; a ViewCNN and a PointNet2 unless others are given."""
        super().__init__()
        self.views = views if views is not None else ViewCNN(dimensions=dimensions)
        self.points = points if points is not None else PointNet2(dimensions=dimensions)
        width = 2 * dimensions
        self.both = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, dimensions))

    def forward(self, views: Tensor, points: Tensor) -> Tensor:
        seen, felt = self.views(views), self.points(points)
        return normalize((seen + felt) / 2 + self.both(torch.cat([seen, felt], 1)), dim=-1)
