"""Counting and ordering by columns in memory, against counting the records one by one."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from polyseek.catalogue.condition import Compare, In, IsNull, Not
from polyseek.catalogue.contract import Stamp
from polyseek.catalogue.place import folder_of, folders_within
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.errors import QueryError

COUNTED = (
    "format",
    "root",
    "licence",
    "status",
    "has_texture",
    "animated",
    "watertight",
    "tag",
    "folder",
    "added",
)


def counted_one_by_one(records) -> dict[str, dict[str, int]]:
    found = {name: Counter() for name in COUNTED}
    for record in records:
        for name in COUNTED[:4]:
            if getattr(record, name) is not None:
                found[name][getattr(record, name)] += 1
        for name in COUNTED[4:7]:
            found[name][str(getattr(record, name)).lower()] += 1
        found["tag"].update(tag.tag for tag in record.tags)
        if record.added:
            found["added"][record.added[:10]] += 1
        steps = record.path.removeprefix("/models/").replace("!/", "!|").replace("/", "|").split("|")[:-1]
        for depth in range(1, len(steps) + 1):
            found["folder"]["/models/" + "/".join(steps[:depth])] += 1
    return {name: dict(counts) for name, counts in found.items()}


def some_edit(draw: random.Random, catalogue: SqliteCatalogue, put) -> None:
    ids = [record.id for record in catalogue.records()]
    kind = draw.choice(["put", "put", "put", "tag", "untag", "remove", "undo", "missing", "move"])
    if kind == "put" or not ids:
        number = draw.randrange(40)
        put(
            f"{draw.choice(['kit', 'kit/props', 'pack.zip!/in', ''])}/thing{number}.glb".lstrip("/"),
            tags=tuple(draw.sample(["red", "oak", "old"], draw.randrange(3))),
            has_texture=draw.random() < 0.5,
            licence=draw.choice(["CC0-1.0", None]),
            triangles=draw.randrange(9),
            added=draw.choice(["", "2026-01-02T00:00:00+00:00"]),
        )
    elif kind == "tag":
        catalogue.tag([draw.choice(ids)], ["mine"])
    elif kind == "untag":
        catalogue.tag([draw.choice(ids)], [], ["oak", "mine"])
    elif kind == "remove":
        catalogue.remove([draw.choice(ids)])
    elif kind == "undo":
        catalogue.undo()
    else:
        path = catalogue.record(draw.choice(ids)).path
        with catalogue.batch() as batch:
            if kind == "missing":
                batch.mark([path], "missing")
            else:
                to = f"/models/moved/{path.rsplit('/', 1)[1]}"
                batch.move(path, Stamp(to, "/models", 10, 1, "d" * 32))


def test_after_any_edits_the_counts_are_those_of_the_records_one_by_one(catalogue, put):
    draw = random.Random(3)
    for _ in range(120):
        some_edit(draw, catalogue, put)

        facets = catalogue.facets()

        records = list(catalogue.records())
        assert facets == counted_one_by_one(records)
        textured = [record for record in records if record.has_texture]
        assert catalogue.facets(Compare("has_texture", "=", True)) == counted_one_by_one(textured)


@pytest.mark.parametrize(
    "sort", ["name", "-name", "added", "-triangles", "licence", "-licence", "measures.volume"]
)
def test_keys_come_in_the_order_of_the_records(catalogue, put, sort):
    draw = random.Random(5)
    for number in draw.sample(range(30), 30):
        measures = {"volume": float(number % 4)} if number % 3 else {}
        put(
            f"thing{number % 7}/{number:02d}.glb",
            triangles=number % 5,
            measures=measures,
            licence="MIT" if number % 2 else None,
        )
    where = Not(Compare("triangles", "=", 3))
    for condition in (None, where):
        expected = [record.id for record in catalogue.records(condition, sort=sort)]

        keys = catalogue.keys(condition, sort=sort)

        found = catalogue.records_by_key(keys.tolist())
        assert [found[key].id for key in keys.tolist()] == expected
    put("last.glb", triangles=1)
    assert len(catalogue.keys(None, sort=sort)) == 31


def test_an_order_of_no_field_is_refused(catalogue, put):
    put("a.glb")

    with pytest.raises(QueryError, match="no field 'tag'"):
        catalogue.keys(None, sort="tag")


def test_a_folder_holds_what_lies_in_it_and_below(catalogue, put):
    for path in ("kit/a.glb", "kit/props/b.glb", "kit2/c.glb", "pack.zip!/in/d.glb", "e.glb", "kit%/f.glb"):
        put(path)

    def names(where) -> list[str]:
        return [record.name for record in catalogue.records(where)]

    assert names(Compare("folder", "=", "/models/kit")) == ["a", "b"]
    assert names(Compare("folder", "=", "/models/kit/props")) == ["b"]
    assert names(Compare("folder", "=", "/models/pack.zip!")) == ["d"]
    assert names(In("folder", ("/models/kit2", "/models/kit%"))) == ["f", "c"]
    assert sorted(names(Compare("folder", "!=", "/models/kit"))) == ["c", "d", "e", "f"]
    assert names(Compare("folder", "like", "%/KIT")) == ["a", "b"]
    assert names(Compare("folder", "=", "/models/nothing")) == names(IsNull("folder")) == []


def test_folders_of_both_kinds_of_paths():
    assert folder_of("/models/kit/a.glb") == "/models/kit"
    assert folder_of("C:\\models\\kit\\a.glb") == "C:\\models\\kit"
    assert folder_of("C:\\models\\pack.zip!/in/a.glb") == "C:\\models\\pack.zip!/in"
    assert folder_of("/models/a\\b.glb") == "/models"
    assert folder_of("/a.glb") == folder_of("a.glb") == ""
    assert folders_within("C:\\models", "C:\\models\\pack.zip!/in") == [
        "C:\\models\\pack.zip!/in",
        "C:\\models\\pack.zip!",
    ]
    assert folders_within("/models", "/elsewhere") == folders_within("/", "") == []
    assert folders_within("/", "/a/b") == ["/a/b", "/a"]


def test_columns_hold_still_for_readers_of_an_earlier_state(catalogue, put):
    put("a.glb", tags=("oak",))
    before = catalogue._columns.columns(catalogue._connections.get())
    put("b.glb", tags=("elm",))
    after = catalogue._columns.columns(catalogue._connections.get())

    assert (len(before.keys), len(after.keys)) == (1, 2)
    assert before.tag_codes.tolist() == [0]
    assert after is catalogue._columns.columns(catalogue._connections.get())
