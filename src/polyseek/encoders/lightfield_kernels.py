"""Compiled loops over silhouettes: where they lie, their radial moments, how far they reach."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Complex128, Float64

from polyseek.kernels import kernel


@kernel
def centres(masks: Bool[np.ndarray, "n s s"]) -> Float64[np.ndarray, "n 3"]:
    """(row, column, reach) of each mask: the mean of its pixels and the largest distance from it to one; zeros if empty."""
    found = np.zeros((len(masks), 3))
    for view in range(len(masks)):
        mask = masks[view]
        count = 0
        for i in range(mask.shape[0]):
            for j in range(mask.shape[1]):
                if mask[i, j]:
                    found[view, 0] += i
                    found[view, 1] += j
                    count += 1
        if count == 0:
            continue
        found[view, 0] /= count
        found[view, 1] /= count
        for i in range(mask.shape[0]):
            for j in range(mask.shape[1]):
                if mask[i, j]:
                    distance = np.hypot(i - found[view, 0], j - found[view, 1])
                    found[view, 2] = max(found[view, 2], distance)
    return found


@kernel
def radial_moments(
    masks: Bool[np.ndarray, "n s s"], middles: Float64[np.ndarray, "n 3"], radius: float, order: int
) -> Complex128[np.ndarray, "n k m"]:
    """Sums over a mask's pixels of (r / radius)^k exp(-i m t), k and m up to `order`, only where k - m is even and not negative.

    r and t: polar coordinates about the mask's own middle. Pixels beyond `radius` are left out.
    """
    sums = np.zeros((len(masks), order + 1, order + 1), np.complex128)
    for view in range(len(masks)):
        mask = masks[view]
        for i in range(mask.shape[0]):
            for j in range(mask.shape[1]):
                if not mask[i, j]:
                    continue
                place = complex((j - middles[view, 1]) / radius, (i - middles[view, 0]) / radius)
                square = place.real * place.real + place.imag * place.imag
                if square > 1.0:
                    continue
                turned = 1.0 + 0.0j
                for m in range(order + 1):
                    term = turned
                    for k in range(m, order + 1, 2):
                        sums[view, k, m] += term
                        term *= square
                    turned *= place.conjugate()
    return sums


@kernel
def outlines(
    masks: Bool[np.ndarray, "n s s"], middles: Float64[np.ndarray, "n 3"], radius: float, bins: int
) -> Float64[np.ndarray, "n bins"]:
    """Largest distance from a mask's middle to its pixels in each of `bins` equal angles, in units of `radius`; 0 where none lies."""
    reach = np.zeros((len(masks), bins))
    for view in range(len(masks)):
        mask = masks[view]
        for i in range(mask.shape[0]):
            for j in range(mask.shape[1]):
                if mask[i, j]:
                    dy, dx = i - middles[view, 0], j - middles[view, 1]
                    angle = int((np.arctan2(dy, dx) + np.pi) / (2.0 * np.pi) * bins) % bins
                    reach[view, angle] = max(reach[view, angle], np.hypot(dx, dy) / radius)
    return reach
