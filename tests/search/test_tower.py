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


def test_hybrid_puts_models_that_hold_the_words_first(reading):
    hits = reading.search(Query.words("lamp"), mode="hybrid")

    assert {hit.name for hit in hits[:2]} == {"lamp", "tall_lamp"}
    assert hits.good_match
    assert "lamp in the name" in hits[0].why


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


def test_reciprocal_ranks_are_those_of_the_paper():
    words = np.array([0.9, 0.5, 0.0], np.float32)
    meant = np.array([0.2, 0.9, 0.5], np.float32)

    fused = fuse_ranks(words, meant, np.zeros(3, bool))

    by_hand = [1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 62]
    assert fused == pytest.approx([value * 61 / 4 for value in by_hand], rel=1e-5)
    assert fuse_ranks(words, meant, np.array([True, False, False]))[0] > 0.5 > fused.max()


def test_a_library_with_words1_finds_models_whose_names_say_nothing(tmp_path: Path):
    models, home = tmp_path / "models", tmp_path / "library"
    models.mkdir()
    home.mkdir()
    for name, category in (("a1", "car"), ("a2", "chair"), ("a3", "tree")):
        (models / f"{name}.glb").write_bytes(write_glb(make(category, 11)))
    settings = replace(Settings(), encoders=("shape1", "words1"), jobs=1)
    (home / "library.toml").write_text(as_toml(settings), encoding="utf-8")

    with Library.open(home) as library:
        library.add([models])
        hits = library.search("silla", mode="hybrid")

    assert hits[0].name == "a2"
    assert hits.made_by["words_encoder"] == "words1"
