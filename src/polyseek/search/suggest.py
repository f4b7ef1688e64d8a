"""Tags that a model may deserve: concepts of a tree, or labels of a person's own, as far as they are probable.

Of thousands of concepts hardly one is ever probable by itself, but a chair may be sure to be furniture. So
the probability of a concept is that of everything below it (Deng et al. 2012, "Hedging your bets", 3):

    P(concept) = softmax over all concepts (zero_shot.py), summed over the concept and all its kinds

and what is proposed is every concept from LEAST on, the most special first. A person's label must win
against the same concepts, else five labels would name every model of a library: one that names a concept
has its probability; another joins the softmax, together with the concepts that mean nearly the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float32, Float64, Int64

from polyseek.catalogue.lesson import Lesson
from polyseek.encoders.contract import CosineScale
from polyseek.search.zero_shot import Encode, Label, margins, probabilities

# Chosen on the validation side for two right suggestions in three (benchmarks/zero_shot.py).
TEMPERATURE = 0.086
LEAST = 0.5
MOST = 3
KIN = 0.8  # the cosine of two texts from which they mean nearly the same
_TAUGHT_TEMPERATURE = 0.13
_CHUNK = 256
# Roots that put things in order; nobody tags by them.
NO_TAGS = frozenset(
    ["body part", "building part", "game object", "household object", "material piece", "medical thing",
     "nature object", "office thing", "road piece", "shape", "sport thing", "holiday thing", "street object",
     "structure", "symbol", "terrain"]
)  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """`concept`: what the tag stands for, in the lexicon; the tag itself where it is a person's own."""

    tag: str
    probability: float
    concept: str


