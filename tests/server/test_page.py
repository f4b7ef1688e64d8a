"""The page in a real browser, by what a person does, at desktop and phone width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(params=SIZES)
def page(request, chromium: str, address: str) -> Iterator[Page]:
    """The page, opened; a call to another host or an error in its script fails the test."""
    width, height = SIZES[request.param]
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        found = browser.new_context(viewport={"width": width, "height": height}).new_page()
        found.on(
            "request",
            lambda call: (
                faults.append(call.url) if not call.url.startswith((address, "blob:", "data:")) else None
            ),
        )
        found.on("pageerror", lambda error: faults.append(str(error)))
        found.goto(address)
        expect(found.locator(".card").first).to_be_visible()
        yield found
        browser.close()
    assert faults == []


def test_the_gallery_shows_the_library_with_pictures(page: Page):
    expect(page.locator("#count")).to_contain_text("24")
    picture = page.locator(".card img").first
    expect(picture).to_be_visible()

    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 256


def test_words_are_searched_as_they_are_typed_and_live_in_the_address(page: Page):
    word = page.locator(".card .name").first.inner_text().split("_")[0]

    page.keyboard.press("/")
    page.keyboard.type(word)

    expect(page.locator(".card .name").first).to_contain_text(word)
    page.keyboard.press("Enter")
    assert f"q={word}" in page.url
    page.reload()
    expect(page.locator(".card .name").first).to_contain_text(word)


def test_nothing_found_is_said_calmly(page: Page):
    page.locator("#words").fill("qqqqzzzzxxxx")

    expect(page.locator("#message")).to_contain_text("No good match")


def test_a_model_is_opened_turned_and_closed(page: Page):
    page.locator(".card").first.click()

    expect(page.locator("#detail")).to_be_visible()
    expect(page.locator("#detail dl").first).to_contain_text("Triangles")
    expect(page.locator("#detail .near")).to_have_count(8)
    expect(page.locator("#detail .stage canvas")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()


def test_more_like_this_searches_by_the_model(page: Page):
    page.locator(".card").first.click()
    page.locator("#detail .button.first").click()

    expect(page.locator("#chips .chip")).to_be_visible()
    assert "like=" in page.url


def test_a_model_file_is_searched_and_not_imported(page: Page, models):
    file = sorted(models.rglob("*.glb"))[0]

    page.set_input_files("#file", file)

    expect(page.locator("#chips .chip")).to_contain_text(file.name)
    expect(page.locator(".card .name").first).to_contain_text(file.stem)


def test_a_tag_is_added_and_taken_back(page: Page):
    page.locator(".card").first.click()
    page.locator("#detail .tags input").fill("favourite")
    page.keyboard.press("Enter")

    chip = page.locator("#detail .tags .chip", has_text="favourite")
    expect(chip).to_be_visible()
    page.locator("#detail .quiet").click()
    expect(chip).to_have_count(0)


def test_a_filter_narrows_the_list_and_lives_in_the_address(page: Page):
    if page.locator("#filters").is_visible():
        page.locator("#filters").click()
    chip = page.locator("#facets .chip").nth(1)
    number = chip.locator(".number").inner_text()

    chip.click()

    expect(page.locator("#count")).to_contain_text(number)
    assert "=" in page.url
