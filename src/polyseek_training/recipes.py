"""Recipes: everything that decides what a training run gives, by name."""

from __future__ import annotations

from dataclasses import dataclass

from polyseek.errors import UsageError


@dataclass(frozen=True)
class Stage:
    """A share of a run's time. `side`: of the views and pictures. `shapes`: of a step; `views`: of each."""

    share: float
    side: int
    shapes: int
    views: int


# Small views first: a quarter of the cost a step. A round ends with as many views as an encoder is used with.
ROUND = (Stage(0.35, 32, 192, 2), Stage(0.55, 64, 160, 2), Stage(0.10, 64, 64, 6))
THREE_ROUNDS = (
    Stage(0.117, 32, 192, 2),
    Stage(0.183, 64, 160, 2),
    Stage(0.033, 64, 64, 6),
    Stage(0.28, 64, 224, 2),
    Stage(0.053, 64, 80, 6),
    Stage(0.28, 64, 224, 2),
    Stage(0.054, 64, 80, 6),
)


@dataclass(frozen=True)
class Recipe:
    """`minutes`: of computing, over all starts. `concepts`: of the lexicon, a step. `made`: made models of each category.
    `assemblies`: random ones of primitives, that have no name and are learned from without words; `nameless` of them a step.

    `dimensions`: of the space; `prefixes`: how many of the first of them are a space, too (Kusupati et
    al. 2022). `sharpness`: temperature of the soft targets; `hard`: each caption is right for its own
    shape alone. `rates`: the highest of AdamW in each of as many equal parts of the run, between which it
    starts warm (Loshchilov & Hutter 2017); `decay`: its weight decay. `wild`: how often a view is of the shape turned and stretched.
    """

    name: str
    minutes: float
    stages: tuple[Stage, ...] = ROUND
    concepts: int = 160
    made: int = 24
    assemblies: int = 0
    nameless: int = 0
    dimensions: int = 256
    prefixes: tuple[int, ...] = (64, 128)
    rates: tuple[float, ...] = (2e-3,)
    decay: float = 0.05
    sharpness: float = 0.07
    hard: bool = False
    wild: float = 0.5
    seed: int = 1

    def stage(self, done: float) -> Stage:
        """The stage of a run of which the share `done` is over."""
        passed = 0.0
        for stage in self.stages:
            passed += stage.share
            if done < passed:
                return stage
        return self.stages[-1]


RECIPES: dict[str, Recipe] = {
    "words2": Recipe("words2", minutes=285.0, stages=THREE_ROUNDS, rates=(2e-3, 1e-3, 1e-3)),
}


def recipe(name: str) -> Recipe:
    """The recipe called `name`. Raises UsageError, with the names there are."""
    if name not in RECIPES:
        raise UsageError(f"there is no recipe {name!r}", hint=f"use one of {', '.join(RECIPES)}")
    return RECIPES[name]
