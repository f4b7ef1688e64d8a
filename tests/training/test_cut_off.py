"""When nothing in a library is what words ask for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from polyseek_training.cut_off import (
    DRAWS,
    FIELDS,
    REFUSED,
    SIZES,
    TAUGHT,
    UNTAUGHT,
    WRITTEN,
    Asked,
    ask,
    fit,
    is_fitted_on,
    logistic,
    write_fields,
)
from polyseek_training.lexicon import LANGUAGES, Concept


def queries(mean_moves: float, seed: int = 0, n: int = 6000) -> Asked:
    """Best cosines that reach 0.3 + `mean_moves` times the query's mean where a model is right, and 0.2 + that else."""
    draw = np.random.default_rng(seed)
    right = draw.random(n) < 0.5
    mean = draw.uniform(0, 0.5, n)
    best = 0.2 + 0.1 * right + mean_moves * mean + draw.normal(0, 0.03, n)
    sort = np.where(draw.random(n) < 0.5, WRITTEN, np.where(right, TAUGHT, draw.integers(2, size=n)))
    told = np.stack([best, mean, draw.uniform(0.05, 0.1, n)], axis=1)
    return Asked(told, right, sort.astype(np.int64), draw.integers(500, size=n), draw.integers(6, size=n))


def test_a_logistic_regression_finds_what_made_the_answers():
    draw = np.random.default_rng(1)
    x = draw.normal(size=(40_000, 2))
    likely = 1 / (1 + np.exp(-(0.5 + x @ [2.0, -1.0])))
    y = (draw.random(len(x)) < likely).astype(np.float64)

    assert logistic(x, y, np.ones(len(x))) == pytest.approx([0.5, 2, -1], abs=0.06)


def test_a_cut_off_follows_what_moves_a_querys_cosines():
    found = fit(queries(mean_moves=0.8))

    assert found.by_mean == pytest.approx(0.8, abs=0.05)
    assert found.refused[0] == pytest.approx(REFUSED, abs=0.02)
    assert found.refused[1] > 0.95 > found.plain[1] + 0.3
    assert found.fields == {"base": found.base, "by_mean": found.by_mean, "by_spread": found.by_spread}


def test_it_is_left_out_where_one_cut_off_for_all_does_as_well():
    draw = np.random.default_rng(2)
    asked = queries(mean_moves=0.0)
    # Nothing but noise: what is fitted to it is of no use elsewhere.
    told = np.stack([asked.told[:, 0], *draw.normal(size=(2, len(asked.right)))], axis=1)

    found = fit(Asked(told, asked.right, asked.sort, asked.concept, asked.library))

    assert abs(found.refused[1] - found.plain[1]) < 0.03
    assert bool(found.fields) == (found.refused[1] > found.plain[1])


def test_sorts_of_queries_weigh_the_same_in_every_library():
    asked = queries(mean_moves=0.5)
    weights = asked.weights()

    for library in range(6):
        here = asked.library == library
        written, right = here & (asked.sort == WRITTEN), here & asked.right
        assert weights[here].sum() == pytest.approx(len(weights) / 6)
        assert weights[right].sum() == pytest.approx(weights[here].sum() / 2)
        assert weights[written].sum() == pytest.approx(weights[here].sum() / 2)


def test_a_query_is_right_where_the_library_has_its_concept_and_asked_where_nothing_is_near():
    keys = [f"c{number}" for number in range(60)]
    names = dict.fromkeys(LANGUAGES, ())
    # Pairs share a parent: where one is there, the other is not asked for.
    lexicon = {
        key: Concept(key, f"p{number // 2}", {**names, "en": (key,)}) for number, key in enumerate(keys)
    }
    rows = np.eye(len(keys), dtype=np.float32)
    own, trained = keys[:24], keys[24:40]

    asked = ask(
        lexicon,
        lambda texts: np.stack([rows[keys.index(text.split()[-1])] for text in texts]),
        (own, rows[:24]),
        (trained, rows[24:40]),
        [("a small c3", "c3"), ("a small c59", "c59")],
    )

    assert set(asked.library.tolist()) == set(range(len(SIZES) * DRAWS))
    assert (asked.told[asked.right, 0] == 1).all()
    assert (asked.told[~asked.right, 0] == 0).all()
    assert asked.right[asked.sort == UNTAUGHT].sum() == 0
    untaught = sum(is_fitted_on(key) for key in keys[40:])
    assert len(set(asked.concept[asked.sort == UNTAUGHT].tolist())) == untaught
    assert len(set(asked.concept[asked.sort == WRITTEN].tolist())) == 1  # c59 is none of validation's


def test_a_card_keeps_all_but_the_fields_that_are_written_again(tmp_path: Path):
    card = tmp_path / "a.toml"
    card.write_text("[words]\nnothing = 0.1\nright = 0.6\ncut_off = 0.3\n\n[pictures]\nside = 64\n")

    write_fields(card, dict(zip(FIELDS, (0.5, -1.0, 2.0), strict=True)))
    write_fields(card, dict(zip(FIELDS, (0.25, -2.0, 3.0), strict=True)))

    assert card.read_text() == (
        "[words]\nnothing = 0.1\nright = 0.6\ncut_off = 0.3\nbase = 0.25\nby_mean = -2.0\nby_spread = 3.0\n\n"
        "[pictures]\nside = 64\n"
    )
    write_fields(card, {})
    assert "base" not in card.read_text()


def test_of_few_queries_nothing_is_concluded():
    few = queries(mean_moves=0.8, n=150)
    assert fit(few).fields == {}
    nobody = (list[str](), np.zeros((0, 4), np.float32))

    asked = ask({}, lambda texts: np.zeros((len(texts), 4), np.float32), nobody, nobody, [])

    assert len(asked.right) == 0
    assert fit(asked).fields == {}
