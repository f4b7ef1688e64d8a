"""Models that turn as pictures: under the pointer, and by hand where there is no WebGL."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

at_desktop = pytest.mark.parametrize("width", ["desktop"], indirect=True)

NO_WEBGL = """
const getContext = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith("webgl") ? null : getContext.call(this, kind, ...rest);
};
"""


@pytest.fixture
def without_webgl(page: Page) -> Page:
    page.add_init_script(NO_WEBGL)
    page.reload()
    return page


@at_desktop
def test_a_model_turns_while_the_pointer_rests_on_its_card(page: Page):
    plate = page.locator(".card .plate").first
    plate.hover()
    turning = plate.locator(".turntable")
    expect(turning).to_be_visible()

    places = set()
    for _ in range(100):
        places.add(turning.evaluate("shown => shown.style.backgroundPosition"))
        if len(places) == 4:
            break
        page.wait_for_timeout(70)
    page.locator("#count").hover()

    assert len(places) == 4
    expect(turning).to_have_count(0)


@at_desktop
def test_nothing_turns_where_motion_is_reduced(page: Page):
    page.emulate_media(reduced_motion="reduce")
    asked: list[str] = []
    page.on("request", lambda call: asked.append(call.url))

    with page.expect_request(re.compile("name=back")):
        page.locator(".card .plate").first.hover()
    page.wait_for_timeout(700)

    assert not [url for url in asked if "turntable" in url]


def test_without_webgl_the_detail_is_turned_by_dragging_and_by_keys(without_webgl: Page):
    page = without_webgl
    page.locator(".card").first.click()
    table = page.get_by_role("slider", name=re.compile("Turn"))
    expect(table).to_be_visible()
    expect(page.locator("#detail .hint")).to_contain_text("3D view could not start")
    expect(table).to_have_attribute("aria-valuenow", "0")

    box = table.bounding_box()
    page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 60, steps=4)
    page.mouse.up()

    expect(table).to_have_attribute("aria-valuenow", "90")
    front, side = "0% 0%", "100% 0%"
    assert table.evaluate("shown => shown.style.backgroundPosition") == side
    table.press("ArrowRight")
    expect(table).to_have_attribute("aria-valuetext", "60°")
    for _ in range(2):
        table.press("ArrowRight")
    assert table.evaluate("shown => shown.style.backgroundPosition") == front
    table.press("ArrowRight")
    expect(table).to_have_attribute("aria-valuenow", "330")
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []


@at_desktop
def test_without_webgl_two_models_are_compared_as_turntables(without_webgl: Page):
    page = without_webgl
    for place in (0, 3):
        page.locator(".card").nth(place).click(modifiers=["Control"])

    page.locator("#selection").get_by_role("button", name="Compare").click()

    expect(page.locator("#compare").get_by_role("slider")).to_have_count(2)
