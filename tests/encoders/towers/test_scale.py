"""What scores of an added encoder mean is measured on made models."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.encoders.towers.scale import best_cut, chosen_names, measured
from polyseek.procedural import CATEGORIES
from polyseek.words.lexicon import Lexicon


def at(*degrees: float) -> np.ndarray:
    """Unit vectors in the plane."""
    angles = np.deg2rad(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], 1).astype(np.float32)


def test_the_scale_is_that_of_known_angles():
    models = at(0, 90, 180)
    queries = at(30, 120, 210)  # 30 degrees from their own; from others 60, 150, 120, 60, 150, 150 or so
    absent = at(45, 45)

    found = measured(queries, absent, models)

    others = [np.cos(np.deg2rad(angle)) for angle in (60, 150, 120, 60, 150, 120)]
    assert found.first == 1.0
    assert found.scale.right == pytest.approx(np.cos(np.deg2rad(30)), abs=1e-4)
    assert found.scale.nothing == pytest.approx(np.median(others), abs=1e-4)
    assert np.cos(np.deg2rad(45)) < found.scale.cut_off < np.cos(np.deg2rad(30))


def test_an_encoder_that_knows_nothing_has_a_scale_all_the_same():
    same = np.tile(at(10), (4, 1))

    found = measured(same, same, same)

    assert found.scale.nothing < found.scale.right
    assert found.scale.scores(np.array([found.scale.nothing], np.float32))[0] == 0


def test_the_best_border_is_the_one_that_counting_finds():
    draw = np.random.default_rng(0)
    found, vain = draw.normal(0.4, 0.1, 30), draw.normal(0.2, 0.1, 50)

    def right(border: float) -> float:
        return float((found >= border).mean() + (vain < border).mean())

    assert right(best_cut(found, vain)) == max(right(each) for each in np.linspace(-0.5, 1, 20_001))


def test_absent_things_are_of_no_kind_that_is_there():
    names, absent = chosen_names()
    lexicon = Lexicon.load()

    assert set(names) | set(absent) <= set(CATEGORIES)
    assert not set(names) & set(absent)
    assert len(names) == len(set(names)) == 32
    assert len(absent) >= 30
    assert not {c for name in names for c in lexicon.named(name)[:1]} & {
        c for name in absent for c in lexicon.named(name)[:1]
    }
