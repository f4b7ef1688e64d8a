"""Which hits are variants of one thing."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from polyseek.catalogue.contract import Thing
from polyseek.search.folding import COARSE, COSINE, bucket, covered, leaders, stem

SHAPE = np.array([1.0, 0.0], np.float32)
ALIKE = np.array([COSINE + 0.001, np.sqrt(1 - (COSINE + 0.001) ** 2)], np.float32)
OTHER = np.array([COSINE - 0.001, np.sqrt(1 - (COSINE - 0.001) ** 2)], np.float32)
LEFT = np.tri(8, dtype=bool)


def record(name: str, size: tuple[float, float, float] = (1.0, 2.0, 3.0), root: str = "/models") -> Thing:
    return Thing(len(name) * 1000 + sum(map(ord, name)), name, root, name, size)


def groups(things: list[Thing], vectors=None, pictures=None) -> list[list[int]]:
    """Places by group, as each bucket's leaders say."""
    found: dict[int, list[int]] = {}
    by_name = {thing.id: thing.key for thing in things}
    vectors = {thing.id: SHAPE for thing in things} if vectors is None else vectors
    rows = {by_name[name]: vector for name, vector in vectors.items()}
    under: dict[int, int] = {}
    for each in {bucket(thing) for thing in things}:
        own = [thing for thing in things if bucket(thing) == each]
        seen = leaders(own, (), rows, lambda thing: LEFT if pictures is None else pictures.get(thing.id))
        under |= {thing.key: key for thing, key in zip(own, seen, strict=True)}
    for place, thing in enumerate(things):
        found.setdefault(under[thing.key], []).append(place)
    return list(found.values())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chair_red_02", "chair"),
        ("ChairBlue", "chair"),
        ("bottle_A_brown", "bottle"),
        ("Bolt_M3", "bolt m3"),
        ("bracket_left", "bracket left"),
        ("red_02", "red 02"),
        ("3", "3"),
        ("椅子_02", "椅子"),
    ],
)
def test_a_stem_has_no_colours_and_no_counts(name: str, expected: str):
    assert stem(name) == expected


def test_colours_of_one_thing_fold_under_the_first_in_rank():
    records = [
        record("lamp"),
        record("chair_red"),
        record("chair_blue"),
        record("lamp_02"),
        record("chair_01"),
    ]

    assert groups(records) == [[0, 3], [1, 2, 4]]


@pytest.mark.parametrize("size", [(1.03, 2.0, 3.0), (1.0, 2.0, 3.1), (4 / 3, 8 / 3, 4.0), (2.0, 1.0, 3.0)])
def test_what_differs_in_size_never_folds(size: tuple[float, float, float]):
    assert groups([record("bolt_1"), record("bolt_2", size)]) == [[0], [1]]


def test_sizes_named_in_words_never_fold():
    assert groups([record("bolt_M3"), record("bolt_M4")]) == [[0], [1]]


def test_a_mirrored_twin_never_folds_though_its_vector_is_the_same():
    records = [record("bracket_1"), record("bracket_2")]

    assert groups(records, pictures={"bracket_1": LEFT, "bracket_2": LEFT[:, ::-1]}) == [[0], [1]]
    assert groups([record("bracket_left"), record("bracket_right")]) == [[0], [1]]


def test_shapes_must_agree_and_a_model_without_a_vector_or_picture_stays_alone():
    records = [record("rock_1"), record("rock_2"), record("rock_3"), record("rock_4")]

    found = groups(records, vectors={"rock_1": SHAPE, "rock_2": ALIKE, "rock_3": OTHER})
    alone = groups(records, pictures={})

    assert found == [[0, 1], [2], [3]]
    assert alone == [[0], [1], [2], [3]]


def test_a_letter_at_the_end_counts_only_where_the_shapes_are_one():
    things = [record("patternA"), record("patternB"), record("patternC")]

    same = groups(things)
    other = groups(things, vectors={"patternA": SHAPE, "patternB": OTHER, "patternC": ALIKE})
    printed = groups(things, pictures={"patternA": LEFT, "patternB": LEFT.T, "patternC": LEFT})

    assert same == [[0, 1, 2]]
    assert other == [[0, 2], [1]] == printed


def test_those_that_lead_already_come_first_and_stay():
    things = [record("chair_01"), record("chair_02"), record("chair_03", (5.0, 5.0, 5.0))]
    held = [record("chair_red")]
    rows = {thing.key: SHAPE for thing in (*things, *held)}

    assert leaders(things, held, rows, lambda thing: LEFT) == [held[0].key, held[0].key, things[2].key]


def test_names_of_two_libraries_folders_do_not_fold():
    assert groups([record("rock"), record("rock_2", root="/other")]) == [[0], [1]]


def test_a_picture_covers_where_its_alpha_is_half_or_more():
    pixels = np.zeros((4 * COARSE, 4 * COARSE, 4), np.uint8)
    pixels[COARSE : 3 * COARSE, 2 * COARSE, 3] = np.repeat([255, 128], COARSE)
    pixels[3 * COARSE, 3 * COARSE, 3] = 127
    stream = io.BytesIO()
    Image.fromarray(pixels, "RGBA").save(stream, "PNG")

    found = covered(stream.getvalue())

    assert found.shape == (4, 4)
    assert np.argwhere(found).tolist() == [[1, 2], [2, 2]]
    assert covered(None) is None
