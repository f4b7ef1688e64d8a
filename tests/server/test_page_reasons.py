"""Why a hit was found, on the page: in Chinese from the values of its reasons, in English as the server says it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.parametrize("width", ["desktop"], indirect=True)


@pytest.fixture
def red(tmp_path: Path) -> Path:
    path = tmp_path / "red.png"
    Image.new("RGB", (20, 20), (220, 10, 10)).save(path)
    return path


@pytest.fixture
def short_sighted(eye) -> None:
    """To the library's eye nothing is near to any words."""
    eye.words = replace(eye.words, cut_off=1.5)


def in_chinese(page: Page) -> None:
    page.evaluate("localStorage.setItem('language', 'zh')")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "zh")


def reason(page: Page):
    return page.locator(".card .why").first


def test_words_are_said_in_chinese_on_cards_and_in_the_opened_model(page: Page):
    in_chinese(page)
    page.locator("#words").fill("苹果")
    expect(reason(page)).to_have_text("名称含“苹果”（apple）")
    expect(reason(page)).to_have_attribute("title", re.compile(r"^[01]\.\d\d: 名称含“苹果”（apple）$"))
    page.locator(".card").first.click()
    expect(page.locator("#detail .reason")).to_have_text("名称含“苹果”（apple）")


def test_a_slip_and_an_absent_word_are_said_in_chinese(page: Page):
    in_chinese(page)
    page.locator("#words").fill("banna zzqqxx")

    expect(reason(page)).to_have_text("名称含“banana”（按“banna”的近似词），不含“zzqqxx”")


def test_an_example_model_is_said_in_chinese(page: Page, models: Path):
    in_chinese(page)
    page.set_input_files("#file", sorted(models.rglob("*.glb"))[0])

    expect(reason(page)).to_have_text("完全相同")
    expect(reason(page)).to_have_attribute("title", "1.00: 形状相同（1.00）")


def test_looks_are_said_in_chinese(eye, page: Page, red: Path):
    in_chinese(page)
    page.set_input_files("#file", red)
    expect(reason(page)).to_have_attribute("title", "1.00: 看起来像 red.png（1.00）")

    page.locator("#words").fill("glorp")

    expect(reason(page)).to_have_text(re.compile(r"^看起来像 “glorp”（1\.00）；看起来像 red\.png"))


def test_every_reason_has_a_chinese_sentence_and_one_that_is_unknown_is_said_by_the_server(page: Page):
    from polyseek.search import why
    from polyseek.search.query import Term

    chair, views = Term("words", "chair"), Term("picture", "a.png", more=("b.png", "c.png"))
    reasons = [
        *(why.of_shape(score, None, "shape and looks") for score in (1.0, 0.95, 0.8, 0.6, 0.1)),
        *(why.of_shape(score, Term("id", "k3f9"), "looks") for score in (1.0, 0.95, 0.8, 0.6, 0.1)),
        *(why.of_likeness(score, views) for score in (0.9, 0.4, 0.0)),
        why.of_likeness(0.9, chair, ("stool", "bench")),
        *(why.of_unwanted(score, chair) for score in (0.5, 0.0)),
        why.Reason("rest"),
        why.of_words(
            [why.Word(text) for text in "abcde"] + [why.Word("x")],
            ["name", "tags", "folders", "colours", "", "name"],
        ),
    ]
    assert {each.said for each in reasons} == {*why.SENTENCES, "words"}
    in_chinese(page)
    say = "async (hit) => (await import('./reasons.js')).whyOf(hit)"

    found = [page.evaluate(say, {"why": str(each), "reasons": [each.as_json()]}) for each in reasons]

    assert not [said for said in found if not re.search("[一-鿿]", said) or "undefined" in said]
    # What is asked for stays as it was written.
    shown = re.sub(r"k3f9|a\.png|“[a-ex]”|“chair”|stool, bench", "", " ".join(found))
    assert not re.search("[A-Za-z]", shown)
    assert found[10] == "看起来像 a.png 等 3 张图片（0.90）"
    assert found[13] == "看起来像 “chair”（stool, bench）（0.90）"
    assert found[-1] == "名称含“a”和“x”，标签含“b”，文件夹名含“c”，颜色含“d”，不含“e”"
    unknown = [{"said": "rest"}, {"said": "something new", "score": 0.5}]
    assert page.evaluate(say, {"why": "as said", "reasons": unknown}) == "as said"


def test_english_is_the_sentence_of_the_server(page: Page):
    say = "async (hit) => (await import('./reasons.js')).whyOf(hit)"
    found = {"why": "apple in the name", "reasons": [{"said": "words", "name": [{"asked": "apple"}]}]}

    assert page.evaluate(say, found) == "apple in the name"


def test_where_nothing_is_near_the_page_says_what_is_often_missed(page: Page):
    page.locator("#words").fill("qqqqzzzzxxxx")
    expect(page.locator("#message")).to_contain_text("No good match")
    expect(page.locator("#message .hint")).to_have_text(["Names are searched in six languages."])

    in_chinese(page)

    expect(page.locator("#message .hint").last).to_have_text("名称可用六种语言搜索。")


def test_what_looks_often_miss_is_said_where_looks_are_searched(short_sighted, page: Page):
    page.locator("#words").fill("qqqqzzzzxxxx")

    expect(page.locator("#message .hint").last).to_have_text(
        "Names are searched in six languages. "
        "By looks, rare things, models lying on their side and what photos show are often missed."
    )
