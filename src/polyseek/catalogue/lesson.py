"""Lesson: what a person's own tag has taught in one Space."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from polyseek.encoders.contract import CosineScale

# Of what a lesson must be better by (benchmarks/zero_shot.py: less costs tags whose words an encoder knows).
TWICE = 2.0


@dataclass(frozen=True, eq=False)
class Lesson:
    """What the examples of a tag say in one Space.

    `vector`: where the tag lies, a unit vector. `scale`: what cosines with it mean; `sure`: the cosine
    that half of the examples reach when they are not learned from. `frozen`, `taught`: mean average
    precision of finding examples that were kept away, by the tag's words alone and by the lesson.
    """

    tag: str
    examples: int
    vector: Float32[np.ndarray, " d"]
    scale: CosineScale
    sure: float
    frozen: float
    taught: float

    @property
    def helps(self) -> bool:
        """Is it used? Only where examples that were kept away are found TWICE as well with it.

        Half of that is not enough: models that nobody has tagged yet count as wrong, which is unfair to the words.
        """
        return self.taught > TWICE * self.frozen
