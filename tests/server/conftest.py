"""A small library of made models, served: in this process for the API, on loopback for the page."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Named, not counted: pages are looked at by what these look like.
CATEGORIES = (
    "aeroplane", "apple", "axe", "ball", "balloon", "banana", "barrel", "basket", "bed", "bench", "bicycle", "bin",
)  # fmt: skip
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
# How long a busy machine may take to show something.
PATIENCE_MS = 15_000
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of made models: a few categories, two variations each."""
    from polyseek import procedural
    from polyseek.formats.write_glb import write_glb

    folder = tmp_path_factory.mktemp("models")
    for path, made in procedural.made_library(2, 0, categories=CATEGORIES):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(write_glb(made.asset))
    return folder


@pytest.fixture(scope="session")
def library_folder(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of `models`."""
    from polyseek.indexing.settings import FILE_NAME, Settings, as_toml
    from polyseek.library import Library

    folder = tmp_path_factory.mktemp("library")
    # By shape alone: what pictures and words add has its own fixtures.
    (folder / FILE_NAME).write_text(as_toml(Settings(encoders=("shape1", "geo18"))))
    with Library.open(folder) as library:
        report = library.add([models], jobs=1)
    assert report.added == 2 * len(CATEGORIES)
    return folder


@pytest.fixture
def served_library(library_folder: Path, tmp_path: Path) -> Iterator:
    """A copy that a test may change."""
    from polyseek.library import Library

    copy = tmp_path / "library"
    shutil.copytree(library_folder, copy)
    with Library.open(copy) as library:
        yield library


class Eye:
    """Reads pictures and words into the Space of shape1: red and `glorp` lie where the first model does, the rest by the last."""

    def __init__(self, library) -> None:
        from polyseek.encoders.contract import CosineScale
        from polyseek.encoders.shelf import load

        shape = load("shape1")
        self.card, self.space, self.wants, self.encode = shape.card, shape.space, shape.wants, shape.encode
        self.pictures = self.words = CosineScale(0.0, 1.0, 0.5)
        self.ids, self.rows = library.vectors("shape1")

    def encode_pictures(self, pictures):
        red = [picture[..., 0].mean() > picture[..., 1].mean() for picture in pictures]
        return self.rows[[0 if each else -1 for each in red]]

    def encode_texts(self, texts):
        return self.rows[[0 if text == "glorp" else -1 for text in texts]]


@pytest.fixture
def eye(monkeypatch: pytest.MonkeyPatch, served_library) -> Eye:
    """What the served library reads pictures with; asked for before `page` or `client`."""
    from polyseek.library.searchers import Searchers

    found = Eye(served_library)
    monkeypatch.setattr(Searchers, "readers", property(lambda searchers: [found]))
    return found


@pytest.fixture
def client(served_library) -> Iterator:
    """The API, called without a network."""
    from fastapi.testclient import TestClient

    from polyseek.server.app import make_app

    with TestClient(make_app(served_library), base_url="http://127.0.0.1") as found:
        yield found


@pytest.fixture
def address(served_library) -> Iterator[str]:
    """The page on a free port of loopback."""
    import uvicorn

    from polyseek.cli.serve import listen
    from polyseek.server.app import make_app

    listener = listen(0)
    server = uvicorn.Server(uvicorn.Config(make_app(served_library), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of this machine. Without one the page is not tested, loudly; CI fails instead."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    found = os.environ.get("POLYSEEK_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        message = "no Chromium on this machine: the page was NOT tested (set POLYSEEK_CHROMIUM)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for the tests of a file; each test gets a profile of its own in it."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield found
        found.close()


@pytest.fixture(params=SIZES)
def width(request) -> str:
    """At which width the page is seen; a test that names one of them is run at that one only."""
    return request.param


@pytest.fixture
def page(width: str, browser: Browser, address: str) -> Iterator[Page]:
    """The page, opened; a call to another host or an error in its script fails the test."""
    from playwright.sync_api import expect

    size = dict(zip(("width", "height"), SIZES[width], strict=True))
    context = browser.new_context(
        viewport=size, locale="en", permissions=["clipboard-read", "clipboard-write"]
    )
    context.set_default_timeout(2 * PATIENCE_MS)
    found = context.new_page()
    faults: list[str] = []
    own = (address, "blob:", "data:")
    found.on("request", lambda call: None if call.url.startswith(own) else faults.append(call.url))
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.goto(address)
    expect(found.locator(".card").first).to_be_visible()
    expect(found.locator("#facets .chip").first).to_be_attached()
    yield found
    context.close()
    assert faults == []
