"""Numbers in text, against Python's own conversion."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyseek.formats.bulk import read_rows
from polyseek.formats.text_kernels import count_tokens, first_of_lines, read_numbers


def numbers_in(text: str) -> list[float]:
    data = np.frombuffer(text.encode(), np.uint8)
    out = np.empty(count_tokens(data, 0)[0])
    found, _ = read_numbers(data, 0, out)
    return out[:found].tolist()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(-1e307, 1e307), max_size=20))
def test_numbers_agree_with_pythons_to_fifteen_digits(values: list[float]):
    text = " ".join(map(repr, values))

    found = numbers_in(text)

    assert len(found) == len(values)
    assert all(abs(a - b) <= 2e-15 * abs(b) + 2 * math.ulp(0.0) for a, b in zip(found, values, strict=True))


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", 1), ("-.5", -0.5), ("3.", 3), ("+1e3", 1000), ("1d-2", 0.01), ("2E+2", 200), ("0.1", 0.1), ("1e400", math.inf),
     ("1e-400", 0), ("inf", math.inf), ("-Infinity", -math.inf), ("1.#INF", math.inf), ("123456789.123456789", 123456789.123456789)],
)  # fmt: skip
def test_every_spelling_of_a_number_is_read(text: str, value: float):
    assert numbers_in(text) == [value]


@pytest.mark.parametrize("text", ["nan", "-NaN", "1.#QNAN", "-1.#IND00"])
def test_not_a_number_is_nan(text: str):
    [value] = numbers_in(text)

    assert math.isnan(value)


@pytest.mark.parametrize("text", ["1,2;3\t4\r\n5", "1 # two 2\n2 3 4 5", "\n\n 1 2 3 4\n5 "])
def test_separators_and_comments_are_passed_over(text: str):
    assert numbers_in(text) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("text", ["1 2 3.1+e2 4", "1 2 x 4", "1 2 0x10"])
def test_reading_stops_before_what_is_no_number(text: str):
    assert numbers_in(text) == [1, 2]


def test_the_first_number_of_each_line_is_told():
    data = np.frombuffer(b"1 2 3\n\n4\n 5 6", np.uint8)
    out = np.empty(count_tokens(data, 0)[1], np.int64)

    assert out[: first_of_lines(data, 0, out)].tolist() == [0, 3, 4]


def test_every_third_row_is_kept_across_pieces(monkeypatch: pytest.MonkeyPatch):
    # Given text that is read in many small pieces, the rows kept are those of one reading.
    text = "".join(f"{i} {i * 2} {i * 3} extra\n" for i in range(1000)).encode()
    monkeypatch.setattr("polyseek.formats.bulk.PIECE_BYTES", 500)

    rows = read_rows(np.frombuffer(text, np.uint8), 0, 3, every=3)

    assert rows.values[:, 0].tolist() == list(range(0, 1000, 3))
    assert (rows.lines, rows.wrong) == (1000, 0)
