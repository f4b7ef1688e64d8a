"""Which of some labels a model is: model files, and models of a library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32

from polyseek.catalogue.lesson import Lesson
from polyseek.encoders.contract import Encoder, ReadsWords
from polyseek.errors import PolyseekError, QueryError, SpaceMismatch, UsageError
from polyseek.indexing.settings import Settings
from polyseek.search.zero_shot import Label, Verdict, place_labels
from polyseek.search.zero_shot import classify as weigh

Failed = Callable[[PolyseekError], None]
# Ids -> their vectors in the Space of a digest; those without one are left out.
VectorsOf = Callable[[Sequence[str], str], Mapping[str, Float32[np.ndarray, " d"]]]


@dataclass(frozen=True)
class Classified:
    """What labels say of one model. `id`: None for a file that is no record; `made_by`: encoder and Space."""

    path: str
    id: str | None
    verdict: Verdict
    made_by: Mapping[str, str]

    @property
    def label(self) -> str | None:
        """The best label; None: none of these."""
        return self.verdict.label

    def as_json(self) -> dict[str, Any]:
        """`label` is null for none of these; `labels` has all of them, best first."""
        return {
            "path": self.path,
            "id": self.id,
            "label": self.label,
            "probability": self.verdict.guesses[0].probability if self.label else self.verdict.none,
            "none": self.verdict.none,
            "labels": [
                {"label": guess.label, "score": guess.score, "probability": guess.probability}
                for guess in self.verdict.guesses
            ],
            "made_by": dict(self.made_by),
        }


@dataclass(frozen=True, eq=False)
class Asked:
    """What labels are put to models with: an encoder that reads words, and the labels' places in its Space."""

    encoder: Encoder
    labels: tuple[Label, ...]

    def says(self, path: str, id: str | None, vector: Float32[np.ndarray, " d"]) -> Classified:
        """What the labels say of one model."""
        from polyseek import __version__

        made_by = {
            "polyseek": __version__,
            "encoder": self.encoder.card.id,
            "space": self.encoder.space.digest,
        }
        return Classified(path, id, weigh(vector[None], self.labels)[0], made_by)


def reader_of(encoder: str | None, settings: Settings) -> Encoder:
    """An encoder that reads words: the one called `encoder`, else the settings' first, else the first shipped one.

    Raises UsageError for one that does not read words.
    """
    from polyseek.encoders.shelf import ENCODERS, TRAINED, load, reading

    if encoder is None:
        own = [id for id in settings.encoders if id not in ENCODERS]
        return next(each for each in map(load, (*own, *TRAINED)) if isinstance(each, ReadsWords))
    found = load(encoder)
    if not isinstance(found, ReadsWords):
        raise UsageError(
            f"the encoder {encoder} does not read words", hint=f"use one of {', '.join(reading())}"
        )
    return found


def ask(
    encoder: Encoder, labels: Sequence[str], prompts: Sequence[str] = (), lessons: Sequence[Lesson] = ()
) -> Asked:
    """The labels as places in the Space of an encoder that reads words, by lessons where those help.

    Raises UsageError.
    """
    assert isinstance(encoder, ReadsWords)
    placed = place_labels(labels, encoder.encode_texts, encoder.words, prompts)
    taught = {lesson.tag: lesson for lesson in lessons if lesson.helps}
    return Asked(encoder, tuple(_taught(label, taught) for label in placed))


def _taught(label: Label, lessons: Mapping[str, Lesson]) -> Label:
    lesson = lessons.get(" ".join(label.text.lower().split()))
    return label if lesson is None else Label(label.text, lesson.vector, lesson.scale)


def classify(
    files: Sequence[str | Path],
    labels: Sequence[str],
    *,
    encoder: str | None = None,
    prompts: Sequence[str] = (),
    jobs: int | None = None,
    failed: Failed | None = None,
) -> Iterator[Classified]:
    """Which of `labels` each model file is, in their order; no library is needed.

    `prompts`: ways to say a label, with `{}` in its place; those of its language else. A file that
    cannot be read goes to `failed`, and is raised where there is none. Raises UsageError.
    """
    settings = Settings()
    asked = ask(reader_of(encoder, settings), labels, prompts)
    return classify_files(asked, [str(file) for file in files], settings, jobs=jobs, failed=failed)


def classify_files(
    asked: Asked,
    files: Sequence[str],
    settings: Settings,
    *,
    roots: Sequence[str] = (),
    jobs: int | None = None,
    failed: Failed | None = None,
) -> Iterator[Classified]:
    """As `classify`, with labels that are placed already. `roots`: folders of a library."""
    from polyseek.indexing.embedding import embed_files

    workers = jobs or settings.workers()
    for outcome in embed_files(files, asked.encoder, settings, jobs=workers, roots=roots):
        if outcome.error is None:
            yield asked.says(outcome.name, None, outcome.value)
        elif failed is None:
            raise outcome.error
        else:
            failed(outcome.error)


def classify_records(asked: Asked, paths: Mapping[str, str], vectors_of: VectorsOf) -> list[Classified]:
    """What the labels say of records; `paths`: their ids -> paths. Raises QueryError where one has no vector."""
    vectors: Mapping[str, Float32[np.ndarray, " d"]] = {}
    with suppress(SpaceMismatch):
        vectors = vectors_of(list(paths), asked.encoder.space.digest)
    for each in paths:
        if each not in vectors:
            raise not_read(f"the model {each}", asked.encoder)
    return [asked.says(path, each, vectors[each]) for each, path in paths.items()]


def not_read(what: str, encoder: Encoder) -> QueryError:
    """What to do where a model has no vector in the Space of an encoder."""
    id = encoder.card.id
    return QueryError(
        f"{what} has not been read by {id} yet",
        hint=f"polyseek encoders use {id}, then polyseek index",
    )
