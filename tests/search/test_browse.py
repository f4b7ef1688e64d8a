"""Pages of a list: every record once, in order, whatever the filter, the order and the folding."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.errors import QueryError
from polyseek.search.browse import Browser, gathered


def threes(keys: np.ndarray) -> np.ndarray:
    """Variants by number: 0 to 2 under 0, 3 to 5 under 3, and so on; by keys that begin at 1."""
    return (keys - 1) // 3 * 3 + 1


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[SqliteCatalogue]:
    draw = random.Random(4)
    with SqliteCatalogue.open(tmp_path) as opened:
        with opened.batch() as batch:
            for number in range(50):
                name = f"thing{draw.randrange(1000):03d}"
                path = f"/models/{number}.glb"
                record = Record(
                    f"m{number:02d}", path, "/models", name, "glb", 1, "d", triangles=draw.randrange(9)
                )
                batch.put(Stamp(path, "/models", 1, 1, "d"), [Entry(record)])
        yield opened


@pytest.fixture
def browser(catalogue: SqliteCatalogue) -> Browser:
    return Browser(catalogue, threes)


def one_by_one(catalogue: SqliteCatalogue, where: str | None, sort: str) -> list[list[str]]:
    """Ids by card, the plain way."""
    from polyseek.search.where import parse_where

    found: dict[int, list[str]] = {}
    for record in catalogue.records(parse_where(where) if where else None, sort=sort):
        found.setdefault(int(record.id[1:]) // 3, []).append(record.id)
    return list(found.values())


@pytest.mark.parametrize("sort", ["name", "-name", "-triangles"])
@pytest.mark.parametrize("where", [None, "triangles < 5", "triangles > 100"])
def test_cards_follow_their_first_record_and_hold_every_match_once(browser, catalogue, where, sort):
    expected = one_by_one(catalogue, where, sort)
    seen: list[list[str]] = []
    while True:
        page = browser.page(where, sort=sort, fold=True, limit=4, offset=len(seen))
        assert (page.cards, page.models) == (len(expected), sum(map(len, expected)))
        seen += [[record.id for record in group] for group in page.groups]
        if len(seen) == page.cards:
            break

    assert seen == expected
    assert browser.page(where, sort=sort, fold=True, offset=10_000).groups == ()


def test_without_folding_each_record_is_a_card(browser, catalogue):
    page = browser.page(sort="-triangles", limit=10, offset=5)

    expected = list(catalogue.records(sort="-triangles", limit=10, offset=5))
    assert list(page.groups) == [(record,) for record in expected]
    assert (page.start, page.cards, page.models) == (5, 50, 50)


def test_after_a_record_the_list_goes_on_behind_its_card_wherever_it_is_now(browser, catalogue):
    first = browser.page(fold=True, limit=5)
    second = browser.page(fold=True, limit=5, offset=5)
    last = [group[0].id for group in first.groups][-3:]
    earlier = [record.id for group in first.groups[:4] for record in group]

    catalogue.remove(earlier)

    on = browser.page(fold=True, limit=5, offset=5, after=last)
    assert on.groups == second.groups
    assert on.start == 1
    variant = second.groups[0][-1].id
    assert browser.page(fold=True, limit=5, after=[variant]).groups[0] == second.groups[1]
    assert browser.page(fold=True, limit=5, offset=3, after=["nobody"]).start == 3


def test_a_change_is_seen_at_once_and_an_unknown_field_refused(browser, catalogue):
    assert browser.page("tag = 'mine'").cards == 0
    catalogue.tag(["m07"], ["mine"])

    assert [group[0].id for group in browser.page("tag = 'mine'").groups] == ["m07"]
    with pytest.raises(QueryError):
        browser.page("colour = 'red'")
    with pytest.raises(QueryError):
        browser.page(sort="tag")


def test_gathering_keeps_the_order_of_first_records():
    keys = np.array([5, 9, 2, 7, 4])

    cards = gathered(keys, np.array([5, 2, 2, 5, 4]))

    assert cards.keys.tolist() == [5, 7, 9, 2, 4]
    assert cards.starts.tolist() == [0, 2, 4, 5]
    assert gathered(keys[:0], keys[:0].copy()).starts.tolist() == [0]
