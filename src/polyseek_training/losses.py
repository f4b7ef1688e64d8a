# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""Contrastive losses of two sets of unit vectors with soft targets."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import log_softmax


class Temperature(nn.Module):
    """The learned scale of a softmax over cosines (CLIP, Radford et al. 2021, 2.3): starts at 1/0.07, at most 100."""

    def __init__(self) -> None:
        super().__init__()
        self.log_scale = nn.Parameter(torch.tensor(1 / 0.07).log())

    def forward(self) -> Tensor:
        return self.log_scale.clamp(max=4.605).exp()


def soft_targets(likeness: Tensor, temperature: float) -> Tensor:
    """Rows that sum to 1: the softmax of likenesses within -1 and 1 (b, b). Small temperatures are hard."""
    return torch.softmax(likeness / temperature, 1)


def soft_contrast(one: Tensor, other: Tensor, likeness: Tensor, scale: Tensor, temperature: float) -> Tensor:
    """Mean cross-entropy, both ways, of scale * cosines against the soft targets of `likeness`.

    `one`, `other`: (b, d), length 1. `likeness`: (b, b), how right row i of one is for row j of other.
    With the identity as likeness and a small temperature this is CLIP's loss.
    """
    logits = scale * one @ other.T
    forth = -(soft_targets(likeness, temperature) * log_softmax(logits, 1)).sum(1).mean()
    back = -(soft_targets(likeness.T, temperature) * log_softmax(logits.T, 1)).sum(1).mean()
    return (forth + back) / 2
