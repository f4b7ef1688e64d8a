"""Damage is told, and what can be read is saved."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from polyseek.catalogue.repair import repair
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.errors import LibraryBusy, LibraryDamaged, LibraryError
from polyseek.words import tokens


@pytest.fixture
def large(catalogue, put) -> Path:
    """A closed library of 300 models over many pages of the file."""
    with catalogue.batch():
        for i in range(300):
            put(f"chair{i:03d}.glb", tags=("oak", f"tag {i}"), warnings=("x" * 300,))
    catalogue.tag(["id-chair000"], ["mine"])
    path = catalogue.path
    catalogue.close()
    return path


def damage(path: Path, first: int, pages: int) -> None:
    """Overwrite pages of 4,096 bytes."""
    data = bytearray(path.read_bytes())
    data[first * 4096 : (first + pages) * 4096] = b"\xa5" * (min(pages, len(data) // 4096 - first) * 4096)
    path.write_bytes(data)


def test_a_whole_library_is_saved_whole(large: Path, clock):
    before = SqliteCatalogue.open(large.parent, now=clock)
    records, vectors = list(before.records()), before.vectors("ab" * 8)
    before.close()

    report = repair(large.parent)

    assert (report.saved, report.lost) == (300, 0)
    assert report.backup.exists()
    with SqliteCatalogue.open(large.parent, now=clock) as after:
        assert list(after.records()) == records
        assert after.vectors("ab" * 8)[1].tolist() == vectors[1].tolist()
        assert after.problems() == []
        assert after.undo() == "tagged 1 model: +mine"


@pytest.mark.parametrize("place", [0.3, 0.5, 0.7, 0.9])
def test_damaged_pages_cost_only_what_they_held(large: Path, place: float):
    pages = large.stat().st_size // 4096
    damage(large, int(pages * place), 3)
    try:
        with SqliteCatalogue.open(large.parent) as damaged:
            assert damaged.problems() != []
    except LibraryDamaged:
        pass

    report = repair(large.parent)

    assert report.saved >= 200
    with SqliteCatalogue.open(large.parent) as after:
        assert after.problems() == []
        assert after.count() == report.saved
        assert (
            len(after.match_words(tokens("oak"), 1000)) >= 200
            or len(after.match_words(tokens("chair"), 1000)) >= 200
        )


def test_a_file_without_its_first_page_is_said_and_kept_aside(large: Path):
    damage(large, 0, 1)
    with pytest.raises(LibraryDamaged) as error:
        SqliteCatalogue.open(large.parent)
    assert "repair" in error.value.hint

    report = repair(large.parent)

    assert report.saved == 0
    assert report.backup.stat().st_size == 4096 * (report.backup.stat().st_size // 4096)
    with SqliteCatalogue.open(large.parent) as after:
        assert after.problems() == []


def test_models_without_vectors_are_read_again_by_the_next_scan(large: Path):
    with closing(sqlite3.connect(large)) as connection:
        connection.execute("DELETE FROM blocks")
        connection.commit()

    repair(large.parent)

    with SqliteCatalogue.open(large.parent) as after:
        assert {stamp.mtime_ns for stamp in after.stamps()} == {-1}


def test_problems_name_what_does_not_hold(catalogue, put):
    put("a.glb")
    connection = catalogue._connections.get()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM words")
    connection.execute("UPDATE blocks SET keys = zeroblob(8192)")
    connection.execute("DELETE FROM files")

    problems = " / ".join(catalogue.problems())

    assert "cannot be found by words" in problems
    assert "two vectors" in problems
    assert "belong to nothing" in problems


def test_nothing_is_repaired_where_there_is_nothing_or_somebody_writes(tmp_path, catalogue, put):
    with pytest.raises(LibraryError, match="no library"):
        repair(tmp_path / "none")
    with catalogue.batch(), pytest.raises(LibraryBusy):
        repair(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["library.db"]
