"""The map of the library, in a real browser."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

DESKTOP = pytest.mark.parametrize("width", ["desktop"], indirect=True)


def open_map(page: Page) -> None:
    page.get_by_role("button", name="Map").click()
    expect(page.locator("#map")).to_have_attribute("data-state", "ready", timeout=30_000)


def place_of(page: Page, id: str) -> tuple[float, float]:
    """Where a model lies on the screen, as the API and the camera of the address have it."""
    found = page.evaluate("fetch('api/v1/map').then(answer => answer.json())")
    at = found["ids"].index(id)
    x, y = (found["places"][2 * at + side] / 65535 for side in (0, 1))
    given = re.search(r"at=([\d.]+)%2C([\d.]+)%2C([\d.]+)", page.url)
    middle_x, middle_y, zoom = map(float, given.groups()) if given else (0.5, 0.5, 1.0)
    box = page.locator("#map canvas").bounding_box()
    assert box is not None
    scale = min(box["width"], box["height"]) * 0.94 * zoom
    return (
        box["x"] + box["width"] / 2 + (x - middle_x) * scale,
        box["y"] + box["height"] / 2 + (y - middle_y) * scale,
    )


def first_id(page: Page) -> str:
    return page.evaluate("fetch('api/v1/map').then(answer => answer.json()).then(map => map.ids[0])")


def test_the_map_takes_the_place_of_the_cards_and_gives_it_back(page: Page):
    open_map(page)

    expect(page).to_have_url(re.compile(r"show=map"))
    expect(page.locator("#map")).to_have_attribute("data-lit", "24")
    expect(page.locator(".card").first).to_be_hidden()
    page.go_back()
    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator(".card").first).to_be_visible()


def test_pictures_of_models_appear_where_there_is_room(page: Page):
    open_map(page)

    expect(page.locator("#map")).to_have_attribute("data-pictures", re.compile(r"[1-9]\d*"))


def test_nothing_of_the_map_is_wider_than_the_page_and_all_of_it_has_names(page: Page):
    open_map(page)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert found.response["violations"] == []


@DESKTOP
def test_a_model_is_named_under_the_pointer_and_opened_by_a_click(page: Page):
    open_map(page)
    id = first_id(page)
    name = page.evaluate(f"fetch('api/v1/records/{id}').then(answer => answer.json()).then(it => it.name)")

    page.mouse.move(*place_of(page, id))

    expect(page.locator(".mapcard .name")).to_have_text(re.compile(r"\w"))
    page.mouse.click(*place_of(page, id))
    expect(page.locator("#detail h2")).to_have_text(re.compile(r"\w"))
    assert re.search(r"open=\w+", page.url)
    page.goto(page.url.split("?")[0] + f"?show=map&open={id}")
    expect(page.locator("#detail h2")).to_have_text(name)


@DESKTOP
def test_the_wheel_zooms_dragging_moves_and_the_address_keeps_it(page: Page):
    open_map(page)
    id = first_id(page)
    before = place_of(page, id)

    page.mouse.move(*before)
    page.mouse.wheel(0, -600)
    expect(page).to_have_url(re.compile(r"at="))

    # What is under the pointer stays there.
    assert place_of(page, id) == pytest.approx(before, abs=2)
    zoomed = page.url
    page.mouse.move(900, 700)
    page.mouse.down()
    page.mouse.move(840, 660, steps=6)
    page.mouse.up()
    page.wait_for_url(lambda url: url != zoomed)
    there = pytest.approx((before[0] - 60, before[1] - 40), abs=12)
    for _ in range(50):  # the address follows when the map rests
        if place_of(page, id) == there:
            break
        page.wait_for_timeout(100)
    assert place_of(page, id) == there
    moved = page.url
    page.reload()
    expect(page.locator("#map")).to_have_attribute("data-state", "ready")
    assert page.url == moved


@DESKTOP
def test_a_lasso_selects_what_it_goes_round(page: Page):
    open_map(page)
    box = page.locator("#map canvas").bounding_box()
    assert box is not None
    corners = [(8, 8), (box["width"] - 70, 8), (box["width"] - 70, box["height"] - 8), (8, box["height"] - 8)]

    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + corners[0][0], box["y"] + corners[0][1])
    page.mouse.down()
    for x, y in corners[1:]:
        page.mouse.move(box["x"] + x, box["y"] + y, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")

    expect(page.locator("#selection strong")).to_have_text("24 models selected")
    expect(page.locator("#map")).to_have_attribute("data-selected", "24")
    page.keyboard.press("Escape")
    expect(page.locator("#map")).to_have_attribute("data-selected", "0")


def test_the_lasso_is_a_tool_too(page: Page):
    open_map(page)
    page.locator(".maptools button").last.click()
    box = page.locator("#map canvas").bounding_box()
    assert box is not None
    left, top, right, bottom = (
        box["x"] + 2,
        box["y"] + 2,
        box["x"] + box["width"] - 2,
        box["y"] + box["height"] - 2,
    )

    page.mouse.move(left, top)
    page.mouse.down()
    for point in ((left, bottom), (right, bottom), (right, top + 230), (left + 100, top)):
        page.mouse.move(*point, steps=3)
    page.mouse.up()

    expect(page.locator("#selection strong")).to_have_text(re.compile(r"models selected"))


@DESKTOP
def test_a_search_and_filters_dim_what_they_leave_out(page: Page):
    open_map(page)

    page.locator("#words").fill("apple")
    expect(page.locator("#map")).to_have_attribute("data-lit", "2")
    page.locator("#words").fill("")
    expect(page.locator("#map")).to_have_attribute("data-lit", "24")
    page.goto(page.url.split("?")[0] + "?show=map&tag=banana")
    expect(page.locator("#map")).to_have_attribute("data-lit", "2")
    page.locator('#facets [data-value="tag=banana"]').click()
    expect(page.locator("#map")).to_have_attribute("data-lit", "22")


@DESKTOP
def test_a_search_lights_all_that_it_found_not_only_the_best_that_the_cards_show(page: Page):
    def shortened(route: Route) -> None:
        route.continue_(post_data={**route.request.post_data_json, "k": 1})

    page.route("**/api/v1/search", shortened)
    page.goto(page.url + "?show=map&q=apple")

    expect(page.locator("#count")).to_have_text("the best 1 of 2 models")
    expect(page.locator("#map")).to_have_attribute("data-lit", "2", timeout=30_000)


@DESKTOP
def test_a_key_changes_between_cards_and_map_and_the_list_of_keys_says_so(page: Page):
    page.keyboard.press("v")
    expect(page.locator("#map")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("cards or map")
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("v")

    expect(page.locator(".card").first).to_be_visible()


@DESKTOP
def test_the_map_is_walked_with_the_keyboard(page: Page):
    open_map(page)
    page.locator("#asmap").focus()
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('#map canvas')"):
        page.keyboard.press("Tab")

    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".mapcard .name")).to_have_text(re.compile(r"\w"))
    name = page.locator(".mapcard .name").inner_text()
    page.keyboard.press("Space")
    expect(page.locator("#selection strong")).to_have_text("1 model selected")
    page.keyboard.press("Enter")

    expect(page.locator("#detail h2")).to_have_text(name)


@DESKTOP
def test_what_is_taken_out_of_the_library_leaves_the_map(page: Page):
    open_map(page)
    page.evaluate(
        "id => fetch('api/v1/records/remove', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({ids: [id]})})",
        first_id(page),
    )

    page.locator("#words").fill("apple")
    expect(page.locator("#map")).not_to_have_attribute("data-lit", "24")
    page.locator("#words").fill("")

    expect(page.locator("#map")).to_have_attribute("data-lit", "23", timeout=20_000)


@DESKTOP
def test_the_map_speaks_chinese(page: Page):
    page.evaluate("localStorage.setItem('language', 'zh')")
    page.goto(page.url + "?show=map")

    expect(page.locator("#asmap")).to_have_text("地图")
    expect(page.locator("#map canvas")).to_have_attribute("aria-label", re.compile("24 个模型的地图"))
