"""The pictures of the page in README and docs: `python benchmarks/page_pictures.py LIBRARY [docs/images]`.

Serves the library on a free port of loopback and drives Chromium at desktop and phone width.
"""

from __future__ import annotations

import io
import shutil
import sys
import threading
import time
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from polyseek import Library
from polyseek.cli.serve import listen
from polyseek.server.app import make_app

# Strokes on a sheet of side 1: a back, a seat, four legs.
CHAIR = (
    ((0.30, 0.14), (0.30, 0.56), (0.62, 0.62), (0.62, 0.20), (0.30, 0.14)),
    ((0.30, 0.28), (0.62, 0.34)),
    ((0.30, 0.42), (0.62, 0.48)),
    ((0.30, 0.56), (0.46, 0.50), (0.76, 0.55), (0.62, 0.62)),
    ((0.30, 0.56), (0.30, 0.88)),
    ((0.62, 0.62), (0.62, 0.94)),
    ((0.76, 0.55), (0.76, 0.84)),
)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main(library: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with Library.open(library, create=False) as opened:
        listener = listen(0)
        server = uvicorn.Server(uvicorn.Config(make_app(opened), log_level="error"))
        threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
        while not server.started:
            time.sleep(0.01)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
            for name, width, height, scheme in (
                ("page", 1440, 900, "light"),
                ("page_dark", 1440, 900, "dark"),
                ("page_phone", 390, 844, "light"),
            ):
                page = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, locale="en"
                ).new_page()
                visit(page, address, target, name)
            browser.close()
        server.should_exit = True


def visit(page: Page, address: str, target: Path, name: str) -> None:
    """An opened model of a search; at desktop width a composed query, two models compared, a drawing and the map."""
    page.goto(address)
    page.locator(".card img").first.wait_for()
    find(page, "chair")
    page.locator(".card").first.click()
    page.locator("#detail .stage canvas").wait_for()
    settle(page)
    save(page, target / f"{name}.webp")
    if name != "page":
        return
    compose(page, address)
    save(page, target / f"{name}_composed.webp")
    page.goto(address)
    page.locator(".card").first.wait_for()
    find(page, "chair")
    page.locator(".card").nth(8).click(modifiers=["Control"])
    page.locator(".card").nth(9).click(modifiers=["Control"])
    page.locator("#selection").get_by_role("button", name="Compare").click()
    page.locator("#compare .stage canvas").wait_for()
    settle(page)
    save(page, target / f"{name}_compare.webp")
    sketch(page, address)
    save(page, target / f"{name}_sketch.webp")
    page.goto(f"{address}?show=map")
    page.locator('#map[data-state="ready"]').wait_for(timeout=120_000)
    settle(page)
    save(page, target / f"{name}_map.webp")


def compose(page: Page, address: str) -> None:
    """Wooden things, more like a chair, less like a table."""
    page.goto(address)
    page.locator(".card").first.wait_for()
    for words, sign in (("chair", "More"), ("table", "Less")):
        find(page, words)
        page.locator(".card").first.click()
        page.locator("#detail").get_by_role("button", name=f"{sign} like this").click()
        settle(page)
    page.locator("#words").fill("wooden")
    settle(page)
    page.locator("#words").blur()
    page.mouse.move(0, 0)


def sketch(page: Page, address: str) -> None:
    """A chair as one draws it, on the sheet over the gallery."""
    page.goto(address)
    page.locator(".card").first.wait_for()
    page.locator("#draw").click()
    box = page.locator(".sketch").bounding_box()
    assert box is not None
    for stroke in CHAIR:
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point, steps=8)
        page.mouse.up()
    settle(page)


def find(page: Page, words: str) -> None:
    """Type words, and wait until the first card has them."""
    page.locator("#words").fill(words)
    page.locator('.cell[aria-posinset="1"] .name', has_text=words).wait_for()
    settle(page)


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)


def save(page: Page, path: Path) -> None:
    Image.open(io.BytesIO(page.screenshot())).save(path, quality=82, method=6)
    print(path, f"{path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "docs/images"))