@dataclass(frozen=True, eq=False)
class ConceptTree:
    """`concepts`: ids. `names`: what each is called as a tag. `above`: the place of its parent, -1 for a root."""

    concepts: tuple[str, ...]
    names: tuple[str, ...]
    above: Int64[np.ndarray, " k"]
    vectors: Float32[np.ndarray, "k d"]
    scale: CosineScale

    @staticmethod
    def of_lexicon(encode: Encode, scale: CosineScale, language: str = "en") -> ConceptTree:
        """The shipped lexicon; concepts stand at their English everyday names, and are called by those of `language`."""
        from polyseek.words.lexicon import Lexicon

        lexicon = Lexicon.load()
        place = {concept: i for i, concept in enumerate(lexicon.concepts)}
        above = [place[lexicon.parents(concept)[0]] if lexicon.parents(concept) else -1 for concept in place]
        return ConceptTree(
            lexicon.concepts,
            tuple(lexicon.names(concept, language)[0] for concept in place),
            np.array(above, np.int64),
            encode([lexicon.names(concept)[0] for concept in place]),
            scale,
        )

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Its concepts as labels."""
        return tuple(Label(name, row, self.scale) for name, row in zip(self.names, self.vectors, strict=True))

    def named(self, text: str) -> list[int]:
        """The places of the concepts that a text names, in any language."""
        from polyseek.words.lexicon import Lexicon

        return [self.places[concept] for concept in Lexicon.load().named(text) if concept in self.places]

    @cached_property
    def places(self) -> dict[str, int]:
        """Concept -> its place."""
        return {concept: place for place, concept in enumerate(self.concepts)}

    @cached_property
    def depth(self) -> Int64[np.ndarray, " k"]:
        """How many concepts stand above each."""
        found = np.zeros(len(self.above), np.int64)
        walking = self.above.copy()
        while (walking >= 0).any():
            found += walking >= 0
            walking = np.where(walking >= 0, self.above[walking], -1)
        return found


def subtree_sums(
    values: Float64[np.ndarray, "n k"], above: Int64[np.ndarray, " k"], depth: Int64[np.ndarray, " k"]
) -> Float64[np.ndarray, "n k"]:
    """The value of each node and all below it. `above`: places of parents, -1 for roots; `depth`: 0 for roots."""
    sums = values.T.copy()
    for level in range(int(depth.max(initial=0)), 0, -1):
        nodes = np.flatnonzero(depth == level)
        np.add.at(sums, above[nodes], sums[nodes])
    return sums.T


def propose_concepts(
    vectors: Float32[np.ndarray, "n d"],
    tree: ConceptTree,
    *,
    most: int = MOST,
    temperature: float = TEMPERATURE,
    least: float = LEAST,
) -> list[list[Proposal]]:
    """At most `most` concepts of each model, the most special first, of equally special ones the more probable."""
    tags = np.array([concept not in NO_TAGS for concept in tree.concepts])
    found: list[list[Proposal]] = []
    for some in _chunks(vectors):
        likely = probabilities(margins(some, tree.labels)[1], temperature)[:, :-1]
        for row in subtree_sums(likely, tree.above, tree.depth):
            places = np.flatnonzero((row >= least) & tags)
            order = places[np.lexsort((-row[places], -tree.depth[places]))][:most]
            found.append(
                [Proposal(tree.names[i], round(float(row[i]), 4), tree.concepts[i]) for i in order.tolist()]
            )
    return found


def propose_labels(
    vectors: Float32[np.ndarray, "n d"],
    labels: Sequence[Label],
    meant: Sequence[Sequence[int]],
    tree: ConceptTree,
    *,
    most: int = MOST,
    temperature: float = TEMPERATURE,
    least: float = LEAST,
) -> list[list[Proposal]]:
    """At most `most` of the labels for each model, the most probable first.

    `meant`: of each label, the places in the tree of the concepts that it names; empty for other words.
    """
    kin = np.stack([label.vector for label in labels]) @ tree.vectors.T >= KIN
    found: list[list[Proposal]] = []
    for some in _chunks(vectors):
        likely = probabilities(margins(some, tree.labels)[1], temperature)
        # A label's power over the sum of all others: what it would have in one softmax with them.
        alone = np.exp(margins(some, labels)[1] / temperature) * likely[:, -1:]
        sums = subtree_sums(likely[:, :-1], tree.above, tree.depth)
        mass = np.stack(
            [
                sums[:, places].max(axis=1)
                if len(places)
                else (alone[:, i] + likely[:, :-1] @ kin[i]) / (1 + alone[:, i])
                for i, places in enumerate(meant)
            ],
            axis=1,
        )
        for row in mass:
            order = [i for i in np.argsort(-row, kind="stable").tolist() if row[i] >= least][:most]
            found.append([Proposal(labels[i].text, round(float(row[i]), 4), labels[i].text) for i in order])
    return found


def propose_taught(vectors: Float32[np.ndarray, "n d"], lessons: Sequence[Lesson]) -> list[list[Proposal]]:
    """The taught tags that each model reaches as half of their examples do that were kept away, the surest first.

    Its probability is one half there, and rises with the cosine. A tag is proposed for the nearest models only, at most for half as many again as its examples are: with
    few examples nobody can tell how much of a library deserves it.
    """
    found: list[list[Proposal]] = [[] for _ in vectors]
    for lesson in lessons:
        cosines = vectors @ lesson.vector
        steep = _TAUGHT_TEMPERATURE * (lesson.scale.right - lesson.scale.nothing)
        likely = 1.0 / (1.0 + np.exp((lesson.sure - cosines) / steep))
        nearest = np.argsort(-cosines, kind="stable")[: lesson.examples + -(-lesson.examples // 2)]
        for i in nearest[cosines[nearest] >= lesson.sure].tolist():
            found[i].append(Proposal(lesson.tag, round(float(likely[i]), 4), lesson.tag))
    return [sorted(each, key=lambda proposal: -proposal.probability) for each in found]


def _chunks(vectors: Float32[np.ndarray, "n d"]) -> Iterator[Float32[np.ndarray, "m d"]]:
    for start in range(0, len(vectors), _CHUNK):
        yield vectors[start : start + _CHUNK]
