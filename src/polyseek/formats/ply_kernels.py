"""Rows of PLY elements that hold lists, and triangle strips."""

from __future__ import annotations

import numpy as np

from polyseek.kernels import kernel


@kernel
def walk_text(
    values: np.ndarray,
    start: int,
    rows_at: np.ndarray,
    is_list: np.ndarray,
    places: np.ndarray,
    counts: np.ndarray,
) -> int:
    """Where each property of each row starts among the numbers of an ASCII file.

    `places[row, p]`: of a scalar its index, of a list the index of its first value, `counts[row, p]`
    values long (1 for a scalar). `rows_at`: where each row starts; empty: right behind the one before.
    Returns where the element ends, -1 when the numbers run out.
    """
    at = start
    for row in range(len(places)):
        if len(rows_at):
            at = rows_at[row]
        for p in range(len(is_list)):
            size = 1
            if is_list[p]:
                if at >= len(values) or not 0 <= values[at] <= len(values):
                    return -1
                size = int(values[at])
                at += 1
            places[row, p] = at
            counts[row, p] = size
            at += size
            if at > len(values):
                return -1
    return at


@kernel
def walk_bytes(
    data: np.ndarray,
    start: int,
    count_sizes: np.ndarray,
    item_sizes: np.ndarray,
    big_endian: bool,
    places: np.ndarray,
    counts: np.ndarray,
) -> int:
    """As walk_text, in bytes. `count_sizes`: bytes of a list's count, 0 for a scalar."""
    at = start
    for row in range(len(places)):
        for p in range(len(item_sizes)):
            size = 1
            width = count_sizes[p]
            if width:
                if at + width > len(data):
                    return -1
                size = 0
                for k in range(width):
                    byte = int(data[at + k]) if big_endian else int(data[at + width - 1 - k])
                    size = (size << 8) | byte
                at += width
                if size < 0 or size > len(data):
                    return -1
            places[row, p] = at
            counts[row, p] = size
            at += size * item_sizes[p]
            if at > len(data):
                return -1
    return at


@kernel
def gather(places: np.ndarray, counts: np.ndarray, step: int, out: np.ndarray) -> None:
    """The places of all values of one list property, row after row; `step`: between two of them."""
    n = 0
    for row in range(len(places)):
        for k in range(counts[row]):
            out[n] = places[row] + k * step
            n += 1


@kernel
def strip_triangles(strip: np.ndarray, out: np.ndarray) -> int:
    """Triangles of strips that -1 separates, every second one turned so that all face the same way."""
    count = 0
    length = 0
    for i in range(len(strip)):
        if strip[i] < 0:
            length = 0
            continue
        length += 1
        if length >= 3:
            turned = length % 2 == 0
            out[count, 0] = strip[i - 1] if turned else strip[i - 2]
            out[count, 1] = strip[i - 2] if turned else strip[i - 1]
            out[count, 2] = strip[i]
            count += 1
    return count
