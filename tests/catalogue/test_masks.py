"""Conditions over columns choose what SQL chooses, whatever is asked."""

from __future__ import annotations

import random

import numpy as np
import pytest

from polyseek.catalogue import records
from polyseek.catalogue.condition import All, Any, Compare, Condition, In, IsNull, Not
from polyseek.catalogue.masks import mask_of
from polyseek.catalogue.sqlite import SqliteCatalogue

VALUES = {
    "format": ("glb", "obj", "x"),
    "licence": ("CC0-1.0", "MIT", "zzz"),
    "root": ("/models", "/other"),
    "status": ("present", "missing"),
    "added": ("2026-01-02", "2026-01-03T00:00:00+00:00", ""),
    "tag": ("red", "Oak", "nobody"),
    "folder": ("/models/kit", "/models/kit/props", "/models/kit2", "/models", "/models/pack.zip!"),
    "triangles": (0, 3, 4.5, 9),
    "longest": (0.5, 1.0, 2),
}
TRUTHS = ("has_texture", "animated", "watertight")


@pytest.fixture
def filled(catalogue: SqliteCatalogue, put) -> SqliteCatalogue:
    draw = random.Random(2)
    for number in range(60):
        folder = draw.choice(["", "kit/", "kit/props/", "kit2/", "pack.zip!/in/"])
        side = draw.choice([0.5, 1.0, 3.0])
        put(
            f"{folder}thing{number}.{draw.choice(['glb', 'obj'])}",
            format=draw.choice(["glb", "obj"]),
            licence=draw.choice(["CC0-1.0", "MIT", None]),
            added=draw.choice(["", "2026-01-02T00:00:00+00:00", "2026-01-03T00:00:00+00:00"]),
            tags=tuple(draw.sample(["red", "oak", "old"], draw.randrange(4))),
            triangles=draw.randrange(9),
            size_metres=(side, 0.1, 0.1),
            has_texture=draw.random() < 0.5,
            watertight=draw.random() < 0.5,
        )
    catalogue.remove(["id-thing3", "id-thing7"])
    catalogue.tag(["id-thing5", "id-thing6"], [], ["oak"])
    return catalogue


def some_condition(draw: random.Random, depth: int = 0) -> Condition:
    kind = draw.choice(["compare", "compare", "compare", "truth", "in", "null", "all", "any", "not"])
    if kind in ("all", "any") and depth < 3:
        terms = tuple(some_condition(draw, depth + 1) for _ in range(draw.randrange(4)))
        return All(terms) if kind == "all" else Any(terms)
    if kind == "not" and depth < 3:
        return Not(some_condition(draw, depth + 1))
    if kind == "truth":
        return Compare(draw.choice(TRUTHS), draw.choice(["=", "!="]), draw.random() < 0.5)
    if kind == "null":
        return IsNull(draw.choice(["licence", "format"]))
    field = draw.choice(list(VALUES))
    if kind == "in":
        return In(field, tuple(draw.sample(VALUES[field], 2)))
    signs = ["=", "!="] if field in ("tag", "folder") else ["=", "!=", "<", "<=", ">", ">="]
    return Compare(field, draw.choice(signs), draw.choice(VALUES[field]))


def test_any_condition_over_the_columns_chooses_what_sql_chooses(filled):
    draw = random.Random(8)
    columns = filled._columns.columns(filled._connections.get())
    chosen = set()
    for _ in range(600):
        condition = some_condition(draw)

        mask = mask_of(columns, condition)

        expected = records.select_keys(filled._connections.get(), condition, None, None, 0)
        assert mask is not None
        assert columns.keys[mask].tolist() == expected, condition
        chosen.add(len(expected))
    assert len(chosen) > 20


@pytest.mark.parametrize(
    "condition",
    [
        Compare("name", "=", "thing1"),
        Compare("tag", "like", "o%"),
        Compare("measures.volume", "<", 1.0),
        All((Compare("triangles", "<", 3), Compare("parts", "=", 1))),
        Not(Compare("word", "=", "oak")),
        IsNull("parent"),
    ],
)
def test_what_columns_do_not_hold_is_left_to_sql(filled, condition):
    columns = filled._columns.columns(filled._connections.get())

    assert mask_of(columns, condition) is None
    expected = [record.id for record in filled.records(condition, sort="name")]
    found = filled.records_by_key(filled.keys(condition, sort="name").tolist())
    assert [found[key].id for key in filled.keys(condition, sort="name").tolist()] == expected


def test_an_empty_library_has_nothing_to_choose_from(catalogue):
    columns = catalogue._columns.columns(catalogue._connections.get())

    assert np.array_equal(mask_of(columns, Compare("tag", "=", "red")), np.zeros(0, bool))
    assert mask_of(columns, Compare("format", "=", "glb")).tolist() == []
