# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""Shape networks side by side: the same captions, losses, split and seconds; only what reads the shape differs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from jaxtyping import Float32
from torch import Tensor, nn
from torch.nn.functional import normalize

from polyseek.encoders.byte_ngrams import padded
from polyseek.encoders.point_rows import spread_first
from polyseek_training.batches import smaller
from polyseek_training.captions import Sayings, say
from polyseek_training.dataset import Dataset, views_of, weights_of
from polyseek_training.drawing import RING, SIDE
from polyseek_training.loop import optimiser_of, rate_at
from polyseek_training.losses import Temperature, by_prefixes
from polyseek_training.nets.byte_text import ByteText
from polyseek_training.nets.fusion import Fusion
from polyseek_training.nets.point_net import PointNet
from polyseek_training.nets.point_net2 import PointNet2
from polyseek_training.nets.view_cnn import ViewCNN
from polyseek_training.points import unpack_points
from polyseek_training.recipes import Recipe, Stage

# Of the n-gram table; smaller than a shipped space's, as four of them are compared.
BUCKETS = 16_384
# Points that a network reads when it is used; half of them while views are at half their side.
USED = 1024
ROTATIONS_WEIGHT = 0.001
_AT_ONCE = 32


@dataclass(frozen=True)
class Candidate:
    """A network by name. `takes`: its inputs in order, of "views" and "points". `build`: dimensions -> network."""

    name: str
    takes: tuple[str, ...]
    build: Callable[[int], nn.Module]


CANDIDATES: dict[str, Candidate] = {
    "views": Candidate("views", ("views",), lambda d: ViewCNN(dimensions=d)),
    "pointnet": Candidate("pointnet", ("points",), lambda d: PointNet(16, d)),
    "pointnet2": Candidate("pointnet2", ("points",), lambda d: PointNet2(dimensions=d)),
    "fusion": Candidate("fusion", ("views", "points"), lambda d: Fusion(dimensions=d)),
}


