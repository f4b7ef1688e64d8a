"""sRGB to linear light, against the values of the standard."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.formats.bulk import every_nth, sampling_warning
from polyseek.formats.colour import linear_from_srgb, rgba_from_srgb
from polyseek.formats.limits import Limits


@pytest.mark.parametrize(
    ("stored", "light"),
    [(0.0, 0.0), (0.04045, 0.0031308), (0.5, 0.2140411), (1.0, 1.0), (-1.0, 0.0), (7.0, 1.0), (np.nan, 1.0)],
)
def test_light_follows_the_standards_curve(stored: float, light: float):
    assert linear_from_srgb(np.array([[stored]]))[0, 0] == pytest.approx(light, abs=1e-6)


def test_the_table_for_bytes_agrees_with_the_formula():
    levels = np.arange(256, dtype=np.uint8).reshape(64, 4)

    np.testing.assert_allclose(
        rgba_from_srgb(levels, 255.0), rgba_from_srgb(levels.astype(float), 255.0), atol=1e-6
    )


def test_a_cloud_is_thinned_by_the_limit_that_is_reached_first():
    by_points, by_memory = Limits(points=100), Limits(memory_mb=1)

    assert every_nth(100, by_points) == 1
    assert every_nth(101, by_points) == 2
    assert "limits.points = 100" in sampling_warning(2, 101, by_points)[0]
    # One megabyte holds 4,000 points of 250 bytes.
    assert every_nth(4001, by_memory) == 2
    assert "limits.memory_mb = 1" in sampling_warning(2, 4001, by_memory)[0]
