"""Naming models with the shipped encoder: made models by what they are, from files and from a library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import polyseek
from polyseek.cli import classify as command
from polyseek.cli.session import Session
from polyseek.errors import FileNotFound, QueryError, UnknownId, UsageError
from polyseek.indexing.settings import Settings
from polyseek.naming.classifying import reader_of

LABELS = ["guitar", "chair", "bicycle"]


def test_models_of_the_library_are_named_by_what_they_look_like(library, ids):
    found = list(library.classify([ids["c1"], f"id:{ids['a1']}"], LABELS))

    assert [each.label for each in found] == ["guitar", "chair"]
    assert [each.id for each in found] == [ids["c1"], ids["a1"]]
    assert found[0].made_by["encoder"] == "words2"


def test_a_file_is_named_like_the_record_that_was_made_of_it(folder, library):
    path = folder / "models" / "a1.glb"
    record = next(library.records("name = 'a1'"))

    (of_record,) = library.classify([record.id], LABELS)
    (of_file,) = library.classify([path], LABELS)
    (alone,) = polyseek.classify([path], LABELS, encoder="words2")

    assert of_file.id is None
    assert of_file.verdict == of_record.verdict == alone.verdict
    assert of_file.path == str(path)


def test_files_are_named_in_their_order_and_a_broken_one_is_told_and_left_out(folder, tmp_path):
    broken = tmp_path / "broken.glb"
    broken.write_bytes(b"glTF")
    files = [folder / "models" / "c1.glb", broken, folder / "models" / "a1.glb"]
    failures = []

    found = list(polyseek.classify(files, LABELS, failed=failures.append))

    assert [Path(each.path).name for each in found] == ["c1.glb", "a1.glb"]
    assert [error.path for error in failures] == [str(broken)]
    with pytest.raises(type(failures[0])):
        list(polyseek.classify([broken], LABELS))


def test_labels_in_other_languages_name_the_same(library):
    record = next(library.records("name = 'a1'"))

    (found,) = library.classify([record.id], ["椅子", "自転車", "guitarra"])

    assert found.label == "椅子"


def test_a_library_that_no_encoder_of_words_has_read_says_what_to_do(light_library, models):
    light_library.add([models])
    record = next(light_library.records())

    with pytest.raises(QueryError, match="has not been read by words2") as error:
        list(light_library.classify([record.id], LABELS))

    assert error.value.hint == "polyseek encoders use words2, then polyseek index"


def test_wrong_questions_are_told_apart(library):
    with pytest.raises(UnknownId):
        list(library.classify(["zzzzzz"], LABELS))
    with pytest.raises(UsageError, match="does not read words"):
        reader_of("d2", Settings())
    with pytest.raises(UsageError, match="no label"):
        list(library.classify([], []))
    with pytest.raises(FileNotFound):
        list(polyseek.classify(["nowhere.glb"], LABELS))


def test_the_command_prints_one_json_line_a_model(folder, library, capsys):
    record = next(library.records("name = 'c1'"))
    session = Session(library=folder / "library", json=True)

    status = command.run(session, [record.id, str(folder / "models" / "a1.glb")], labels="chair, guitar")

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert [line["label"] for line in lines] == ["guitar", "chair"]
    assert [line["id"] for line in lines] == [record.id, None]
    for line in lines:
        assert line["probability"] == line["labels"][0]["probability"]
        assert sum(each["probability"] for each in line["labels"]) + line["none"] == pytest.approx(
            1, abs=1e-3
        )


def test_the_command_reads_labels_from_a_file_and_tells_what_is_none_of_them(folder, tmp_path, capsys):
    (tmp_path / "labels.txt").write_text("bicycle\nshark\n", encoding="utf-8")

    status = command.run(
        Session(), [str(folder / "models" / "c1.glb")], labels_file=str(tmp_path / "labels.txt")
    )

    assert status == 0
    assert "none of these" in capsys.readouterr().out
    with pytest.raises(UsageError, match="cannot be read"):
        command.run(Session(), ["a.glb"], labels_file=str(tmp_path / "nothing.txt"))
    with pytest.raises(UsageError, match="no label"):
        command.run(Session(), ["a.glb"])


def test_the_command_fails_for_a_file_that_is_not_there_and_names_the_others(folder, capsys):
    status = command.run(
        Session(), ["nowhere.glb", str(folder / "models" / "c1.glb")], labels="chair,guitar,bicycle"
    )

    printed = capsys.readouterr()
    assert status == 1
    assert printed.out.splitlines()[1].startswith("guitar")
    assert "nowhere.glb" in printed.err
