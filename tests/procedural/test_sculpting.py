"""Sculpting: three hands, one size, and eyes that sit on the head."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import paint
from polyseek.procedural.sculpting import Hand, add_four_legs, any_hand

SMOOTH, FACETED, BLOCKY = Hand("smooth", 16, 60.0), Hand("faceted", 8, 0.0), Hand("blocky", 8, 0.0)
HANDS = pytest.mark.parametrize("hand", [SMOOTH, FACETED, BLOCKY], ids=lambda hand: hand.style)


@HANDS
def test_a_lump_spans_its_axes_whoever_builds_it(hand: Hand):
    points = hand.ball(0.1, 0.2, 0.4).vertices

    assert points.min(0) == pytest.approx((-0.1, -0.2, -0.4))
    assert points.max(0) == pytest.approx((0.1, 0.2, 0.4))


@pytest.mark.parametrize(("azimuth", "elevation"), [(0, 0), (30, 20), (-75, 50), (180, -10), (90, 0)])
def test_a_spot_lies_on_the_ellipsoid_or_on_the_box(azimuth: float, elevation: float):
    half = np.array((0.1, 0.2, 0.4))

    on_ball = SMOOTH.spot((0.1, 0.2, 0.4), azimuth, elevation)
    on_box = BLOCKY.spot((0.1, 0.2, 0.4), azimuth, elevation)

    assert np.sum((on_ball / half) ** 2) == pytest.approx(1)
    assert np.max(np.abs(on_box) / half) == pytest.approx(1)
    assert np.cross(on_ball, on_box) == pytest.approx(0, abs=1e-9)


@HANDS
def test_a_body_reaches_from_its_first_station_to_its_last(hand: Hand):
    body = hand.body([(-1, 0.5, 0.2, 0.2), (0, 0.5, 0.3, 0.3), (2, 0.5, 0.2, 0.2)])

    assert (body.vertices[:, 2].min(), body.vertices[:, 2].max()) == pytest.approx((-1, 2))
    assert np.abs(body.vertices[:, 0]).max() == pytest.approx(0.3, abs=0.04)


@HANDS
def test_a_limb_is_as_thick_as_its_radii_say(hand: Hand):
    limb = hand.limb([(0, 1, 0), (0, 0.5, 0), (0, 0, 0)], [0.2, 0.1])
    top = limb.vertices[limb.vertices[:, 1] > 0.99]
    bottom = limb.vertices[limb.vertices[:, 1] < 0.01]

    assert np.ptp(top[:, 0]) == pytest.approx(2 * np.ptp(bottom[:, 0]))


def test_feet_of_opposite_corners_stride_together():
    model = Assembly()
    spots = [(-0.1, -0.5), (0.1, -0.5), (-0.1, 0.5), (0.1, 0.5)]

    add_four_legs(SMOOTH, model, paint("brown"), paint("black"), spots, 0.6, 0.05, stride=0.1)
    asset = model.made("horse").asset
    feet = [part.matrix[2, 3] for part in asset.parts if part.name.startswith("hoof")]
    still = np.array([z for _, z in spots])
    steps = np.array(feet) - still - np.mean(np.array(feet) - still)

    assert steps == pytest.approx((0.1, -0.1, -0.1, 0.1))


def test_all_three_hands_are_drawn():
    assert {any_hand(Draw(seed)).style for seed in range(40)} == {"smooth", "faceted", "blocky"}
