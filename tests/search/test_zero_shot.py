"""Zero-shot naming against its formulas, in a Space whose axes are words."""

from __future__ import annotations

import math

import numpy as np
import pytest

from polyseek.encoders.contract import CosineScale, unit_rows
from polyseek.errors import UsageError
from polyseek.search.zero_shot import (
    TEMPERATURE,
    Label,
    classify,
    labels_of,
    margins,
    place_labels,
    probabilities,
)

SCALE = CosineScale(nothing=0.2, right=0.6, cut_off=0.4)


def axes(*names: str) -> list[Label]:
    return [Label(name, row, SCALE) for name, row in zip(names, np.eye(4, dtype=np.float32), strict=False)]


def at(*cosines: float) -> np.ndarray:
    """A model with these cosines to the first axes; the last axis takes what is left of its length."""
    row = np.zeros(4)
    row[: len(cosines)] = cosines
    row[3] = math.sqrt(1 - float(row @ row))
    return row[None].astype(np.float32)


def test_a_model_right_at_the_cut_off_is_as_likely_nothing_as_its_only_label():
    (verdict,) = classify(at(0.4), axes("chair"))

    assert verdict.none == pytest.approx(0.5, abs=1e-3)
    assert verdict.guesses[0].probability == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize(("cosine", "label"), [(0.39, None), (0.41, "chair")])
def test_none_of_these_wins_below_the_cut_off_and_only_there(cosine, label):
    (verdict,) = classify(at(cosine, 0.1), axes("chair", "table"))

    assert verdict.label == label


def test_scores_and_margins_follow_the_scale_of_each_label():
    other = CosineScale(nothing=0.0, right=0.5, cut_off=0.1)
    labels = [axes("chair")[0], Label("table", np.eye(4, dtype=np.float32)[1], other)]

    scores, above = margins(at(0.5, 0.2), labels)

    assert scores[0] == pytest.approx([(0.5 - 0.2) / 0.4, 0.2 / 0.5], abs=1e-6)
    assert above[0] == pytest.approx([(0.5 - 0.4) / 0.4, (0.2 - 0.1) / 0.5], abs=1e-6)


def test_probabilities_are_a_softmax_with_none_of_these_at_margin_nought():
    given = np.array([[0.3, -0.2], [50.0, -50.0]])

    found = probabilities(given, 0.2)

    powers = [math.exp(1.5), math.exp(-1.0), 1.0]
    assert found[0] == pytest.approx([power / sum(powers) for power in powers])
    assert found[1] == pytest.approx([1, 0, 0], abs=1e-12)
    assert found.sum(axis=1) == pytest.approx([1, 1])


def test_a_hot_softmax_knows_nothing_and_a_cold_one_is_sure():
    given = np.array([[0.3, 0.2]])

    assert probabilities(given, 1e6)[0] == pytest.approx([1 / 3] * 3, abs=1e-5)
    assert probabilities(given, 1e-3)[0] == pytest.approx([1, 0, 0], abs=1e-9)


def test_labels_come_back_best_first_whatever_their_order():
    model = at(0.45, 0.6, 0.5)

    forward = classify(model, axes("a", "b", "c"))[0]
    backward = classify(model, axes("a", "b", "c")[::-1])[0]

    assert [guess.label for guess in forward.guesses] == ["b", "c", "a"]
    assert forward == backward
    assert sum(guess.probability for guess in forward.guesses) + forward.none == pytest.approx(1, abs=5e-4)


def test_each_model_is_named_by_itself():
    rows = np.concatenate([at(0.6, 0.1), at(0.1, 0.6), at(0.1, 0.1)])

    together = classify(rows, axes("chair", "table"))

    assert [verdict.label for verdict in together] == ["chair", "table", None]
    assert together == [classify(row[None], axes("chair", "table"))[0] for row in rows]


def test_a_label_lies_at_the_mean_of_its_prompts():
    words = {"glorp": [1.0, 0, 0], "old glorp": [0, 1.0, 0], "new glorp": [0, 0.6, 0.8]}

    def encode(texts):
        return np.array([words[text] for text in texts], np.float32)

    (label,) = place_labels(["glorp", "glorp"], encode, SCALE, ["{}", "old {}", "new {}"])

    expected = unit_rows(np.array([[1.0, 1.6, 0.8]]))[0]
    assert label.text == "glorp"
    assert label.vector == pytest.approx(expected)


def test_naming_without_labels_is_wrong_use():
    with pytest.raises(UsageError, match="no label"):
        place_labels([], lambda texts: np.zeros((0, 3), np.float32), SCALE)


def test_labels_are_read_from_commas_and_lines():
    assert labels_of(" chair, table ,,\n万圣节南瓜\nchair\n") == ["chair", "table", "万圣节南瓜"]


def test_the_temperature_lets_a_right_model_be_sure_of_one_label_among_unrelated_ones():
    right, nothing = SCALE.right, SCALE.nothing
    (verdict,) = classify(at(right, nothing, nothing), axes("a", "b", "c"), TEMPERATURE)

    assert verdict.guesses[0].probability > 0.9
