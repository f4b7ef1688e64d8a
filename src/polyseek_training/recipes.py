"""Recipes: everything that decides what a training run gives, by name."""

from __future__ import annotations

from dataclasses import dataclass

from polyseek.errors import UsageError


@dataclass(frozen=True)
class Recipe:
    """`minutes`: of computing, over all starts. `shapes`, `concepts`: of a step. `views`: of the drawn ones, a step.

    `small_share`: how much of the time the views have half their side (progressive resizing). `sharpness`: temperature of the soft targets. `made`: made models of each category. `rate`: of AdamW.
    """

    name: str
    minutes: float
    shapes: int = 160
    views: int = 2
    concepts: int = 160
    made: int = 14
    rate: float = 2e-3
    decay: float = 0.05
    sharpness: float = 0.07
    small_share: float = 0.75
    seed: int = 1


RECIPES: dict[str, Recipe] = {
    "words1": Recipe("words1", minutes=22.0),
}


def recipe(name: str) -> Recipe:
    """The recipe called `name`. Raises UsageError, with the names there are."""
    if name not in RECIPES:
        raise UsageError(f"there is no recipe {name!r}", hint=f"use one of {', '.join(RECIPES)}")
    return RECIPES[name]
