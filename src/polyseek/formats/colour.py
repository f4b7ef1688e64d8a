"""Stored colours -> linear light, for the formats that store them as sRGB."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Real, UInt8


def linear_from_srgb(colours: Real[np.ndarray, "n c"]) -> Float32[np.ndarray, "n c"]:
    """sRGB values, 0 to 1, as linear light (IEC 61966-2-1); values outside are clipped, NaN is 1."""
    clean = np.clip(np.nan_to_num(colours.astype(np.float64), nan=1.0), 0.0, 1.0)
    return np.where(clean <= 0.04045, clean / 12.92, ((clean + 0.055) / 1.055) ** 2.4).astype(np.float32)


def rgba_from_srgb(colours: Real[np.ndarray, "n c"], scale: float = 1.0) -> Float32[np.ndarray, "n 4"]:
    """sRGB of three columns, or four with straight alpha, divided by `scale` -> linear RGBA."""
    if colours.dtype == np.uint8 and scale == 255.0:
        return _from_bytes(colours)
    rgba = np.ones((len(colours), 4), np.float32)
    rgba[:, :3] = linear_from_srgb(colours[:, :3] / scale)
    if colours.shape[1] > 3:
        rgba[:, 3] = np.clip(np.nan_to_num(colours[:, 3] / scale, nan=1.0), 0.0, 1.0)
    return rgba


def _from_bytes(colours: UInt8[np.ndarray, "n c"]) -> Float32[np.ndarray, "n 4"]:
    """As rgba_from_srgb, by a table: a scan has millions of colours and 256 levels."""
    levels = np.arange(256).reshape(-1, 1) / 255
    table = linear_from_srgb(levels).ravel()
    rgba = np.ones((len(colours), 4), np.float32)
    for channel in range(3):
        rgba[:, channel] = table[colours[:, channel]]
    if colours.shape[1] > 3:
        rgba[:, 3] = colours[:, 3] / np.float32(255)
    return rgba
