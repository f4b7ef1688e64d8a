"""Dominant colours of points whose shares are known."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.making import make
from polyseek.representations.colours import dominant_colours, hexadecimal
from polyseek.representations.points import Points, sample_points


def painted(*shares: tuple[str, int], opacity: float = 1.0) -> Points:
    rows = [
        [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        for colour, count in shares
        for _ in range(count)
    ]
    colours = np.array(rows, np.float32)
    zeros = np.zeros_like(colours)
    return Points(zeros, zeros, colours, np.full(len(rows), opacity, np.float32))


def test_colours_come_by_share_of_the_surface_most_first():
    points = painted(("#204080", 300), ("#d03020", 600), ("#f0f0e0", 100))

    assert dominant_colours(points) == ("#d03020", "#204080", "#f0f0e0")


def test_shades_of_one_paint_are_one_colour():
    assert dominant_colours(painted(("#c84030", 500), ("#c04838", 500))) == ("#c44434",)


def test_slivers_are_left_out_but_one_colour_always_stays():
    points = painted(("#d03020", 980), ("#204080", 20))

    assert dominant_colours(points) == ("#d03020",)
    assert dominant_colours(points, least_share=2.0) == ("#d03020",)


def test_there_are_never_more_than_asked_for():
    points = painted(*((f"#{r}0{g}0{b}0", 10) for r in "08f" for g in "08f" for b in "0f"))

    assert len(dominant_colours(points)) == 5
    assert len(dominant_colours(points, count=2)) == 2


def test_what_cannot_be_seen_has_no_colour():
    assert dominant_colours(painted(("#d03020", 10), opacity=0.0)) == ()


def test_the_order_of_points_does_not_matter():
    points = sample_points(make("burger", 1), seed=0)
    order = np.random.default_rng(1).permutation(len(points.opacity))
    shuffled = Points(points.positions, points.normals, points.colours[order], points.opacity[order])

    assert dominant_colours(shuffled) == dominant_colours(points)


def test_hexadecimal_rounds_to_the_nearest_level():
    assert hexadecimal(np.array([0.0, 0.5, 1.0])) == "#0080ff"
