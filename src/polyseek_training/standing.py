# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""Fits polyseek.assets.standing: which way up models stand, from models that stand as their makers meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from polyseek.assets import Asset
from polyseek.assets.own_axes import own_axes
from polyseek.assets.standing import AXES, surface_sample
from polyseek.assets.standing_features import features
from polyseek_training.drawing import turn
from polyseek_training.run import SPLIT
from polyseek_training.shapes import Shape, asset_of, made_shapes, read_manifest
from polyseek_training.splits import read_split

POSES = 5
NETWORKS = 3
UP = AXES.index("y")
_NEAR = np.cos(np.radians(15.0))
STEPS = 4000
_BATCH = 256
_RATE = 2e-3
_WIDTHS = (128, 64)
_SIGNS = np.repeat(np.eye(3), 2, axis=0) * np.tile([1.0, -1.0], 3)[:, None]


@dataclass(frozen=True, eq=False)
class Poses:
    """`seen` (n, POSES, 6, f): features of each model's axes as its file has it, turned about +Y twice, and turned
    in any way, then into its `own_axes`. `right` (n, POSES, 6): whether an axis is up, within 15 degrees.
    """

    seen: np.ndarray
    right: np.ndarray


class Judge(nn.Module):
    """Features (..., f), standardised -> log-odds (...)."""

    def __init__(self, taken: int) -> None:
        super().__init__()
        first, second = _WIDTHS
        self.first, self.second, self.last = (
            nn.Linear(taken, first),
            nn.Linear(first, second),
            nn.Linear(second, 1),
        )

    def forward(self, seen: Tensor) -> Tensor:
        drop = nn.functional.dropout
        inner = drop(torch.relu(self.first(drop(seen, 0.1, self.training))), 0.3, self.training)
        return self.last(drop(torch.relu(self.second(inner)), 0.2, self.training))[..., 0]


def poses_of(folder: Path, shapes: Sequence[Shape], seed: int) -> Poses:
    """Features of every shape that has a surface, in all poses."""
    found = [
        poses
        for number, shape in enumerate(shapes)
        if (poses := _poses(asset_of(folder, shape.path), np.random.default_rng((seed, number)))) is not None
    ]
    return Poses(np.stack([seen for seen, _ in found]), np.stack([right for _, right in found]))


def _poses(asset: Asset, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray] | None:
    surface = surface_sample(asset)
    if surface is None:
        return None
    points, normals = surface
    turns = [np.eye(3), _about_up(random), _about_up(random)]
    askew = turn(random)
    own = [axes @ askew for axes in own_axes(points @ askew.T, normals @ askew.T)]
    turns += [*own, askew, askew][: POSES - len(turns)]
    seen = [features(points @ each.T, _marred(normals, random) @ each.T) for each in turns]
    return np.stack(seen).astype(np.float32), np.stack([_SIGNS @ each[:, 1] > _NEAR for each in turns])


def _about_up(random: np.random.Generator) -> np.ndarray:
    angle = random.uniform(0, 2 * np.pi)
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def _marred(normals: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Normals as files have them: now and then all inside out, or each either way."""
    chance = random.random()
    if chance < 0.05:
        return -normals
    return normals * random.choice((-1.0, 1.0), (len(normals), 1)) if chance < 0.15 else normals


def fit_standing(folder: Path, output: Path, *, made: int = 10, seed: int = 1) -> None:
    """Writes standing1.npz, fitted on the training side of a folder's models and `made` made ones of each category."""
    sides = read_split(SPLIT)
    shapes = [shape for shape in read_manifest(folder) if sides.get(shape.group) == "train"]
    arrays = fit(poses_of(folder, [*shapes, *made_shapes(made, seed)], seed), seed)
    np.savez(output, allow_pickle=False, **arrays)


def fit(poses: Poses, seed: int, steps: int = STEPS) -> dict[str, np.ndarray]:
    """The arrays of standing1.npz: NETWORKS networks, float32."""
    torch.manual_seed(seed)
    seen, right = torch.from_numpy(poses.seen), torch.from_numpy(poses.right)
    mean, deviation = seen.mean((0, 1, 2)), seen.std((0, 1, 2)) + 1e-3
    seen = ((seen - mean) / deviation).clamp(-6, 6)
    judges = [
        _fitted(seen, right, np.random.default_rng((seed, number)), steps) for number in range(NETWORKS)
    ]
    arrays = {"mean": mean.numpy(), "deviation": deviation.numpy()}
    for name in ("first", "second", "last"):
        layers = [getattr(judge, name) for judge in judges]
        weight = np.stack([layer.weight.detach().numpy().T for layer in layers])
        arrays[name] = weight[..., 0] if name == "last" else weight
        arrays[f"{name}_bias"] = np.stack([layer.bias.detach().numpy() for layer in layers])
    return arrays | {"last_bias": arrays["last_bias"][:, 0]}


def _fitted(seen: Tensor, right: Tensor, random: np.random.Generator, steps: int) -> Judge:
    judge = Judge(seen.shape[-1]).train()
    optimiser = torch.optim.AdamW(judge.parameters(), _RATE, weight_decay=0.1)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
        rows = torch.from_numpy(random.integers(0, len(seen), _BATCH))
        pose = torch.from_numpy(random.integers(0, seen.shape[1], _BATCH))
        odds, up = judge(seen[rows, pose]), right[rows, pose].float()
        stands = up.any(1)
        loss = binary_cross_entropy_with_logits(odds, up) + cross_entropy(odds[stands], up[stands])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return judge.eval()
