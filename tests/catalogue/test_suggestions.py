"""Suggested tags: kept apart from facts until a person accepts them, and undone in one step."""

from __future__ import annotations

from polyseek.catalogue.record import Tag
from polyseek.search.where import parse_where
from polyseek.words import tokens


def tags_of(catalogue, id: str) -> dict[str, str]:
    return {tag.tag: tag.by for tag in catalogue.record(id).tags}


def found(catalogue, word: str) -> int:
    return len(catalogue.match_words(tokens(word), 10))


def test_suggestions_for_many_records_are_one_edit(catalogue, put):
    put("a.glb", tags=("oak",))
    put("b.glb")

    assert catalogue.suggest({"id-a": ["Chair", "oak"], "id-b": ["table", "desk"]}) == 2
    assert tags_of(catalogue, "id-a") == {"chair": "suggested", "oak": "file"}
    assert tags_of(catalogue, "id-b") == {"table": "suggested", "desk": "suggested"}

    assert catalogue.undo() == "suggested tags for 2 models"
    assert catalogue.record("id-a").tags == (Tag("oak", "file"),)
    assert catalogue.record("id-b").tags == ()
    assert catalogue.history() == []


def test_a_suggestion_is_no_fact_until_it_is_accepted(catalogue, put):
    put("a.glb")
    catalogue.suggest({"id-a": ["chair"]})
    is_chair, may_be = parse_where('tag = "chair"'), parse_where('suggested = "chair"')

    assert (catalogue.count(is_chair), catalogue.count(may_be), found(catalogue, "chair")) == (0, 1, 0)
    assert catalogue.count(parse_where("suggested is null")) == 0
    assert catalogue.facets()["tag"] == {}

    assert catalogue.settle(["id-a"], accept=True) == 1
    assert tags_of(catalogue, "id-a") == {"chair": "person"}
    assert (catalogue.count(is_chair), catalogue.count(may_be), found(catalogue, "chair")) == (1, 0, 1)
    assert catalogue.facets()["tag"] == {"chair": 1}

    assert catalogue.undo() == "accepted suggested tags of 1 model"
    assert (catalogue.count(is_chair), catalogue.count(may_be), found(catalogue, "chair")) == (0, 1, 0)


def test_adding_a_suggested_tag_by_hand_accepts_it(catalogue, put):
    put("a.glb")
    catalogue.suggest({"id-a": ["chair", "oak"]})

    assert catalogue.tag(["id-a"], add=["CHAIR"]) == 1
    assert tags_of(catalogue, "id-a") == {"chair": "person", "oak": "suggested"}

    catalogue.undo()
    assert tags_of(catalogue, "id-a") == {"chair": "suggested", "oak": "suggested"}


def test_what_a_person_rejected_or_took_away_is_not_suggested_again(catalogue, put):
    put("a.glb", tags=("oak",))
    catalogue.suggest({"id-a": ["chair", "stool"]})
    catalogue.tag(["id-a"], remove=["oak"])

    assert catalogue.settle(["id-a"], ["stool"], accept=False) == 1
    assert catalogue.suggest({"id-a": ["stool", "oak", "chair"]}) == 0
    assert tags_of(catalogue, "id-a") == {"chair": "suggested"}

    assert catalogue.undo() == "rejected suggested tags of 1 model"
    assert tags_of(catalogue, "id-a") == {"chair": "suggested", "stool": "suggested"}


def test_taking_a_suggestion_away_by_hand_rejects_it(catalogue, put):
    put("a.glb")
    catalogue.suggest({"id-a": ["chair"]})

    catalogue.tag(["id-a"], remove=["chair"])

    assert tags_of(catalogue, "id-a") == {}
    assert catalogue.suggest({"id-a": ["chair"]}) == 0


def test_reading_a_file_again_keeps_suggestions_and_makes_facts_of_what_it_says(catalogue, put):
    put("a.glb", tags=("oak",))
    catalogue.suggest({"id-a": ["chair", "stool"]})

    put("a.glb", tags=("chair",))

    assert tags_of(catalogue, "id-a") == {"chair": "file", "stool": "suggested"}


def test_settling_where_nothing_is_suggested_leaves_no_trace(catalogue, put):
    put("a.glb", tags=("oak",))

    assert catalogue.settle(["id-a"], accept=True) == 0
    assert catalogue.settle(["id-a"], ["oak"], accept=False) == 0
    assert catalogue.suggest({}) == 0
    assert catalogue.history() == []
