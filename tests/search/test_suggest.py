"""Suggestions from a small tree of concepts, against their sums and against what a person would expect."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.encoders.contract import CosineScale, unit_rows
from polyseek.search.suggest import ConceptTree, propose_concepts, propose_labels, subtree_sums
from polyseek.search.zero_shot import Label
from polyseek.words.lexicon import Lexicon

SCALE = CosineScale(nothing=0.0, right=0.5, cut_off=0.3)


@pytest.fixture
def tree() -> ConceptTree:
    """furniture > seat > chair, stool; furniture > table; animal > dog; each on an axis of its own."""
    concepts = ("furniture", "seat", "chair", "stool", "table", "animal", "dog")
    above = np.array([-1, 0, 1, 1, 0, -1, 5])
    return ConceptTree(concepts, concepts, above, np.eye(8, dtype=np.float32)[:7], SCALE)


def near(tree: ConceptTree, **weights: float) -> np.ndarray:
    row = np.zeros(8)
    for concept, weight in weights.items():
        row[tree.concepts.index(concept)] = weight
    return unit_rows(row[None])


def tags(found: list[list]) -> list[list[str]]:
    return [[each.tag for each in proposals] for proposals in found]


def test_a_node_has_the_sum_of_all_below_it():
    draw = np.random.default_rng(4)
    above = np.array([-1, *(int(draw.integers(i)) if draw.random() < 0.9 else -1 for i in range(1, 40))])
    values = draw.random((3, 40))
    order = draw.permutation(40)  # parents need not come before their children
    place = np.argsort(order)
    mixed = np.array([place[above[i]] if above[i] >= 0 else -1 for i in order])
    tree = ConceptTree(("x",) * 40, ("x",) * 40, mixed, np.zeros((40, 1), np.float32), SCALE)

    sums = subtree_sums(values[:, order], mixed, tree.depth)

    def below(i: int) -> float:
        return values[:, i] + sum((below(j) for j in range(40) if above[j] == i), np.zeros(3))

    for i in range(40):
        assert sums[:, place[i]] == pytest.approx(below(i))


def test_a_sure_thing_is_named_by_its_concept_and_what_that_is_a_kind_of(tree):
    assert tags(propose_concepts(near(tree, dog=1), tree)) == [["dog", "animal"]]
    assert tags(propose_concepts(near(tree, dog=1), tree, most=1)) == [["dog"]]


def test_between_two_kinds_only_what_they_have_in_common_is_named(tree):
    between = near(tree, chair=1, stool=1, table=1)

    ((proposal,),) = propose_concepts(between, tree, least=0.8)

    assert proposal.tag == "furniture"
    assert proposal.probability > 0.9


def test_between_things_that_have_nothing_in_common_there_is_nothing_to_say(tree):
    assert propose_concepts(near(tree, dog=1, table=1), tree, least=0.6) == [[]]


def test_many_models_get_what_each_gets_alone(tree):
    rows = unit_rows(np.abs(np.random.default_rng(2).normal(size=(600, 8))) ** 3)

    assert propose_concepts(rows, tree) == [propose_concepts(row[None], tree)[0] for row in rows]


def test_a_label_that_names_a_concept_stands_for_all_its_kinds(tree):
    labels = [Label("Möbel", near(tree, furniture=1)[0], SCALE)]

    found = propose_labels(near(tree, stool=1), labels, [[0]], tree)

    assert tags(found) == [["Möbel"]]


def test_a_label_of_ones_own_must_win_against_what_everything_else_is_called(tree):
    own = Label("glorp", np.eye(8, dtype=np.float32)[7], SCALE)
    model = np.zeros((1, 8))
    model[0, 7] = 1

    mostly_glorp = unit_rows(model + 0.5 * near(tree, dog=1))
    mostly_dog = unit_rows(model + 2 * near(tree, dog=1))

    assert tags(propose_labels(mostly_glorp, [own], [[]], tree)) == [["glorp"]]
    assert tags(propose_labels(mostly_dog, [own], [[]], tree)) == [[]]


def test_a_label_that_means_the_same_as_a_concept_does_not_compete_with_it(tree):
    same = Label("chaise longue", near(tree, chair=1, stool=0.1)[0], SCALE)

    ((proposal,),) = propose_labels(near(tree, chair=1), [same], [[]], tree)

    assert proposal.probability > 0.9


def test_the_shipped_lexicon_is_a_tree_in_every_language():
    lexicon = Lexicon.load()

    def encode(texts):
        return np.ones((len(texts), 2), np.float32)

    tree = ConceptTree.of_lexicon(encode, SCALE, "fr")

    i = tree.places["stool"]
    assert tree.names[i] == lexicon.names("stool", "fr")[0]
    assert tree.depth[i] == len(lexicon.parents("stool"))
    assert tree.concepts[tree.above[i]] == lexicon.parents("stool")[0]
    assert i in tree.named("tabouret")
