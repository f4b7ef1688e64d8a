"""Compiled loop that projects occupied cells onto spherical harmonics, shell by shell."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64, UInt8

from polyseek.kernels import kernel


@kernel
def shell_coefficients(
    grid: UInt8[np.ndarray, "s s s"], bands: int
) -> tuple[Float64[np.ndarray, "shells bands bands"], Float64[np.ndarray, "shells bands bands"]]:
    """(cosine parts, sine parts) [shell, l, m]: sums over occupied cells of the real harmonics of degree l < bands.

    Shell i lies at radius i + 0.5 cells. A cell is shared by the two shells that its centre lies
    between, the nearer one more (linearly), so that a small turn of a wall does not make it jump;
    cells at side / 2 and beyond are left out. Each sum has the weight 1 / r: the 1 / r² that
    turns cells of a shell into an integral over the sphere, times the r that makes shells add up to
    the norm of the whole (Kazhdan et al. 2003, section 4). The polar axis is y. The harmonics are
    orthonormal: K(l, m) P(l, m)(cos t) times sqrt 2 cos(m p) or sqrt 2 sin(m p), without sqrt 2 for m = 0;
    K P follows Press et al. 2007, Numerical Recipes, 6.7 (normalised associated Legendre functions).
    """
    side = len(grid)
    half = side / 2.0
    shells = side // 2
    cosines = np.zeros((shells, bands, bands))
    sines = np.zeros((shells, bands, bands))
    # P(l, m) = up[l, m] * (cos t P(l - 1, m) - back[l, m] P(l - 2, m))
    up = np.zeros((bands, bands))
    back = np.zeros((bands, bands))
    for degree in range(1, bands):
        for order in range(degree):
            up[degree, order] = np.sqrt((4.0 * degree * degree - 1.0) / (degree * degree - order * order))
            if degree - order > 1:
                back[degree, order] = np.sqrt(
                    ((degree - 1.0) * (degree - 1.0) - order * order)
                    / (4.0 * (degree - 1.0) * (degree - 1.0) - 1.0)
                )
    for i in range(side):
        x = i + 0.5 - half
        for j in range(side):
            y = j + 0.5 - half
            for k in range(side):
                if grid[i, j, k] == 0:
                    continue
                z = k + 0.5 - half
                r = np.sqrt(x * x + y * y + z * z)
                if r >= shells:
                    continue
                inner = max(int(r - 0.5), 0)
                outer = min(inner + 1, shells - 1)
                share = min(max(r - 0.5 - inner, 0.0), 1.0)
                polar = y / r
                ring = np.sqrt(max(1.0 - polar * polar, 0.0))
                flat = np.sqrt(x * x + z * z)
                cos_p, sin_p = x / flat, z / flat
                cos_m, sin_m = 1.0, 0.0
                diagonal = np.sqrt(0.25 / np.pi) / r
                for order in range(bands):
                    if order > 0:
                        diagonal *= ring * np.sqrt((2.0 * order + 1.0) / (2.0 * order))
                        cos_m, sin_m = cos_m * cos_p - sin_m * sin_p, sin_m * cos_p + cos_m * sin_p
                    root = 1.0 if order == 0 else np.sqrt(2.0)
                    before, here = 0.0, diagonal
                    for degree in range(order, bands):
                        if degree > order:
                            before, here = (
                                here,
                                up[degree, order] * (polar * here - back[degree, order] * before),
                            )
                        cosine, sine = here * cos_m * root, here * sin_m * root
                        cosines[inner, degree, order] += (1.0 - share) * cosine
                        sines[inner, degree, order] += (1.0 - share) * sine
                        cosines[outer, degree, order] += share * cosine
                        sines[outer, degree, order] += share * sine
    return cosines, sines
