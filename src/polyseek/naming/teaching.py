"""Learning a person's own tags, from the models of a library that have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from jaxtyping import Int64

from polyseek.catalogue.condition import Compare
from polyseek.catalogue.contract import Catalogue
from polyseek.catalogue.lesson import Lesson
from polyseek.encoders.contract import Encoder, ReadsWords
from polyseek.errors import SpaceMismatch, UsageError
from polyseek.naming.classifying import not_read
from polyseek.naming.suggesting import own_tags
from polyseek.search.teach import LEAST_EXAMPLES, Background, learn
from polyseek.search.zero_shot import place_labels

Leaders = Callable[[Int64[np.ndarray, " n"]], Int64[np.ndarray, " n"]]


def teach(
    catalogue: Catalogue, encoder: Encoder, leaders: Leaders, tags: Sequence[str] | None = None
) -> list[Lesson]:
    """Learn these tags (None: all that the person gave to enough models) and keep the lessons, by tag.

    `leaders`: keys of records -> the key under which each stands as a variant, else its own.
    A lesson that does not help is kept, too, so that it can be told, and is not used. Raises QueryError
    where nothing has been read by the encoder, UsageError for a tag that too few models have.
    """
    try:
        keys, vectors = catalogue.vectors(encoder.space.digest)
    except SpaceMismatch as error:
        raise not_read("this library", encoder) from error
    assert isinstance(encoder, ReadsWords)
    examples = _examples(catalogue)
    asked = own_tags(catalogue) if tags is None else [" ".join(tag.lower().split()) for tag in tags]
    groups = leaders(keys)
    background = Background.of(vectors) if len(vectors) else None
    lessons: list[Lesson] = []
    for label in place_labels(asked, encoder.encode_texts, encoder.words) if asked else []:
        right = np.isin(keys, examples.get(label.text, []))
        lesson = None
        if background is not None:
            lesson = learn(label.text, label.vector, label.scale, vectors, right, groups, background)
        if lesson is not None:
            lessons.append(lesson)
        elif tags is not None:
            raise UsageError(
                f"too few models to learn {label.text!r} from: {int(right.sum())}",
                hint=f"tag {LEAST_EXAMPLES} different ones or more: polyseek tag ID... --add {label.text!r}",
            )
    if lessons:
        catalogue.teach(encoder.space.digest, lessons)
    return lessons


def _examples(catalogue: Catalogue) -> dict[str, list[int]]:
    """Tag -> keys of the records to which the person gave it."""
    found: dict[str, list[int]] = {}
    for key, record in catalogue.records_by_key(
        catalogue.keys(Compare("status", "=", "present")).tolist()
    ).items():
        for tag in record.tags:
            if tag.by == "person":
                found.setdefault(tag.tag, []).append(key)
    return found
