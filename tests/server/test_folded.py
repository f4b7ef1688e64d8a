"""Variants of one thing in an answer, and as one card of the page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

COLOURS = ("red", "green", "blue")


@pytest.fixture
def coloured(models: Path, served_library, tmp_path: Path) -> list[str]:
    """Names of copies of one model, whose names differ in the colour only."""
    folder = tmp_path / "coloured"
    folder.mkdir()
    source = sorted(models.rglob("*.glb"))[5]
    for colour in COLOURS:
        shutil.copy(source, folder / f"zither_{colour}.glb")
    served_library.add([folder], jobs=1)
    return sorted(f"zither_{colour}" for colour in COLOURS)


def test_variants_are_told_under_the_first_hit_when_asked_for(client, coloured):
    plain = client.post("/api/v1/search", json={"words": "zither"}).json()["hits"]
    folded = client.post("/api/v1/search", json={"words": "zither", "fold": True}).json()["hits"]

    assert sorted(hit["name"] for hit in plain) == coloured
    assert "variants" not in plain[0]
    (hit,) = folded
    assert hit["name"] == plain[0]["name"]
    assert [variant["name"] for variant in hit["variants"]] == [other["name"] for other in plain[1:]]


@pytest.mark.parametrize("width", ["desktop"], indirect=True)
def test_variants_are_one_card_that_opens(coloured, page: Page):
    page.locator("#words").fill("zither")

    expect(page.locator(".fold")).to_have_text("×3")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator("#count")).to_have_text("3 models on one card")
    page.locator(".fold").click()
    expect(page.locator(".card")).to_have_count(3)
    assert sorted(page.locator(".card .name").all_inner_texts()) == coloured


def test_a_list_shows_variants_as_one_card_and_counts_both(client, coloured):
    plain = client.get("/api/v1/records?limit=200").json()
    folded = client.get("/api/v1/records?limit=200&fold=true").json()

    assert (plain["total"], plain["cards"], len(plain["records"])) == (27, 27, 27)
    assert (folded["total"], folded["cards"]) == (27, len(folded["records"]))
    shown = [record for first in folded["records"] for record in (first, *first["variants"])]
    assert sorted(record["id"] for record in shown) == sorted(record["id"] for record in plain["records"])
    (card,) = [first for first in folded["records"] if first["name"].startswith("zither")]
    assert [card["name"], *(other["name"] for other in card["variants"])] == coloured
    assert "variants" not in plain["records"][0]


def test_pages_of_cards_go_on_where_the_last_one_ended_although_models_went(client, served_library, coloured):
    whole = client.get("/api/v1/records?fold=true&limit=200").json()["records"]
    first = client.get("/api/v1/records?fold=true&limit=6").json()
    gone = [first["records"][0]["id"], *(other["id"] for other in first["records"][0]["variants"])]

    served_library.remove(gone)
    seen, cursor = first["records"], first["next"]
    while cursor:
        page = client.get("/api/v1/records", params={"fold": True, "limit": 6, "cursor": cursor}).json()
        seen += page["records"]
        cursor = page["next"]

    assert [record["id"] for record in seen] == [record["id"] for record in whole]


def test_a_folded_card_of_the_library_is_selected_whole_and_opens(coloured, page: Page):
    page.goto(f"{page.url}?sort=-name")
    folded = page.locator(".card.stack")
    expect(folded).to_have_count(1)
    expect(page.locator("#count")).to_have_text("27 models on 25 cards")

    folded.click(modifiers=["Control"])
    expect(page.locator("#selection strong")).to_have_text("3 models selected")
    folded.click(modifiers=["Control"])
    expect(page.locator("#selection")).to_be_hidden()

    if page.viewport_size["width"] > 1000:
        folded.focus()
        page.keyboard.press("f")
    else:
        page.locator(".fold").click()
    expect(page.locator(".card.stack")).to_have_count(0)
    expect(page.locator("#count")).to_have_text("27 models")
    expect(page.locator(".card .name", has_text="zither")).to_have_count(3)


@pytest.mark.parametrize("width", ["desktop"], indirect=True)
def test_cards_behind_an_opened_one_are_still_found_page_by_page(coloured, page: Page):
    """With two cards a page, every card stands where the list of all says, before and after one is opened."""
    page.route("**/list.js", lambda route: route.fulfill(
        body=route.fetch().text().replace("const page = 200", "const page = 2"), content_type="text/javascript"
    ))  # fmt: skip
    page.goto(f"{page.url}?sort=-name")
    names = page.locator(".card .name")
    expect(names.filter(has_text="aeroplane")).to_have_count(2)
    folded = in_order(page)
    assert folded == sorted(folded, reverse=True)

    page.locator(".fold").click()

    expect(names).to_have_count(27)
    assert in_order(page)[3:] == folded[1:]
    assert all(name.startswith("zither") for name in in_order(page)[:3])


def in_order(page: Page) -> list[str]:
    """Names of the cards as they stand on the page."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".card")].sort((a, b) => a.dataset.index - b.dataset.index)
            .map((card) => card.querySelector(".name").textContent)"""
    )


def test_variants_are_folded_in_the_answer_to_an_upload_too(client, models, coloured):
    file = sorted(models.rglob("*.glb"))[5]
    with file.open("rb") as data:
        found = client.post(
            "/api/v1/search", data={"fold": "true", "k": "4"}, files={"file": (file.name, data)}
        )

    hits = found.json()["hits"]
    shown = [hit["name"] for first in hits for hit in (first, *first["variants"])]
    assert len(shown) == 4
    assert [sorted(each["name"] for each in (hit, *hit["variants"])) for hit in hits if hit["variants"]] == [
        coloured
    ]
