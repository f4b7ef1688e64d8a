"""Words as a place among models: the text tower of a trained encoder, as the search uses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32


@dataclass(frozen=True, eq=False)
class WordTower:
    """`encode`: words -> unit vector in the Space `space`, in which `encoder` puts the models.

    `scores`: cosines between words and models -> within 0 and 1; a best cosine below `cut_off` is no good match.
    """

    encoder: str
    space: str
    encode: Callable[[str], Float32[np.ndarray, " d"]]
    scores: Callable[[Float32[np.ndarray, " n"]], Float32[np.ndarray, " n"]]
    cut_off: float
