"""Variants are worked out for what has changed only, and come to the same as working them all out."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.encoders.contract import Space
from polyseek.search.browse import Browser
from polyseek.search.variants import Variants, bring_up_to_date

SPACE = Space("made", 4, "cd" * 8)
SHAPES = {name: np.eye(4, dtype=np.float32)[place] for place, name in enumerate(("round", "flat", "long"))}


def picture() -> bytes:
    target = io.BytesIO()
    pixels = np.zeros((16, 16, 4), np.uint8)
    pixels[4:12, 4:12] = 255
    Image.fromarray(pixels, "RGBA").save(target, "WEBP")
    return target.getvalue()


PICTURE = picture()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[SqliteCatalogue]:
    with SqliteCatalogue.open(tmp_path) as opened:
        opened.add_space(SPACE, "made")
        yield opened


@pytest.fixture
def put(catalogue: SqliteCatalogue) -> Callable[..., None]:
    def write(name: str, shape: str = "round", size: float = 1.0, id: str = "") -> None:
        path = f"/models/{id or name}.glb"
        record = Record(id or name, path, "/models", name, "glb", 1, "d", size_metres=(size, size, size))
        with catalogue.batch() as batch:
            batch.put(
                Stamp(path, "/models", 1, 1, "d"),
                [Entry(record, {SPACE.digest: SHAPES[shape]}, {"front": PICTURE})],
            )

    return write


def cards(catalogue: SqliteCatalogue) -> set[frozenset[str]]:
    browser = Browser(catalogue, Variants(catalogue, SPACE.digest).leaders)
    return {frozenset(record.id for record in group) for group in browser.page(fold=True).groups}


def all_anew(catalogue: SqliteCatalogue, folder: Path) -> set[frozenset[str]]:
    """The cards of a copy in which nothing has been worked out yet."""
    folder.mkdir()
    catalogue.backup(str(folder / "library.db"))
    with SqliteCatalogue.open(folder) as copy:
        copy._connections.get().execute("DELETE FROM folds")
        copy._connections.get().execute("UPDATE derived SET folded = -1")
        return cards(copy)


def test_after_any_edits_the_variants_are_those_of_working_them_all_out(catalogue, put, tmp_path):
    draw = random.Random(1)
    for step in range(60):
        ids = [record.id for record in catalogue.records()]
        kind = draw.choice(["put", "put", "put", "again", "remove", "undo", "tag"])
        if kind == "put" or not ids:
            name = f"{draw.choice(['chair', 'lamp'])}_{draw.choice(['red', 'blue', '01', '02', '03'])}"
            put(name, draw.choice([*SHAPES]), draw.choice([1.0, 1.005, 2.0]), id=f"{name}-{step}")
        elif kind == "again":
            put("chair_green", draw.choice([*SHAPES]), draw.choice([1.0, 2.0]), id=draw.choice(ids))
        elif kind == "remove":
            catalogue.remove([draw.choice(ids)])
        elif kind == "tag":
            catalogue.tag([draw.choice(ids)], [f"tag{step}"])
        else:
            catalogue.undo()

        found = cards(catalogue)

        assert sorted(id for card in found for id in card) == sorted(
            record.id for record in catalogue.records()
        )
        assert found == all_anew(catalogue, tmp_path / str(step))


def test_when_the_first_of_a_card_goes_the_others_stay_together(catalogue, put):
    for number in range(4):
        put(f"rock_{number}")
    assert cards(catalogue) == {frozenset(f"rock_{number}" for number in range(4))}

    catalogue.remove(["rock_0"])

    assert cards(catalogue) == {frozenset({"rock_1", "rock_2", "rock_3"})}
    catalogue.undo()
    assert cards(catalogue) == {frozenset(f"rock_{number}" for number in range(4))}


def test_only_what_changed_is_placed(catalogue, put):
    for number in range(6):
        put(f"rock_{number}")
    put("tree")
    bring_up_to_date(catalogue, SPACE.digest)
    generation = catalogue.generation()

    put("rock_9")

    assert [thing.id for thing in catalogue.unfolded(1).things] == ["rock_9"]
    assert bring_up_to_date(catalogue, SPACE.digest)
    assert catalogue.unfolded(1).things == ()
    assert catalogue.generation() == generation + 1
    assert len(catalogue.unfolded(2).things) == 8


def test_what_another_process_has_placed_is_not_placed_again(catalogue, put):
    put("rock_1")
    before = catalogue.unfolded(1)
    bring_up_to_date(catalogue, SPACE.digest)

    assert catalogue.fold(before, 1, [(key, "wrong", 1) for key in before.gone]) is False


def test_without_vectors_every_record_stands_alone(catalogue, put):
    for number in range(3):
        put(f"rock_{number}")

    found = Variants(catalogue, "ef" * 8).leaders(catalogue.keys(None))

    assert found.tolist() == catalogue.keys(None).tolist()
