"""The hand-written queries: complete, clean, of known concepts, apart from each other and from captions."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest

from polyseek_training.captions import templates
from polyseek_training.lexicon import LANGUAGES, by_english_name, read_lexicon
from polyseek_training.queries import KINDS, read_queries

SIDES = ("validation", "test")
FEWEST = {"validation": 60, "test": 150}
CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.mark.parametrize("side", SIDES)
def test_every_concept_is_asked_for_twice_in_english_and_once_in_the_others(side: str):
    counts = Counter((each.concept, each.language) for each in read_queries(side))
    concepts = {concept for concept, _ in counts}

    assert len(concepts) >= FEWEST[side]
    assert counts == {(c, language): 1 + (language == "en") for c in concepts for language in LANGUAGES}


@pytest.mark.parametrize("side", SIDES)
def test_every_concept_asked_for_is_named_by_the_lexicon(side: str):
    named = by_english_name(read_lexicon())

    assert sorted({each.concept for each in read_queries(side)} - named.keys()) == []


@pytest.mark.parametrize("side", SIDES)
def test_queries_are_typed_as_people_type(side: str):
    for each in read_queries(side):
        assert each.query == " ".join(each.query.split()), each
        assert each.query == unicodedata.normalize("NFC", each.query), each
        assert each.query == each.query.lower(), each
        assert bool(CJK.search(each.query)) == (each.language in ("zh", "ja")), each


@pytest.mark.parametrize("side", SIDES)
def test_all_kinds_of_queries_are_there_and_none_dominates(side: str):
    counts = Counter(each.kind for each in read_queries(side))

    assert set(counts) == set(KINDS)
    assert counts.most_common(1)[0][1] < 0.75 * counts.total()


def test_no_query_stands_twice():
    counts = Counter((each.language, each.query) for side in SIDES for each in read_queries(side))

    assert [query for query, count in counts.items() if count > 1] == []


def test_no_query_is_what_a_template_makes_of_a_name():
    made = {
        (language, template.format(name).lower())
        for concept in read_lexicon().values()
        for language in LANGUAGES
        for template in templates(language)
        for name in concept.names[language]
    }

    asked = [each for side in SIDES for each in read_queries(side)]
    assert [each for each in asked if (each.language, each.query) in made] == []
