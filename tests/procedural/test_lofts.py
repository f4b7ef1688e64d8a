"""Lofts against the volumes of what they enclose."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.procedural.lofts import block, framed, stacked
from polyseek.procedural.polygons import rectangle, regular
from polyseek.procedural.solids import Solid


def volume(solid: Solid) -> float:
    a, b, c = solid.vertices[solid.faces].transpose(1, 0, 2)
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def test_a_frame_holds_the_difference_of_its_outlines_times_its_depth():
    frame = framed(rectangle(4, 3), rectangle(2, 1), 0.5)

    assert volume(frame) == pytest.approx((4 * 3 - 2 * 1) * 0.5)
    assert np.abs(frame.vertices[:, 2]) == pytest.approx(0.25)


def test_stacked_outlines_make_a_frustum():
    lower, upper, height = 2.0, 1.0, 3.0

    solid = stacked([(rectangle(lower, lower), 0.0), (rectangle(upper, upper), height)])

    assert volume(solid) == pytest.approx(height / 3 * (lower**2 + lower * upper + upper**2))


def test_heights_that_fall_again_leave_a_hollow():
    outer, inner = regular(24, 1.0), regular(24, 0.8)
    area = 12 * np.sin(2 * np.pi / 24)

    vessel = stacked([(outer, 0.0), (outer, 2.0), (inner, 2.0), (inner, 0.5)])

    assert volume(vessel) == pytest.approx(area * 2.0 - area * 0.64 * 1.5)


@pytest.mark.parametrize("softness", [0.0, 0.05, 0.3, 0.5])
def test_a_block_fills_its_bounds_however_soft_it_is(softness: float):
    solid = block(1, 2, 3, softness)

    assert np.ptp(solid.vertices, axis=0) == pytest.approx((1, 2, 3))
    assert volume(solid) <= 6 + 1e-9


def test_a_softer_block_holds_less():
    volumes = [volume(block(1, 2, 3, softness)) for softness in (0.0, 0.05, 0.3, 0.5)]

    assert volumes == sorted(volumes, reverse=True)
    assert volumes[0] == pytest.approx(6)
