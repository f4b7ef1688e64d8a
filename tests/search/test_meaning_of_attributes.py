"""Colours and other attributes are understood in six languages and looked for in what a record shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.search.engine import Searcher
from polyseek.search.hit import Hits
from polyseek.search.parse import parse_query

RED, BLUE, NAVY, BROWN, GREY = "#cc2020", "#2255cc", "#0a1850", "#7a4a22", "#808080"

Library = Callable[..., Searcher]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Makes a Searcher over models given as (name, colour, ...)."""
    with SqliteCatalogue.open(tmp_path) as catalogue:

        def made(*models: tuple[str, ...]) -> Searcher:
            with catalogue.batch() as batch:
                for number, (name, *colours) in enumerate(models):
                    record = Record(
                        id=f"m{number}", path=f"/models/{number}/{name}.glb", root="/models", name=name, format="glb",
                        bytes=1, digest=f"{number:032x}", colours=tuple(colours),
                    )  # fmt: skip
                    batch.put(Stamp(record.path, record.root, 1, 1, record.digest), [Entry(record, {})])
            return Searcher(catalogue, lambda path: {}, "none")

        yield made


def found(searcher: Searcher, text: str) -> Hits:
    return searcher.search(parse_query(text), k=20, mode="words")


def names(hits: Hits) -> list[str]:
    return [hit.name for hit in hits]


CHAIRS = (("chair_a", BLUE), ("chair_b", RED, GREY), ("lamp", RED), ("chair_c", GREY, BROWN))


@pytest.mark.parametrize(
    "text",
    [
        "red chair",
        "红色椅子",
        "红椅子",
        "红色的椅子",
        "silla roja",
        "una silla roja",
        "sillas rojas",
        "roter Stuhl",
        "ein roter Stuhl",
        "chaise rouge",
        "chaises rouges",
        "la chaise rouge",
        "赤い椅子",
        "赤の椅子",
    ],
)
def test_a_red_chair_is_found_by_its_colour_in_six_languages(library: Library, text: str):
    hits = found(library(*CHAIRS), text)

    assert names(hits) == ["chair_b"]
    assert hits.good_match


def test_a_name_that_says_so_comes_before_a_colour_that_shows_it(library: Library):
    assert names(found(library(*CHAIRS, ("chair_red", GREY)), "red chair")) == ["chair_red", "chair_b"]


def test_only_the_main_colours_count(library: Library):
    assert not found(library(("chair", GREY, BROWN, RED)), "red chair").good_match


def test_a_shade_is_found_by_its_colour_but_not_the_other_way(library: Library):
    searcher = library(("chair_a", NAVY), ("chair_b", BLUE))

    assert sorted(names(found(searcher, "blue chair"))) == ["chair_a", "chair_b"]
    assert names(found(searcher, "dark blue chair")) == ["chair_a"]
    assert names(found(searcher, "silla azul marino")) == ["chair_a"]


@pytest.mark.parametrize(
    "text", ["silla de madera", "chaise en bois", "木椅子", "木の椅子", "Stuhl aus Holz", "wood chair"]
)
def test_a_material_is_found_by_its_name_in_other_words(library: Library, text: str):
    assert names(found(library(("chair_wooden", BROWN), ("chair_metal", GREY)), text)) == ["chair_wooden"]


@pytest.mark.parametrize(
    "text", ["kaputter Stuhl", "chaise cassée", "silla rota", "坏掉的椅子", "壊れた椅子", "damaged chair"]
)
def test_a_state_is_found(library: Library, text: str):
    assert names(found(library(("chair_broken", GREY), ("chair", GREY)), text)) == ["chair_broken"]


def test_why_says_which_colour_was_seen(library: Library):
    searcher = library(*CHAIRS)

    assert found(searcher, "silla roja")[0].why == "silla = chair in the name, roja = red in its colours"
    assert found(searcher, "red chair")[0].why == "chair in the name, red in its colours"


def test_a_colour_may_be_left_out(library: Library):
    assert names(found(library(*CHAIRS), "chair -red")) == ["chair_a", "chair_c"]


def test_a_thing_named_like_a_colour_is_found_first(library: Library):
    assert names(found(library(("ball", "#f08a24"), ("orange", "#f08a24")), "orange"))[0] == "orange"


def test_colours_are_no_words_of_the_library(library: Library):
    searcher = library(*CHAIRS)

    assert not found(searcher, '"red"').good_match
    assert not found(searcher, "rde table").good_match


@pytest.mark.parametrize("text", ["Holzhocker", "holzhocker", "Holzbarhocker rot"])
def test_a_german_compound_is_taken_apart(library: Library, text: str):
    searcher = library(("stool_metal", GREY), ("bar_stool_wooden", RED), ("wood_pile", BROWN))

    assert names(found(searcher, text))[:1] == ["bar_stool_wooden"]
