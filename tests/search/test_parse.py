"""The query box's text becomes terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyseek.errors import QueryError
from polyseek.search.parse import parse_query
from polyseek.search.query import Query, Term


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("red chair", [Term("words", "red chair")]),
        ("chair -wood", [Term("words", "chair"), Term("words", "wood", -1.0)]),
        ("2:chair metal", [Term("words", "metal"), Term("words", "chair", 2.0)]),
        ('"fire hydrant" old', [Term("words", '"fire hydrant" old')]),
        ('-"fire hydrant"', [Term("words", '"fire hydrant"', -1.0)]),
        ("./a.glb", [Term("file", "./a.glb")]),
        ("models/a.GLTF", [Term("file", "models/a.GLTF")]),
        ('"./my models/a.glb" lamp', [Term("words", "lamp"), Term("file", "./my models/a.glb")]),
        (r"C:\models\a.stl", [Term("file", r"C:\models\a.stl")]),
        ("./photo.png", [Term("picture", "./photo.png")]),
        ("photo.JPG -sketch.webp", [Term("picture", "photo.JPG"), Term("picture", "sketch.webp", -1.0)]),
        ('2:"my photo.jpeg" chair', [Term("words", "chair"), Term("picture", "my photo.jpeg", 2.0)]),
        (".png x.pngs", [Term("words", ".png x.pngs")]),
        ("a.glb", [Term("words", "a.glb")]),
        ("and/or", [Term("words", "and/or")]),
        ("id:k3f9", [Term("id", "k3f9")]),
        ("-id:k3f9 0.5:id:abc", [Term("id", "k3f9", -1.0), Term("id", "abc", 0.5)]),
        ("INV-2019-0042", [Term("words", "INV-2019-0042")]),
        ("- chair", [Term("words", "chair")]),
        ("3:4", [Term("words", "4", 3.0)]),
        ("16:9 : x", [Term("words", "x"), Term("words", "9", 16.0)]),
    ],
)
def test_text_becomes_terms(text: str, terms: list[Term]):
    assert parse_query(text) == Query(tuple(terms))


@pytest.mark.parametrize("text", ["", "   ", "-", '""', "--- !"])
def test_nothing_to_search_for_is_said(text: str):
    with pytest.raises(QueryError, match="nothing to search"):
        parse_query(text)


@pytest.mark.parametrize(
    "text",
    ["red chair", "chair -wood", "metal 2:chair", "lamp id:k3f9", "./a.glb", "lamp 2:a.png", '"my a.png"'],
)
def test_a_query_is_shown_as_it_is_typed(text: str):
    assert str(parse_query(text)) == text
    assert parse_query(str(parse_query(text))) == parse_query(text)


@given(st.text(max_size=40))
def test_any_text_gives_a_query_or_a_clear_error(text: str):
    found, hint = (), ""
    try:
        found = parse_query(text).terms
    except QueryError as error:
        hint = error.hint
    assert bool(found) != bool(hint)


def test_queries_are_sums():
    query = 2 * (Query.like("a.glb") - Query.words("wood")) + Query.like("id:k3")

    assert query.terms == (Term("file", "a.glb", 2.0), Term("words", "wood", -2.0), Term("id", "k3", 1.0))


def test_what_ends_like_a_picture_is_one_and_several_are_views_of_one_thing():
    assert Query.like("a.PNG") == Query.image("a.PNG") == Query((Term("picture", "a.PNG"),))
    views = Query.image("front.png", "my side.png")
    assert views.terms[0].paths == ("front.png", "my side.png")
    assert str(-1 * views) == '-(front.png "my side.png")'
    assert views.terms[0].called == "front.png and 1 more"
    assert Query.image() == Query()
