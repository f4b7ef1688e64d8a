"""EXT_meshopt_compression and KHR_meshopt_compression: compressed buffer views (Kapoulkine; Khronos).

The bitstream is that of the extensions' appendix A, the filters those of appendix B. Version 0 of
the attribute stream (0xa0) and version 1 (0xa1, KHR only) are read.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8

from polyseek.errors import MalformedFile

MODES = ("ATTRIBUTES", "TRIANGLES", "INDICES")
# Strides that each filter is defined for; None: every multiple of 4.
FILTERS: dict[str, tuple[int, ...] | None] = {
    "NONE": None,
    "OCTAHEDRAL": (4, 8),
    "QUATERNION": (8,),
    "EXPONENTIAL": None,
    "COLOR": (4, 8),
}


def decode_meshopt(data: bytes, count: int, stride: int, mode: str, filter: str = "NONE") -> bytes:
    """`count` elements of `stride` bytes, decompressed and filtered.

    `mode`: ATTRIBUTES, TRIANGLES or INDICES. `filter`: NONE, OCTAHEDRAL, QUATERNION, EXPONENTIAL or
    COLOR, for attributes only. Raises MalformedFile where the extension's rules are broken.
    """
    if mode not in MODES or filter not in FILTERS:
        raise MalformedFile(f"meshopt mode {mode!r:.40} with filter {filter!r:.40} is not known")
    stream = np.frombuffer(data, np.uint8)
    if mode == "ATTRIBUTES":
        return _filtered(_attributes(stream, count, stride), stride, filter).tobytes()
    if stride not in (2, 4) or filter != "NONE" or (mode == "TRIANGLES" and count % 3):
        raise MalformedFile(f"a meshopt view of {mode.lower()} cannot have stride {stride} and count {count}")
    return _indices(stream, count, mode).astype(f"<u{stride}").tobytes()


def _attributes(
    stream: UInt8[np.ndarray, " n"], count: int, stride: int
) -> UInt8[np.ndarray, "count stride"]:
    from polyseek.formats.meshopt_kernels import decode_attributes

    if stride % 4 or not 4 <= stride <= 256:
        raise MalformedFile(f"a meshopt view of attributes cannot have stride {stride}")
    version = int(stream[0]) - 0xA0 if len(stream) else -1
    tail = max(stride + (stride // 4 if version == 1 else 0), 24 if version == 1 else 32)
    if version not in (0, 1) or len(stream) < 1 + tail:
        raise MalformedFile("the meshopt stream of attributes is not well formed")
    out = np.zeros((count, stride), np.uint8)
    if decode_attributes(stream, out, version, tail) != 0:
        raise MalformedFile("the meshopt stream of attributes is damaged")
    return out


def _indices(stream: UInt8[np.ndarray, " n"], count: int, mode: str) -> np.ndarray:
    from polyseek.formats.meshopt_kernels import decode_sequence, decode_triangles

    out = np.zeros(count, np.uint32)
    if mode == "TRIANGLES":
        damaged = len(stream) < 17 + count // 3 or stream[0] != 0xE1 or decode_triangles(stream, out) != 0
    else:
        damaged = len(stream) < 5 + count or stream[0] != 0xD1 or decode_sequence(stream, out) != 0
    if damaged:
        raise MalformedFile(f"the meshopt stream of {mode.lower()} is damaged")
    return out


def _filtered(rows: UInt8[np.ndarray, "count stride"], stride: int, filter: str) -> np.ndarray:
    strides = FILTERS[filter]
    if strides is not None and stride not in strides:
        raise MalformedFile(f"the meshopt filter {filter} cannot have stride {stride}")
    if filter == "OCTAHEDRAL":
        return octahedral(rows.view("i1" if stride == 4 else "<i2"))
    if filter == "QUATERNION":
        return quaternion(rows.view("<i2"))
    if filter == "EXPONENTIAL":
        return exponential(rows.view("<i4"))
    if filter == "COLOR":
        return colour(rows.view("u1" if stride == 4 else "<u2"))
    return rows


def octahedral(rows: np.ndarray) -> np.ndarray:
    """Unit vectors from x, y, one (the integer that stands for 1.0) and a fourth that is kept; i1 or i2."""
    one = np.maximum(rows[:, 2:3].astype(np.float32), 1)
    xy = rows[:, :2].astype(np.float32) / one
    z = 1 - np.abs(xy).sum(1, keepdims=True)
    xy = xy - np.copysign(np.minimum(z, 0), xy)
    xyz = np.concatenate([xy, z], axis=1)
    xyz /= np.maximum(np.linalg.norm(xyz, axis=1, keepdims=True), 1e-20)
    out = rows.copy()
    out[:, :3] = _rounded(xyz * np.iinfo(rows.dtype).max)
    return out


def quaternion(rows: np.ndarray) -> np.ndarray:
    """Unit quaternions from their three smaller components; the last i2 holds the scale and which one is left out."""
    one = (rows[:, 3] | 3).astype(np.float32)[:, None]
    three = rows[:, :3].astype(np.float32) / np.where(one == 0, 1, one) * np.float32(np.sqrt(0.5))
    largest = np.sqrt(np.maximum(0, 1 - (three**2).sum(1, keepdims=True)))
    values = _rounded(np.concatenate([three, largest], axis=1) * 32767)
    left_out = (rows[:, 3] & 3).astype(np.int64)[:, None]
    out = np.empty_like(rows)
    np.put_along_axis(out, (left_out + np.array([1, 2, 3, 0])) % 4, values.astype(rows.dtype), axis=1)
    return out


def exponential(words: np.ndarray) -> np.ndarray:
    """Floats 2^e * m from i4 words: e the upper 8 bits, m the lower 24, both signed."""
    exponent, mantissa = words >> 24, (words << 8) >> 8
    return np.ldexp(mantissa.astype(np.float32), exponent).astype("<f4")


def colour(rows: np.ndarray) -> np.ndarray:
    """RGBA from Y, Co, Cg and an alpha whose highest bit tells the precision; u1 or u2 (KHR only)."""
    signed = rows.view(f"<i{rows.dtype.itemsize}").astype(np.int64)
    y, co, cg, alpha = rows[:, 0].astype(np.int64), signed[:, 1], signed[:, 2], rows[:, 3].astype(np.int64)
    span = alpha.copy()
    for shift in (1, 2, 4, 8):
        span |= span >> shift
    low = alpha & (span >> 1)
    stacked = np.stack([y + co - cg, y + cg, y - co - cg, (low << 1) | (low & 1)], axis=1)
    top = np.iinfo(rows.dtype).max
    scaled = _rounded(stacked * (top / np.maximum(span, 1))[:, None])
    return np.clip(scaled, 0, top).astype(rows.dtype)


def _rounded(values: np.ndarray) -> np.ndarray:
    """To the nearest integer, halves away from zero, as appendix B asks (numpy rounds halves to even)."""
    return np.trunc(values + np.copysign(0.5, values))
