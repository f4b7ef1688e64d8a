"""Dragging a model out of the page: the browser is told where to fetch it as a GLB, and under which name."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.parametrize("width", ["desktop"], indirect=True)


def dragged(page: Page, place) -> dict[str, str]:
    """What the browser takes along when a person drags from the middle of an element: data by type."""
    session = page.context.new_cdp_session(page)
    session.send("Input.setInterceptDrags", {"enabled": True})
    found: list[dict] = []
    session.on("Input.dragIntercepted", lambda event: found.append(event["data"]))
    box = place.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    held = {"button": "left", "buttons": 1, "clickCount": 1}
    session.send("Input.dispatchMouseEvent", {"type": "mousePressed", "x": x, "y": y, **held})
    for step in (5, 15, 30):
        moved = {"type": "mouseMoved", "x": x + step, "y": y + step, **held}
        session.send("Input.dispatchMouseEvent", moved)
    for _ in range(500):
        if found:
            break
        page.wait_for_timeout(20)
    session.send("Input.dispatchMouseEvent", {"type": "mouseReleased", "x": x, "y": y, **held})
    session.detach()
    return {item["mimeType"]: item["data"] for item in found[0]["items"]}


def test_a_card_is_dragged_out_as_a_glb_with_its_name(page: Page, served_library):
    card = page.locator(".card").nth(2)
    name = card.locator(".name").inner_text()

    data = dragged(page, card)

    kind, file, address = data["downloadurl"].split(":", 2)
    assert (kind, file) == ("model/gltf-binary", f"{name}.glb")
    answer = page.request.get(address)
    assert (answer.status, answer.body()[:4]) == (200, b"glTF")
    (record,) = served_library.records(f'name = "{name}"')
    assert data["text/plain"] == record.path


def test_the_open_model_is_dragged_out_by_its_button(page: Page):
    page.locator(".card").first.click()
    button = page.get_by_role("link", name="Save as GLB")
    expect(button).to_be_visible()

    data = dragged(page, button)

    assert data["downloadurl"].startswith("model/gltf-binary:")
    assert data["downloadurl"].endswith("/model.glb")


def test_a_name_with_signs_that_no_file_may_have_is_mended(page: Page):
    name = page.evaluate(
        """async () => (await import("./card.js")).fileName({ name: 'a:b/c\\\\d "e" 椅子' })"""
    )

    assert name == "a_b_c_d _e_ 椅子.glb"
