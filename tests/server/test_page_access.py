"""What axe-core says of each state of the page: nothing serious, light and dark, desktop and phone."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['html'][:160]} {rule['nodes'][0]['failureSummary']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def gallery(page: Page) -> None:
    pass


def search(page: Page) -> None:
    page.locator(".card").first.click()
    page.locator("#detail").get_by_role("button", name="Less like this").click()
    page.locator("#words").fill("wooden")
    expect(page.locator("#chips .part")).to_have_count(1)


def nothing(page: Page) -> None:
    page.locator("#words").fill("qqqqzzzz")
    expect(page.locator("#message")).to_be_visible()


def filtered(page: Page) -> None:
    if page.locator("#filters").is_visible():
        page.locator("#filters").click()
    chip = page.locator('#facets [data-value="watertight=true"]')
    chip.click()
    expect(chip).to_have_class("chip on")
    page.locator('#facets [data-value^="tag="]').first.click()
    page.locator("#facets .chip.on").first.click()
    expect(page.locator("#facets .chip.out")).to_have_count(1)


def detail(page: Page) -> None:
    page.locator(".card").first.click()
    expect(page.locator("#detail .near")).to_have_count(8)
    expect(page.locator("#detail canvas").first).to_be_visible()


def selected(page: Page) -> None:
    page.locator(".card").first.click(modifiers=["Control"])
    expect(page.locator("#selection")).to_be_visible()


def library(page: Page) -> None:
    page.locator("#manage").click()
    expect(page.locator("#panel dl")).to_be_visible()


def duplicates(page: Page) -> None:
    page.locator("#manage").click()
    page.locator("#panel .state .more").last.click()
    expect(page.locator(".group li")).to_have_count(2)


def test_axe_finds_nothing_serious_in_the_duplicates(served_library, models, tmp_path, page: Page):
    source = sorted(models.rglob("*.glb"))[0]
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "copy.glb").write_bytes(source.read_bytes())
    served_library.add([tmp_path / "copies"], jobs=1)
    served_library.keep_watching(tmp_path / "copies")
    page.emulate_media(reduced_motion="reduce")
    duplicates(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)

        assert serious(page) == [], scheme


def test_axe_finds_nothing_serious(page: Page):
    page.emulate_media(reduced_motion="reduce")
    address = page.url
    for state in (gallery, search, nothing, filtered, detail, selected, library):
        page.goto(address)
        expect(page.locator(".card").first).to_be_visible()
        state(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)

            assert serious(page) == [], f"{state.__name__}, {scheme}"
