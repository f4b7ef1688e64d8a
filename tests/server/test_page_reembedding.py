"""The page tells of models that a new encoder has not read yet, and shows the job that reads them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from polyseek.server import reembedding
from polyseek.server.jobs import JobBoard

at_desktop = pytest.mark.parametrize("width", ["desktop"], indirect=True)


@pytest.fixture
def changed(served_library, monkeypatch: pytest.MonkeyPatch):
    """The library after another encoder was taken up, to be served; asked for before `page`."""
    served_library.use_encoders(["d2"])
    monkeypatch.setattr(reembedding, "LOOK_S", 0.05)
    return served_library


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """No job begins."""
    monkeypatch.setattr(JobBoard, "embed", lambda board: None)


@at_desktop
def test_the_panel_says_how_many_models_are_not_in_the_new_space(changed, idle, page: Page):
    page.locator("#manage").click()

    expect(page.locator("#panel dl")).to_contain_text("Not yet read by d2")
    expect(page.locator("#panel dl")).to_contain_text("24 of 24 models")


@at_desktop
def test_the_job_of_a_new_encoder_is_shown_to_its_end(changed, page: Page):
    page.locator("#manage").click()

    expect(page.locator(".job")).to_contain_text("The new encoder has read the models", timeout=30_000)
    expect(page.locator(".job")).to_contain_text("24 of 24")
    expect(page.locator("#panel dl")).not_to_contain_text("Not yet read")
