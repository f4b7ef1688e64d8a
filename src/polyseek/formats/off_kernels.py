"""Faces of an OFF file: polygons whose colours fill the rest of their lines."""

from __future__ import annotations

import numpy as np

from polyseek.formats.text_kernels import HASH, NEWLINE, RETURN, is_blank, read_integer, read_number
from polyseek.kernels import kernel


@kernel
def read_faces(
    data: np.ndarray, at: int, corners: np.ndarray, starts: np.ndarray, colours: np.ndarray
) -> tuple[int, bool]:
    """(faces that were read, whether a colour was stated in fractions).

    Stops before the first face that is not complete. `colours`: -1 where a face has none.
    """
    end = len(data)
    total = 0
    fractions = False
    starts[0] = 0
    for face in range(len(starts) - 1):
        at = next_token(data, at)
        size, stop = read_integer(data, at, end)
        if stop == at or size < 0 or total + size > len(corners):
            return face, fractions
        at = stop
        for _ in range(size):
            at = next_token(data, at)
            value, stop = read_integer(data, at, end)
            if stop == at or (stop < end and not is_blank(data[stop]) and data[stop] != HASH):
                return face, fractions
            corners[total] = value
            total += 1
            at = stop
        starts[face + 1] = total
        given = 0
        while at < end and given < 4:
            while at < end and is_blank(data[at]) and data[at] != NEWLINE and data[at] != RETURN:
                at += 1
            value, stop = read_number(data, at, end)
            if stop == at:
                break
            for i in range(at, stop):
                fractions = fractions or data[i] == 46
            colours[face, given] = value
            given += 1
            at = stop
        if given < 3:  # one number is an index into a colour map that nobody has
            colours[face, :] = -1.0
        while at < end and data[at] != NEWLINE and data[at] != RETURN:
            at += 1
    return len(starts) - 1, fractions


@kernel
def next_token(data: np.ndarray, at: int) -> int:
    """Past white space and comments."""
    while at < len(data):
        if data[at] == HASH:
            while at < len(data) and data[at] != NEWLINE and data[at] != RETURN:
                at += 1
        elif is_blank(data[at]):
            at += 1
        else:
            break
    return at
