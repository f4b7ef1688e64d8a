"""Older files are brought up to date, newer and foreign ones refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from polyseek.catalogue import schema
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.errors import LibraryDamaged, LibraryNewer
from polyseek.words import tokens


def test_a_file_from_before_full_text_opens_and_is_searchable(tmp_path, catalogue, put):
    put("red_chair.glb")
    catalogue.close()
    with closing(sqlite3.connect(tmp_path / "library.db")) as old:
        for table in ("word_counts", "words", "trigrams", "spellings", "derived"):
            old.execute(f"DROP TABLE {table}")
        old.execute("PRAGMA user_version = 1")
        old.commit()

    with SqliteCatalogue.open(tmp_path) as opened:
        assert opened.match_words(tokens("chair"), 10)
        assert opened.similar_words("chiar") == ["chair"]
        assert opened.problems() == []


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
