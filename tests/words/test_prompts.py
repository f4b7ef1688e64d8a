"""Labels said in several ways, each in its own language."""

import pytest

from polyseek.errors import UsageError
from polyseek.words.lexicon import LANGUAGES
from polyseek.words.prompts import PLACE, language_of, said, shipped_prompts


def test_every_language_says_a_label_plainly_first_and_in_other_ways():
    prompts = shipped_prompts()

    assert tuple(prompts) == LANGUAGES
    for language in LANGUAGES:
        assert prompts[language][0] == PLACE
        assert len(set(prompts[language])) == len(prompts[language]) >= 4
        assert all(prompt.count(PLACE) == 1 for prompt in prompts[language])


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("chair", "en"), ("silla", "es"), ("chaise", "fr"), ("Stuhl", "de"), ("椅子", "zh"), ("いす", "ja"),
        ("ランプ", "ja"), ("信号機", "ja"), ("glorp", "en"), ("骰骰", "zh"),
    ],
)  # fmt: skip
def test_a_label_is_said_in_its_own_language(label, language):
    assert language_of(label) == language
    assert said(label) == [prompt.replace(PLACE, label) for prompt in shipped_prompts()[language]]


def test_a_label_with_braces_is_said_as_it_stands():
    assert said("{0} bolt", ["{} in a drawer"]) == ["{0} bolt in a drawer"]


@pytest.mark.parametrize(("label", "prompts"), [("  ", ()), ("chair", ("a chair",))])
def test_an_empty_label_and_a_prompt_without_place_are_wrong_use(label, prompts):
    with pytest.raises(UsageError):
        said(label, prompts)
