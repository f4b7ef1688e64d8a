"""geo18: standardised, filled and flagged as its card says."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from polyseek.encoders.geo18 import CUT_OFF, MISSING, STATISTICS, standardise
from polyseek.procedural import make
from polyseek.representations.measures import NAMES, measure


def test_each_number_is_standardised_by_the_table():
    measures = measure(make("table", 2))

    row = standardise(measures)

    for place, (name, value) in enumerate(measures.as_dict().items()):
        if value is not None:
            unit, mean, deviation = STATISTICS[name]
            expected = (math.asinh(value / unit) - mean) / deviation
            assert row[place] == pytest.approx(min(max(expected, -CUT_OFF), CUT_OFF))


def test_a_number_without_meaning_is_the_mean_and_raises_its_flag():
    closed = replace(measure(make("table", 2)), volume=1.0, center_of_mass=(0.0, 0.5, 0.0))
    open_mesh = replace(closed, volume=None, center_of_mass=None)
    lost = ["center_of_mass_x", "center_of_mass_y", "center_of_mass_z", "mass", "volume"]

    row = standardise(open_mesh)

    assert [name for name, flag in zip(NAMES, row[18:], strict=True) if flag == MISSING] == lost
    assert all(row[NAMES.index(name)] == 0 for name in lost)
    assert standardise(closed)[18:].tolist() == [0.0] * 18


def test_the_table_has_the_eighteen_numbers_in_their_order():
    assert tuple(STATISTICS) == NAMES
    assert all(unit > 0 and deviation > 0 for unit, _, deviation in STATISTICS.values())


def test_no_number_can_drown_the_others():
    huge = replace(measure(make("table", 2)), area=1e30, scale=1e30)

    assert np.abs(standardise(huge)).max() == CUT_OFF
