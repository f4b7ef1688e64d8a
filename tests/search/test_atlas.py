from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from polyseek.catalogue.record import Record
from polyseek.errors import SpaceMismatch
from polyseek.search import atlas
from polyseek.search.atlas import FILE, Cartographer, beside, fingerprints
from polyseek.search.blend import Blend
from polyseek.search.projection import Stopped


class Shelf:
    """A catalogue of vectors in memory, as far as a Cartographer asks."""

    def __init__(self, groups: int = 6, each: int = 10) -> None:
        rng = np.random.default_rng(0)
        self.middles = rng.normal(size=(groups, 12))
        rows = np.repeat(self.middles, each, axis=0) + 0.1 * rng.normal(size=(groups * each, 12))
        self.keys, self.rows = np.arange(1, len(rows) + 1), unit(rows)
        self.state = 1

    def generation(self) -> int:
        return self.state

    def vectors(self, digest: str):
        if digest == "none":
            raise SpaceMismatch("no such Space")
        return self.keys, self.rows

    def records_by_key(self, keys):
        return {key: record(key) for key in keys}

    def add(self, row: np.ndarray) -> int:
        self.keys = np.append(self.keys, self.keys.max() + 1)
        self.rows = np.concatenate([self.rows, unit(row[None])])
        self.state += 1
        return int(self.keys[-1])

    def remove(self, key: int) -> None:
        self.rows, self.keys = self.rows[self.keys != key], self.keys[self.keys != key]
        self.state += 1


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def record(key: int) -> Record:
    colours = ("#ff8000",) if key % 2 else ()
    return Record(f"id{key}", f"/a/{key}.glb", "/a", "chair", "glb", 1, "d", colours=colours)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def drawer(shelf: Shelf, folder: Path, space: str = "space") -> Cartographer:
    return Cartographer(shelf, lambda: Blend(((space, 1.0),)), folder)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many models each layout had."""
    counts: list[int] = []
    project = atlas.project

    def counting(vectors, **options):
        counts.append(len(vectors))
        return project(vectors, **options)

    monkeypatch.setattr(atlas, "project", counting)
    return counts


def test_a_map_tells_of_each_model_its_place_id_and_colour(shelf: Shelf, tmp_path: Path):
    made = drawer(shelf, tmp_path).draw()

    assert made.ids == tuple(f"id{key}" for key in shelf.keys)
    assert made.colours.tolist() == [0xFF8000 if key % 2 else -1 for key in shelf.keys]
    assert made.places.shape == (60, 2)
    assert not made.fresh.any()


def test_a_kept_map_is_read_again_and_not_computed(shelf: Shelf, tmp_path: Path, counted: list[int]):
    made = drawer(shelf, tmp_path).draw()

    again = drawer(shelf, tmp_path).draw()

    assert counted == [60]
    assert again.version == made.version
    assert np.array_equal(again.places, made.places)
    assert again.regions == made.regions


def test_a_new_model_is_put_beside_those_like_it_without_a_layout(
    shelf: Shelf, tmp_path: Path, counted: list[int]
):
    maps = drawer(shelf, tmp_path)
    before = maps.draw()
    shelf.add(shelf.middles[2])

    after = maps.draw()

    assert counted == [60]
    assert after.version != before.version
    assert after.fresh.tolist() == [False] * 60 + [True]
    assert np.array_equal(after.places[:60], before.places)
    assert np.linalg.norm(after.places[60] - np.median(before.places[20:30], axis=0)) < 0.1


def test_what_is_taken_out_leaves_the_map_and_the_others_stay(
    shelf: Shelf, tmp_path: Path, counted: list[int]
):
    maps = drawer(shelf, tmp_path)
    before = maps.draw()
    shelf.remove(7)

    after = maps.draw()

    assert counted == [60]
    assert "id7" not in after.ids
    assert np.array_equal(after.places, before.places[before.keys != 7])


def test_many_new_models_are_laid_out_and_known_ones_stay_where_they_were(
    shelf: Shelf, tmp_path: Path, counted: list[int]
):
    maps = drawer(shelf, tmp_path)
    before = maps.draw()
    for _ in range(6):
        shelf.add(shelf.middles[0])

    after = maps.draw()

    assert counted == [60, 66]
    assert not after.fresh.any()
    assert np.linalg.norm(after.places[:60] - before.places, axis=1).mean() < 0.25


def test_new_models_that_come_one_by_one_are_laid_out_in_the_end(
    shelf: Shelf, tmp_path: Path, counted: list[int]
):
    maps = drawer(shelf, tmp_path)
    maps.draw()
    for _ in range(5):
        shelf.add(shelf.middles[1])
        maps.draw()

    assert len(counted) == 2


def test_an_edit_of_tags_draws_no_other_map(shelf: Shelf, tmp_path: Path, counted: list[int]):
    maps = drawer(shelf, tmp_path)
    before = maps.draw()
    shelf.state += 1

    assert maps.look() == (before, False)
    assert maps.draw().version == before.version
    assert maps.look()[1]
    assert counted == [60]


def test_a_model_whose_vector_changed_is_put_elsewhere(shelf: Shelf, tmp_path: Path):
    maps = drawer(shelf, tmp_path)
    maps.draw()
    shelf.rows[0] = unit(shelf.middles[5:6])[0]
    shelf.state += 1

    after = maps.draw()

    assert after.fresh.tolist() == [True] + [False] * 59
    assert np.linalg.norm(after.places[0] - np.median(after.places[50:], axis=0)) < 0.1


def test_another_space_has_a_map_of_its_own(shelf: Shelf, tmp_path: Path, counted: list[int]):
    drawer(shelf, tmp_path).draw()

    assert drawer(shelf, tmp_path, "other").draw().space == "other"
    assert counted == [60, 60]


def test_a_damaged_file_is_drawn_anew(shelf: Shelf, tmp_path: Path, counted: list[int]):
    (tmp_path / FILE).write_bytes(b"PK\x03\x04 nothing of use")

    assert len(drawer(shelf, tmp_path).draw()) == 60
    drawer(shelf, tmp_path).draw()
    assert counted == [60]


def test_a_folder_that_cannot_be_written_has_its_map_in_memory(shelf: Shelf, tmp_path: Path):
    maps = drawer(shelf, tmp_path / "absent")

    assert len(maps.draw()) == 60
    assert maps.look()[1]


def test_looking_never_waits_and_drawing_goes_on_behind(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    hold, project = threading.Event(), atlas.project

    def slow(vectors, **options):
        assert hold.wait(10)
        return project(vectors, **options)

    monkeypatch.setattr(atlas, "project", slow)
    maps = drawer(shelf, tmp_path)
    maps.begin()
    maps.begin()

    assert maps.look() == (None, False)
    hold.set()
    assert len(maps.draw()) == 60
    maps.close()


def test_closing_stops_a_layout(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    started = threading.Event()

    def endless(vectors, *, stop, **options):
        started.set()
        while not stop():
            pass
        raise Stopped

    monkeypatch.setattr(atlas, "project", endless)
    maps = drawer(shelf, tmp_path)
    maps.begin()
    assert started.wait(10)

    maps.close()

    assert maps.look() == (None, False)
    assert not (tmp_path / FILE).exists()


def test_a_library_without_vectors_has_nothing_to_draw(shelf: Shelf, tmp_path: Path):
    maps = drawer(shelf, tmp_path, "none")
    with pytest.raises(SpaceMismatch):
        maps.draw()
    maps.begin()
    maps.close()

    assert maps.look() == (None, True)


def test_fingerprints_tell_rows_apart_by_a_single_bit():
    rows = np.random.default_rng(0).normal(size=(500, 7)).astype(np.float32)
    other = rows.copy()
    other[3, 4] = np.nextafter(other[3, 4], np.float32(9))

    assert len(set(fingerprints(rows).tolist())) == 500
    assert np.flatnonzero(fingerprints(rows) != fingerprints(other)).tolist() == [3]


def test_a_place_beside_neighbours_is_with_most_of_them():
    known = np.repeat(np.eye(2, dtype=np.float32), 6, axis=0)
    places = np.repeat(np.array([[0.1, 0.1], [0.9, 0.9]], np.float32), 6, axis=0)
    places[0] = (1, 1)

    found = beside(np.eye(2, dtype=np.float32), known, places)

    assert found.tolist() == pytest.approx(np.array([[0.1, 0.1], [0.9, 0.9]]))
