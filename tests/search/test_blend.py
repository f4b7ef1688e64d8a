"""Models compared in two Spaces at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.encoders.contract import CosineScale, Space, unit_rows
from polyseek.errors import QueryError, UsageError
from polyseek.search.blend import SHARES, Blend, Blended, blend_of, end_to_end
from polyseek.search.calibrate import calibrate
from polyseek.search.engine import Searcher
from polyseek.search.pages import Page
from polyseek.search.query import Query
from polyseek.search.tower import Tower

SHAPE, LOOKS = Space("shape", 8, "5a" * 8), Space("looks", 6, "10" * 8)
BLEND = Blend(((SHAPE.digest, 0.7), (LOOKS.digest, 0.3)), ("shape", "looks"), "shape and looks")
COUNT = 40
WITHOUT_LOOKS = 5  # the last ones have no vector of the second Space


@pytest.fixture(scope="module")
def rows() -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(4)
    return tuple(unit_rows(draw.normal(size=(COUNT, space.dimensions))) for space in (SHAPE, LOOKS))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory, rows):
    folder: Path = tmp_path_factory.mktemp("blend")
    with SqliteCatalogue.open(folder) as catalogue:
        for space in (SHAPE, LOOKS):
            catalogue.add_space(space, space.name)
        with catalogue.batch() as batch:
            for number in range(COUNT):
                name = f"thing_{number}"
                record = Record(f"m{number:02d}", f"/m/{name}.glb", "/m", name, "glb", 1, f"{number:032x}")
                vectors = {SHAPE.digest: rows[0][number], LOOKS.digest: rows[1][number]}
                if number >= COUNT - WITHOUT_LOOKS:
                    del vectors[LOOKS.digest]
                stamp = Stamp(record.path, record.root, record.bytes, 1, record.digest)
                batch.put(stamp, [Entry(record, vectors)])
        spaces = {"shape": SHAPE.digest, "looks": LOOKS.digest}
        seeing = Tower("looks", LOOKS.digest, pictures=CosineScale(0, 1, 0.5))
        files = {"both.glb": spaces.values(), "flat.glb": [SHAPE.digest]}

        def encode(path: str) -> dict[str, np.ndarray]:
            return {digest: rows[digest == LOOKS.digest][3] for digest in files[path]}

        yield Searcher(catalogue, encode, BLEND, towers=[seeing], spaces=spaces)


def pages(rows, second: slice = slice(None)) -> tuple[Page, Page]:
    keys = np.arange(COUNT, dtype=np.int64)
    return Page(1, keys, rows[0]), Page(1, keys[second], rows[1][second])


def laid(rows) -> np.ndarray:
    return np.concatenate([np.sqrt(0.7) * rows[0], np.sqrt(0.3) * rows[1]], axis=1).astype(np.float32)


def test_the_cosine_of_a_blend_is_that_of_the_vectors_laid_end_to_end(rows):
    blended = Blended(pages(rows), (0.7, 0.3))
    rows_laid = laid(rows)

    cosines, scale = blended.compared([rows[0][2], rows[1][2]], np.arange(COUNT))

    assert cosines == pytest.approx(rows_laid @ rows_laid[2], abs=1e-6)
    expected = calibrate(rows_laid).scale
    assert (scale.nothing, scale.right, scale.cut_off) == pytest.approx(
        (expected.nothing, expected.right, expected.cut_off), abs=0.05
    )


def test_a_model_that_lacks_a_space_has_the_score_of_the_other(rows):
    held = slice(0, COUNT - WITHOUT_LOOKS)
    first, second = pages(rows, held)
    keys = np.arange(COUNT)

    cosines, scale = Blended((first, second), (0.7, 0.3)).compared([rows[0][2], rows[1][2]], keys)

    alone = first.models.scores(first.cosines(rows[0][2], keys))
    lacking = slice(COUNT - WITHOUT_LOOKS, None)
    assert scale.scores(cosines)[lacking] == pytest.approx(alone[lacking], abs=1e-5)
    assert cosines[held] == pytest.approx((laid(rows) @ laid(rows)[2])[held], abs=1e-6)


def test_a_query_that_lacks_a_space_is_compared_in_the_other_alone(rows):
    first, second = pages(rows)

    cosines, scale = Blended((first, second), (0.7, 0.3)).compared([None, rows[1][2]], np.arange(COUNT))

    assert cosines == pytest.approx(rows[1] @ rows[1][2], abs=1e-6)
    assert scale == second.models


def test_more_like_this_goes_by_both_spaces_and_says_so(searcher, rows):
    hits = searcher.similar("m02", k=3)

    both = COUNT - WITHOUT_LOOKS
    cosines = (laid(rows) @ laid(rows)[2])[:both]
    cosines[2] = -1
    found = [int(hit.id[1:]) for hit in hits if int(hit.id[1:]) < both]
    assert found == sorted(found, key=lambda number: -cosines[number])
    assert "in shape and looks" in hits[0].why
    assert hits.made_by["encoder"] == "shape+looks"
    assert hits.made_by["space"] == f"{SHAPE.digest}+{LOOKS.digest}"
    assert all(0 <= hit.score <= 1 for hit in hits)


def test_a_named_encoder_compares_in_its_own_space_alone(searcher, rows):
    for number, name in enumerate(("shape", "looks")):
        hits = searcher.similar("m02", k=1, encoder=name)
        cosines = rows[number] @ rows[number][2]
        cosines[2] = -1
        if name == "looks":
            cosines[COUNT - WITHOUT_LOOKS :] = -1

        assert hits[0].id == f"m{cosines.argmax():02d}"
        assert f"in {name} (" in hits[0].why
        assert hits.made_by["encoder"] == name


def test_every_model_can_be_found_and_asked_by_however_full_a_space_is(searcher):
    lacking = f"m{COUNT - 1:02d}"

    assert {hit.id for hit in searcher.similar("m00", k=COUNT)} >= {lacking}
    assert searcher.similar(lacking, k=COUNT)[0].score > 0
    assert len(searcher.similar("m00", k=COUNT, encoder="looks")) == COUNT - WITHOUT_LOOKS - 1
    with pytest.raises(QueryError, match="no vector"):
        searcher.similar(lacking, encoder="looks")


def test_a_file_is_compared_in_what_was_read_of_it(searcher):
    whole, part = (searcher.search(Query.like(path), k=1) for path in ("both.glb", "flat.glb"))

    assert (whole[0].id, part[0].id) == ("m03", "m03")
    assert whole[0].why == part[0].why == "the same shape and looks (1.00)"


def test_an_encoder_that_there_is_not_and_one_that_read_nothing_are_told_apart(searcher):
    with pytest.raises(UsageError, match="no encoder 'shape9'"):
        searcher.similar("m00", encoder="shape9")
    with pytest.raises(QueryError, match="been read by geo18") as said:
        searcher.similar("m00", encoder="geo18")
    assert said.value.hint == "polyseek encoders use geo18, then polyseek index"


def test_models_are_blended_where_both_spaces_are_there():
    (pair, share), *_ = SHARES.items()
    alone = blend_of(pair[0], "a", {pair[0]: "a"}, "shape")
    both = blend_of(pair[0], "a", {pair[0]: "a", pair[1]: "b"}, "shape")

    assert alone.shares == (("a", 1.0),)
    assert both.shares == (("a", 1 - share), ("b", share))
    assert blend_of(pair[1], "b", {pair[0]: "a", pair[1]: "b"}, "looks").said == "looks"


class Shelves:
    """Two Spaces in memory; the second lacks the last models, and its keys are in another order."""

    def __init__(self, rows: tuple[np.ndarray, np.ndarray]) -> None:
        keys = np.arange(COUNT, dtype=np.int64)
        short = keys[:-WITHOUT_LOOKS][::-1]
        self._held = {SHAPE.digest: (keys, rows[0]), LOOKS.digest: (short, rows[1][short])}

    def vectors(self, digest: str) -> tuple[np.ndarray, np.ndarray]:
        return self._held[digest]


def test_vectors_laid_end_to_end_have_the_cosines_of_the_blend(rows):
    keys, joined = end_to_end(Shelves(rows), BLEND)

    assert keys.tolist() == list(range(COUNT))
    both = COUNT - WITHOUT_LOOKS
    expected = 0.7 * rows[0][:both] @ rows[0][:both].T + 0.3 * rows[1][:both] @ rows[1][:both].T
    assert np.allclose(joined[:both] @ joined[:both].T, expected, atol=1e-6)
    # Of two that lack the second Space the first alone tells.
    assert np.allclose(joined[both:] @ joined[both:].T, rows[0][both:] @ rows[0][both:].T, atol=1e-6)


def test_one_space_alone_stays_as_it_is(rows):
    keys, same = end_to_end(Shelves(rows), Blend(((LOOKS.digest, 1.0),)))

    assert keys.tolist() == list(range(COUNT - WITHOUT_LOOKS))
    assert np.array_equal(same, rows[1][: COUNT - WITHOUT_LOOKS])
