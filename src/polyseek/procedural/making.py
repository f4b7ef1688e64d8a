"""Made models by category and seed, and a whole made library."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable, Iterable, Iterator

from polyseek.assets import Asset
from polyseek.errors import UsageError
from polyseek.procedural.assembly import Assembly, Made
from polyseek.procedural.draw import Draw
from polyseek.procedural.table import CATEGORIES

Build = Callable[[Draw], Assembly]


def made(category: str, seed: int) -> Made:
    """A model of a category of CATEGORIES; the same seed gives the same arrays. Raises UsageError."""
    if category not in CATEGORIES:
        raise UsageError(f"unknown category {category!r}", hint=f"one of {', '.join(CATEGORIES)}")
    module, function = CATEGORIES[category].split(":")
    build: Build = getattr(importlib.import_module(module), function)
    return build(Draw((seed, zlib.crc32(category.encode())))).made(category)


def make(category: str, seed: int) -> Asset:
    """The Asset of `made(category, seed)`: +Y up, metres, standing on y = 0."""
    return made(category, seed).asset


def family(category: str) -> str:
    """The family a category belongs to, which is the folder it is written to: furniture, food, ..."""
    return CATEGORIES[category].split(":")[0].rsplit(".", 1)[1]


def made_library(
    per_category: int, seed: int, categories: Iterable[str] = tuple(CATEGORIES)
) -> Iterator[tuple[str, Made]]:
    """(relative path, model) of `per_category` variations of every category. Raises UsageError for an unknown one.

    Paths read like a tidy person's: `furniture/chair_oak_red_03.glb`; they are all different.
    """
    for category in categories:
        for number in range(per_category):
            model = made(category, seed * 100_003 + number)
            words = [category, *_said(model), f"{number + 1:02d}"]
            yield f"{family(category)}/{'_'.join(words)}.glb", model


def _said(model: Made) -> list[str]:
    """Up to two attributes that a person would put into a file name, in the order they were chosen."""
    texts = [value for value in model.attributes.values() if isinstance(value, str)]
    words = [text.replace(" ", "_").replace("-", "_") for text in texts]
    return [word for word in dict.fromkeys(words) if word not in model.category.split("_")][:2]
