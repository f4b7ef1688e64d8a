# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""Batches: what one step of training learns from, drawn at random from a dataset and the lexicon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from jaxtyping import Float32
from torch import Tensor
from torch.nn.functional import avg_pool2d

from polyseek.encoders.byte_ngrams import padded
from polyseek_training.captions import Sayings, say
from polyseek_training.dataset import Dataset, views_of, weights_of
from polyseek_training.drawing import PHOTOS, RING, SIDE, WILD, Planes
from polyseek_training.nets.byte_text import BUCKETS, LONGEST
from polyseek_training.pictures import as_pictures
from polyseek_training.recipes import Recipe, Stage

# The rest of the pictures are made from the views, of which there are more.
PHOTO_SHARE = 0.7


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
