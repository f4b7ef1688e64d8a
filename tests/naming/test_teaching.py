"""Teaching in a library of made things: a tag whose words mean nothing is learned from its models."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record
from polyseek.cli import teach as command
from polyseek.cli.session import Session
from polyseek.encoders.contract import unit_rows
from polyseek.encoders.shelf import load
from polyseek.errors import QueryError, UsageError
from polyseek.indexing.settings import FILE_NAME, Settings, as_toml
from polyseek.library import Library


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A library of 60 vectors in the Space of words2, of which m00 to m11 are alike."""
    folder = tmp_path_factory.mktemp("teaching")
    (folder / FILE_NAME).write_text(as_toml(Settings(jobs=1, encoders=("words2",), default_encoder="words2")))
    space = load("words2").space
    draw = np.random.default_rng(3)
    rows = draw.normal(size=(60, space.dimensions))
    rows[:12] += 2.0 * draw.normal(size=space.dimensions)
    with Library.open(folder) as library:
        library._catalogue.add_space(space, "words2")
        with library._catalogue.batch() as batch:
            for i, row in enumerate(unit_rows(rows)):
                record = Record(
                    f"m{i:02d}", f"/models/{i}.glb", "/models", f"thing{i}", "glb", 10, f"{i:032x}"
                )
                batch.put(
                    Stamp(record.path, "/models", 10, 1, record.digest), [Entry(record, {space.digest: row})]
                )
    return folder


@pytest.fixture
def library(folder):
    with Library.open(folder) as library:
        library.tag([f"m{i:02d}" for i in range(8)], add=["Glorp"])
        yield library
        library.unteach()
        while library.undo():
            pass


def test_a_taught_tag_is_found_suggested_and_named_by_its_models(library):
    before = library.search("glorp", mode="meaning", k=12)

    (lesson,) = library.teach()
    after = library.search("glorp", mode="meaning", k=12)

    alike = {f"m{i:02d}" for i in range(12)}
    assert lesson.helps
    found = [len(alike & {hit.id for hit in hits}) for hits in (before, after)]
    assert found[0] <= 6
    assert found[1] >= 9
    assert after.good_match
    suggested = set(library.suggest(vocabulary=["glorp"], keep=False).proposals)
    assert len(suggested & alike) >= len(suggested) / 2 > 0
    assert not suggested & {f"m{i:02d}" for i in range(8)}
    assert next(library.classify(["m10", "m40"], ["glorp", "chair"])).label == "glorp"


def test_what_was_taught_is_forgotten_on_demand(library):
    library.teach(["glorp"])
    assert [lesson.tag for lesson in library.lessons()] == ["glorp"]

    assert library.unteach(["GLORP"]) == 1
    assert library.lessons() == []


def test_a_tag_of_too_few_models_is_refused_by_name_and_passed_over_with_all(library):
    library.tag(["m20", "m21"], add=["wug"])

    with pytest.raises(UsageError, match="too few models"):
        library.teach(["wug"])
    assert [lesson.tag for lesson in library.teach()] == ["glorp"]


def test_teaching_needs_vectors_of_an_encoder_that_reads_words(light_library, models):
    light_library.add([models])

    with pytest.raises(QueryError, match="has not been read by words2"):
        light_library.teach()


def test_the_command_tells_both_figures_and_whether_a_lesson_is_used(library, folder, capsys):
    session = Session(library=folder, json=True)

    assert command.run(session, all_=True) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert told["tag"] == "glorp"
    assert told["examples"] == 8
    assert told["taught"] > told["frozen"]
    assert told["used"] is True

    assert command.run(Session(library=folder)) == 0
    assert "glorp" in capsys.readouterr().out
    assert command.run(session, ["glorp"], forget=True) == 0
    assert json.loads(capsys.readouterr().out) == {"forgotten": 1}
    assert command.run(Session(library=folder)) == 1
    with pytest.raises(UsageError, match="exclude"):
        command.run(session, ["glorp"], all_=True)
    with pytest.raises(UsageError, match="forgotten"):
        command.run(session, forget=True)
