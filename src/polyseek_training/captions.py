"""Captions: many ways to say in words what a model is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from polyseek_training.glosses import Gloss
from polyseek_training.lexicon import LANGUAGES, Concept, concept_of
from polyseek_training.shapes import Shape

_ENGLISH = (
    "{}", "{}", "{}", "a {}", "the {}", "my {}", "{} model", "3d {}", "low poly {}", "some {}", "one {}",
    "{} for a game", "model of a {}", "a simple {}", "small {}", "{} asset", "{} mesh",
)  # fmt: skip
_OTHERS = {
    "zh": ("{}", "{}", "一个{}", "{}模型", "三维{}"),
    "es": ("{}", "{}", "un {}", "modelo de {}", "{} en 3d"),
    "fr": ("{}", "{}", "un {}", "modèle de {}", "{} en 3d"),
    "de": ("{}", "{}", "ein {}", "{} als 3d Modell", "Modell: {}"),
    "ja": ("{}", "{}", "{}のモデル", "3Dの{}", "ひとつの{}"),
}
OTHER_SHARE = 0.35
TYPO_SHARE = 0.06
GLOSS_SHARE = 0.15


@dataclass(frozen=True)
class Sayings:
    """What may be said of one thing: English names, full descriptions, and names by other languages.

    `meaning`: the English text whose meaning stands for it. `glosses`: what it is in a sentence.
    """

    meaning: str
    names: tuple[str, ...]
    described: tuple[str, ...]
    others: Mapping[str, tuple[str, ...]]
    glosses: tuple[str, ...] = ()


def explained(sayings: Sayings, glosses: Mapping[str, Gloss]) -> Sayings:
    """With what the thing is in a sentence, and what kind of thing, where WordNet has its usual name."""
    gloss = next((glosses[name.lower()] for name in sayings.names if name.lower() in glosses), None)
    if gloss is None:
        return sayings
    return replace(sayings, glosses=(gloss.text, *(f"{sayings.names[0]} {kind}" for kind in gloss.kinds)))


def sayings_of_shape(shape: Shape, named: Mapping[str, Concept]) -> Sayings:
    """Of a model: its concept with the lexicon's names, its words, its attributes."""
    concept = concept_of((shape.concept, shape.words), named)
    synonyms = concept.names["en"] if concept is not None and _is(shape.concept, concept) else ()
    names = tuple(dict.fromkeys(filter(None, (shape.concept, *synonyms))))
    described = tuple(dict.fromkeys(filter(None, (shape.words, *shape.attributes))))
    return Sayings(shape.concept or shape.words, names or (shape.words,), described, _others(concept))


def sayings_of_concept(concept: Concept) -> Sayings:
    """Of a concept of the lexicon, with or without shapes."""
    return Sayings(concept.names["en"][0], concept.names["en"], (), _others(concept))


def say(sayings: Sayings, random: np.random.Generator, *, foreign: float = OTHER_SHARE) -> str:
    """One caption. `foreign`: the share of captions in other languages than English, where there are names."""
    tongues = [tongue for tongue, names in sayings.others.items() if names]
    if tongues and random.random() < foreign:
        tongue = tongues[random.integers(len(tongues))]
        name, templates = _one(sayings.others[tongue], random), _OTHERS[tongue]
        return _one(templates, random).format(name)
    if sayings.glosses and random.random() < GLOSS_SHARE:
        return _one(sayings.glosses, random)
    name = _one(sayings.names, random)
    if sayings.described and random.random() < 0.45:
        detail = _one(sayings.described, random)
        return _mistyped(_with_detail(name, detail, random), random)
    if random.random() < 0.15 and name.isascii():
        name = _plural(name)
    return _mistyped(_one(_ENGLISH, random).format(name), random)


def _with_detail(name: str, detail: str, random: np.random.Generator) -> str:
    """A description alone when it holds the name; else both, the description first or last."""
    if set(name.split()) & set(detail.split()):
        words = detail.split()
        if random.random() < 0.3:
            random.shuffle(words)
        return " ".join(words)
    return f"{detail} {name}" if random.random() < 0.75 else f"{name}, {detail}"


def _mistyped(text: str, random: np.random.Generator) -> str:
    """Now and then two letters swapped or one lost."""
    if len(text) < 5 or random.random() >= TYPO_SHARE:
        return text
    at = int(random.integers(1, len(text) - 1))
    if random.random() < 0.5:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _plural(name: str) -> str:
    if name.endswith(("s", "x", "ch", "sh")):
        return f"{name}es"
    return f"{name[:-1]}ies" if name.endswith("y") and name[-2:-1] not in "aeiou" else f"{name}s"


def _one(choices: tuple[str, ...], random: np.random.Generator) -> str:
    return choices[int(random.integers(len(choices)))]


def _is(name: str, concept: Concept) -> bool:
    return name.lower() in (concept.key, *(known.lower() for known in concept.names["en"]))


def _others(concept: Concept | None) -> dict[str, tuple[str, ...]]:
    if concept is None:
        return {}
    return {tongue: concept.names[tongue] for tongue in LANGUAGES if tongue != "en"}
