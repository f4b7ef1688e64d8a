"""Folders and days of adding as filters: counted by the API, chosen on the page, kept in the address."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

at_desktop = pytest.mark.parametrize("width", ["desktop"], indirect=True)


@pytest.fixture
def nested(models: Path, served_library, tmp_path: Path) -> Path:
    """Another indexed folder: kit (2 models), kit/props (3 models), kit/props/old (1 model)."""
    root = tmp_path / "packs"
    sources = sorted(models.rglob("*.glb"))
    for place, names in {"kit": "ab", "kit/props": "cde", "kit/props/old": "f"}.items():
        (root / place).mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copy(sources.pop(), root / place / f"{name}.glb")
    served_library.add([root], jobs=1)
    return root


def show_filters(page: Page) -> None:
    if page.locator("#filters").is_visible():
        page.locator("#filters").click()


def chip(page: Page, folder: Path):
    return page.locator(f'#facets [data-value="folder={folder}"]')


def test_folders_count_all_that_lies_below_them(client, nested, models):
    facets = client.get("/api/v1/facets").json()

    assert facets["root"] == {str(models): 24, str(nested): 6}
    found = {folder: number for folder, number in facets["folder"].items() if folder.startswith(str(nested))}
    assert found == {f"{nested}/kit": 6, f"{nested}/kit/props": 4, f"{nested}/kit/props/old": 1}
    inner = client.get("/api/v1/records", params={"where": f'folder = "{nested}/kit/props"'}).json()
    assert sorted(record["name"] for record in inner["records"]) == ["c", "d", "e", "f"]


def test_folders_are_opened_asked_for_and_left_out(nested, page: Page):
    show_filters(page)
    if chip(page, nested / "kit").count() == 0:
        page.locator("#facets section", has_text="Folder").locator(".more").first.click()
    expect(chip(page, nested / "kit/props")).to_have_count(0)

    chip(page, nested / "kit").click()
    expect(page.locator("#count")).to_have_text("6 models")
    expect(chip(page, nested / "kit/props")).to_contain_text("4")
    chip(page, nested / "kit/props").click()
    expect(page.locator("#count")).to_have_text("4 models")
    expect(chip(page, nested / "kit")).not_to_have_class(re.compile("on"))
    chip(page, nested / "kit/props").click()
    expect(page.locator("#count")).to_have_text("26 models")
    assert "not.folder=" in page.url
    page.reload()
    expect(page.locator("#count")).to_have_text("26 models")
    show_filters(page)
    chip(page, nested / "kit").click()
    expect(page.locator("#count")).to_have_text("2 models")


@at_desktop
def test_a_second_value_of_a_field_is_one_click_away(nested, page: Page):
    page.locator("#facets section", has_text="Library folder").locator(".chip").first.click()
    expect(page.locator("#count")).to_have_text("24 models")

    page.locator(f'#facets [data-value="root={nested}"]').click()

    expect(page.locator("#count")).to_have_text("30 models")


@at_desktop
def test_days_of_adding_are_counted_and_filtered(served_library, nested, page: Page):
    """Models of 40 days ago and of today."""
    then = datetime.now(UTC) - timedelta(days=40)
    with served_library._catalogue._writing() as connection:
        connection.execute("UPDATE records SET added = ? WHERE root <> ?", (then.isoformat(), str(nested)))
    page.reload()
    chips = page.locator('#facets [data-value^="added="]')
    expect(chips).to_have_text([re.compile(r"today\s*6"), re.compile(r"last 365 days\s*30")])

    chips.first.click()

    expect(page.locator("#count")).to_have_text("6 models")
    assert "added=1d" in page.url
    page.locator("#sort").select_option("-added")
    chips.first.click()
    expect(page.locator("#count")).to_have_text("24 models")
    page.locator("#home").click()
    page.locator("#sort").select_option("-added")
    expect(page.locator(".card .name").first).to_have_text("a")


@at_desktop
def test_filters_of_a_search_count_all_that_it_ranked(nested, page: Page):
    """With three hits a list, the counts are still those of the library."""
    page.route("**/list.js", lambda route: route.fulfill(
        body=route.fetch().text().replace("const hits = 400", "const hits = 3"), content_type="text/javascript"
    ))  # fmt: skip
    page.goto(page.url)
    page.locator(".card").first.click()
    page.locator("#detail").get_by_role("button", name="More like this").click()

    expect(page.locator("#count")).to_contain_text("the best 3 of 30 models")
    expect(page.locator('#facets [data-value="format=glb"] .number')).to_have_text("30")
    page.locator(f'#facets [data-value="root={nested}"]').click()
    expect(page.locator("#count")).to_contain_text("the best 3 of 6 models")
    expect(page.locator('#facets [data-value^="root="] .number')).to_have_text(["6", "24"])
