"""Searching the page by pictures, models, words and drawings at once, as chips beside one another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

at_desktop = pytest.mark.parametrize("width", ["desktop"], indirect=True)


@pytest.fixture
def red(tmp_path: Path) -> Path:
    path = tmp_path / "red.png"
    Image.new("RGB", (20, 20), (220, 10, 10)).save(path)
    return path


def first_name(page: Page):
    return page.locator(".card .name").first


def name_of(library, id: str) -> str:
    return library.record(id).name


def chips(page: Page):
    return page.locator("#chips .chip")


def test_pictures_models_and_words_are_searched_together(
    eye, served_library, page: Page, red: Path, models: Path
):
    page.set_input_files("#file", red)
    expect(chips(page)).to_have_count(1)
    expect(first_name(page)).to_have_text(name_of(served_library, eye.ids[0]))
    expect(page.locator(".why").first).to_have_text("exact")

    page.set_input_files("#file", sorted(models.rglob("*.glb"))[0])
    expect(chips(page)).to_have_count(2)
    page.locator("#words").fill("glorp")
    expect(page).to_have_url(re.compile("q=glorp"))
    expect(page.locator("#message")).to_be_hidden()

    expect(chips(page)).to_have_count(2)
    page.get_by_role("button", name="Take red.png out of the search").click()
    expect(chips(page)).to_have_count(1)
    expect(chips(page)).to_contain_text(".glb")
    page.locator("#home").click()
    expect(chips(page)).to_have_count(0)


@at_desktop
def test_a_picture_is_weighed_and_turned_into_what_is_unwanted(eye, served_library, page: Page, red: Path):
    page.set_input_files("#file", red)

    for said in ("like red.png, weight 1", "like red.png, weight 2", "like red.png, weight 0.5"):
        page.get_by_role("button", name=said).click()

    expect(chips(page)).to_have_class(re.compile("minus"))
    expect(first_name(page)).not_to_have_text(name_of(served_library, eye.ids[0]))


@at_desktop
def test_going_back_brings_the_pictures_of_that_step(eye, page: Page, red: Path):
    page.set_input_files("#file", red)
    expect(chips(page)).to_have_count(1)

    page.go_back()
    expect(chips(page)).to_have_count(0)
    expect(page.locator("#count")).to_contain_text("24")

    page.go_forward()
    expect(chips(page)).to_have_count(1)


@at_desktop
def test_a_pasted_picture_is_searched_by(eye, served_library, page: Page, red: Path):
    page.evaluate(
        """async (bytes) => {
          const file = new File([new Uint8Array(bytes)], "image.png", { type: "image/png" });
          const paste = new Event("paste");
          paste.clipboardData = { files: [file] };
          dispatchEvent(paste);
        }""",
        list(red.read_bytes()),
    )

    expect(chips(page)).to_contain_text("image.png")
    expect(chips(page).locator("img")).to_be_visible()
    expect(first_name(page)).to_have_text(name_of(served_library, eye.ids[0]))


@at_desktop
def test_what_is_dropped_beside_a_model_belongs_to_it(page: Page):
    page.evaluate(
        """() => {
          const obj = "mtllib a.mtl\\nv 0 0 0\\nv 1 0 0\\nv 0 1 0\\nusemtl m\\nf 1 2 3\\n";
          const files = [new File([obj], "a.obj"), new File(["newmtl m\\n"], "a.mtl"), new File([""], "skin.png")];
          const drop = new Event("drop", { cancelable: true });
          drop.dataTransfer = { types: ["Files"], items: [], files };
          dispatchEvent(drop);
        }"""
    )

    expect(chips(page)).to_have_count(1)
    expect(chips(page)).to_contain_text("a.obj")
    expect(page.locator("#count")).to_contain_text("24")


def test_a_drawing_becomes_a_chip(eye, page: Page):
    page.locator("#draw").click()
    sheet = page.locator("canvas.sketch")
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 120, steps=4)
    page.mouse.up()
    dark = "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(v => v < 50)"
    assert sheet.evaluate(dark)
    page.get_by_role("button", name="Search", exact=True).click()

    expect(chips(page)).to_contain_text("drawing.png")
    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator(".card").first).to_be_visible()


@at_desktop
def test_an_empty_sheet_searches_for_nothing(eye, page: Page):
    page.locator("#draw").click()
    page.locator("canvas.sketch").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Search", exact=True).click()

    expect(page.locator("#sheet")).to_be_visible()
    expect(chips(page)).to_have_count(0)


@at_desktop
def test_the_way_of_searching_is_chosen_and_kept_in_the_address(eye, served_library, page: Page):
    page.locator("#mode").select_option("meaning")
    page.locator("#words").fill("glorp")

    expect(first_name(page)).to_have_text(name_of(served_library, eye.ids[0]))
    expect(page).to_have_url(re.compile("mode=meaning"))
    page.reload()
    expect(page.locator("#mode")).to_have_value("meaning")
    page.locator("#mode").select_option("words")
    expect(page.locator("#message")).to_contain_text("No good match")


@at_desktop
def test_ways_that_the_library_cannot_go_are_not_offered(page: Page, red: Path):
    expect(page.locator("#mode")).to_be_hidden()
    expect(page.locator("#draw")).to_be_hidden()

    page.set_input_files("#file", red)

    expect(page.locator("#message")).to_contain_text("no encoder of this library reads pictures")


@at_desktop
def test_nothing_serious_is_found_by_axe_where_pictures_are_searched_by(eye, page: Page, red: Path):
    from axe_playwright_python.sync_playwright import Axe

    page.set_input_files("#file", red)
    expect(chips(page)).to_have_count(1)
    page.locator("#draw").click()
    found = Axe().run(page).response["violations"]

    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
