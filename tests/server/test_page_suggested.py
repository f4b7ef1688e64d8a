"""Suggested tags on the page, in a real browser: marked as such, accepted, rejected, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def suggested(served_library) -> str:
    """The id of the first model, for which two tags are suggested."""
    record = next(served_library.records(sort="name"))
    served_library._catalogue.suggest({record.id: ["wug", "glorp"]})
    return record.id


def test_a_suggested_tag_is_accepted_or_rejected_and_undone(suggested, page: Page, served_library):
    page.locator(".card").first.click()
    chips = page.locator("#detail .tags .suggested")
    expect(chips).to_have_text(["glorp?✓×", "wug?✓×"])

    chips.filter(has_text="wug").get_by_label("Accept the suggested tag wug").click()
    expect(chips).to_have_count(1)
    expect(page.locator("#detail .tags .label", has_text="wug")).to_have_count(1)
    chips.get_by_label("Reject the suggested tag glorp").click()
    expect(chips).to_have_count(0)

    assert {tag.tag: tag.by for tag in served_library.record(suggested).tags if tag.by != "file"} == {
        "wug": "person"
    }
    page.locator(".toast button").click()
    expect(chips).to_have_count(1)


def test_tags_are_suggested_where_an_encoder_reads_words_and_only_there(suggested, page: Page):
    page.locator(".card").first.click()

    expect(page.locator("#detail .tags .suggested")).to_have_count(2)
    expect(page.get_by_role("button", name="Suggest tags")).to_have_count(0)


def test_asking_for_suggestions_on_the_page_shows_them(eye, page: Page, monkeypatch):
    from polyseek.naming import suggesting
    from polyseek.search.suggest import Proposal

    monkeypatch.setattr(
        suggesting,
        "_proposed",
        lambda encoder, tree, vectors, vocabulary, most: [[Proposal("wug", 0.7, "wug")] for _ in vectors],
    )
    page.locator(".card").first.click()
    page.get_by_role("button", name="Suggest tags").click()

    expect(page.locator("#detail .tags .suggested")).to_have_text("wug?✓×")
    page.locator(".toast button").click()
    expect(page.locator("#detail .tags .suggested")).to_have_count(0)
