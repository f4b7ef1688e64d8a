"""Whole searches over a small library."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.encoders.contract import Space
from polyseek.errors import FileNotFound, QueryError, SpaceMismatch, UnknownId, UsageError
from polyseek.search.engine import Searcher
from polyseek.search.parse import parse_query
from polyseek.search.query import Query


def names(hits) -> list[str]:
    return [hit.name for hit in hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("red chair", ["red_chair"]),
        ("Chairs", ["red_chair", "blue_chair", "wood_chair"]),
        ("fire hydrant", ["fire_hydrant", "firehydrant_old"]),
        ("hydrant", ["fire_hydrant", "firehydrant_old"]),
        ("M3", ["M3x10_bolt"]),
        ("m4x10", ["M4x10_bolt"]),
        ("INV-2019-0042", ["INV-2019-0042"]),
        ("椅子", ["红色椅子", "red_chair", "blue_chair", "wood_chair"]),
        ("creme", ["Crème_jar"]),
        ("chair -red", ["blue_chair", "wood_chair"]),
        ("chair -red -wood", ["blue_chair"]),
        ("chair -rot", ["blue_chair", "wood_chair"]),
        ("chair -hölzern -rouge", ["blue_chair"]),
        ("chair -木", ["red_chair", "blue_chair"]),
        ('chair -"rot"', ["red_chair", "blue_chair", "wood_chair"]),
        ('"fire hydrant" -old', ["fire_hydrant"]),
    ],
)
def test_words_find_names(searcher, text: str, found: list[str]):
    hits = searcher.search(parse_query(text), k=20)

    assert sorted(names(hits)) == sorted(found)
    assert hits.good_match
    assert hits.query == text
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert hits[0].score == 1.0 or " -" in text  # what is left out may have matched better
    assert all(0 <= later.score <= hit.score for hit, later in pairwise(hits))


def test_slips_are_forgiven_and_said(searcher):
    hits = searcher.search(parse_query("woodn chiar"), k=5)

    assert names(hits) == ["wood_chair"]
    assert hits.good_match
    assert hits[0].why == "wood (for woodn) and chair (for chiar) in the name"
    assert hits[0].score < 1


def test_a_word_inside_another_is_found(searcher):
    assert "firehydrant_old" in names(searcher.search(parse_query("ehydran"), k=5))


def test_when_no_record_holds_all_words_the_most_are_shown_and_it_is_said(searcher):
    hits = searcher.search(parse_query("red sofa"), k=5)

    assert names(hits) == ["red_chair", "red_table"]
    assert not hits.good_match
    assert hits[0].why == "red in the name, not sofa"
    assert hits[0].score < 0.5


def test_nothing_found_is_no_hit_and_no_match(searcher):
    hits = searcher.search(parse_query("xylophone"), k=5)

    assert len(hits) == 0
    assert not hits.good_match


def test_weights_decide_between_words(searcher):
    hits = searcher.search(parse_query("3:table lamp"), k=9)

    assert {"red_table", "wood_table"} == set(names(hits)[:2])
    assert {"lamp", "tall_lamp"} == set(names(hits)[2:])


def test_a_model_file_finds_its_neighbours_in_the_order_of_cosines(searcher, vectors):
    hits = searcher.search(Query.like("./chair.glb"), k=20)

    order = np.argsort(-(vectors @ vectors[0]), kind="stable")
    assert [hit.id for hit in hits][:3] == [f"m{i:02d}" for i in order[:3]]
    assert hits[0].why == "the same shape (1.00)"
    assert hits.good_match
    assert hits.made_by["encoder"] == "made"


def test_a_model_unlike_everything_is_no_good_match(searcher):
    hits = searcher.search(Query.like("./far.glb"), k=3)

    assert len(hits) == 3
    assert not hits.good_match


def test_similar_leaves_the_model_itself_out(searcher):
    hits = searcher.similar("m04", k=19)

    assert hits[0].id == "m05"
    assert len(hits) == 19
    assert "m04" not in [hit.id for hit in hits]


def test_words_and_models_combine(searcher):
    hits = searcher.search(parse_query("chair id:m00"), k=3)

    assert names(hits)[:2] == ["red_chair", "blue_chair"]
    assert hits[0].why == "chair in the name; the same shape (1.00)"


def test_an_unwanted_model_is_pushed_away(searcher):
    liked = searcher.search(parse_query("chair"), k=3)
    pushed = searcher.search(parse_query("chair -id:m00"), k=3)

    assert names(pushed)[0] == "wood_chair"
    assert names(liked)[0] != "wood_chair" or liked[0].score == liked[1].score
    assert "unwanted" in pushed[-1].why


def test_only_unwanted_words_leave_the_rest(searcher):
    hits = searcher.search(parse_query("-chair"), k=50)

    assert len(hits) == 17
    assert not any("chair" in name for name in names(hits))


def test_where_applies_to_words_and_models(searcher):
    assert names(searcher.search(parse_query("chair"), where="triangles >= 100 and not tag = 'wood'")) == [
        "blue_chair"
    ]
    hits = searcher.similar("m00", k=20, where='format = "obj"')
    assert len(hits) == 7
    assert {hit.record.format for hit in hits} == {"obj"}
    nothing = searcher.search(parse_query("chair"), where="triangles > 100000")
    assert (len(nothing), nothing.good_match) == (0, False)
    assert len(searcher.similar("m00", where="bytes < 0")) == 0


def test_a_vector_given_with_the_search_is_used(searcher, vectors):
    query = Query.like("upload.glb")
    (term,) = query.terms
    hits = searcher.search(query, k=1, given={term: {"ab" * 8: vectors[6]}})

    assert hits[0].id == "m06"
    with pytest.raises(SpaceMismatch):
        searcher.search(query, given={term: {"cd" * 8: vectors[6]}})


@pytest.mark.parametrize(
    ("query", "how", "error"),
    [
        (Query(), {}, QueryError),
        (Query.words("chair"), {"k": 0}, UsageError),
        (Query.words("chair"), {"mode": "meaning"}, QueryError),
        (Query.like("id:m00"), {"mode": "words"}, QueryError),
        (Query.words("chair"), {"where": "colour = 3"}, QueryError),
        (Query.like("id:zz"), {}, UnknownId),
        (Query.like("./none.glb"), {}, FileNotFound),
    ],
)
def test_what_cannot_be_searched_for_is_said(searcher, query, how, error):
    with pytest.raises(error):
        searcher.search(query, **how)


def test_a_search_sees_what_was_written_a_moment_ago(tmp_path, vectors):
    space = Space("made", 16, "ab" * 8)
    with SqliteCatalogue.open(tmp_path) as catalogue:
        catalogue.add_space(space, "made")
        searcher = Searcher(catalogue, lambda path: {}, space.digest)
        record = None
        for i in range(3):
            record = Record(f"m{i}", f"/m/{i}.glb", "/m", f"thing_{i}", "glb", 1, "d")
            with catalogue.batch() as batch:
                batch.put(Stamp(record.path, "/m", 1, 1, "d"), [Entry(record, {space.digest: vectors[i]})])
            assert len(searcher.search(Query.like("id:m0"), k=9)) == i + 1
        catalogue.remove(["m1"])
        assert [hit.id for hit in searcher.search(Query.like("id:m0"), k=9)] == ["m0", "m2"]
        no_vector = replace(record, id="flat", path="/m/flat.glb", name="flat")
        with catalogue.batch() as batch:
            batch.put(Stamp(no_vector.path, "/m", 1, 1, "d"), [Entry(no_vector)])
        assert [hit.id for hit in searcher.search(parse_query("flat id:m0"), k=1)] in (["flat"], ["m0"])
        with pytest.raises(QueryError, match="no vector"):
            searcher.similar("flat")
