"""Duplicates, missing files, watched folders and the folder of a file, in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from polyseek.indexing import watch

at_desktop = pytest.mark.parametrize("width", ["desktop"], indirect=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(watch, "SETTLE_MS", 50)


@pytest.fixture
def copies(served_library, models: Path, tmp_path: Path) -> list[Path]:
    """Two models of the library, the first of them copied twice; asked for before `page`."""
    folder = tmp_path / "copies"
    folder.mkdir()
    sources = sorted(models.rglob("*.glb"))[:2]
    targets = [folder / f"{name}.glb" for name in ("one", "two", "three")]
    for source, target in zip([*sources, sources[0]], targets, strict=True):
        shutil.copy(source, target)
    served_library.add([folder], jobs=1)
    return targets


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """The page goes on meanwhile. Fails after 20 seconds."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come about")


def test_copies_are_shown_in_groups_taken_out_and_brought_back(copies, page: Page):
    expect(page.locator("#count")).to_contain_text("27 models")
    page.locator("#manage").click()
    page.locator("#panel .state").get_by_role("button", name="2 groups of equal files").click()
    group = page.locator(".group").filter(has_text="one.glb")
    expect(page.locator(".group")).to_have_count(2)
    expect(group.locator("li")).to_have_count(3)
    expect(group.locator("li").first).to_contain_text("added first")
    expect(group.locator("img")).to_have_js_property("complete", True)

    group.get_by_role("button", name="Take", exact=False).nth(2).click()

    expect(group.locator("li")).to_have_count(2)
    toast = page.locator(".toast")
    expect(toast).to_contain_text("Taken out of the library: 1 model")
    toast.get_by_role("button", name="Undo").click()
    expect(group.locator("li")).to_have_count(3)
    group.get_by_role("button", name="Keep only the first").click()
    expect(group).to_have_count(0)
    expect(page.locator(".group")).to_have_count(1)
    assert all(path.exists() for path in copies)
    page.locator("#panel").get_by_role("button", name="Library", exact=True).click()
    expect(page.locator("#panel .state")).to_contain_text("1 group of equal files")
    page.keyboard.press("Escape")
    expect(page.locator("#count")).to_contain_text("25 models")


def test_missing_models_are_forgotten_from_the_panel_and_come_back(copies, served_library, page: Page):
    copies[1].unlink()
    served_library.add([copies[0].parent], jobs=1)
    page.locator("#manage").click()
    forget = page.locator("#panel .state").get_by_role("button", name="Forget them")
    forget.click()
    expect(page.locator(".toast")).to_contain_text("Forgotten: 1 model")
    expect(forget).to_have_count(0)

    page.locator(".toast button").click()

    expect(forget).to_be_visible()


def test_a_folder_is_kept_up_to_date_from_the_panel_and_the_gallery_follows(
    served_library, models: Path, tmp_path: Path, page: Page
):
    folder = tmp_path / "kept"
    folder.mkdir()
    shutil.copy(sorted(models.rglob("*.glb"))[0], folder / "first.glb")
    served_library.add([folder], jobs=1)
    page.locator("#manage").click()
    row = page.locator(".folders .folder").filter(has_text="kept")
    expect(row).to_contain_text("1 model")
    box = row.get_by_role("checkbox")
    expect(box).not_to_be_checked()

    box.check()

    wait_until(page, lambda: served_library.watched() == (str(folder),))
    shutil.copy(sorted(models.rglob("*.glb"))[5], folder / "second.glb")
    expect(row).to_contain_text("2 models", timeout=20_000)
    expect(row).to_contain_text("last change")
    page.keyboard.press("Escape")
    expect(page.locator("#count")).to_contain_text("26 models")
    page.reload()
    page.locator("#manage").click()
    expect(box).to_be_checked()
    box.uncheck()
    expect(row).not_to_contain_text("last change")
    wait_until(page, lambda: served_library.watched() == ())


