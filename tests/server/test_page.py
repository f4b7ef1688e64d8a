"""The page in a real browser, by what a person does: look, search, open. At desktop and phone width."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

at_desktop = pytest.mark.parametrize("width", ["desktop"], indirect=True)


def cards(page: Page):
    return page.locator(".card")


def test_the_gallery_shows_the_library_with_pictures(page: Page):
    expect(page.locator("#count")).to_contain_text("24")
    picture = page.locator(".card img").first
    expect(picture).to_be_visible()

    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 256


def test_words_are_searched_as_they_are_typed_and_live_in_the_address(page: Page):
    word = page.locator(".card .name").first.inner_text().split("_")[0]

    page.keyboard.press("/")
    page.keyboard.type(word)

    expect(page.locator("#count")).to_contain_text("2 models")
    expect(page.locator(".card .name").first).to_contain_text(word)
    assert f"q={word}" in page.url
    page.reload()
    expect(page.locator("#count")).to_contain_text("2 models")


@at_desktop
def test_a_run_of_typing_is_one_step_back(page: Page):
    page.locator("#words").press_sequentially("cha", delay=200)
    page.locator("#words").press("Enter")
    expect(page).to_have_url(re.compile("q=cha$"))

    page.go_back()

    expect(page.locator("#count")).to_contain_text("24")
    expect(page).to_have_url(re.compile("/$"))


def test_nothing_found_is_said_calmly(page: Page):
    page.locator("#words").fill("qqqqzzzzxxxx")

    expect(page.locator("#message")).to_contain_text("No good match")
    page.locator("#message .button").click()
    expect(page.locator("#count")).to_contain_text("24")


@at_desktop
def test_words_that_find_nothing_together_are_offered_alone(page: Page):
    page.locator("#words").fill("qqqqzzzz apple")

    page.locator("#message").get_by_role("button", name="Search for “apple”").click()

    expect(page.locator("#count")).to_have_text("2 models")
    expect(page.locator("#words")).to_have_value("apple")


def test_a_model_is_opened_turned_and_closed(page: Page):
    cards(page).first.click()

    expect(page.locator("#detail")).to_be_visible()
    expect(page.locator("#detail dl").first).to_contain_text("Triangles")
    expect(page.locator("#detail .near")).to_have_count(8)
    expect(page.locator("#detail .stage canvas")).to_be_visible()
    page.get_by_role("button", name="Wireframe").click()
    expect(page.get_by_role("button", name="Wireframe")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()


def test_a_model_file_is_searched_and_not_imported(page: Page, models):
    file = sorted(models.rglob("*.glb"))[0]

    page.set_input_files("#file", file)

    expect(page.locator("#chips .chip")).to_contain_text(file.name)
    expect(page.locator(".card .name").first).to_contain_text(file.stem)
    expect(page.locator(".why").first).to_have_text("exact")
    page.locator("#home").click()
    expect(page.locator("#count")).to_contain_text("24")


def test_more_and_less_like_a_model_are_chips_with_weights(page: Page):
    cards(page).first.click()
    page.locator("#detail").get_by_role("button", name="More like this").click()
    chip = page.locator("#chips .part")
    expect(chip).to_have_count(1)
    name = chip.locator(".label").inner_text()
    expect(page.locator(".card .name").first).to_have_text(name)

    chip.locator(".weight").click()
    expect(chip.locator(".weight")).to_contain_text("2")
    cards(page).nth(3).click()
    expect(page.locator("#detail h2")).not_to_have_text(name)
    page.locator("#detail").get_by_role("button", name="Less like this").click()

    expect(chip).to_have_count(2)
    assert re.search(r"like=2%3A\w+&unlike=\w+", page.url)
    page.reload()
    expect(chip).to_have_count(2)
    expect(chip.first.locator(".label")).to_have_text(name)
    chip.first.locator(".remove").click()
    expect(chip).to_have_count(1)


@at_desktop
def test_an_id_in_the_box_becomes_a_chip(page: Page):
    cards(page).first.click()
    expect(page).to_have_url(re.compile("open="))
    id = page.url.split("open=")[1]

    page.locator("#words").fill(f"-2:id:{id} chair")
    page.locator("#words").press("Enter")

    expect(page.locator("#chips .part.minus")).to_have_count(1)
    expect(page.locator("#words")).to_have_value("chair")
    assert f"unlike=2%3A{id}" in page.url


def test_a_filter_is_asked_for_then_left_out_then_let_go(page: Page):
    if page.locator("#filters").is_visible():
        page.locator("#filters").click()
    chip = page.locator('#facets [data-value^="tag="]').nth(1)
    number = int(chip.locator(".number").inner_text())
    value = chip.get_attribute("data-value").split("=")[1]

    chip = page.locator(f'#facets [data-value="tag={value}"]')
    chip.click()
    expect(page.locator("#count")).to_have_text(f"{number} models")
    assert f"?tag={value}" in page.url
    chip.click()
    expect(page.locator("#count")).to_have_text(f"{24 - number} models")
    assert f"?not.tag={value}" in page.url
    chip.click()
    expect(page.locator("#count")).to_have_text("24 models")


@at_desktop
def test_a_filter_is_clicked_on_before_its_new_counts_have_come(page: Page):
    chip = page.locator('#facets [data-value="format=glb"]')
    other = page.locator('#facets [data-value^="tag="]').first
    expect(other).to_be_visible()
    held: list[Route] = []
    page.route("**/facets*", lambda route: held.append(route))

    chip.click()
    expect(page).to_have_url(re.compile(r"\?format=glb$"))
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.click()
    expect(page).to_have_url(re.compile(r"\?not.format=glb$"))
    other.click()
    expect(page).to_have_url(re.compile(r"\?tag=\w+&not.format=glb$"))
    chip.click()
    expect(page).to_have_url(re.compile(r"\?tag=\w+$"))
    assert held
    page.unroute_all(behavior="ignoreErrors")


@at_desktop
def test_a_filter_stays_on_the_map_and_keeps_the_keyboard(page: Page):
    page.locator("#asmap").click()
    chip = page.locator('#facets [data-value="format=glb"]')

    chip.press("Enter")

    expect(page).to_have_url(re.compile("format=glb&show=map$"))
    expect(chip).to_be_focused()
    expect(chip.locator(".number")).to_have_text("24")
    expect(chip).to_be_focused()


@at_desktop
def test_filters_count_what_a_search_has_found(page: Page):
    word = page.locator(".card .name").first.inner_text().split("_")[0]
    page.locator("#words").fill(word)
    expect(page.locator("#count")).to_have_text("2 models")

    expect(page.locator('#facets [data-value="format=glb"] .number')).to_have_text("2")


@at_desktop
def test_ranges_of_polygons_and_size_add_up_to_the_library(page: Page):
    for field in ("triangles", "longest"):
        numbers = page.locator(f'#facets [data-value^="{field}="] .number').all_inner_texts()

        assert sum(map(int, numbers)) == 24
    chip = page.locator('#facets [data-value^="longest="]').first
    number = chip.locator(".number").inner_text()
    chip.click()
    expect(page.locator("#count")).to_contain_text(number)


@at_desktop
def test_the_first_cards_come_while_variants_are_still_looked_for(page: Page, address: str):
    held: list[Route] = []
    page.route(re.compile(r"/records\?.*fold=true"), lambda route: held.append(route))
    page.goto(address)

    expect(page.locator(".card .name").first).to_have_text(re.compile(r"\w"))
    page.locator(".card").first.click()
    expect(page.locator("#detail h2")).to_have_text(re.compile(r"\w"))
    expect(page.locator("#count")).to_have_text("")
    held[0].continue_()

    expect(page.locator("#count")).to_have_text("24 models")
    expect(page.locator("#facets .chip").first).to_be_visible()


@at_desktop
def test_a_visit_asks_for_the_list_once_though_a_job_was_there(page: Page, address: str, models: Path):
    page.evaluate(
        "path => fetch('api/v1/jobs', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({paths: [path]})})",
        str(models),
    )
    page.wait_for_function(
        "fetch('api/v1/jobs').then(answer => answer.json()).then(({jobs}) => jobs[0].state === 'finished')"
    )
    lists: list[str] = []
    page.on("request", lambda call: lists.append(call.url) if "/records?" in call.url else None)

    page.goto(address)
    expect(page.locator("#facets .chip").first).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert len([url for url in lists if "fold=true" in url]) == 1


@at_desktop
def test_a_search_by_a_model_that_is_gone_goes_on_without_it(page: Page, address: str):
    page.goto(f"{address}?q=apple&like=nobody")
    expect(page.locator("#message")).to_contain_text("no longer holds a model")

    page.get_by_role("button", name="Search without it").click()

    expect(page.locator("#count")).to_have_text("2 models")
    expect(page).to_have_url(f"{address}?q=apple")


@at_desktop
def test_reloading_a_search_by_a_file_says_that_it_must_be_dropped_again(page: Page, models: Path):
    file = sorted(models.rglob("*.glb"))[0]
    page.locator("#file").set_input_files(file)
    expect(page.locator("#chips .part")).to_have_count(1)

    page.reload()

    expect(page.locator(".toast")).to_contain_text(f"Drop {file.name} again")
    expect(page.locator("#count")).to_have_text("24 models")
    page.reload()
    expect(page.locator("#count")).to_have_text("24 models")
    expect(page.locator(".toast")).to_have_count(0)


@at_desktop
def test_a_model_opened_while_the_server_is_gone_is_shown_when_it_is_back(page: Page):
    name = page.locator(".card .name").first.inner_text()
    page.route("**/api/v1/**", lambda route: route.abort())
    page.locator(".card").first.click()
    expect(page.locator("#message")).to_contain_text("does not answer")

    page.unroute("**/api/v1/**")

    expect(page.locator("#detail h2")).to_have_text(name)
    expect(page.locator("#message")).to_be_hidden()


@at_desktop
def test_a_card_says_why_it_was_found_and_the_opened_model_says_it_in_full(page: Page):
    page.locator("#words").fill("apple")
    expect(page.locator("#count")).to_have_text("2 models")

    expect(page.locator(".card .why").first).to_have_text("apple in the name")
    expect(page.locator(".card .why").first).to_have_attribute(
        "title", re.compile(r"^[01]\.\d\d: apple in the name$")
    )
    page.locator(".card").first.click()
    expect(page.locator("#detail .reason")).to_contain_text("apple in the name")


@at_desktop
def test_an_address_with_a_model_that_is_gone_shows_the_list(page: Page, address: str):
    page.goto(f"{address}?q=apple&open=nobody&compare=nothing")

    expect(page.locator(".toast")).to_contain_text("the library holds no model")
    expect(page.locator("#detail")).to_be_hidden()
    expect(page.locator("#count")).to_have_text("2 models")
    expect(page).to_have_url(f"{address}?q=apple")
