"""Texts drawn towards the things they name: by the formula, for a tower that is easy to follow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from polyseek.encoders.contract import unit_rows
from polyseek.encoders.text_rows import BESIDE, TextRows

AXES = {"a bench with a cushion": 0, "bench": 1, "cushion": 2, "qqq": 3}


class Tower:
    """Each text it knows is an axis of its own."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.read += texts
        return np.eye(4, dtype=np.float32)[[AXES[text] for text in texts]]


def test_a_text_is_drawn_towards_its_things():
    (row,) = TextRows(Tower(), weight=2.0).of(["a bench with a cushion"])

    beside = np.array([0, 1, BESIDE, 0]) / np.sqrt(1 + BESIDE**2)
    assert row == pytest.approx(unit_rows(np.array([[1.0, 0, 0, 0] + 2 * beside]))[0], abs=1e-6)


def test_without_weight_or_things_it_stays_where_it_is():
    rows = TextRows(Tower()).of(["a bench with a cushion", "qqq"])
    alone = TextRows(Tower(), weight=2.0).of(["qqq", "bench"])

    assert rows.tolist() == np.eye(4)[[0, 3]].tolist()
    assert alone.tolist() == np.eye(4)[[3, 1]].tolist()


def test_things_are_read_once_and_texts_do_not_change_each_other():
    tower = Tower()
    rows = TextRows(tower, weight=1.0)
    texts = ["a bench with a cushion", "bench", "qqq"]

    together = rows.of(texts)

    assert [rows.of([text])[0].tolist() for text in texts] == together.tolist()
    assert sorted(tower.read) == sorted([*texts, *texts, "bench", "cushion"])
    assert rows.of([]).shape == (0, 4)


def test_what_a_text_was_taken_for_is_told_where_it_does_not_say_so_itself():
    rows = TextRows(Tower(), weight=1.0)

    assert rows.things_in("Frau mit langen Haaren") == ("woman",)
    assert rows.things_in("a bench with a cushion") == ()
    assert rows.things_in("qqq") == ()
    assert TextRows(Tower()).things_in("Frau mit langen Haaren") == ()
