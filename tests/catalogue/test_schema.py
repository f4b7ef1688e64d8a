"""Older files are brought up to date, newer and foreign ones refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from polyseek.catalogue import schema
from polyseek.catalogue.contract import Stamp
from polyseek.catalogue.repair import repair
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.errors import LibraryDamaged, LibraryNewer
from polyseek.words import tokens


def older(folder: Path, catalogue: SqliteCatalogue, version: int) -> Path:
    """What a catalogue holds, as a file of an earlier schema in an empty folder."""
    rows = {
        table: catalogue._connections.get().execute(f"SELECT * FROM {table}").fetchall()
        for table in ("files", "records", "details", "tags")
    }
    folder.mkdir()
    with closing(sqlite3.connect(folder / "library.db", isolation_level=None)) as old:
        for step in schema.MIGRATIONS[:version]:
            old.executescript(step)
        for table, values in rows.items():
            columns = len(old.execute(f"PRAGMA table_info({table})").fetchall())
            for row in values:
                old.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", row[:columns])
        old.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        old.execute(f"PRAGMA user_version = {version}")
    return folder


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_a_file_of_each_earlier_schema_opens_with_all_that_it_held(tmp_path, catalogue, put, version):
    put("red_chair.glb", tags=("oak",))
    folder = older(tmp_path / "old", catalogue, version)

    with SqliteCatalogue.open(folder) as opened:
        (record,) = opened.records()
        assert record == next(catalogue.records())
        assert opened.match_words(tokens("chair"), 10)
        assert opened.similar_words("chiar") == ["chair"]
        assert opened.facets()["tag"] == {"oak": 1}
        assert opened.problems() == []


def test_a_file_of_an_earlier_schema_is_repaired_into_the_present_one(tmp_path, catalogue, put):
    put("red_chair.glb", tags=("oak",))
    folder = older(tmp_path / "old", catalogue, schema.VERSION - 1)

    report = repair(folder)

    assert (report.saved, report.lost) == (1, 0)
    with SqliteCatalogue.open(folder) as opened:
        assert [tag.tag for tag in next(opened.records()).tags] == ["oak"]


def changed_since(catalogue: SqliteCatalogue, generation: int) -> list[str]:
    rows = catalogue._connections.get().execute("SELECT id FROM records WHERE changed > ?", (generation,))
    return sorted(row[0] for row in rows)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda catalogue, put: put("c.glb"), ["id-c"]),
        (lambda catalogue, put: put("a.glb", triangles=7), ["id-a"]),
        (lambda catalogue, put: catalogue.tag(["id-b"], ["mine"]), ["id-b"]),
        (lambda catalogue, put: catalogue.tag(["id-b"], [], ["oak"]), ["id-b"]),
        (lambda catalogue, put: catalogue.tag(["id-b"], [], ["gone"]), []),
        (lambda catalogue, put: catalogue.remove(["id-a"]), ["id-a"]),
        (lambda catalogue, put: catalogue.undo(), ["id-a"]),
        (lambda catalogue, put: moved(catalogue), ["id-b"]),
        (lambda catalogue, put: missing(catalogue), ["id-b"]),
    ],
    ids=["added", "read again", "tagged", "tag hidden", "nothing", "removed", "undone", "moved", "missing"],
)
def test_whatever_is_written_of_a_record_says_that_it_has_changed(catalogue, put, edit, expected):
    put("a.glb", tags=("oak",))
    put("b.glb", tags=("oak",))
    catalogue.tag(["id-a"], ["old"])
    before = catalogue.generation()

    edit(catalogue, put)

    assert changed_since(catalogue, before) == expected


def moved(catalogue: SqliteCatalogue) -> None:
    with catalogue.batch() as batch:
        batch.move("/models/b.glb", Stamp("/models/new/b.glb", "/models", 10, 1, "d" * 32))


def missing(catalogue: SqliteCatalogue) -> None:
    with catalogue.batch() as batch:
        batch.mark(["/models/b.glb"], "missing")


def test_an_empty_file_becomes_a_library_that_names_its_program(tmp_path):
    (tmp_path / "library.db").touch()

    SqliteCatalogue.open(tmp_path).close()

    assert (tmp_path / "library.db").read_bytes()[68:72] == b"poly"


def test_words_made_by_other_rules_are_made_again(tmp_path, catalogue, put):
    put("chair.glb")
    catalogue.close()
    with closing(sqlite3.connect(tmp_path / "library.db")) as old:
        old.execute("UPDATE derived SET words_version = 0")
        old.execute("DELETE FROM words")
        old.commit()

    with SqliteCatalogue.open(tmp_path) as opened:
        assert opened.match_words(tokens("chair"), 10)


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path, catalogue):
    catalogue.close()
    with closing(sqlite3.connect(tmp_path / "library.db")) as newer:
        newer.execute(f"PRAGMA user_version = {schema.VERSION + 1}")

    with pytest.raises(LibraryNewer, match="schema") as error:
        SqliteCatalogue.open(tmp_path)

    assert "update" in error.value.hint
    assert error.value.exit_status == 3


def test_another_programs_file_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "library.db")) as other:
        other.execute("CREATE TABLE recipes (name)")

    with pytest.raises(LibraryDamaged, match="not made by polyseek"):
        SqliteCatalogue.open(tmp_path)


def test_a_step_that_fails_leaves_the_file_at_the_step_before(tmp_path, monkeypatch):
    monkeypatch.setattr(
        schema, "MIGRATIONS", (schema.RECORDS, "CREATE TABLE fine (x); CREATE TABLE broken ((")
    )
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            schema.migrate(connection)

        assert schema.version_of(connection) == 1
        assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'fine'").fetchone()[0] == 0


def test_measures_have_a_column_each():
    from polyseek.representations.measures import NAMES

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.migrate(connection)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(measures)")]

    assert columns == ["key", *NAMES]
