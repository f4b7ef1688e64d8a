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
    expect(page.locator("#count")).to_have_text("3 models")
    page.locator(".fold").click()
    expect(page.locator(".card")).to_have_count(3)
    assert sorted(page.locator(".card .name").all_inner_texts()) == coloured
