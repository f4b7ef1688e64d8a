"""Edits by a person and taking them back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.errors import UsageError
from polyseek.words import tokens


def state(catalogue) -> object:
    keys = catalogue.keys(None).tolist()
    found = [key for word in ("chair", "old", "oak") for key, _ in catalogue.match_words(tokens(word), 10)]
    return list(catalogue.records()), keys, found, list(catalogue.stamps()), catalogue.facets()


def test_undo_takes_every_kind_of_edit_back_one_by_one(catalogue, put):
    put("chair.glb", tags=("oak", "old"))
    put("table.glb", tags=("oak",))
    with catalogue.batch() as batch:
        batch.mark(["/models/table.glb"], "missing")
    states = [state(catalogue)]
    for edit in (
        lambda: catalogue.tag(["id-chair", "id-table"], add=["Nice  One", "old"], remove=["oak"]),
        lambda: catalogue.tag(["id-chair"], remove=["nice one"]),
        lambda: catalogue.remove(["id-chair"]),
        lambda: catalogue.prune(),
    ):
        assert edit() > 0
        states.append(state(catalogue))
    assert catalogue.count() == 0

    said = []
    for before in reversed(states[:-1]):
        said.append(catalogue.undo())
        assert state(catalogue) == before

    assert said == [
        "pruned 1 model", "removed 1 model", "tagged 1 model: -nice one", "tagged 2 models: +nice one +old -oak",
    ]  # fmt: skip
    assert catalogue.undo() is None
    assert catalogue.problems() == []


def test_an_edit_that_changes_nothing_leaves_no_trace(catalogue, put):
    put("chair.glb", tags=("oak",))

    assert catalogue.tag(["id-chair"], add=["OAK"], remove=["none"]) == 0
    assert catalogue.prune() == 0
    assert catalogue.history() == []


def test_restore_takes_back_what_came_after_a_moment(catalogue, put, clock):
    put("chair.glb")
    catalogue.tag(["id-chair"], ["one"])
    moment = clock.time.isoformat()
    catalogue.tag(["id-chair"], ["two"])
    catalogue.tag(["id-chair"], ["three"])

    assert catalogue.restore(moment) == 2
    assert [tag.tag for tag in catalogue.record("id-chair").tags] == ["one"]
    assert [what for _, what in catalogue.history()] == ["tagged 1 model: +one"]
    with pytest.raises(UsageError, match="no date"):
        catalogue.restore("yesterday")


def test_a_removed_file_is_new_to_the_next_scan_and_undo_then_leaves_it_alone(catalogue, put):
    put("chair.glb", id="first")
    catalogue.remove(["first"])
    assert list(catalogue.stamps()) == []

    put("chair.glb", id="second")
    catalogue.undo()

    assert [record.id for record in catalogue.records()] == ["second"]
    assert catalogue.problems() == []


def test_a_removed_model_that_is_indexed_again_under_its_id_is_back(catalogue, put):
    put("chair.glb")
    catalogue.tag(["id-chair"], ["mine"])
    catalogue.remove(["id-chair"])

    put("chair.glb")

    assert [tag.tag for tag in catalogue.record("id-chair").tags] == ["mine"]
    assert catalogue.undo() == "removed 1 model"
    assert catalogue.count() == 1


def test_history_older_than_its_days_is_forgotten_with_what_it_removed(tmp_path, catalogue, put, clock):
    put("chair.glb")
    put("table.glb")
    catalogue.remove(["id-chair"])
    clock.time += timedelta(days=91)
    catalogue.tag(["id-table"], ["new"])
    catalogue.close()

    with SqliteCatalogue.open(tmp_path, now=clock) as opened:
        assert [what for _, what in opened.history()] == ["tagged 1 model: +new"]
        connection = opened._connections.get()
        for table in ("records", "files", "details", "pictures", "words"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 1
        assert opened.problems() == []


def test_history_within_its_days_stays(tmp_path, catalogue, put, clock):
    put("chair.glb")
    catalogue.remove(["id-chair"])
    clock.time += timedelta(days=89)
    catalogue.close()

    with SqliteCatalogue.open(tmp_path, now=clock) as opened:
        assert opened.undo() == "removed 1 model"
        assert opened.record("id-chair").name == "chair"
