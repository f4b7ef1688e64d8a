"""Band energies against scipy's harmonics, closed forms and exact turns of the grid."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.encoders.spherical_harmonic_kernels import shell_coefficients
from polyseek.encoders.spherical_harmonics import band_energies


def random_grid(side: int, count: int) -> np.ndarray:
    grid = np.zeros((side,) * 3, np.uint8)
    grid[tuple(np.random.default_rng(0).integers(0, side, (3, count)))] = 1
    return grid


def test_energies_match_the_addition_theorem():
    """Sum over m of |sum over cells Y(l, m)|² = (2 l + 1) / 4 pi times the sum over pairs of P_l(cos angle)."""
    grid = random_grid(12, 90)
    cells = np.argwhere(grid) + 0.5 - 6
    radii = np.linalg.norm(cells, axis=1)

    energies = band_energies(grid, bands=8)

    for shell in range(6):
        # Linear shares: all of it at radius shell + 0.5, none a cell away; the ends keep what lies beyond.
        share = np.clip(1 - np.abs(np.clip(radii, 0.5, 5.5) - 0.5 - shell), 0, 1) * (radii < 6)
        inside = share > 0
        directions = cells[inside] / radii[inside, None]
        weights = np.outer(share[inside] / radii[inside], share[inside] / radii[inside])
        for degree in range(8):
            legendre = np.polynomial.legendre.legval(
                np.clip(directions @ directions.T, -1, 1), [0] * degree + [1]
            )
            expected = (2 * degree + 1) / (4 * np.pi) * (legendre * weights).sum()
            assert energies[shell, degree] ** 2 == pytest.approx(expected, abs=1e-9)


def test_a_single_cell_matches_the_textbook_harmonics():
    grid = np.zeros((16, 16, 16), np.uint8)
    grid[10, 11, 8] = 1
    x, y, z = np.array([10, 11, 8]) + 0.5 - 8
    r = np.sqrt(x * x + y * y + z * z)

    # Its shares of two shells add up to the whole.
    cosines, sines = (part.sum(0) * r for part in shell_coefficients(grid, 3))

    # Real harmonics, y as the polar axis (table of the first few in Varshalovich et al. 1988).
    assert cosines[0, 0] == pytest.approx(np.sqrt(1 / (4 * np.pi)))
    assert cosines[1, 0] == pytest.approx(np.sqrt(3 / (4 * np.pi)) * y / r)
    assert abs(cosines[1, 1]) == pytest.approx(np.sqrt(3 / (4 * np.pi)) * abs(x) / r)
    assert abs(sines[1, 1]) == pytest.approx(np.sqrt(3 / (4 * np.pi)) * abs(z) / r)
    assert cosines[2, 0] == pytest.approx(np.sqrt(5 / (16 * np.pi)) * (3 * y * y / r**2 - 1))


def test_quarter_turns_and_mirrors_of_the_grid_change_no_energy():
    grid = random_grid(16, 200)
    energies = band_energies(grid)

    for changed in (
        np.rot90(grid, axes=(0, 1)),
        np.rot90(grid, axes=(0, 2)),
        np.rot90(grid, axes=(1, 2)),
        grid[::-1],
    ):
        assert band_energies(np.ascontiguousarray(changed)) == pytest.approx(energies, abs=1e-9)


def test_a_point_symmetric_grid_has_no_odd_bands():
    half = random_grid(16, 150)
    grid = np.maximum(half, half[::-1, ::-1, ::-1])

    energies = band_energies(np.ascontiguousarray(grid))

    assert np.abs(energies[:, 1::2]).max() < 1e-9
    assert energies[:, 0].max() > 0.5
