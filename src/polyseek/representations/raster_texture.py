"""Compiled loops over textures: halving an image for its mip levels, and reading one colour of it.

All levels of all textures lie in one array of texels. `levels[k]` is (first texel, width, height) of
one level, `textures[t]` is (first level, number of levels, wrap u, wrap v); wraps: 0 repeat, 1 clamp,
2 mirror.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Int64, UInt8

from polyseek.kernels import inner_kernel, kernel


@kernel
def halve(
    texels: UInt8[np.ndarray, "t 4"],
    source: int,
    width: int,
    height: int,
    target: int,
    linear: Float32[np.ndarray, " 256"],
    srgb: UInt8[np.ndarray, " k"],
) -> None:
    """Write the level of half the size (at least 1) to `target`: the mean of 2 x 2 texels in linear light.

    Colours are weighted by alpha, so that what is cut away does not tint the edge. `linear`: linear
    light of each 8-bit sRGB value; `srgb`: the reverse, for values of 0 to 1 in even steps.
    """
    steps = len(srgb) - 1
    new_width, new_height = max(width // 2, 1), max(height // 2, 1)
    for row in range(new_height):
        top = min(2 * row, height - 1)
        below = min(2 * row + 1, height - 1)
        for column in range(new_width):
            left = min(2 * column, width - 1)
            right = min(2 * column + 1, width - 1)
            red = green = blue = alpha = np.float32(0)
            plain_red = plain_green = plain_blue = np.float32(0)
            for k in range(4):
                at = source + (top if k < 2 else below) * width + (left if k % 2 == 0 else right)
                weight = np.float32(texels[at, 3])
                r, g, b = linear[texels[at, 0]], linear[texels[at, 1]], linear[texels[at, 2]]
                red += r * weight
                green += g * weight
                blue += b * weight
                plain_red += r
                plain_green += g
                plain_blue += b
                alpha += weight
            to = target + row * new_width + column
            if alpha > 0:
                red, green, blue = red / alpha, green / alpha, blue / alpha
            else:
                red, green, blue = plain_red / 4, plain_green / 4, plain_blue / 4
            texels[to, 0] = srgb[int(red * steps + 0.5)]
            texels[to, 1] = srgb[int(green * steps + 0.5)]
            texels[to, 2] = srgb[int(blue * steps + 0.5)]
            texels[to, 3] = np.uint8(alpha / 4 + np.float32(0.5))


@inner_kernel
def wrapped(at: int, size: int, wrap: int) -> int:
    """A texel number brought into 0..size-1."""
    if wrap == 1:
        return min(max(at, 0), size - 1)
    if wrap == 2:
        folded = at % (2 * size)
        return folded if folded < size else 2 * size - 1 - folded
    return at % size


@inner_kernel
def sample_level(
    texels: UInt8[np.ndarray, "t 4"],
    levels: Int64[np.ndarray, "k 3"],
    level: int,
    wrap_u: int,
    wrap_v: int,
    linear: Float32[np.ndarray, " 256"],
    u: float,
    v: float,
) -> tuple[float, float, float, float]:
    """Linear RGBA of one level at (u, v), bilinear; texel centres lie at half steps."""
    start, width, height = levels[level, 0], levels[level, 1], levels[level, 2]
    x, y = u * width - 0.5, v * height - 0.5
    left, top = int(np.floor(x)), int(np.floor(y))
    right_share, below_share = x - left, y - top
    column0, column1 = wrapped(left, width, wrap_u), wrapped(left + 1, width, wrap_u)
    row0, row1 = wrapped(top, height, wrap_v), wrapped(top + 1, height, wrap_v)
    red = green = blue = alpha = 0.0
    for k in range(4):
        row = row0 if k < 2 else row1
        column = column0 if k % 2 == 0 else column1
        weight = (1.0 - below_share if k < 2 else below_share) * (
            1.0 - right_share if k % 2 == 0 else right_share
        )
        at = start + row * width + column
        red += weight * linear[texels[at, 0]]
        green += weight * linear[texels[at, 1]]
        blue += weight * linear[texels[at, 2]]
        alpha += weight * texels[at, 3]
    return red, green, blue, alpha / 255.0


@inner_kernel
def sample(
    texels: UInt8[np.ndarray, "t 4"],
    levels: Int64[np.ndarray, "k 3"],
    textures: Int64[np.ndarray, "m 4"],
    texture: int,
    linear: Float32[np.ndarray, " 256"],
    u: float,
    v: float,
    footprint: float,
) -> tuple[float, float, float, float]:
    """Linear RGBA of a texture at (u, v), between two mip levels. `footprint`: of a pixel, in u or v units."""
    first, count = textures[texture, 0], textures[texture, 1]
    wrap_u, wrap_v = textures[texture, 2], textures[texture, 3]
    if not (abs(u) < 1e6 and abs(v) < 1e6):
        u, v = 0.0, 0.0
    size = max(levels[first, 1], levels[first, 2])
    depth = min(max(np.log2(max(footprint * size, 1e-9)), 0.0), count - 1.0)
    level = int(depth)
    share = depth - level
    r, g, b, a = sample_level(texels, levels, first + level, wrap_u, wrap_v, linear, u, v)
    if share > 0.05 and level + 1 < count:
        r1, g1, b1, a1 = sample_level(texels, levels, first + level + 1, wrap_u, wrap_v, linear, u, v)
        r, g = r + share * (r1 - r), g + share * (g1 - g)
        b, a = b + share * (b1 - b), a + share * (a1 - a)
    return r, g, b, a
