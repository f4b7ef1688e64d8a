"""Zero-shot naming (Radford et al. 2021, CLIP, 3.1): which of some labels a model is, without one example of them.

A label is the mean of its prompts in the Space of words and models. Its cosine x with a model becomes a
score by the CosineScale of its kind, and what that score has over the score of the cut-off is its margin m:

    score = (x - nothing) / (right - nothing),   m = score - score of the cut-off
    P(label i) = exp(m_i / T) / (1 + sum of exp(m_j / T)),   P(none of these) = 1 / (1 + the same sum)

So the best label wins over "none of these" exactly when its cosine reaches the cut-off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64

from polyseek.encoders.contract import CosineScale, unit_rows
from polyseek.errors import UsageError
from polyseek.words.prompts import said

# T, in scores: where the mean probability of the best label equals how often it is right, and the
# likelihood of the right one is highest, on the validation side (benchmarks/zero_shot.py prints both).
TEMPERATURE = 0.085
_LEAST_SPREAD = 1e-6

Encode = Callable[[Sequence[str]], Float32[np.ndarray, "n d"]]


@dataclass(frozen=True, eq=False)
class Label:
    """A label's place: a unit vector, and what cosines between it and models mean."""

    text: str
    vector: Float32[np.ndarray, " d"]
    scale: CosineScale


@dataclass(frozen=True)
class Guess:
    """`score`: 0 (unrelated) to 1 (as near as right ones are). `probability`: that this label is the right one."""

    label: str
    score: float
    probability: float


@dataclass(frozen=True)
class Verdict:
    """What labels say of one model. `guesses`: every label, best first. `none`: probability that it is none of them."""

    guesses: tuple[Guess, ...]
    none: float

    @property
    def label(self) -> str | None:
        """The best label; None where it is below the cut-off."""
        best = self.guesses[0]
        return best.label if best.probability >= self.none else None


def labels_of(text: str) -> list[str]:
    """The labels of a text: separated by commas or line ends, without blanks around them; each once."""
    parts = (part.strip() for line in text.splitlines() for part in line.split(","))
    return list(dict.fromkeys(part for part in parts if part))


def place_labels(
    labels: Sequence[str], encode: Encode, scale: CosineScale, prompts: Sequence[str] = ()
) -> list[Label]:
    """Each label at the mean of its prompts, of length 1. Raises UsageError where there is no label."""
    if not labels:
        raise UsageError("there is no label to choose from", hint="give them as --labels chair,table")
    found: list[Label] = []
    for label in dict.fromkeys(labels):
        mean = encode(said(label, prompts)).mean(axis=0, keepdims=True)
        found.append(Label(label, unit_rows(mean)[0], scale))
    return found


def margins(
    vectors: Float32[np.ndarray, "n d"], labels: Sequence[Label]
) -> tuple[Float64[np.ndarray, "n k"], Float64[np.ndarray, "n k"]]:
    """(scores, margins) of n models and k labels; neither is held within 0 and 1."""
    cosines = vectors.astype(np.float64) @ np.stack([label.vector for label in labels]).T
    nothing = np.array([label.scale.nothing for label in labels])
    spread = np.maximum(np.array([label.scale.right for label in labels]) - nothing, _LEAST_SPREAD)
    cut_off = np.array([label.scale.cut_off for label in labels])
    return (cosines - nothing) / spread, (cosines - cut_off) / spread


def probabilities(
    margins: Float64[np.ndarray, "n k"], temperature: float = TEMPERATURE
) -> Float64[np.ndarray, "n k+1"]:
    """Of each label, and in the last column of none of them; rows sum to 1. `temperature` in scores, above 0."""
    logits = np.concatenate([margins, np.zeros((len(margins), 1))], axis=1) / temperature
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def classify(
    vectors: Float32[np.ndarray, "n d"], labels: Sequence[Label], temperature: float = TEMPERATURE
) -> list[Verdict]:
    """What the labels say of each model; of equal labels the first goes before."""
    scores, above = margins(vectors, labels)
    likely = probabilities(above, temperature)
    found: list[Verdict] = []
    for score, probability in zip(np.clip(scores, 0, 1), likely, strict=True):
        order = np.argsort(-probability[:-1], kind="stable")
        guesses = tuple(
            Guess(labels[i].text, round(float(score[i]), 4), round(float(probability[i]), 4)) for i in order
        )
        found.append(Verdict(guesses, round(float(probability[-1]), 4)))
    return found
