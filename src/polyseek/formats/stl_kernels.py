"""ASCII STL -> corners."""

from __future__ import annotations

import numpy as np

from polyseek.formats.text_kernels import NEWLINE, RETURN, is_blank, read_number
from polyseek.kernels import kernel


@kernel
def word_is(data: np.ndarray, start: int, end: int, a: int, b: int, size: int) -> bool:
    """The word has this length and these first two letters, in either case."""
    return end - start == size and data[start] | 32 == a and data[start + 1] | 32 == b


@kernel
def count_words(data: np.ndarray) -> tuple[int, int]:
    """(words that may be `vertex`, words that may be `solid` or `endsolid`): upper bounds."""
    vertices = solids = 0
    i = 0
    while i < len(data):
        while i < len(data) and is_blank(data[i]):
            i += 1
        start = i
        while i < len(data) and not is_blank(data[i]):
            i += 1
        if word_is(data, start, i, 118, 101, 6):
            vertices += 1
        elif word_is(data, start, i, 115, 111, 5):
            solids += 1
    return vertices, solids


@kernel
def read_facets(
    data: np.ndarray, corners: np.ndarray, starts: np.ndarray, solids: np.ndarray
) -> tuple[int, int, int, int]:
    """Corners of facets from the words of the text.

    `starts`: the first corner of each facet and one behind the last. `solids`: rows of (start and
    end of the name in the bytes, facets before it). Returns (facets, solids, facets with fewer than
    three corners, -1), or in the last place where in the bytes a corner cannot be read.
    """
    facets = named = short = total = first = 0
    row = np.empty(3, np.float64)
    starts[0] = 0
    i = 0
    while i < len(data):
        while i < len(data) and is_blank(data[i]):
            i += 1
        start = i
        while i < len(data) and not is_blank(data[i]):
            i += 1
        if word_is(data, start, i, 118, 101, 6):  # vertex
            for k in range(3):
                while i < len(data) and is_blank(data[i]):
                    i += 1
                value, stop = read_number(data, i, len(data))
                if stop == i or (stop < len(data) and not is_blank(data[stop])):
                    return facets, named, short, start
                row[k] = value
                i = stop
            corners[total, 0], corners[total, 1], corners[total, 2] = row[0], row[1], row[2]
            total += 1
            continue
        ends = word_is(data, start, i, 101, 110, 8)  # endfacet, endsolid
        if ends or word_is(data, start, i, 102, 97, 5):  # facet
            if total - first >= 3:
                facets += 1
                starts[facets] = total
            else:
                short += total > first
                total = first
            first = total
        solid = word_is(data, start, i, 115, 111, 5)
        if solid:
            name = i
            while i < len(data) and data[i] != NEWLINE and data[i] != RETURN:
                i += 1
            solids[named, 0], solids[named, 1], solids[named, 2] = name, i, facets
            named += 1
        elif ends and data[start + 3] | 32 == 115:  # the name behind endsolid may be any words
            while i < len(data) and data[i] != NEWLINE and data[i] != RETURN:
                i += 1
    if total > first:
        return facets, named, short, len(data)
    return facets, named, short, -1
