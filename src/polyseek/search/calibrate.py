"""From cosines to scores: what "close" means depends on the encoder and on the library.

Two facts of a library's own vectors set the scale of a Space. The median cosine of random pairs is
score 0: that is how alike two unrelated models are. Cosine 1 is score 1. A best hit is a good match
when it is at least as near as the nearest neighbours of 95 of 100 of the library's own models are,
or nearer than 99.9 of 100 random pairs, whichever asks for less. Copies are not counted as neighbours,
else a library of copies would call everything else far. No labels are needed; where fewer than
MINIMUM models are there, nothing can be said and every best hit of cosine 0.5 passes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from polyseek.encoders.contract import CosineScale

MINIMUM = 16
GALLERY = 4096  # models that are compared, at most
PROBES = 128
COPY = 1.0 - 1e-6  # from this cosine on two vectors are one
_LEAST_SPREAD = 1e-3


@dataclass(frozen=True)
class Calibration:
    """`unrelated`: the cosine that becomes score 0. `cut_off`: the cosine from which a best hit is a good match."""

    unrelated: float = 0.0
    cut_off: float = 0.5

    @property
    def scale(self) -> CosineScale:
        """The scale by which cosines become scores: from `unrelated` to 1."""
        right = max(1.0, self.unrelated + _LEAST_SPREAD)
        return CosineScale(self.unrelated, right, self.cut_off)


def calibrate(vectors: Float32[np.ndarray, "n d"], seed: int = 0) -> Calibration:
    """The scale of a library's Space, from at most GALLERY of its vectors, drawn by `seed`."""
    if len(vectors) < MINIMUM:
        return Calibration()
    draw = np.random.default_rng(seed)
    chosen = np.sort(draw.permutation(len(vectors))[:GALLERY])
    gallery = vectors[chosen]
    probes = draw.permutation(len(gallery))[:PROBES]
    cosines = gallery[probes] @ gallery.T
    # Not with itself, nor with copies.
    cosines[np.arange(len(probes)), probes] = -np.inf
    cosines[cosines > COPY] = -np.inf
    nearest = cosines.max(axis=1)
    nearest = nearest[nearest > -np.inf]
    pairs = cosines[cosines > -np.inf]
    if not len(pairs):
        return Calibration()
    unrelated = float(np.median(pairs))
    cut_off = min(float(np.quantile(nearest, 0.05)), float(np.quantile(pairs, 0.999)))
    return Calibration(unrelated, cut_off)
