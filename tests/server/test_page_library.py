"""The library's panel, saved searches, theme and language, in a real browser."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

at_desktop = pytest.mark.parametrize("width", ["desktop"], indirect=True)


def test_a_folder_is_added_by_its_path_and_watched(page: Page, models: Path, tmp_path: Path):
    folder = tmp_path / "more"
    folder.mkdir()
    shutil.copy(sorted(models.rglob("*.glb"))[0], folder / "newcomer.glb")
    (folder / "broken.glb").write_bytes(b"glTF, it says")
    page.locator("#manage").click()
    page.locator(".adding input").fill(str(tmp_path / "nowhere"))
    page.keyboard.press("Enter")
    expect(page.locator(".adding .problem")).to_contain_text("no such file or folder")

    page.locator(".adding input").fill(str(folder))
    page.keyboard.press("Enter")

    expect(page.locator(".job")).to_contain_text("Indexed more", timeout=30_000)
    expect(page.locator(".job summary")).to_contain_text("1 could not be read")
    page.locator(".job summary").click()
    expect(page.locator(".failures")).to_contain_text("broken.glb")
    page.keyboard.press("Escape")
    expect(page.locator("#count")).to_have_text("25 models")
    expect(page.locator("#status")).to_contain_text("1 could not be read")


def test_the_panel_tells_where_the_library_is_and_how_it_is(page: Page, served_library):
    page.locator("#manage").click()

    expect(page.locator("#panel dl")).to_contain_text(str(served_library.path))
    expect(page.locator("#panel dl")).to_contain_text("all is well")


@at_desktop
def test_missing_files_are_shown_apart(page: Page, served_library, tmp_path: Path, models: Path):
    folder = tmp_path / "going"
    folder.mkdir()
    shutil.copy(sorted(models.rglob("*.glb"))[3], folder / "gone.glb")
    served_library.add([folder], jobs=1)
    (folder / "gone.glb").unlink()
    served_library.add([folder], jobs=1)
    page.reload()

    page.locator("#manage").click()
    page.locator("#panel dl button").first.click()

    expect(page.locator("#count")).to_have_text("1 model")
    expect(page.locator(".card .badge")).to_have_text("missing")
    assert "status=missing" in page.url


@at_desktop
def test_a_search_is_saved_and_comes_back(page: Page):
    page.locator("#words").fill("apple")
    expect(page.locator("#count")).to_have_text("2 models")
    page.locator("#saved .save").click()
    page.locator("#home").click()
    expect(page.locator("#count")).to_have_text("24 models")
    page.reload()

    page.locator("#saved .label").click()

    expect(page.locator("#count")).to_have_text("2 models")
    expect(page).to_have_url(re.compile("q=apple"))
    page.locator("#saved .remove").click()
    expect(page.locator("#saved .label")).to_have_count(0)


@at_desktop
def test_theme_and_language_are_chosen_and_kept(page: Page):
    ground = "() => getComputedStyle(document.body.parentElement).backgroundColor"
    page.locator("#manage").click()
    page.get_by_label("Colours").select_option("dark")
    assert page.evaluate(ground) == "rgb(21, 22, 26)"

    page.get_by_label("Language").select_option("zh")

    expect(page.locator("#count")).to_have_text("24 个模型")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    assert page.evaluate(ground) == "rgb(21, 22, 26)"


@at_desktop
def test_a_dropped_folder_is_not_imported_but_asked_for(page: Page):
    page.evaluate(
        """() => {
          const items = [{ webkitGetAsEntry: () => ({ isDirectory: true, name: "props" }) }];
          const drop = new Event("drop", { cancelable: true });
          drop.dataTransfer = { types: ["Files"], items, files: [] };
          dispatchEvent(drop);
        }"""
    )

    expect(page.locator("#panel .note")).to_contain_text("Add “props” to the library?")
