"""Captions: many ways to say in words what a model is, in six languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from polyseek.words.attributes import Attribute, Attributes
from polyseek.words.colours import colour_names
from polyseek_training.glosses import Gloss
from polyseek_training.grammar import article, gender, plural, with_attribute
from polyseek_training.lexicon import LANGUAGES, Concept, concept_of
from polyseek_training.shapes import Shape

_ENGLISH = (
    "{}", "{}", "{}", "a {}", "the {}", "my {}", "{} model", "3d {}", "low poly {}", "some {}", "one {}",
    "{} for a game", "model of a {}", "a simple {}", "small {}", "{} asset", "{} mesh",
)  # fmt: skip
_OTHERS = {
    "zh": ("{}", "{}", "{}", "一个{}", "{}模型", "{}的模型", "3D{}", "三维{}", "{}素材"),
    "es": ("{}", "{}", "{}", "modelo de {}", "{} en 3d", "modelo 3d de {}", "{} para un juego"),
    "fr": ("{}", "{}", "{}", "modèle de {}", "{} en 3d", "modèle 3d : {}", "{} pour un jeu"),
    "de": ("{}", "{}", "{}", "{} als 3d Modell", "Modell: {}", "{} 3d", "{} für ein Spiel"),
    "ja": ("{}", "{}", "{}", "{}のモデル", "3Dの{}", "{}の3Dモデル", "ひとつの{}"),
}
OTHER_SHARE = 0.35
ATTRIBUTE_SHARE = 0.4
TYPO_SHARE = 0.06
GLOSS_SHARE = 0.15
# As people type: without capitals, without accents, with an article, of several.
LOWER_SHARE, BARE_SHARE, ARTICLE_SHARE, PLURAL_SHARE = 0.5, 0.15, 0.2, 0.12
# What a Japanese attribute ends in where it stands before a noun.
_BEFORE_A_NOUN = ("い", "の", "な", "た", "る")


@dataclass(frozen=True)
class Sayings:
    """What may be said of one thing: English names, full descriptions, and names by other languages.

    `meaning`: the English text whose meaning stands for it. `glosses`: what it is in a sentence.
    `attributes`: how it is, to be said in any language.
    """

    meaning: str
    names: tuple[str, ...]
    described: tuple[str, ...]
    others: Mapping[str, tuple[str, ...]]
    glosses: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()


def templates(language: str) -> tuple[str, ...]:
    """The frames that a name is said in, each as often as it stands here. KeyError for no language."""
    return _ENGLISH if language == "en" else _OTHERS[language]


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
    texts = [text for text in shape.attributes if not text.startswith("#")]
    described = tuple(dict.fromkeys(filter(None, (shape.words, *texts))))
    # The words of a name say what a thing is, not how: ice cream is neither icy nor cream coloured.
    within = {
        word for each in (*names, *(concept.names["en"] if concept else ())) for word in each.lower().split()
    }
    beside = [word for word in shape.words.lower().split() if word not in within]
    attributes = attributes_of((*shape.attributes, *beside))
    return Sayings(
        shape.concept or shape.words,
        names or (shape.words,),
        described,
        _others(concept),
        attributes=attributes,
    )


def sayings_of_concept(concept: Concept) -> Sayings:
    """Of a concept of the lexicon, with or without shapes."""
    return Sayings(concept.names["en"][0], concept.names["en"], (), _others(concept))


def attributes_of(texts: Iterable[str]) -> tuple[Attribute, ...]:
    """The attributes that texts name: an English name of one, or a colour as "#rrggbb"; other texts name none."""
    table = Attributes.load()
    found: dict[str, Attribute] = {}
    for text in texts:
        names = colour_names(text)[:1] if text.startswith("#") else table.named(text, "en")[:1]
        found.update({name: table.table[name] for name in names if table.kind(name) != "number"})
    return tuple(found.values())


def say(sayings: Sayings, random: np.random.Generator, *, foreign: float = OTHER_SHARE) -> str:
    """One caption. `foreign`: the share of captions in other languages than English, where there are names."""
    tongues = [tongue for tongue, names in sayings.others.items() if names]
    if tongues and random.random() < foreign:
        return _say_in(tongues[random.integers(len(tongues))], sayings, random)
    if sayings.glosses and random.random() < GLOSS_SHARE:
        return _one(sayings.glosses, random)
    name = _one(sayings.names, random)
    if sayings.attributes and random.random() < ATTRIBUTE_SHARE:
        said = _attributed(name, "en", "", sayings.attributes, random)
        return _mistyped(said if random.random() < 0.6 else _one(_ENGLISH, random).format(said), random)
    if sayings.described and random.random() < 0.45:
        detail = _one(sayings.described, random)
        return _mistyped(_with_detail(name, detail, random), random)
    if random.random() < 0.15 and name.isascii():
        name = _plural(name)
    return _mistyped(_one(_ENGLISH, random).format(name), random)


def _say_in(tongue: str, sayings: Sayings, random: np.random.Generator) -> str:
    name = _one(sayings.others[tongue], random)
    attributes = sayings.attributes if random.random() < ATTRIBUTE_SHARE else ()
    if tongue in ("zh", "ja"):
        said = _attributed(name, tongue, "", attributes, random)
        return _one(_OTHERS[tongue], random).format(said)
    of = gender(name, tongue)
    if tongue != "de" and random.random() < PLURAL_SHARE and (several := plural(name, tongue)):
        name, of = several, f"{of}p" if of else ""
    said = _attributed(name, tongue, of, attributes, random)
    if random.random() < ARTICLE_SHARE and (one := article(of, tongue)):
        said = f"{one} {said}"
    else:
        said = _one(_OTHERS[tongue], random).format(said)
    if random.random() < LOWER_SHARE:
        said = said.lower()
    if random.random() < BARE_SHARE:
        said = _without_accents(said)
    return _mistyped(said, random)


def _attributed(
    name: str, tongue: str, of: str, attributes: tuple[Attribute, ...], random: np.random.Generator
) -> str:
    """A name with one of the attributes, now and then two of different kinds."""
    if not attributes:
        return name
    table = Attributes.load()
    order = random.permutation(len(attributes))
    chosen = [attributes[order[0]]]
    others = [attributes[i] for i in order[1:]]
    if random.random() < 0.25:
        kind = table.kind(chosen[0].name)
        chosen += [each for each in others if table.kind(each.name) != kind][:1]
    for attribute in chosen:
        choices = attribute.names[tongue]
        if tongue == "ja":
            choices = tuple(forms for forms in choices if forms[0].endswith(_BEFORE_A_NOUN)) or choices
        # The everyday word of an attribute is said more often than all its others.
        forms = choices[0] if random.random() < 0.6 else choices[random.integers(len(choices))]
        name = with_attribute(name, forms, tongue, of) or name
    return name


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


def _without_accents(text: str) -> str:
    return re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", text.replace("ß", "ss")))


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