@at_desktop
def test_a_selection_is_taken_out_and_brought_back(page: Page):
    page.locator(".card").nth(0).click()
    expect(page.locator("#detail .near")).to_have_count(8)
    for place in (0, 1):
        page.locator(".card").nth(place).click(modifiers=["Control"])
    page.locator("#selection").get_by_role("button", name="Take out").click()

    expect(page.locator("#count")).to_have_text("22 models")
    expect(page.locator("#detail")).to_be_hidden()
    page.locator(".toast button").click()
    expect(page.locator("#count")).to_have_text("24 models")


@at_desktop
def test_a_folder_is_opened_only_where_it_can_be(page: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    page.locator(".card").first.click()
    opens = page.locator("#detail").get_by_role("button", name="Open folder", include_hidden=True)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    page.reload()
    expect(page.locator("#detail h2")).to_be_visible()
    expect(opens).to_be_hidden()

    program, noted = tmp_path / "xdg-open", tmp_path / "opened"
    program.write_text(f'#!/bin/sh\necho "$1" > "{noted}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    page.reload()
    opens.click()

    wait_until(page, lambda: noted.exists() and noted.read_text().endswith("\n"))
    path = page.locator(".card").first.get_attribute("title")
    assert Path(noted.read_text().strip()) == Path(path).parent


@at_desktop
def test_credits_are_copied_as_text_markdown_and_a_table(page: Page, served_library):
    page.locator(".card").first.focus()
    page.keyboard.press("Control+a")
    page.locator("#selection").get_by_role("button", name="Credits").click()
    text = page.locator("#sheet textarea")
    expect(text).to_be_visible()
    page.get_by_label("Copy as").select_option("markdown")
    assert text.input_value().startswith(
        "## [CC0-1.0](https://creativecommons.org/publicdomain/zero/1.0/)\n\n- **"
    )
    assert page.locator(".card .name").first.inner_text() in text.input_value()

    page.get_by_label("Copy as").select_option("csv")
    page.get_by_role("button", name="Copy", exact=True).click()

    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0] == '"model","licence","maker","pack","licence_url","path"'
    assert len(lines) == 25
    paths = {record.path for record in served_library.records()}
    assert {line.rsplit('","', 1)[1].rstrip('"') for line in lines[1:]} == paths


@at_desktop
def test_a_licence_leads_to_its_text_and_no_cell_is_a_formula(page: Page):
    found = page.evaluate(
        """async () => {
          const { creditsOf, licenceAddress } = await import("./credits.js");
          const of = (licence, path) => ({ licence, path, root: "/m", name: "n", id: path });
          const groups = creditsOf([of(null, "/m/z/1"), of("MIT", "/m/b/2"), of("CC0-1.0", "/m/a/3"), of("MIT", "/m/a/4"), of("MIT", "/m/b/5")], { "/m/b/5": "Ann" });
          return [groups.map(({ licence, maker, pack, records }) => [licence, maker, pack, records.length]), ["CC0-1.0", "CC-BY-NC-SA-4.0", "CC-BY-3.0", "MIT", null].map(licenceAddress)];
        }"""
    )

    assert found[0] == [
        ["CC0-1.0", None, "m/a", 1],
        ["MIT", None, "m/a", 1],
        ["MIT", None, "m/b", 1],
        ["MIT", "Ann", "m/b", 1],
        [None, None, "m/z", 1],
    ]
    assert found[1] == [
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        "https://creativecommons.org/licenses/by/3.0/",
        None,
        None,
    ]


def test_the_panel_speaks_chinese(copies, page: Page):
    page.evaluate("localStorage.setItem('language', 'zh')")
    page.reload()
    page.locator("#manage").click()
    expect(page.locator(".folders h3")).to_have_text("文件夹")
    expect(page.locator(".folders label").first).to_have_text("保持同步")

    page.locator("#panel .state").get_by_role("button", name="2 组相同文件").click()

    group = page.locator(".group").filter(has_text="one.glb")
    expect(page.get_by_role("dialog", name="重复文件")).to_be_visible()
    group.get_by_role("button", name="只保留第一个").click()
    expect(page.locator(".toast")).to_contain_text("已移出模型库：2 个模型")
    page.locator(".toast").get_by_role("button", name="撤销").click()
    expect(group.locator("li")).to_have_count(3)
