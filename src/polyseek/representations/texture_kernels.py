"""Kernel of texture look-up at single places (not filtered by distance, as a renderer would)."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Float64, Int64, UInt8

from polyseek.kernels import kernel


@kernel
def texture_at(
    pixels: UInt8[np.ndarray, "height width 4"],
    wraps: Int64[np.ndarray, " 2"],
    light: Float64[np.ndarray, " 256"],
    uv: Float32[np.ndarray, "v 2"],
    corners: Int64[np.ndarray, "n 3"],
    weights: Float64[np.ndarray, "n 3"],
) -> Float64[np.ndarray, "n 4"]:
    """Linear RGBA, bilinear between texel centres, where `weights` mix the coordinates of three corners.

    `wraps`: for u and v 0 repeat, 1 clamp, 2 mirror. `light`: linear light of each 8-bit level.
    Coordinates that are no finite numbers count as 0.
    """
    sizes = (pixels.shape[1], pixels.shape[0])
    out = np.zeros((len(corners), 4), np.float64)
    texel = np.empty((2, 2), np.int64)
    share = np.empty((2, 2), np.float64)
    for i in range(len(corners)):
        for axis in range(2):
            size = sizes[axis]
            at = 0.0
            for k in range(3):
                value = np.float64(uv[corners[i, k], axis])
                if np.isfinite(value):
                    at += weights[i, k] * value
            at = at * size - 0.5
            first = np.floor(at)
            share[axis, 1] = at - first
            share[axis, 0] = 1.0 - share[axis, 1]
            for k in range(2):
                place = first + k
                if wraps[axis] == 1:
                    place = min(max(place, 0.0), size - 1.0)
                elif wraps[axis] == 2:
                    place = place - np.floor(place / (2 * size)) * (2 * size)
                    place = place if place < size else 2 * size - 1 - place
                else:
                    place = place - np.floor(place / size) * size
                # A huge coordinate can round up to the size itself.
                texel[axis, k] = min(max(np.int64(place), 0), size - 1)
        for down in range(2):
            for right in range(2):
                weight = share[1, down] * share[0, right]
                row, column = texel[1, down], texel[0, right]
                for k in range(3):
                    out[i, k] += weight * light[pixels[row, column, k]]
                out[i, 3] += weight * pixels[row, column, 3] / 255.0
    return out
