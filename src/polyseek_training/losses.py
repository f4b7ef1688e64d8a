# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""Contrastive losses of two sets of unit vectors with soft targets."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn.functional import log_softmax, normalize


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

    `one` (b, d), `other` (c, d), c >= b: length 1; row i of one goes with row i of other, and rows of
    other from b on are no one's own. `likeness`: (b, c), how right row i of one is for row j of other.
    With the identity as likeness and a small temperature this is CLIP's loss.
    """
    own = len(one)
    logits = scale * one @ other.T
    forth = -(soft_targets(likeness, temperature) * log_softmax(logits, 1)).sum(1).mean()
    back = likeness[:, :own].T
    back = -(soft_targets(back, temperature) * log_softmax(logits[:, :own].T, 1)).sum(1).mean()
    return (forth + back) / 2


def by_prefixes(
    one: Tensor, other: Tensor, likeness: Tensor, scale: Tensor, temperature: float, prefixes: Sequence[int]
) -> Tensor:
    """The mean of `soft_contrast` over whole rows and over their first dimensions (Kusupati et al. 2022, eq. 1)."""
    losses = [soft_contrast(one, other, likeness, scale, temperature)]
    for size in prefixes:
        shorter = normalize(one[:, :size], dim=-1), normalize(other[:, :size], dim=-1)
        losses.append(soft_contrast(*shorter, likeness, scale, temperature))
    return torch.stack(losses).mean()
