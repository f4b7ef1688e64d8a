# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""The training loop: shapes and words into one space, with checkpoints that a later start goes on from."""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from jaxtyping import Float32
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d, normalize

from polyseek.encoders.byte_ngrams import padded
from polyseek_training.captions import Sayings, say
from polyseek_training.dataset import Dataset, changed, weights_of
from polyseek_training.losses import Temperature, soft_contrast
from polyseek_training.nets.byte_text import ByteText
from polyseek_training.nets.view_cnn import ViewCNN
from polyseek_training.recipes import Recipe

log = logging.getLogger(__name__)

SAVE_S = 60.0
WARM_SHARE = 0.03


class Towers(nn.Module):
    """The two towers, the temperature, and the bridge to the teacher's space, which only training needs."""

    def __init__(self, meaning: int = 384) -> None:
        super().__init__()
        self.shape = ViewCNN()
        self.text = ByteText()
        self.scale = Temperature()
        self.word_scale = Temperature()
        self.bridge = nn.Linear(128, meaning, bias=False)


@dataclass(frozen=True, eq=False)
class Step:
    """One batch. `likeness`: of the shapes' captions (b, b); `meaning`: of all texts; a text is said twice."""

    views: Tensor
    texts: Tensor
    again: Tensor
    likeness: Tensor
    meaning: Tensor


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
        self._weights = weights_of([data.shapes[row] for row in self._rows])

    def draw(self, random: np.random.Generator) -> Step:
        """The next batch; it depends on the generator alone."""
        recipe, data = self._recipe, self._data
        count = min(recipe.shapes, len(self._rows))
        rows = random.choice(
            self._rows,
            count,
            replace=False,
            p=self._weights.astype(np.float64) / self._weights.sum(dtype=np.float64),
        )
        views = np.stack([changed(data.planes[row], random, recipe.views) for row in rows])
        extra = random.choice(len(self._concepts), min(recipe.concepts, len(self._concepts)), replace=False)
        said = [data.sayings[row] for row in rows]
        every = [*said, *(self._concepts[index] for index in extra)]
        meaning = np.stack([self._meanings[sayings.meaning] for sayings in every])
        return Step(
            torch.from_numpy(views),
            torch.from_numpy(padded([say(sayings, random) for sayings in every])),
            torch.from_numpy(padded([say(sayings, random, foreign=0.6) for sayings in every])),
            torch.from_numpy(self._likeness(rows, meaning[:count])),
            torch.from_numpy(meaning),
        )

    def _likeness(self, rows: np.ndarray, meaning: Float32[np.ndarray, "b m"]) -> Float32[np.ndarray, "b b"]:
        """Mostly of the concepts, partly of the whole names; one variant group is fully alike."""
        shapes = [self._data.shapes[row] for row in rows]
        words = np.stack([self._meanings[shape.words] for shape in shapes])
        groups = np.unique([shape.group for shape in shapes], return_inverse=True)[1]
        likeness = 0.65 * meaning @ meaning.T + 0.35 * words @ words.T
        return np.where(groups[:, None] == groups, np.float32(1), likeness).astype(np.float32)


def loss_of(towers: Towers, step: Step, sharpness: float, *, small: bool = False) -> dict[str, Tensor]:
    """The parts of the loss, by name; their sum is made small. `small`: views at half their side, a quarter of the cost."""
    count = len(step.views)
    texts, again = towers.text(step.texts), towers.text(step.again)
    views = step.views
    if small:
        views = avg_pool2d(views.flatten(0, 1).float(), 2).unflatten(0, views.shape[:2])
    shapes = towers.shape(views)
    alike = step.meaning @ step.meaning.T
    bridged = normalize(towers.bridge(again), dim=-1)
    return {
        "shapes": soft_contrast(shapes, texts[:count], step.likeness, towers.scale(), sharpness),
        "words": 0.5 * soft_contrast(texts, again, alike, towers.word_scale(), sharpness),
        "meanings": 1.0 * (1 - (bridged * step.meaning).sum(1)).mean(),
    }


def optimiser_of(towers: nn.Module, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW; what has one axis, and the table of n-grams, does not decay."""
    decays, stays = [], []
    for name, parameter in towers.named_parameters():
        (decays if parameter.ndim > 1 and "table" not in name else stays).append(parameter)
    groups = [{"params": decays, "weight_decay": recipe.decay}, {"params": stays, "weight_decay": 0.0}]
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
    progress: Callable[[str], None] | None = None,
) -> Towers:
    """Trains for the recipe's minutes, or for `steps`. `folder` keeps checkpoint.pt and log.jsonl; a second call goes on."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    towers = Towers()
    towers.shape.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    optimiser = optimiser_of(towers, recipe)
    step, spent = _resume(folder / "checkpoint.pt", towers, optimiser)
    towers.train()
    saved = began = time.monotonic()
    before = spent
    with (folder / "log.jsonl").open("a", encoding="utf-8") as file:
        while True:
            done = step / steps if steps else spent / (60 * recipe.minutes)
            if done >= 1:
                break
            for group in optimiser.param_groups:
                group["lr"] = rate_at(done, recipe.rate)
            batch = batches.draw(np.random.default_rng((recipe.seed, step)))
            parts = loss_of(towers, batch, recipe.sharpness, small=done < recipe.small_share)
            optimiser.zero_grad(set_to_none=True)
            torch.stack(list(parts.values())).sum().backward()
            nn.utils.clip_grad_norm_(towers.parameters(), 5.0)
            optimiser.step()
            step += 1
            now = time.monotonic()
            spent = before + now - began
            if step % 20 == 0 or step == 1:
                line = {"step": step, "seconds": round(spent, 1), "scale": round(towers.scale().item(), 2)}
                line |= {name: round(part.item(), 4) for name, part in parts.items()}
                file.write(json.dumps(line) + "\n")
                file.flush()
                if progress is not None:
                    progress(json.dumps(line))
            if now - saved > SAVE_S:
                _save(folder / "checkpoint.pt", towers, optimiser, step, spent)
                saved = now
    _save(folder / "checkpoint.pt", towers, optimiser, step, spent)
    return towers.eval()


def load_towers(folder: Path) -> Towers:
    """The towers of a run's last checkpoint, ready to use. Raises FileNotFoundError."""
    towers = Towers()
    towers.load_state_dict(torch.load(folder / "checkpoint.pt", weights_only=True)["towers"])
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
