"""Suggested tags in a library with the shipped encoder, from Python and from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polyseek.catalogue.record import Tag
from polyseek.cli import list_records, show, tag, undo
from polyseek.cli.session import Session
from polyseek.errors import QueryError, UnknownId, UsageError
from polyseek.library import Library
from polyseek.words.lexicon import Lexicon


@pytest.fixture
def session(folder: Path) -> Session:
    return Session(library=folder / "library", json=True, quiet=True)


def suggested(library: Library) -> set[str]:
    return {tag.tag for record in library.records() for tag in record.tags if tag.by == "suggested"}


def test_a_chair_is_suggested_to_be_one_and_furniture_and_one_undo_takes_all_back(library, ids):
    found = library.suggest()

    assert found.looked_at == len(ids)
    assert found.changed == len(found.proposals) >= 3
    assert [each.tag for each in found.proposals[ids["a1"]]][::2] == ["chair", "furniture"]
    assert {"chair", "table", "guitar"} <= suggested(library)
    assert library.undo() == f"suggested tags for {found.changed} models"
    assert suggested(library) == set()


def test_suggestions_that_are_only_asked_for_change_nothing(library):
    before = library.history()

    found = library.suggest(keep=False)

    assert found.proposals
    assert found.changed == 0
    assert library.history() == before
    assert suggested(library) == set()


def test_a_model_is_not_suggested_what_it_is_tagged_by_another_name(library, ids):
    library.tag([ids["a1"]], add=["muebles"])

    tags = {each.tag for each in library.suggest(keep=False).proposals[ids["a1"]]}

    assert "chair" in tags
    assert "furniture" not in tags


def test_only_tags_of_the_vocabulary_are_suggested_and_accepting_makes_them_ones_own(library, ids):
    found = library.suggest([ids["a1"]], vocabulary=["möbel", "dog"])

    assert list(found.proposals) == [ids["a1"]]
    assert suggested(library) == {"möbel"}
    assert library.accept([ids["a1"]]) == 1
    assert library.record(ids["a1"]).tags[-1] == Tag("möbel", "person")
    assert library.own_tags() == ["möbel"]


def test_a_tag_that_was_rejected_in_a_library_stays_away(library, ids):
    library.suggest([ids["a1"]], vocabulary=["furniture"])

    assert library.reject([ids["a1"]], ["furniture"]) == 1
    assert library.suggest([ids["a1"]], vocabulary=["furniture"]).changed == 0


def test_suggestions_speak_the_language_that_was_asked_for(library):
    library.suggest(language="ja")

    assert suggested(library) & {Lexicon.load().names("furniture", "ja")[0]}


def test_wrong_questions_for_suggestions_say_what_is_wrong(library, light_library, models):
    with pytest.raises(UnknownId):
        library.suggest(["zzzz"])
    with pytest.raises(UsageError, match="no language"):
        library.suggest(language="xx")
    with pytest.raises(UsageError, match="does not read words"):
        library.suggest(encoder="geo18")
    light_library.add([models])
    with pytest.raises(QueryError, match="has not been read by words2"):
        light_library.suggest()


def test_the_command_suggests_shows_accepts_and_takes_back(library, session, capsys, tmp_path):
    (tmp_path / "words.txt").write_text("furniture\ndog\n", encoding="utf-8")
    people = Session(library=session.library, quiet=True)

    assert tag.run(session, suggest=True, vocabulary=str(tmp_path / "words.txt")) == 0
    said = json.loads(capsys.readouterr().out)
    assert {each["tag"] for found in said["suggested"] for each in found["tags"]} == {"furniture"}
    first = said["suggested"][0]["id"]

    list_records.run(people, where="suggested is not null")
    show.run(people, [first])
    shown = capsys.readouterr().out
    assert "furniture?" in shown
    assert "suggested    furniture" in shown

    assert tag.run(session, [first], accept=["*"]) == 0
    assert json.loads(capsys.readouterr().out) == {"changed": 1}
    assert tag.run(session, where="suggested is not null", reject=["furniture"]) == 0
    assert json.loads(capsys.readouterr().out) == {"changed": said["changed"] - 1}
    assert library.own_tags() == ["furniture"]
    undo.run(session)
    undo.run(session)
    assert library.count('suggested = "furniture"') == said["changed"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"suggest": True, "add": ["x"]}, "goes alone"),
        ({}, "no tag"),
        ({"accept": ["*"]}, "no model"),
        ({"suggest": True, "own": True}, "not used any tag"),
        ({"suggest": True, "vocabulary": "nowhere.txt"}, "cannot be read"),
    ],
)
def test_wrong_use_of_the_command_says_what_to_do(session, library, options, told):
    with pytest.raises(UsageError, match=told):
        tag.run(session, **options)
