"""What one run learns from: drawn shapes, what may be said of them, and the meanings of their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from jaxtyping import Float32, Int64, UInt8

from polyseek.encoders.view_planes import CHANNELS
from polyseek.errors import UsageError
from polyseek_training.captions import Sayings, explained, sayings_of_concept, sayings_of_shape
from polyseek_training.drawing import DRAWN, RING, SIDE, WILD, Planes
from polyseek_training.glosses import Gloss
from polyseek_training.lexicon import Concept, by_english_name, concept_of
from polyseek_training.shapes import (
    Shape,
    draw_shapes,
    made_shapes,
    nameless_shapes,
    read_manifest,
    read_planes,
)


@dataclass(frozen=True, eq=False)
class Dataset:
    """`shapes[i]`, its `planes[i]` and `sayings[i]`; `sides[i]`: train, validation, test, unseen or pack.

    `nameless`: planes of shapes of which nothing can be said, for training only.
    """

    shapes: tuple[Shape, ...]
    planes: UInt8[np.ndarray, "n v c s s"]
    sayings: tuple[Sayings, ...]
    sides: tuple[str, ...]
    nameless: UInt8[np.ndarray, "m v c s s"] = field(
        default_factory=lambda: np.empty((0, DRAWN, CHANNELS, SIDE, SIDE), np.uint8)
    )

    def rows(self, *sides: str) -> Int64[np.ndarray, " m"]:
        """Indices of the shapes of these sides."""
        return np.array([i for i, side in enumerate(self.sides) if side in sides], np.int64)


def load_dataset(
    folder: Path,
    cache: Path,
    sides: Mapping[str, str],
    lexicon: Mapping[str, Concept],
    glosses: Mapping[str, Gloss],
    *,
    made: int,
    assemblies: int = 0,
    seed: int,
    jobs: int = 1,
) -> Dataset:
    """The models of a folder, `made` made models of each category and `assemblies` without a name; what is not yet drawn is drawn.

    A made model of an unseen concept is left out, so that no such shape is learned from. Raises UsageError
    for a model that the split does not have.
    """
    shapes = read_manifest(folder)
    without = next((shape.path for shape in shapes if shape.group not in sides), None)
    if without is not None:
        raise UsageError(
            "the split does not say on which side this model's variant group is",
            path=without,
            hint="write a split of these models: python -m polyseek_training split",
        )
    named = by_english_name(lexicon)
    hidden = {_key(shape.concept, named) for shape in shapes if sides.get(shape.group) == "unseen"}
    shapes += [shape for shape in made_shapes(made, seed) if _key(shape.concept, named) not in hidden]
    nameless = nameless_shapes(assemblies, seed)
    drawn = draw_shapes(folder, [*shapes, *nameless], cache, jobs)
    kept = [replace(s, attributes=drawn[s.path][1]) for s in shapes if s.path in drawn]
    planes = read_planes(cache, [drawn[shape.path][0] for shape in kept])
    sayings = tuple(explained(sayings_of_shape(shape, named), glosses) for shape in kept)
    where = tuple("train" if shape.is_made else sides[shape.group] for shape in kept)
    without_name = read_planes(cache, [drawn[shape.path][0] for shape in nameless if shape.path in drawn])
    return Dataset(tuple(kept), planes, sayings, where, without_name)


def concept_sayings(lexicon: Mapping[str, Concept], glosses: Mapping[str, Gloss]) -> tuple[Sayings, ...]:
    """What may be said of each concept of the lexicon."""
    return tuple(explained(sayings_of_concept(concept), glosses) for concept in lexicon.values())


def weights_of(shapes: Sequence[Shape]) -> Float32[np.ndarray, " n"]:
    """How often each shape is drawn: by the root of how common its concept and its group are; the sum is 1."""
    concepts = Counter(shape.concept for shape in shapes)
    groups = Counter(shape.group for shape in shapes)
    weights = np.array([(concepts[s.concept] * groups[s.group]) ** -0.5 for s in shapes], np.float32)
    return weights / weights.sum()


def views_of(
    planes: Planes, random: np.random.Generator, count: int, wild: float
) -> UInt8[np.ndarray, "k c s s"]:
    """`count` different views of a drawing, each a wild one with probability `wild`, `changed` together."""
    wild_ones = min(int(random.binomial(count, wild)), WILD)
    chosen = [
        *random.choice(RING, count - wild_ones, replace=False),
        *(RING + random.choice(WILD, wild_ones, replace=False)),
    ]
    return changed(planes[chosen], random)


def changed(views: Planes, random: np.random.Generator) -> UInt8[np.ndarray, "k c s s"]:
    """A shape's views as another maker might have drawn them: mirrored, moved, grey, lighter or darker."""
    if random.random() < 0.5:
        views = views[..., ::-1].copy()
        sideways = views[:, 4]
        views[:, 4] = np.where(sideways > 0, 256 - sideways.astype(np.int16), 0).astype(np.uint8)
    else:
        views = views.copy()
    views = np.roll(views, tuple(random.integers(-3, 4, 2)), (2, 3))
    if random.random() < 0.3:
        light = views[:, :3].astype(np.float32).mean(1, keepdims=True)
        views[:, :3] = np.where(views[:, 3:4] > 0, light, 0).astype(np.uint8)
    if random.random() < 0.5:
        light = views[:, :3].astype(np.float32) * random.uniform(0.6, 1.35, (1, 3, 1, 1)).astype(np.float32)
        views[:, :3] = np.clip(light, 0, 255).astype(np.uint8)
    return views


def _key(name: str, named: Mapping[str, Concept]) -> str:
    concept = concept_of((name,), named)
    return concept.key if concept is not None else name
