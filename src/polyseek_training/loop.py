# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""The training loop: shapes and words into one space, with checkpoints that a later start goes on from."""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from polyseek.encoders.view_planes import CHANNELS
from polyseek_training.batches import Batches, Step
from polyseek_training.losses import Temperature, by_prefixes
from polyseek_training.nets.byte_text import BUCKETS, ByteText
from polyseek_training.nets.view_cnn import ViewCNN
from polyseek_training.recipes import Recipe

log = logging.getLogger(__name__)

SAVE_S = 60.0
CHECKS = 10
WARM_SHARE = 0.03
# A row of the table learns only from the texts that have its n-gram.
TABLE_RATE = 5.0


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
    """Whether convolutions in bfloat16 are faster there than in float32: on processors with instructions for it."""
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
    return torch.optim.AdamW(groups, lr=recipe.rates[0])


def rate_at(progress: float, rates: Sequence[float]) -> float:
    """In each of as many equal parts: warm-up, then half a cosine to nothing. `progress`: of the run, from 0 to 1."""
    part = min(int(progress * len(rates)), len(rates) - 1)
    done, rate = progress * len(rates) - part, rates[part]
    if done < WARM_SHARE:
        return rate * max(done / WARM_SHARE, 0.01)
    return rate * 0.5 * (1 + math.cos(math.pi * min(done - WARM_SHARE, 1 - WARM_SHARE) / (1 - WARM_SHARE)))


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
    with (folder / "log.jsonl").open("a", encoding="utf-8") as file, ThreadPoolExecutor(1) as ahead:
        # The next batch is drawn while this one is learned from.
        def draw(step: int, done: float) -> Future[Step]:
            return ahead.submit(batches.draw, np.random.default_rng((recipe.seed, step)), recipe.stage(done))

        def tell(line: Mapping[str, float]) -> None:
            file.write(json.dumps(line) + "\n")
            file.flush()
            if progress is not None:
                progress(json.dumps(line))

        coming = draw(step, checked)
        while (done := _share(step, spent, steps, recipe)) < 1:
            began = time.monotonic()
            batch, coming = coming.result(), draw(step + 1, done)
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
        group["lr"] = group["times"] * rate_at(done, recipe.rates)
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
