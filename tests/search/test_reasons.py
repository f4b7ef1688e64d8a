"""The reasons on a search's hits: a value for each part of the query, of which `why` is the sentence."""

from __future__ import annotations

import pytest

from polyseek.search.parse import parse_query
from polyseek.search.why import Reason, Word, sentence


def first(searcher, text: str):
    return searcher.search(parse_query(text), k=5)[0]


@pytest.mark.parametrize(
    "text", ["chair", "woodn chiar", "red sofa", "椅子", "id:m00", "id:m00 -id:m04", "-chair"]
)
def test_why_is_the_sentence_of_the_reasons(searcher, text: str):
    hit = first(searcher, text)

    assert hit.reasons
    assert hit.why == sentence(hit.reasons)
    assert hit.as_json()["reasons"] == [reason.as_json() for reason in hit.reasons]


def test_words_and_an_example_are_two_reasons(searcher):
    words, shape = first(searcher, "chair id:m00").reasons

    assert words == Reason("words", {"name": (Word("chair"),)})
    assert shape.said == "same"
    assert shape.values["compared"] == "shape"


def test_several_examples_are_named(searcher):
    liked, unliked = first(searcher, "id:m00 -id:m04").reasons

    assert liked.values["compared"] == "shape"
    assert unliked.said in ("unwanted", "unlike")
    assert unliked.values["like"] == "m04"


def test_where_words_only_leave_out_it_is_said(searcher):
    assert first(searcher, "-chair").reasons == (Reason("rest"),)
