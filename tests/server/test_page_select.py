"""Selecting, tagging, comparing and the keys of the page, in a real browser at desktop width."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.parametrize("width", ["desktop"], indirect=True)


def select(page: Page, *places: int) -> None:
    for place in places:
        page.locator(".card").nth(place).click(modifiers=["Control"])


def test_control_toggles_shift_ranges_and_a_click_opens(page: Page):
    select(page, 1, 3)
    expect(page.locator("#selection strong")).to_have_text("2 models selected")
    page.locator(".card").nth(5).click(modifiers=["Shift"])
    expect(page.locator("#selection strong")).to_have_text("4 models selected")
    select(page, 5)
    expect(page.locator("#selection strong")).to_have_text("3 models selected")

    page.locator(".card").nth(0).click()

    expect(page.locator("#detail")).to_be_visible()
    expect(page.locator("#selection strong")).to_have_text("3 models selected")


def test_escape_goes_back_step_by_step(page: Page):
    page.locator("#words").fill("apple")
    expect(page.locator("#count")).to_have_text("2 models")
    page.locator(".card").first.click()
    expect(page.locator("#detail")).to_be_visible()
    select(page, 1)

    page.keyboard.press("Escape")
    expect(page.locator("#selection")).to_be_hidden()
    expect(page.locator("#detail")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()
    page.keyboard.press("Escape")

    expect(page.locator("#count")).to_have_text("24 models")
    expect(page.locator("#words")).to_have_value("")


def test_a_tag_is_given_to_a_selection_and_taken_back(page: Page):
    select(page, 0, 2)
    page.locator("#selection input").fill("favourite")
    page.keyboard.press("Enter")

    chip = page.locator('#facets [data-value="tag=favourite"]')
    expect(page.locator(".toast")).to_contain_text("“favourite” added to 2 models")
    page.locator(".toast button").click()
    expect(page.locator(".toast")).to_have_count(0)
    select(page, 0)
    page.locator("#selection input").fill("one")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("1 model")
    expect(chip).to_have_count(0)


def test_a_tag_of_one_model_is_added_and_removed_and_undone(page: Page):
    page.locator(".card").first.click()
    page.locator("#detail .tags input").fill("favourite")
    page.keyboard.press("Enter")

    chip = page.locator("#detail .tags .part", has_text="favourite")
    expect(chip).to_have_count(1)
    chip.locator(".remove").click()
    expect(chip).to_have_count(0)
    page.locator(".toast button").click()
    expect(chip).to_have_count(1)


def test_arrows_move_enter_opens_and_control_c_copies_the_path(page: Page):
    page.keyboard.press("ArrowDown")
    expect(page.locator(".card").nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".card").nth(2)).to_be_focused()
    name = page.locator(".card .name").nth(2).inner_text()

    page.keyboard.press("Control+c")
    expect(page.locator(".toast")).to_contain_text("Path copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{name}.glb")
    page.keyboard.press("Enter")
    expect(page.locator("#detail h2")).to_have_text(name)
    page.keyboard.press("]")
    expect(page.locator("#detail h2")).to_have_text(page.locator(".card .name").nth(3).inner_text())


def test_space_selects_and_shift_arrows_range(page: Page):
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("#selection strong")).to_have_text("1 model selected")

    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")

    expect(page.locator("#selection strong")).to_have_text("3 models selected")


def test_a_range_is_drawn_again_from_where_it_began(page: Page):
    select(page, 7, 1)
    for place, models in ((6, 7), (3, 4), (0, 3)):
        page.locator(".card").nth(place).click(modifiers=["Shift"])
        expect(page.locator("#selection strong")).to_have_text(f"{models} models selected")

    assert page.evaluate("String(getSelection())") == ""


def test_a_range_holds_models_that_were_never_in_sight(page: Page):
    known = page.request.get(f"{page.url}api/v1/records?limit=1&fields=card").json()["records"][0]
    asked: list[int] = []

    def answer(route) -> None:
        query = parse_qs(urlsplit(route.request.url).query)
        offset, limit = int(query["offset"][0]), int(query["limit"][0])
        asked.append(offset)
        rows = [{**known, "id": f"made{n}", "variants": []} for n in range(offset, min(offset + limit, 1900))]
        route.fulfill(json={"records": rows, "total": 1900, "cards": 1900, "next": None})

    page.route("**/api/v1/records?*", answer)
    page.reload()
    expect(page.locator("#count")).to_have_text("1,900 models")
    select(page, 0)
    page.locator("#gallery").evaluate("gallery => { gallery.scrollTop = gallery.scrollHeight; }")
    last = page.locator('.card[data-index="1899"]')
    expect(last.locator("img")).to_have_count(1)

    last.click(modifiers=["Shift"])

    expect(page.locator("#selection strong")).to_have_text("1,900 models selected")
    assert sorted(asked) == list(range(0, 1900, 200))
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    expect(page.locator("#selection strong")).to_have_text("1,900 models selected")


def test_a_selection_takes_no_more_than_one_edit_does(page: Page):
    found = page.evaluate(
        """async () => {
          const { makeSelection, most } = await import("./selection.js");
          let full = 0;
          const selection = makeSelection(() => {}, () => { full += 1; });
          const items = Array.from({ length: most + 5 }, (_, n) => ({ record: { id: String(n) } }));
          selection.all(items.slice(0, most));
          const exact = [selection.size, full];
          selection.all(items);
          return [...exact, selection.size, full, most];
        }"""
    )

    assert found == [10_000, 0, 10_000, 1, 10_000]


def test_slash_and_control_k_focus_search_and_a_question_mark_lists_keys(page: Page):
    for key in ("/", "Control+k"):
        page.keyboard.press(key)
        expect(page.locator("#words")).to_be_focused()
        page.keyboard.press("Escape")

    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("copy the path")
    page.keyboard.press("Escape")
    expect(page.locator("#sheet")).to_be_hidden()


def test_two_models_are_compared_side_by_side_and_the_address_says_so(page: Page):
    select(page, 0, 3)
    names = [page.locator(".card .name").nth(place).inner_text() for place in (0, 3)]
    page.locator("#selection").get_by_role("button", name="Compare").click()

    dialog = page.get_by_role("dialog", name="Compare")
    expect(dialog.locator(".names h3")).to_have_text(names)
    expect(dialog.locator("canvas")).to_have_count(1)
    expect(dialog.locator(".differences")).to_contain_text("Triangles")
    page.reload()
    expect(dialog.locator(".names h3")).to_have_text(names)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page).to_have_url(re.compile(r"open=\w+$"))


def test_credits_of_a_selection_are_listed(page: Page):
    page.locator(".card").first.focus()
    page.keyboard.press("Control+a")
    page.locator("#selection").get_by_role("button", name="Credits").click()

    text = page.locator("#sheet textarea").input_value()

    assert sum(int(number) for number in re.findall(r"(\d+) models?:", text)) == 24


def test_the_parts_of_a_model_are_a_tree_that_can_be_lit(page: Page):
    page.locator("#words").fill("aeroplane")
    expect(page.locator("#count")).to_have_text("2 models")
    page.locator(".card").first.click()
    page.locator("#detail .parts summary").click()

    leaf = page.locator("#detail .parts .leaf").first
    leaf.click()

    expect(leaf).to_have_attribute("aria-pressed", "true")


def test_the_back_of_the_browser_returns_to_the_place_in_the_list(page: Page):
    page.set_viewport_size({"width": 1440, "height": 500})
    page.locator("#gallery").evaluate("gallery => { gallery.scrollTop = 300; }")
    page.wait_for_timeout(100)
    page.locator("#words").fill("apple")
    expect(page.locator("#count")).to_have_text("2 models")

    page.go_back()

    expect(page.locator("#count")).to_have_text("24 models")
    assert page.locator("#gallery").evaluate("gallery => gallery.scrollTop") == pytest.approx(300, abs=2)
