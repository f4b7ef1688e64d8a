"""LZF decompression (Lehmann, libLZF: the format of its lzf_d.c), as PCD files use it."""

from __future__ import annotations

import numpy as np

from polyseek.kernels import kernel


@kernel
def lzf_into(packed: np.ndarray, out: np.ndarray) -> int:
    """Fill `out`; the number of bytes that were written, -1 for data that do not fit.

    A byte below 32 opens a run of that many plus one literals; another one a back reference: its
    upper three bits are the length less two (7: a byte with more follows), its lower five and the
    next byte the distance less one.
    """
    i = 0
    n = 0
    while i < len(packed):
        control = int(packed[i])
        i += 1
        if control < 32:
            size = control + 1
            if i + size > len(packed) or n + size > len(out):
                return -1
            out[n : n + size] = packed[i : i + size]
            i += size
            n += size
            continue
        size = control >> 5
        if size == 7:
            if i >= len(packed):
                return -1
            size += int(packed[i])
            i += 1
        if i >= len(packed):
            return -1
        start = n - ((control & 31) << 8) - int(packed[i]) - 1
        i += 1
        size += 2
        if start < 0 or n + size > len(out):
            return -1
        for k in range(size):  # one by one: source and target may overlap
            out[n + k] = out[start + k]
        n += size
    return n
