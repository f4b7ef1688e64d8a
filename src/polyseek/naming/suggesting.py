"""Suggested tags for the models of a library: what they probably are, by looks, where nobody has said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from polyseek.catalogue.condition import Condition
from polyseek.catalogue.contract import Catalogue
from polyseek.catalogue.lesson import Lesson
from polyseek.catalogue.record import Record
from polyseek.encoders.contract import Encoder, ReadsWords
from polyseek.errors import SpaceMismatch, UsageError
from polyseek.naming.classifying import not_read
from polyseek.search.suggest import (
    MOST,
    ConceptTree,
    Proposal,
    propose_concepts,
    propose_labels,
    propose_taught,
)
from polyseek.search.zero_shot import place_labels


@dataclass(frozen=True)
class Suggested:
    """What was suggested. `looked_at`: models with a vector. `proposals`: id -> tags; `paths`: id -> path.

    `changed`: how many records have new suggestions; 0 where they were only asked for.
    """

    looked_at: int
    changed: int
    proposals: Mapping[str, tuple[Proposal, ...]]
    paths: Mapping[str, str]
    made_by: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "looked_at": self.looked_at,
            "changed": self.changed,
            "suggested": [
                {
                    "id": id,
                    "path": self.paths[id],
                    "tags": [{"tag": each.tag, "probability": each.probability} for each in proposals],
                }
                for id, proposals in self.proposals.items()
            ],
            "made_by": dict(self.made_by),
        }


def suggest(
    catalogue: Catalogue,
    encoder: Encoder,
    tree: ConceptTree,
    *,
    ids: Sequence[str] | None = None,
    where: Condition | None = None,
    vocabulary: Sequence[str] | None = None,
    most: int = MOST,
    keep: bool = True,
) -> Suggested:
    """Propose tags for some records (None, None: for all), and `keep` them as suggested in one edit.

    `vocabulary`: the tags to choose from; None: the concepts of `tree`. A record gets none that it has, by any name of the same concept. Raises UnknownId, QueryError, UsageError.
    """
    from polyseek import __version__

    keys, vectors = _vectors(catalogue, encoder, ids, where)
    made_by = {"polyseek": __version__, "encoder": encoder.card.id, "space": encoder.space.digest}
    proposed = _proposed(encoder, tree, vectors, vocabulary, most)
    proposed = _with_lessons(proposed, vectors, catalogue.lessons(encoder.space.digest), vocabulary, most)
    records = catalogue.records_by_key(keys.tolist())
    found: dict[str, tuple[Proposal, ...]] = {}
    for key, proposals in zip(keys.tolist(), proposed, strict=True):
        record = records.get(key)
        if record is not None:
            new = tuple(each for each in proposals if not _known(record, each))
            found |= {record.id: new} if new else {}
    changed = 0
    if keep and found:
        changed = catalogue.suggest({id: [each.tag for each in new] for id, new in found.items()})
    paths = {record.id: record.path for record in records.values() if record.id in found}
    return Suggested(len(keys), changed, found, paths, made_by)


def _with_lessons(
    proposed: Sequence[Sequence[Proposal]],
    vectors: np.ndarray,
    lessons: Sequence[Lesson],
    vocabulary: Sequence[str] | None,
    most: int,
) -> list[list[Proposal]]:
    """What was taught goes before what words alone say, and stands for it where it is the same tag."""
    asked = None if vocabulary is None else {" ".join(each.lower().split()) for each in vocabulary}
    used = [each for each in lessons if each.helps and (asked is None or each.tag in asked)]
    taught = propose_taught(vectors, used)
    tags = {lesson.tag for lesson in used}
    return [
        [*own, *(each for each in others if each.tag.lower() not in tags)][:most]
        for own, others in zip(taught, proposed, strict=True)
    ]


def concepts_of(encoder: Encoder, language: str = "en") -> ConceptTree:
    """The lexicon in the Space of an encoder that reads words. Raises UsageError for a language it does not have."""
    from polyseek.words.lexicon import LANGUAGES

    assert isinstance(encoder, ReadsWords)
    if language not in LANGUAGES:
        raise UsageError(
            f"the lexicon has no language {language!r}", hint=f"use one of {', '.join(LANGUAGES)}"
        )
    return ConceptTree.of_lexicon(encoder.encode_texts, encoder.words, language)


def own_tags(catalogue: Catalogue) -> list[str]:
    """The tags that the person gave to any record, each once."""
    tags = (tag for record in catalogue.records() for tag in record.tags)
    return sorted({tag.tag for tag in tags if tag.by == "person"})


def _vectors(
    catalogue: Catalogue, encoder: Encoder, ids: Sequence[str] | None, where: Condition | None
) -> tuple[np.ndarray, np.ndarray]:
    """(keys, vectors) of the chosen records that have one."""
    try:
        keys, vectors = catalogue.vectors(encoder.space.digest)
    except SpaceMismatch as error:
        raise not_read("this library", encoder) from error
    chosen = keys if where is None else catalogue.keys(where)
    if ids is not None:
        chosen = np.intersect1d(chosen, np.array([catalogue.key_of(id) for id in ids], np.int64))
    here = np.isin(keys, chosen)
    return keys[here], vectors[here]


def _proposed(
    encoder: Encoder,
    tree: ConceptTree,
    vectors: np.ndarray,
    vocabulary: Sequence[str] | None,
    most: int,
) -> list[list[Proposal]]:
    assert isinstance(encoder, ReadsWords)
    if most < 1:
        raise UsageError(f"at most {most} tags are no suggestion", hint="give 1 or more")
    if vocabulary is None:
        return propose_concepts(vectors, tree, most=most)
    labels = place_labels(vocabulary, encoder.encode_texts, encoder.words)
    meant = [tree.named(label.text) for label in labels]
    return propose_labels(vectors, labels, meant, tree, most=most)


def _known(record: Record, proposal: Proposal) -> bool:
    """Does the record have this tag, or another name of its concept?"""
    from polyseek.words.lexicon import Lexicon

    lexicon = Lexicon.load()
    return any(
        tag.tag == proposal.tag.lower() or proposal.concept in lexicon.named(tag.tag) for tag in record.tags
    )
