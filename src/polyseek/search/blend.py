"""Models compared in several Spaces at once: by shape, and by what else a trained encoder sees of them.

Where a query and a model have a vector v_i of each Space, with shares s_i that sum to 1, their cosine is

    cos = sum of s_i cos_i

which is that of the two made by laying the vectors sqrt(s_i) v_i end to end, so it has a scale as every
Space has (calibrate.py). A model that lacks a vector of some Space has the score that the others give it,
and a query that does is compared in the others alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float32, Int64

from polyseek.encoders.contract import CosineScale
from polyseek.search.calibrate import GALLERY, Calibration, calibrate

if TYPE_CHECKING:
    from polyseek.search.pages import Page

Vector = Float32[np.ndarray, " _"]  # of any Space

# (the encoder that compares models, one that joins it) -> the share of the second. Chosen on the validation
# side of polyseek_training/splits1.tsv by `python benchmarks/blend.py LIBRARY --choose`, which prints it.
SHARES: Mapping[tuple[str, str], float] = {("shape1", "words2"): 0.8}


@dataclass(frozen=True)
class Blend:
    """Digests of the Spaces that models are compared in, with their shares; `said`: what a reason calls that."""

    shares: tuple[tuple[str, float], ...]
    encoders: tuple[str, ...] = ()
    said: str = "shape"

    @property
    def spaces(self) -> tuple[str, ...]:
        return tuple(space for space, _ in self.shares)

    @property
    def name(self) -> str:
        """The digests, joined where there are several."""
        return "+".join(self.spaces)


def blend_of(encoder: str, space: str, filled: Mapping[str, str], said: str) -> Blend:
    """What an encoder compares models in: its Space, with that of the first in `filled` (id -> digest) that joins it."""
    for other, digest in filled.items():
        share = SHARES.get((encoder, other))
        if share is not None:
            return Blend(((space, 1 - share), (digest, share)), (encoder, other), "shape and looks")
    return Blend(((space, 1.0),), (encoder,), said)


@runtime_checkable
class Holds(Protocol):
    """As much of a Catalogue as `end_to_end` takes."""

    def vectors(self, digest: str) -> tuple[Int64[np.ndarray, " n"], Float32[np.ndarray, "n _"]]: ...


def end_to_end(catalogue: Holds, blend: Blend) -> tuple[Int64[np.ndarray, " n"], Float32[np.ndarray, "n d"]]:
    """Keys, ascending, and unit rows whose cosines are the blend's; the part of a Space that lacks a model is 0.

    Raises SpaceMismatch for a Space that the catalogue does not have.
    """
    held = [(share, *catalogue.vectors(space)) for space, share in blend.shares]
    keys = np.unique(np.concatenate([each for _, each, _ in held]))
    if len(held) == 1:
        _, own, rows = held[0]
        return keys, rows[np.argsort(own)]
    joined = np.zeros((len(keys), sum(rows.shape[1] for _, _, rows in held)), np.float32)
    at = 0
    for share, own, rows in held:
        joined[np.searchsorted(keys, own), at : at + rows.shape[1]] = np.float32(share**0.5) * rows
        at += rows.shape[1]
    return keys, joined / np.linalg.norm(joined, axis=1, keepdims=True)


class Blended:
    """The pages of a blend's Spaces. `before`: what this one follows, whose scale is kept where its pages' are."""

    def __init__(self, pages: Sequence[Page], shares: Sequence[float], before: Blended | None = None) -> None:
        self.pages = tuple(pages)
        self._shares = tuple(shares)
        self._scaled_at = [page.scaled_at for page in pages]
        stays = before is not None and before._scaled_at == self._scaled_at
        self._calibration = before._calibration if stays and before is not None else None

    def keys(self) -> Int64[np.ndarray, " n"]:
        """The models that have a vector in any of the Spaces, ascending."""
        held, *others = (page.index.keys() for page in self.pages)
        for other in others:
            held = held if np.array_equal(held, other) else np.union1d(held, other)
        return held

    @property
    def calibration(self) -> Calibration:
        """What is near in this library; worked out when it is first asked for."""
        if self._calibration is None:
            self._calibration = self._calibrated()
        return self._calibration

    def _calibrated(self) -> Calibration:
        """By the models that have a vector of every Space."""
        shared = self.pages[0].index.keys()
        for page in self.pages[1:]:
            shared = shared[page.holds(shared)]
        drawn = np.sort(np.random.default_rng(0).permutation(shared)[:GALLERY])
        rows = [
            np.sqrt(np.float32(share)) * page.vectors[np.searchsorted(page.index.keys(), drawn)]
            for page, share in zip(self.pages, self._shares, strict=True)
        ]
        return calibrate(np.concatenate(rows, axis=1))

    def compared(
        self, vectors: Sequence[Vector | None], keys: Int64[np.ndarray, " n"]
    ) -> tuple[Float32[np.ndarray, " n"], CosineScale]:
        """The cosine of a query with each key's model, and what it means; -1 for one without any vector.

        `vectors`: the query's in each Space, None where it has none; at least one is there. `keys` ascend.
        """
        asked = [
            (page, share, vector)
            for page, share, vector in zip(self.pages, self._shares, vectors, strict=True)
            if vector is not None
        ]
        if len(asked) == 1:
            page, _, vector = asked[0]
            return page.cosines(vector, keys), page.models
        scale = self.calibration.scale
        found = np.zeros(len(keys), np.float32)
        for page, share, vector in asked:
            found += np.float32(share) * page.cosines(vector, keys)
        if not all(np.array_equal(page.index.keys(), keys) for page, _, _ in asked):
            self._without_all(found, asked, keys, scale)
        return found, scale

    def _without_all(
        self,
        found: Float32[np.ndarray, " n"],
        asked: Sequence[tuple[Page, float, Vector]],
        keys: Int64[np.ndarray, " n"],
        scale: CosineScale,
    ) -> None:
        """Gives models that lack a vector the cosine whose score is the mean of what the others say."""
        held = np.stack([page.holds(keys) for page, _, _ in asked])
        lacking = np.flatnonzero(~held.all(axis=0))
        said, weight = np.zeros(len(lacking)), np.zeros(len(lacking))
        for (page, share, vector), there in zip(asked, held[:, lacking], strict=True):
            cosines, of = page.cosines(vector, keys)[lacking], page.models
            # Not held within 0 and 1: what is farther than a random pair stays apart from others that are.
            said += np.where(there, share * (cosines - of.nothing) / (of.right - of.nothing), 0)
            weight += np.where(there, share, 0)
        scores = said / np.where(weight > 0, weight, 1)
        blended = scale.nothing + scores * (scale.right - scale.nothing)
        found[lacking] = np.where(weight > 0, blended, -1)
