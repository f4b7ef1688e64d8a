"""Draw: the random choices of one model, all from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Choice = TypeVar("Choice")


class Draw:
    """Choices from a seeded generator, in the order they are asked for."""

    def __init__(self, seed: int | Sequence[int]) -> None:
        self.rng = np.random.default_rng(seed)

    def between(self, low: float, high: float) -> float:
        """A number, evenly spread."""
        return float(self.rng.uniform(low, high))

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return int(self.rng.integers(low, high + 1))

    def pick(self, *options: Choice) -> Choice:
        """One of the options, all equally likely."""
        return options[int(self.rng.integers(len(options)))]

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def stretch(self, amount: float, *groups: str) -> tuple[float, float, float]:
        """Factors for x, y, z from 1 - amount to 1 + amount: one for each group of axes, as "xz", 1 for the rest.

        Axes in one group stay in proportion, so that wheels remain round.
        """
        factors = dict.fromkeys("xyz", 1.0)
        for group in groups:
            factors |= dict.fromkeys(group, self.between(1 - amount, 1 + amount))
        return factors["x"], factors["y"], factors["z"]
