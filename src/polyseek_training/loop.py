# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""The training loop: shapes and words into one space, with checkpoints that a later start goes on from."""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

import numpy as np
import torch
from jaxtyping import Float32
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d, normalize

from polyseek.encoders.byte_ngrams import padded
from polyseek.encoders.view_planes import CHANNELS
from polyseek_training.captions import Sayings, say
from polyseek_training.dataset import Dataset, views_of, weights_of
from polyseek_training.drawing import PHOTOS, RING, SIDE, WILD, Planes
from polyseek_training.losses import Temperature, by_prefixes
from polyseek_training.nets.byte_text import BUCKETS, LONGEST, ByteText
from polyseek_training.nets.view_cnn import ViewCNN
from polyseek_training.pictures import as_pictures
from polyseek_training.recipes import Recipe, Stage

log = logging.getLogger(__name__)

SAVE_S = 60.0
CHECKS = 10
WARM_SHARE = 0.03
# A row of the table learns only from the texts that have its n-gram.
TABLE_RATE = 5.0
# The rest of the pictures are made from the views: there are nearly three times as many of them.
PHOTO_SHARE = 0.6


class Towers(nn.Module):
    """The three towers, their temperatures, and the bridge to the teacher's space, which only training needs."""

    def __init__(self, dimensions: int = 256, meaning: int = 384) -> None:
        super().__init__()
        self.shape = ViewCNN(CHANNELS, dimensions=dimensions)
        self.picture = ViewCNN(3, dimensions=dimensions)
        self.text = ByteText(BUCKETS, dimensions=dimensions)
        self.scale = Temperature()
        self.word_scale = Temperature()
        self.same_scale = Temperature()
        self.bridge = nn.Linear(dimensions, meaning, bias=False)


class OnePicture(nn.Module):
    """The picture tower as it is used: (n, 3, s, s) -> (n, d)."""

    def __init__(self, tower: ViewCNN) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, pictures: Tensor) -> Tensor:
        return self.tower(pictures[:, None])


@dataclass(frozen=True, eq=False)
class Step:
    """One batch of b shapes and c >= b texts, the first b of the shapes, and a shapes without a name. A text is said twice.

    `views` (b + a, v, 7, s, s), `pictures` (b + a, 3, s, s). `likeness`: of shapes and texts (b, c); `same`:
    of shapes and pictures (b + a, b + a); `meaning`: the teacher's rows of all texts (c, m).
    """

    views: Tensor
    pictures: Tensor
    texts: Tensor
    again: Tensor
    likeness: Tensor
    same: Tensor
    meaning: Tensor

    def to(self, device: str) -> Step:
        """All of it there."""
        return Step(*(getattr(self, field.name).to(device) for field in fields(self)))


class Batches:
    """Random batches of a dataset's training side and of the lexicon. `meanings`: text -> teacher's vector."""

    def __init__(
        self,
        data: Dataset,
        concepts: Sequence[Sayings],
        meanings: Mapping[str, Float32[np.ndarray, " m"]],
        recipe: Recipe,
    ) -> None:
        self._data, self._concepts, self._meanings, self._recipe = data, concepts, meanings, recipe
        self._rows = data.rows("train")
        self._weights = weights_of([data.shapes[row] for row in self._rows]).astype(np.float64)
        self._weights /= self._weights.sum()

    def draw(self, random: np.random.Generator, stage: Stage) -> Step:
        """The next batch; it depends on the generator and the stage alone."""
        recipe, data = self._recipe, self._data
        count = min(stage.shapes, len(self._rows))
        rows = random.choice(self._rows, count, replace=False, p=self._weights)
        extra = random.choice(len(self._concepts), min(recipe.concepts, len(self._concepts)), replace=False)
        said = [data.sayings[row] for row in rows]
        every = [*said, *(self._concepts[index] for index in extra)]
        meaning = np.stack([self._meanings[sayings.meaning] for sayings in every])
        likeness, same = self._likeness(rows, meaning)
        nameless = random.choice(len(data.nameless), min(recipe.nameless, len(data.nameless)), replace=False)
        drawn = [(data.planes, rows), (data.nameless, nameless)][: 2 if len(nameless) else 1]
        return Step(
            torch.cat([self._views(planes, of, random, stage) for planes, of in drawn]),
            torch.cat([self._pictures(planes, of, random, stage) for planes, of in drawn]),
            torch.from_numpy(padded([say(sayings, random) for sayings in every], BUCKETS, LONGEST)),
            torch.from_numpy(
                padded([say(sayings, random, foreign=0.6) for sayings in every], BUCKETS, LONGEST)
            ),
            torch.from_numpy(likeness),
            torch.from_numpy(block_diagonal(same, np.eye(len(nameless), dtype=np.float32))),
            torch.from_numpy(meaning),
        )

    def _views(self, planes: Planes, rows: np.ndarray, random: np.random.Generator, stage: Stage) -> Tensor:
        views = np.stack([views_of(planes[row], random, stage.views, self._recipe.wild) for row in rows])
        return smaller(torch.from_numpy(views), stage.side)

    def _pictures(
        self, planes: Planes, rows: np.ndarray, random: np.random.Generator, stage: Stage
    ) -> Tensor:
        step = SIDE // stage.side
        photo = RING + WILD + random.integers(0, PHOTOS, len(rows))
        view = random.integers(0, RING + WILD, len(rows))
        chosen = np.where(random.random(len(rows)) < PHOTO_SHARE, photo, view)
        photos = planes[rows, chosen][..., ::step, ::step]
        return torch.from_numpy(as_pictures(photos, random))

    def _likeness(
        self, rows: np.ndarray, meaning: Float32[np.ndarray, "c m"]
    ) -> tuple[Float32[np.ndarray, "b c"], Float32[np.ndarray, "b b"]]:
        """Mostly of the concepts, partly of the whole names; one variant group is fully alike, and `same`."""
        shapes, count = [self._data.shapes[row] for row in rows], len(rows)
        if self._recipe.hard:
            one_to_one = np.eye(count, len(meaning), dtype=np.float32)
            return one_to_one, np.eye(count, dtype=np.float32)
        words = np.stack([self._meanings[shape.words] for shape in shapes])
        groups = np.unique([shape.group for shape in shapes], return_inverse=True)[1]
        same = (groups[:, None] == groups).astype(np.float32)
        likeness = meaning[:count] @ meaning.T
        likeness[:, :count] = 0.65 * likeness[:, :count] + 0.35 * words @ words.T
        likeness[:, :count] = np.maximum(likeness[:, :count], same)
        return likeness.astype(np.float32), same


