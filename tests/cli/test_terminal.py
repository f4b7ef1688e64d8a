"""Numbers, tables and cut texts as people read them."""

import pytest

from polyseek.cli import terminal


@pytest.mark.parametrize(
    ("metres", "text"),
    [(0.0056, "5.6 mm"), (0.34, "34 cm"), (1.2, "1.2 m"), (2500.0, "2.5 km"), (0.0, "0 mm")],
)
def test_a_length_is_told_in_the_unit_that_fits(metres: float, text: str):
    assert terminal.length(metres) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.85, "850 ms"), (12.34, "12.3 s"), (250, "4 min 10 s"), (7500, "2 h 5 min")]
)
def test_a_duration_is_told_in_two_units_at_most(seconds: float, text: str):
    assert terminal.duration(seconds) == text


@pytest.mark.parametrize(
    ("n", "text"), [(12, "12 B"), (3_400_000, "3.4 MB"), (5_000_000_000_000, "5000.0 GB")]
)
def test_a_size_is_told_in_decimal_units(n: int, text: str):
    assert terminal.size(n) == text


def test_chinese_characters_take_two_columns_and_combining_marks_none():
    assert terminal.width_of("椅子") == 4
    assert terminal.width_of("e\u0301") == 1


def test_a_path_that_is_too_long_keeps_its_end():
    assert terminal.fitted("/models/furniture/chair.glb", 12, keep_end=True) == "…e/chair.glb"
    assert terminal.fitted("a long description", 7) == "a long…"
    assert terminal.fitted("short", 7) == "short"


def test_columns_of_a_table_line_up_whatever_the_script():
    text = terminal.table(("name", "n"), [("椅子", "1"), ("chair", "22")], right=(1,))

    header, first, second = text.splitlines()

    assert header.startswith("name ")
    assert terminal.width_of(first) >= terminal.width_of("椅子   1")
    assert second.split() == ["chair", "22"]


def test_colour_is_left_out_where_the_output_is_no_terminal(capsys: pytest.CaptureFixture[str]):
    print(terminal.styled("healthy", "green"))

    assert capsys.readouterr().out == "healthy\n"
