"""Files of the same bytes: which are grouped, in which order, page by page."""

from __future__ import annotations

import itertools

import pytest


@pytest.fixture
def shelf(put):
    """Three equal chairs of 10 bytes, two equal tables of 100, and one of a kind."""
    for number, folder in enumerate(("a", "b", "c")):
        put(
            f"{folder}/chair.glb",
            id=f"chair{number}",
            digest="c" * 32,
            bytes=10,
            added=f"2026-01-0{3 - number}",
        )
    for folder in ("a", "b"):
        put(f"{folder}/table.glb", id=f"table-{folder}", digest="e" * 32, bytes=100, added="2026-01-01")
    put("a/lamp.glb", digest="f" * 32, bytes=5000)


def test_groups_come_by_waste_and_the_copy_that_was_added_first_stands_first(catalogue, shelf):
    found = catalogue.duplicates(None, None)

    assert [(group.bytes, group.waste, len(group.copies)) for group in found.groups] == [
        (100, 100, 2),
        (10, 20, 3),
    ]
    assert (found.number, found.waste) == (2, 120)
    assert [copy.path for copy in found.groups[1].copies] == [f"/models/{f}/chair.glb" for f in "cba"]
    assert found.groups[0].as_json()["waste"] == 100


def test_objects_of_one_split_scene_are_one_file(catalogue, put):
    from polyseek.catalogue.contract import Entry, Stamp
    from polyseek.catalogue.record import Record

    for folder in ("a", "b"):
        file = f"/models/{folder}/room.glb"
        nodes = [
            Record(f"{folder}-{node}", f"{file}#{node}", "/models", node, "glb", 50, "a" * 32)
            for node in "xy"
        ]
        with catalogue.batch() as batch:
            batch.put(Stamp(file, "/models", 50, 1, "a" * 32), [Entry(node) for node in nodes])
    put("c/other.glb", digest="b" * 32)

    (group,) = catalogue.duplicates(None, None).groups

    assert group.waste == 50
    assert [copy.ids for copy in group.copies] == [("a-x", "a-y"), ("b-x", "b-y")]


def test_a_copy_that_is_missing_or_was_taken_out_wastes_nothing_and_undo_brings_it_back(catalogue, shelf):
    with catalogue.batch() as batch:
        batch.mark(["/models/b/table.glb"], "missing")
    catalogue.remove(["chair1", "chair2"])
    assert catalogue.duplicates(None, None).number == 0

    catalogue.undo()

    assert [group.bytes for group in catalogue.duplicates(None, None).groups] == [10]


def test_pages_together_are_the_whole_list_though_groups_are_dealt_with_between_them(catalogue, put):
    sizes = [30, 10, 20, 20, 10]
    for number, folder in itertools.product(range(5), "ab"):
        put(f"{folder}/{number}.glb", id=f"{number}{folder}", digest=str(number) * 32, bytes=sizes[number])
    seen, after = [], None
    while page := catalogue.duplicates(2, after).groups:
        seen += [group.digest[0] for group in page]
        after = (page[-1].waste, page[-1].digest)
        catalogue.remove(page[-1].copies[1].ids)

    assert seen == ["0", "2", "3", "1", "4"]