class Pair(nn.Module):
    """A shape network and a text tower of one space, with the temperatures and the bridge of training."""

    def __init__(self, candidate: Candidate, dimensions: int = 256, meaning: int = 384) -> None:
        super().__init__()
        self.shape = candidate.build(dimensions)
        self.text = ByteText(BUCKETS, dimensions=dimensions)
        self.scale = Temperature()
        self.word_scale = Temperature()
        self.bridge = nn.Linear(dimensions, meaning, bias=False)

    def shapes(self, inputs: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
        """Vectors, and what a network's own regulariser adds to the loss."""
        if isinstance(self.shape, PointNet):
            vectors, off = self.shape.regularised(*inputs)
            return vectors, ROTATIONS_WEIGHT * off
        return self.shape(*inputs), torch.zeros(())


@dataclass(frozen=True, eq=False)
class Examples:
    """A dataset of drawn shapes and the points of each: records (n, COUNT) as `points.py` packs them."""

    data: Dataset
    points: np.ndarray


@dataclass(frozen=True, eq=False)
class Step:
    """One batch: b shapes, c >= b texts (the first b of the shapes), each said twice; `meaning` (c, m)."""

    inputs: tuple[Tensor, ...]
    texts: Tensor
    again: Tensor
    likeness: Tensor
    meaning: Tensor


def draw(
    examples: Examples,
    rows: np.ndarray,
    weights: np.ndarray,
    concepts: Sequence[Sayings],
    meanings: Mapping[str, Float32[np.ndarray, " m"]],
    recipe: Recipe,
    stage: Stage,
    takes: Sequence[str],
    random: np.random.Generator,
) -> Step:
    """The next batch: which shapes and what is said of them depends on the generator alone, not on the network."""
    data = examples.data
    chosen = random.choice(rows, min(stage.shapes, len(rows)), replace=False, p=weights)
    extra = random.choice(len(concepts), min(recipe.concepts, len(concepts)), replace=False)
    every = [*(data.sayings[row] for row in chosen), *(concepts[index] for index in extra)]
    texts = padded([say(sayings, random) for sayings in every], BUCKETS)
    again = padded([say(sayings, random, foreign=0.6) for sayings in every], BUCKETS)
    meaning = np.stack([meanings[sayings.meaning] for sayings in every])
    words = np.stack([meanings[data.shapes[row].words] for row in chosen])
    groups = np.unique([data.shapes[row].group for row in chosen], return_inverse=True)[1]
    count = len(chosen)
    likeness = meaning[:count] @ meaning.T
    likeness[:, :count] = 0.65 * likeness[:, :count] + 0.35 * words @ words.T
    likeness[:, :count] = np.maximum(likeness[:, :count], groups[:, None] == groups)
    made = {
        "views": lambda: _views(data, chosen, random, recipe, stage),
        "points": lambda: _points(examples.points, chosen, random, stage),
    }
    return Step(
        tuple(made[name]() for name in takes),
        *(torch.from_numpy(array) for array in (texts, again, likeness, meaning)),
    )


def _views(
    data: Dataset, rows: np.ndarray, random: np.random.Generator, recipe: Recipe, stage: Stage
) -> Tensor:
    views = np.stack([views_of(data.planes[row], random, stage.views, recipe.wild) for row in rows])
    return smaller(torch.from_numpy(views), stage.side)


def _points(points: np.ndarray, rows: np.ndarray, random: np.random.Generator, stage: Stage) -> Tensor:
    count = USED * stage.side // SIDE
    return torch.from_numpy(np.stack([changed_points(points[row], random, count) for row in rows]))


def changed_points(
    packed: np.ndarray, random: np.random.Generator, count: int
) -> Float32[np.ndarray, "count 9"]:
    """`count` points as another maker's model might give them.

    Turned about +Y, tilted and stretched a little, mirrored; normals now and then inside out or
    unknown; grey, lighter or darker. In the order that networks read.
    """
    rows = unpack_points(packed[random.choice(len(packed), count, replace=False)])
    linear = linear_change(random)
    positions = rows[:, :3] @ linear.T
    positions -= positions.mean(0)
    rows[:, :3] = positions / max(float(np.sqrt((positions**2).sum(1).max())), 1e-9)
    # Normals go by the inverse transpose of what positions go by.
    normals = rows[:, 3:6] @ np.linalg.inv(linear)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    side = random.choice([1.0, -1.0, 0.0], p=[0.8, 0.12, 0.08])
    rows[:, 3:6] = side * normals / np.where(lengths > 0, lengths, 1)
    light = (rows[:, 6:] + 1) / 2
    if random.random() < 0.3:
        light = np.broadcast_to(light.mean(1, keepdims=True), light.shape)
    if random.random() < 0.5:
        light = np.clip(light * random.uniform(0.6, 1.35, 3), 0, 1)
    rows[:, 6:] = 2 * light - 1
    return spread_first(rows)


def linear_change(random: np.random.Generator) -> Float32[np.ndarray, "3 3"]:
    """A turn about +Y, half the time mirrored, tilted by some 8 degrees, each axis stretched by up to a quarter."""
    yaw = random.uniform(0, 2 * np.pi)
    tilt_x, tilt_z = np.radians(random.normal(0, 8, 2))
    (a, b), (c, d), (e, f) = ((np.cos(t), np.sin(t)) for t in (yaw, tilt_x, tilt_z))
    about_y = np.array([[a, 0, b], [0, 1, 0], [-b, 0, a]])
    about_x = np.array([[1, 0, 0], [0, c, -d], [0, d, c]])
    about_z = np.array([[e, -f, 0], [f, e, 0], [0, 0, 1]])
    sides = np.exp(random.uniform(-0.22, 0.22, 3)) * (random.choice([1.0, -1.0]), 1, 1)
    return (about_x @ about_z @ about_y @ np.diag(sides)).astype(np.float32)


def loss_of(pair: Pair, step: Step, recipe: Recipe) -> dict[str, Tensor]:
    """The parts of the loss, by name; their sum is made small."""
    texts, again = pair.text(step.texts), pair.text(step.again)
    shapes, regulariser = pair.shapes(step.inputs)
    bridged = normalize(pair.bridge(again), dim=-1)
    contrast = partial(by_prefixes, temperature=recipe.sharpness, prefixes=recipe.prefixes)
    return {
        "shapes": contrast(shapes, texts, step.likeness, pair.scale()),
        "words": 0.5 * contrast(texts, again, step.meaning @ step.meaning.T, pair.word_scale()),
        "meanings": (1 - (bridged * step.meaning).sum(1)).mean(),
        "regulariser": regulariser,
    }


def train_pair(
    candidate: Candidate,
    examples: Examples,
    concepts: Sequence[Sayings],
    meanings: Mapping[str, Float32[np.ndarray, " m"]],
    recipe: Recipe,
    *,
    steps: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Pair:
    """Trains for the recipe's minutes of processor time, or for `steps`; ready to use."""
    torch.manual_seed(recipe.seed)
    pair = Pair(candidate, recipe.dimensions).train()
    optimiser = optimiser_of(pair, recipe)
    rows = examples.data.rows("train")
    weights = weights_of([examples.data.shapes[row] for row in rows]).astype(np.float64)
    weights /= weights.sum()
    began, step, done = time.process_time(), 0, 0.0
    while done < 1:
        for group in optimiser.param_groups:
            group["lr"] = group["times"] * rate_at(done, recipe.rates)
        batch = draw(
            examples, rows, weights, concepts, meanings, recipe, recipe.stage(done), candidate.takes,
            np.random.default_rng((recipe.seed, step)),
        )  # fmt: skip
        parts = loss_of(pair, batch, recipe)
        optimiser.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        nn.utils.clip_grad_norm_(pair.parameters(), 5.0)
        optimiser.step()
        step += 1
        seconds = time.process_time() - began
        done = step / steps if steps else seconds / (60 * recipe.minutes)
        if progress is not None and (step % 20 == 0 or done >= 1):
            line = {"step": step, "seconds": round(seconds, 1)}
            progress(json.dumps(line | {name: round(part.item(), 4) for name, part in parts.items()}))
    return pair.eval()


def inputs_of(examples: Examples, takes: Sequence[str], rows: np.ndarray) -> tuple[Tensor, ...]:
    """What a network is given of shapes when it is used: RING views, USED points."""
    made: dict[str, Callable[[], np.ndarray]] = {
        "views": lambda: examples.data.planes[rows, :RING],
        "points": lambda: np.stack([spread_first(unpack_points(examples.points[r, :USED])) for r in rows]),
    }
    return tuple(torch.from_numpy(made[name]()) for name in takes)


@torch.inference_mode()
def vectors_of(
    pair: Pair, candidate: Candidate, examples: Examples, rows: np.ndarray
) -> Float32[np.ndarray, "n d"]:
    """One row a shape."""
    parts = [
        pair.shape(*inputs_of(examples, candidate.takes, rows[at : at + _AT_ONCE]))
        for at in range(0, len(rows), _AT_ONCE)
    ]
    return torch.cat(parts).numpy()


def save_pair(pair: Pair, path: Path) -> None:
    """Writes the weights."""
    half = path.with_suffix(".part")
    torch.save(pair.state_dict(), half)
    half.replace(path)


def load_pair(candidate: Candidate, path: Path) -> Pair:
    """What `save_pair` wrote, ready to use."""
    state = torch.load(path, weights_only=True)
    pair = Pair(candidate, len(state["text.straight.weight"]))
    pair.load_state_dict(state)
    return pair.eval()
