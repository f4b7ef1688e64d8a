"""Words in six languages find English names; what a name means comes after the name itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record, Tag
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.search.engine import Searcher
from polyseek.search.hit import Hits
from polyseek.search.lexical import FULL
from polyseek.search.parse import parse_query

Library = Callable[..., Searcher]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Makes a Searcher over models of these names, in `/models`; a name may have folders, and a tag after `#`."""
    with SqliteCatalogue.open(tmp_path) as catalogue:

        def made(*names: str) -> Searcher:
            with catalogue.batch() as batch:
                for number, text in enumerate(names):
                    path, _, tag = text.partition("#")
                    record = Record(
                        id=f"m{number}", path=f"/models/{path}.glb", root="/models", name=path.rsplit("/", 1)[-1],
                        format="glb", bytes=1, digest=f"{number:032x}", tags=(Tag(tag),) if tag else (),
                    )  # fmt: skip
                    batch.put(Stamp(record.path, record.root, 1, 1, record.digest), [Entry(record, {})])
            return Searcher(catalogue, lambda path: {}, "none")

        yield made


def found(searcher: Searcher, text: str) -> Hits:
    return searcher.search(parse_query(text), k=20, mode="words")


def names(hits: Hits) -> list[str]:
    return [hit.name for hit in hits]


@pytest.mark.parametrize("word", ["chair", "椅子", "silla", "sillas", "chaise", "Stuhl", "いす"])
def test_a_chair_is_found_in_six_languages(library: Library, word: str):
    hits = found(library("chair_wooden", "table_round", "lantern"), word)

    assert names(hits) == ["chair_wooden"]
    assert hits.good_match


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("椅子", "椅子 = chair in the name"),
        ("chaise", "chaise = chair in the name"),
        ("chair", "chair in the name"),
    ],
)
def test_why_says_what_a_word_was_taken_for(library: Library, word: str, why: str):
    assert found(library("chair_wooden"), word)[0].why == why


def test_names_of_two_words_are_found(library: Library):
    searcher = library("street_lamp", "streetlight_02", "lamp", "street")

    assert names(found(searcher, "farola"))[:2] == ["street_lamp", "streetlight_02"]
    assert names(found(searcher, "路灯"))[:2] == ["street_lamp", "streetlight_02"]


def test_names_of_three_words_are_found(library: Library):
    assert names(found(library("first_aid_kit", "kit"), "急救箱")) == ["first_aid_kit"]


def test_the_words_of_a_name_may_stand_apart(library: Library):
    hits = found(library("plate_small_broken", "plate", "mug"), "zerbrochener Teller")

    assert names(hits) == ["plate_small_broken"]
    assert hits[0].why == "zerbrochener teller = broken plate in the name"


def test_a_phrase_is_read_as_one_name(library: Library):
    hits = found(library("desk_chair", "office_building", "chair"), "silla de oficina")

    assert names(hits) == ["desk_chair"]
    assert hits[0].why == "silla de oficina = desk chair in the name"


def test_a_synonym_is_found_after_the_word_itself(library: Library):
    hits = found(library("sofa_red", "couch_red", "table"), "couch")

    assert names(hits) == ["couch_red", "sofa_red"]
    assert hits[0].why == "couch in the name"
    assert hits[1].why == "couch = sofa in the name"
    assert hits[0].score >= FULL > hits[1].score


def test_exact_words_win_however_rare(library: Library):
    searcher = library("pack/Stuhl_very_long_name_of_a_thing_in_the_hall_02", "chair", "stool#chair")

    assert names(found(searcher, "Stuhl"))[0].startswith("Stuhl")
    assert set(names(found(searcher, "Stuhl"))[1:]) == {"chair", "stool"}


def test_kinds_come_after_names(library: Library):
    hits = found(library("armchair", "throne", "seat_old", "rug"), "asiento")

    assert names(hits)[0] == "seat_old"
    assert set(names(hits)[1:]) == {"armchair", "throne"}
    assert hits[1].why.startswith("asiento = ")


def test_every_word_must_be_met(library: Library):
    searcher = library("chair_red", "chair_blue", "table_red")

    assert names(found(searcher, "red silla")) == ["chair_red"]
    assert found(searcher, "red silla")[0].why == "red and silla = chair in the name"


def test_words_that_mean_nothing_here_are_said_to_be_absent(library: Library):
    hits = found(library("chair_red", "table"), "qwzxk 椅子")

    assert names(hits) == ["chair_red"]
    assert not hits.good_match
    assert hits[0].why == "椅子 = chair in the name, not qwzxk"


def test_english_comes_before_the_same_letters_in_another_language(library: Library):
    hits = found(library("boot_left", "boat_small"), "boot")

    assert names(hits) == ["boot_left", "boat_small"]


def test_who_quotes_wants_the_letters(library: Library):
    assert names(found(library("sofa", "couch"), '"couch"')) == ["couch"]


def test_tags_and_folders_are_met_too(library: Library):
    searcher = library("scan_01#chair", "chairs/scan_02", "scan_03")

    whys = {hit.name: hit.why for hit in found(searcher, "椅子")}
    assert whys == {"scan_01": "椅子 = chair in the tags", "scan_02": "椅子 = chair in the folders"}
