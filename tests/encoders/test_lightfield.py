"""The ring-pooled light field: Zernike moments, outlines, and what a turn does to them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from polyseek.encoders.lightfield import (
    ORDER,
    ORDERS,
    RING,
    light_field,
    over_rings,
    ring_views,
    zernike_magnitudes,
)
from polyseek.encoders.lightfield_kernels import centres, outlines, radial_moments


def disc(side: int, radius: float) -> np.ndarray:
    place = np.arange(side) - (side - 1) / 2
    return np.hypot(*np.meshgrid(place, place)) <= radius


def blob(seed: int, side: int = 40) -> np.ndarray:
    rng = np.random.default_rng(seed)
    mask = np.zeros((side, side), bool)
    for _ in range(4):
        i, j = rng.integers(5, side - 15, 2)
        mask[i : i + rng.integers(3, 11), j : j + rng.integers(3, 11)] = True
    return mask


def magnitudes(*masks: np.ndarray) -> np.ndarray:
    stack = np.stack(masks)
    middles = centres(stack)
    radius = float(middles[:, 2].max()) + 0.5
    return zernike_magnitudes(radial_moments(stack, middles, radius, ORDER), radius)


def test_there_are_the_paper_s_thirty_five_moments():
    assert len(ORDERS) == 35
    assert all((n - m) % 2 == 0 and 0 <= m <= n <= 10 for n, m in ORDERS)


def test_magnitudes_match_the_definition_summed_pixel_by_pixel():
    mask = blob(0)
    pixels = np.argwhere(mask)
    offsets = pixels - pixels.mean(0)
    radius = np.hypot(*offsets.T).max() + 0.5

    expected = []
    for n, m in ORDERS:
        total = 0j
        for dy, dx in offsets:
            r, t = math.hypot(dx, dy) / radius, math.atan2(dy, dx)
            radial = sum(
                (-1) ** s * math.factorial(n - s) * r ** (n - 2 * s)
                / (math.factorial(s) * math.factorial((n + m) // 2 - s) * math.factorial((n - m) // 2 - s))
                for s in range((n - m) // 2 + 1)
            )  # fmt: skip
            total += radial * complex(math.cos(m * t), -math.sin(m * t))
        expected.append(abs(total) * (n + 1) / math.pi / radius**2)

    assert magnitudes(mask)[0] == pytest.approx(expected, abs=1e-9)


def test_a_disc_has_no_moment_but_its_area():
    # Zernike polynomials are orthogonal to 1 on the disc; pixels leave a small rest.
    assert magnitudes(disc(801, 400))[0].max() < 0.03


def test_turning_mirroring_or_shifting_a_silhouette_changes_no_magnitude():
    mask = blob(1)

    rows = [
        magnitudes(changed)[0] for changed in (mask, np.rot90(mask), mask[::-1], np.roll(mask, 3, axis=1))
    ]

    for row in rows[1:]:
        assert row == pytest.approx(rows[0], abs=1e-9)


def test_the_outline_of_a_disc_is_the_same_all_around():
    stack = disc(81, 30)[None]

    reach = outlines(stack, centres(stack), 30.0, 32)

    assert reach == pytest.approx(np.ones((1, 32)), abs=0.03)


def test_a_turn_by_whole_steps_of_a_ring_changes_nothing():
    features = np.random.default_rng(0).random((2 * RING + 1, 7))
    turned = features.copy()
    turned[:RING] = np.roll(features[:RING], 2, axis=0)
    turned[RING : 2 * RING] = np.roll(features[RING : 2 * RING], 1, axis=0)

    assert over_rings(turned) == pytest.approx(over_rings(features))
    # Harmonic 0 is the mean over the ring.
    assert over_rings(features)[:7] == pytest.approx(features[:RING].mean(0))


def test_views_are_two_rings_and_one_from_above():
    views = ring_views()

    assert len(set(views)) == 2 * RING + 1
    assert [pitch for _, pitch in views] == [0.0] * RING + [40.0] * RING + [90.0]


def test_one_scale_for_all_views_keeps_which_of_them_are_small():
    large, small = disc(64, 25), disc(64, 8)
    alike = np.stack([large] * (2 * RING + 1))
    flat_from_above = np.stack([large] * (2 * RING) + [small])

    assert not np.allclose(light_field(alike), light_field(flat_from_above), atol=0.05)


def test_a_model_that_covers_no_pixel_is_a_dot():
    nothing = np.zeros((2 * RING + 1, 16, 16), bool)
    dot = nothing.copy()
    dot[:, 3, 5] = True

    assert light_field(nothing) == pytest.approx(light_field(dot))