def block_diagonal(
    one: Float32[np.ndarray, "a a"], other: Float32[np.ndarray, "b b"]
) -> Float32[np.ndarray, "c c"]:
    """Both along the diagonal, zero elsewhere."""
    joined = np.zeros((len(one) + len(other),) * 2, np.float32)
    joined[: len(one), : len(one)] = one
    joined[len(one) :, len(one) :] = other
    return joined


def smaller(views: Tensor, side: int) -> Tensor:
    """Views (b, v, c, s, s) at a side that divides theirs, by means; as they are where it is theirs."""
    if views.shape[-1] == side:
        return views
    return avg_pool2d(views.flatten(0, 1).float(), views.shape[-1] // side).unflatten(0, views.shape[:2])


def loss_of(towers: Towers, step: Step, recipe: Recipe) -> dict[str, Tensor]:
    """The parts of the loss, by name; their sum is made small."""
    count = len(step.likeness)
    texts, again = towers.text(step.texts), towers.text(step.again)
    shapes, pictures = seen(towers.shape, step.views), seen(towers.picture, step.pictures[:, None])
    alike = step.meaning @ step.meaning.T
    if recipe.hard:
        alike = torch.eye(len(alike), device=alike.device)
    bridged = normalize(towers.bridge(again), dim=-1)
    sharpness, prefixes = recipe.sharpness, recipe.prefixes
    contrast = partial(by_prefixes, temperature=sharpness, prefixes=prefixes)
    return {
        "shapes": contrast(shapes[:count], texts, step.likeness, towers.scale()),
        "pictures": 0.3 * contrast(pictures[:count], texts[:count], step.likeness[:, :count], towers.scale()),
        "same": contrast(pictures, shapes, step.same, towers.same_scale()),
        "words": 0.5 * contrast(texts, again, alike, towers.word_scale()),
        "meanings": 1.0 * (1 - (bridged * step.meaning).sum(1)).mean(),
    }


def seen(tower: ViewCNN, views: Tensor) -> Tensor:
    """Views (b, v, c, s, s) -> (b, d): the convolutions in bfloat16 where the machine computes with it, the rest in float32."""
    with torch.autocast(views.device.type, torch.bfloat16, enabled=has_bfloat16(views.device.type)):
        found = tower.pooled(views)
    return tower.placed(found.float())


def has_bfloat16(device: str) -> bool:
    """Whether bfloat16 is faster there than float32: on a processor with instructions for it, twice as fast."""
    if device == "cuda":
        return torch.cuda.is_bf16_supported()
    return torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()


def optimiser_of(towers: nn.Module, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW; what has one axis, and the table of n-grams, does not decay. The table learns TABLE_RATE times as fast."""
    decays, stays, table = [], [], []
    for name, parameter in towers.named_parameters():
        (table if "table" in name else decays if parameter.ndim > 1 else stays).append(parameter)
    groups = [
        {"params": decays, "weight_decay": recipe.decay, "times": 1.0},
        {"params": stays, "weight_decay": 0.0, "times": 1.0},
        {"params": table, "weight_decay": 0.0, "times": TABLE_RATE},
    ]
    return torch.optim.AdamW(groups, lr=recipe.rate)


def rate_at(progress: float, rate: float) -> float:
    """Warm-up, then half a cosine to nothing; `progress` from 0 to 1."""
    if progress < WARM_SHARE:
        return rate * max(progress / WARM_SHARE, 0.01)
    return rate * 0.5 * (1 + math.cos(math.pi * (progress - WARM_SHARE) / (1 - WARM_SHARE)))


def train(
    batches: Batches,
    recipe: Recipe,
    folder: Path,
    *,
    steps: int | None = None,
    device: str = "cpu",
    check: Callable[[Towers], Mapping[str, float]] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Towers:
    """Trains for the recipe's minutes, or for `steps`. `folder` keeps checkpoint.pt and log.jsonl; a second call goes on.

    `device`: "cpu" or "cuda", each in bfloat16 where `has_bfloat16`. `check` gives figures of validation,
    asked CHECKS times over the run and at its end; its time does not count.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    towers = Towers(recipe.dimensions).to(device)
    for tower in (towers.shape, towers.picture):
        tower.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    optimiser = optimiser_of(towers, recipe)
    step, spent = _resume(folder / "checkpoint.pt", towers, optimiser)
    towers.train()
    saved, checked = time.monotonic(), _share(step, spent, steps, recipe)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as file:

        def tell(line: Mapping[str, float]) -> None:
            file.write(json.dumps(line) + "\n")
            file.flush()
            if progress is not None:
                progress(json.dumps(line))

        while (done := _share(step, spent, steps, recipe)) < 1:
            began = time.monotonic()
            batch = batches.draw(np.random.default_rng((recipe.seed, step)), recipe.stage(done))
            parts = _learn(towers, optimiser, batch.to(device), recipe, done)
            step += 1
            spent += time.monotonic() - began
            if step % 20 == 0 or step == 1:
                values = {name: round(part.item(), 4) for name, part in parts.items()}
                tell(
                    {"step": step, "seconds": round(spent, 1), "scale": round(towers.scale().item(), 2)}
                    | values
                )
            done = _share(step, spent, steps, recipe)
            if check is not None and (done >= 1 or done - checked > 1 / CHECKS):
                checked = done
                tell({"step": step, "seconds": round(spent, 1)} | dict(check(towers)))
                towers.train()
            if time.monotonic() - saved > SAVE_S:
                _save(folder / "checkpoint.pt", towers, optimiser, step, spent)
                saved = time.monotonic()
    _save(folder / "checkpoint.pt", towers, optimiser, step, spent)
    return towers.eval()


def _share(step: int, spent: float, steps: int | None, recipe: Recipe) -> float:
    """How much of the run is over."""
    return step / steps if steps else spent / (60 * recipe.minutes)


def _learn(
    towers: Towers, optimiser: torch.optim.Optimizer, batch: Step, recipe: Recipe, done: float
) -> dict[str, Tensor]:
    """One step; the parts of its loss."""
    for group in optimiser.param_groups:
        group["lr"] = group["times"] * rate_at(done, recipe.rate)
    parts = loss_of(towers, batch, recipe)
    optimiser.zero_grad(set_to_none=True)
    torch.stack(list(parts.values())).sum().backward()
    nn.utils.clip_grad_norm_(towers.parameters(), 5.0)
    optimiser.step()
    return parts


def load_towers(folder: Path) -> Towers:
    """The towers of a run's last checkpoint, ready to use. Raises FileNotFoundError."""
    state = torch.load(folder / "checkpoint.pt", weights_only=True, map_location="cpu")["towers"]
    towers = Towers(len(state["text.straight.weight"]))
    towers.load_state_dict(state)
    return towers.eval()


def _resume(path: Path, towers: nn.Module, optimiser: torch.optim.Optimizer) -> tuple[int, float]:
    if not path.is_file():
        return 0, 0.0
    kept = torch.load(path, weights_only=True)
    towers.load_state_dict(kept["towers"])
    optimiser.load_state_dict(kept["optimiser"])
    log.info("going on from step %d", kept["step"])
    return kept["step"], kept["seconds"]


def _save(path: Path, towers: nn.Module, optimiser: torch.optim.Optimizer, step: int, seconds: float) -> None:
    kept = {
        "towers": towers.state_dict(),
        "optimiser": optimiser.state_dict(),
        "step": step,
        "seconds": seconds,
    }
    half = path.with_suffix(".part")
    torch.save(kept, half)
    half.replace(path)
