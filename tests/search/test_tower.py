"""Search by what words mean, with a tower that knows where two words lie."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from polyseek.encoders.contract import CosineScale
from polyseek.errors import QueryError
from polyseek.formats.write_glb import write_glb
from polyseek.indexing.settings import Settings, as_toml
from polyseek.library import Library
from polyseek.procedural import make
from polyseek.search.engine import Searcher
from polyseek.search.fusion import fuse_ranks
from polyseek.search.parse import parse_query
from polyseek.search.query import Query
from polyseek.search.tower import Tower

DIGEST = "ab" * 8  # of the Space in conftest.py


WORDS = CosineScale(0.0, 1.0, 0.5)


@pytest.fixture
def reading(catalogue, vectors) -> Searcher:
    """`glorp` lies where the barrel (16) is; every other word lies nowhere near a model."""

    def encode(text: str) -> np.ndarray:
        away = -vectors.sum(axis=0)
        return vectors[16] if text == "glorp" else (away / np.linalg.norm(away)).astype(np.float32)

    tower = Tower("made", DIGEST, WORDS, encode)
    return Searcher(catalogue, lambda path: {}, DIGEST, encoder="made", towers=[tower])


def test_words_that_no_name_holds_find_models_by_meaning(reading):
    hits = reading.search(Query.words("glorp"), mode="meaning")

    assert [hit.name for hit in hits[:2]] == ["barrel", "boat"]
    assert hits.good_match
    assert hits[0].score == pytest.approx(1, abs=1e-4)
    assert hits[0].why == "looks like “glorp” (1.00)"
    assert hits.made_by["words_encoder"] == "made"


def test_words_that_mean_nothing_here_are_no_good_match(reading):
    assert not reading.search(Query.words("lamp"), mode="meaning").good_match


def test_quotes_are_for_letters_and_not_for_meaning(reading):
    hits = reading.search(parse_query('"glorp"'), mode="meaning", k=1)

    assert hits[0].name == "barrel"
    assert hits[0].why == "looks like “glorp” (1.00)"


def test_hybrid_puts_models_that_hold_the_words_first(reading):
    hits = reading.search(Query.words("lamp"), mode="hybrid")

    assert {hit.name for hit in hits[:2]} == {"lamp", "tall_lamp"}
    assert hits.good_match
    assert "lamp in the name" in hits[0].why


def test_auto_fills_up_with_what_looks_like_the_words(reading):
    hits = reading.search(Query.words("glorp"))

    assert hits[0].name == "barrel"
    assert hits[0].why == "looks like “glorp” (1.00)"
    assert hits.good_match
    assert all(hit.score > 0 for hit in hits)
    assert len(hits) < 10  # what is not near is left out


def test_auto_asks_no_tower_where_enough_names_hold_the_words_or_they_are_quoted(catalogue):
    def encode(text: str) -> np.ndarray:
        raise AssertionError(text)

    tower = Tower("made", DIGEST, WORDS, encode)
    searcher = Searcher(catalogue, lambda path: {}, DIGEST, encoder="made", towers=[tower])

    assert {hit.name for hit in searcher.search(Query.words("lamp"), k=2)} == {"lamp", "tall_lamp"}
    assert not searcher.search(parse_query('"glorp"')).good_match
    with pytest.raises(AssertionError, match="lamp"):
        searcher.search(Query.words("lamp"), k=3)


def test_auto_puts_names_first_and_leaves_out_what_looks_otherwise(reading):
    named = reading.search(Query.words("lamp"), k=10)

    assert {hit.name for hit in named} == {"lamp", "tall_lamp"}  # nothing is near to lamp


@pytest.mark.parametrize(("word", "near"), [("lamp", False), ("glorp", True)])
def test_beside_names_only_what_is_surely_near_is_worth_a_look(catalogue, vectors, word: str, near: bool):
    aside = -vectors.sum(axis=0)
    aside -= (aside @ vectors[16]) * vectors[16]
    place = 0.6 * vectors[16] + 0.8 * aside / np.linalg.norm(
        aside
    )  # the barrel: over the cut-off of 0.5, below 0.75

    tower = Tower("made", DIGEST, WORDS, lambda text: place.astype(np.float32))
    hits = Searcher(catalogue, lambda path: {}, DIGEST, encoder="made", towers=[tower]).search(
        Query.words(word)
    )

    assert ("barrel" in {hit.name for hit in hits}) == near
    assert ({"lamp", "tall_lamp"} <= {hit.name for hit in hits}) != near


def test_hybrid_finds_by_meaning_where_no_name_helps(reading):
    hits = reading.search(Query.words("glorp"), mode="hybrid")

    assert hits[0].name == "barrel"
    assert hits[0].why == "looks like “glorp” (1.00)"


def test_unwanted_words_and_conditions_hold_for_meaning_too(reading):
    without = reading.search(Query.words("glorp") - Query.words("barrel"), mode="meaning")
    where = reading.search(Query.words("glorp"), mode="meaning", where='format = "stl"')

    assert "barrel" not in {hit.name for hit in without}
    assert without[0].name == "boat"
    assert {hit.record.format for hit in where} == {"stl"}


def test_a_library_without_a_tower_says_what_to_do(searcher):
    with pytest.raises(QueryError, match="reads words"):
        searcher.search(Query.words("glorp"), mode="hybrid")


@pytest.fixture
def seeing(catalogue, vectors) -> Searcher:
    """As `reading`, with pictures too: `barrel.png` lies where the barrel does, `side.png` where the cup (18) does."""
    places = {"barrel.png": vectors[16], "side.png": vectors[18], "cup.png": vectors[18]}

    def look(paths) -> dict[str, np.ndarray]:
        mean = np.mean([places[path] for path in paths], axis=0)
        return {DIGEST: (mean / np.linalg.norm(mean)).astype(np.float32)}

    def encode(text: str) -> np.ndarray:
        return {"glorp": vectors[16], "lamp": vectors[12]}.get(text, -vectors[16])

    tower = Tower("made", DIGEST, WORDS, encode, CosineScale(0.1, 0.9, 0.5))
    files = {"./cup.glb": {DIGEST: vectors[18]}}
    return Searcher(catalogue, files.__getitem__, DIGEST, encoder="made", towers=[tower], look=look)


def test_a_picture_finds_what_it_shows(seeing):
    hits = seeing.search(parse_query("barrel.png"), k=3)

    assert hits[0].name == "barrel"
    assert hits[0].why == "looks like barrel.png (1.00)"
    assert hits.good_match
    assert hits.query == "barrel.png"
    assert hits.made_by["encoder"] == "made"


def test_pictures_of_one_thing_are_one_place_between_them(seeing, vectors):
    hits = seeing.search(Query.image("barrel.png", "side.png"), k=20)

    order = np.argsort(-(vectors @ (vectors[16] + vectors[18])), kind="stable")
    assert [hit.id for hit in hits] == [f"m{i:02d}" for i in order]
    assert "barrel.png and 1 more" in hits[0].why


def test_words_models_and_pictures_are_summed(seeing):
    apart = seeing.search(parse_query("lamp"), mode="meaning", k=2)
    hits = seeing.search(parse_query("lamp ./cup.glb"), mode="meaning", k=4)
    pushed = seeing.search(Query.like("./cup.glb") - Query.image("cup.png"), mode="meaning", k=20)

    assert {hit.name for hit in apart} == {"lamp", "tall_lamp"}
    assert {hit.name for hit in hits} == {"lamp", "tall_lamp", "cup", "plate"}
    assert "like “lamp”" in hits[0].why
    assert "cup.glb" in hits[0].why
    assert "like cup.png, which is unwanted" in pushed[0].why


def test_weights_shift_a_sum(seeing):
    for text, found in (("3:lamp barrel.png", "lamp"), ("lamp 3:barrel.png", "barrel")):
        assert seeing.search(parse_query(text), k=1)[0].name.endswith(found)


def test_a_picture_brings_the_words_beside_it_into_the_space(seeing):
    hits = seeing.search(parse_query("lamp barrel.png"), k=4)

    assert {hit.name for hit in hits} == {"lamp", "tall_lamp", "barrel", "boat"}
    assert hits.made_by["words_encoder"] == "made"


def test_beside_a_tower_that_reads_pictures_alone_words_are_sought_by_their_letters(catalogue, vectors):
    tower = Tower("eye", DIGEST, pictures=CosineScale(0.0, 1.0, 0.5))
    searcher = Searcher(
        catalogue, lambda path: {}, DIGEST, towers=[tower], look=lambda paths: {DIGEST: vectors[16]}
    )

    hits = searcher.search(parse_query("boat x.png"), k=2)

    assert [hit.name for hit in hits] == ["boat", "barrel"]
    assert hits[0].why.startswith("boat in the name; looks like x.png")
    assert searcher.search(parse_query("x.png"), mode="meaning", k=1)[0].name == "barrel"
    with pytest.raises(QueryError, match="reads words and pictures"):
        searcher.search(parse_query("boat x.png"), mode="meaning")


def test_a_minus_leaves_out_what_a_word_means_in_any_language(seeing, searcher):
    by_letters = searcher.search(parse_query("chair -木"), k=9)
    summed = seeing.search(parse_query("barrel.png -桶"), k=20)

    assert {hit.name for hit in by_letters} == {"red_chair", "blue_chair"}
    assert "barrel" not in {hit.name for hit in summed}


def test_among_scores_of_one_the_nearest_is_first(catalogue, vectors):
    tower = Tower("made", DIGEST, CosineScale(0.0, 0.1, 0.05), lambda text: vectors[7])
    searcher = Searcher(catalogue, lambda path: {}, DIGEST, towers=[tower])

    hits = searcher.search(parse_query("bolt"), mode="meaning", k=2)

    assert [hit.id for hit in hits] == ["m07", "m06"]
    assert [hit.score for hit in hits] == [1.0, 1.0]


def test_a_few_of_the_words_count_only_where_nothing_is_near(reading):
    near = reading.search(Query.words("glorp"), mode="hybrid", k=1)
    far = reading.search(parse_query("red sofa"), mode="hybrid", k=1)

    assert near[0].name == "barrel"
    assert far[0].name == "red_chair"
    assert not far.good_match


def test_pictures_without_an_encoder_for_them_say_what_to_do(reading, searcher):
    for each in (reading, searcher):
        with pytest.raises(QueryError, match="reads pictures") as said:
            each.search(parse_query("barrel.png"))
        assert said.value.hint == "polyseek encoders use words2, then polyseek index"
    with pytest.raises(QueryError, match="mode words"):
        reading.search(parse_query("barrel.png"), mode="words")


def test_a_library_that_the_tower_has_not_read_says_so(catalogue, vectors):
    tower = Tower("new", "cd" * 8, WORDS, lambda text: vectors[0])
    searcher = Searcher(catalogue, lambda path: {}, DIGEST, towers=[tower])

    with pytest.raises(QueryError, match="been read by new"):
        searcher.search(Query.words("chair"), mode="meaning")


def test_reciprocal_ranks_are_those_of_the_paper():
    words = np.array([0.9, 0.5, 0.0], np.float32)
    meant = np.array([0.2, 0.9, 0.5], np.float32)

    fused = fuse_ranks(words, meant, np.zeros(3, bool))

    by_hand = [1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 62]
    assert fused == pytest.approx([value * 61 / 4 for value in by_hand], rel=1e-5)
    assert fuse_ranks(words, meant, np.array([True, False, False]))[0] > 0.5 > fused.max()


def test_a_library_with_words2_finds_models_whose_names_say_nothing(tmp_path: Path):
    models, home = tmp_path / "models", tmp_path / "library"
    models.mkdir()
    home.mkdir()
    for name, category in (("a1", "car"), ("a2", "chair"), ("a3", "tree")):
        (models / f"{name}.glb").write_bytes(write_glb(make(category, 11)))
    settings = replace(Settings(), encoders=("shape1", "words2"), jobs=1)
    (home / "library.toml").write_text(as_toml(settings), encoding="utf-8")

    with Library.open(home) as library:
        library.add([models])
        hits = library.search("silla", mode="hybrid")

    assert hits[0].name == "a2"
    assert hits.made_by["words_encoder"] == "words2"


@pytest.mark.parametrize("mode", ["hybrid", "auto"])
def test_what_is_found_by_looks_alone_has_the_same_score_in_every_mode(reading, mode):
    by_looks = reading.search(Query.words("glorp"), mode="meaning", k=2)
    both = reading.search(Query.words("glorp"), mode=mode, k=2)

    assert [(hit.name, hit.score) for hit in both] == [(hit.name, hit.score) for hit in by_looks]


def test_a_name_comes_before_a_nearer_look_and_has_its_own_score(catalogue, vectors):
    tower = Tower("made", DIGEST, WORDS, lambda text: vectors[16])  # all words lie where the barrel is
    searcher = Searcher(catalogue, lambda path: {}, DIGEST, encoder="made", towers=[tower])
    by_letters = {hit.name: hit.score for hit in searcher.search(Query.words("boat"), mode="words")}

    hits = searcher.search(Query.words("boat"), mode="hybrid", k=2)

    assert [hit.name for hit in hits] == ["boat", "barrel"]
    near = float(vectors[16] @ vectors[17])
    assert hits[0].score == pytest.approx(max(by_letters["boat"], near), abs=1e-3)
    assert hits[1].score == pytest.approx(1, abs=1e-3)


def test_what_a_query_is_near_to_in_the_whole_library_moves_its_cut_off(catalogue, vectors):
    def searcher(by_spread: float) -> Searcher:
        scale = CosineScale(0.0, 1.0, 0.5, base=0.9, by_spread=by_spread)
        tower = Tower("made", DIGEST, scale, lambda text: vectors[16])
        return Searcher(catalogue, lambda path: {}, DIGEST, encoder="made", towers=[tower])

    spread = float((vectors @ vectors[16]).std())
    far, near = searcher(0.2 / spread), searcher(0.0)

    for where in (None, 'name = "barrel"'):  # however few may come back, the library tells
        assert not far.search(Query.words("glorp"), mode="meaning", where=where).good_match
        assert near.search(Query.words("glorp"), mode="meaning", where=where).good_match
