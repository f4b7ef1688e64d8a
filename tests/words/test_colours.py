"""Colours are called what people call them."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.words.attributes import Attributes
from polyseek.words.colours import SHADES, colour_names, oklab


# Names of CSS colours (W3C, CSS Color Module Level 4), by what people see in them.
@pytest.mark.parametrize(
    ("shade", "names"),
    [
        ("#dc143c", "red"),  # crimson
        ("#b22222", "red|dark red"),  # firebrick
        ("#ff8c00", "orange"),  # darkorange
        ("#ffd700", "yellow|gold"),  # gold
        ("#228b22", "green"),  # forestgreen
        ("#4169e1", "blue"),  # royalblue
        ("#000080", "blue"),  # navy
        ("#ba55d3", "purple|lilac"),  # mediumorchid
        ("#ff69b4", "pink"),  # hotpink
        ("#8b4513", "brown"),  # saddlebrown
        ("#000000", "black"),
        ("#ffffff", "white"),
        ("#708090", "grey"),  # slategrey
        ("#d2b48c", "beige"),  # tan
        ("#008080", "turquoise"),  # teal
        ("#87ceeb", "light blue"),  # skyblue
    ],
)
def test_a_shade_has_the_name_that_people_give_it(shade: str, names: str):
    assert set(colour_names(shade)) & set(names.split("|"))


def test_a_shade_of_blue_is_also_blue():
    assert colour_names("#0a1848") == ("dark blue", "blue")


def test_oklab_of_white_is_one_and_greys_have_no_chroma():
    greys = oklab(np.repeat(np.linspace(0, 1, 5)[:, None], 3, axis=1))

    assert greys[-1, 0] == pytest.approx(1, abs=1e-6)
    assert np.abs(greys[:, 1:]).max() < 1e-4


def test_the_shades_are_colours_of_the_attributes():
    table = Attributes.load()

    assert {table.kind(name) for name in SHADES} == {"colour"}


def test_what_is_no_colour_is_refused():
    with pytest.raises(ValueError, match="hexadecimal"):
        colour_names("red")
