"""Wavefront OBJ statements -> arrays: two passes over the bytes, one that counts and one that fills."""

from __future__ import annotations

import numpy as np

from polyseek.formats.text_kernels import HASH, NEWLINE, RETURN, is_blank, read_integer, read_number
from polyseek.kernels import kernel

# Kinds of statements, which are also the places in the array of counts.
OTHER, VERTEX, TEXTURE, NORMAL, FACE, POINT, LINE, NAME, FREE_FORM, CORNER = range(10)
OBJECT, GROUP, MATERIAL, LIBRARY = range(4)
BAD_NUMBER, BAD_CORNER = 1, 2


@kernel
def line_end(data: np.ndarray, i: int) -> int:
    """The place of the next line break, or the end."""
    while i < len(data) and data[i] != NEWLINE and data[i] != RETURN:
        i += 1
    return i


@kernel
def skip_blanks(data: np.ndarray, i: int, end: int) -> int:
    while i < end and is_blank(data[i]):
        i += 1
    return i


@kernel
def statement(data: np.ndarray, i: int, end: int) -> tuple[int, int, int]:
    """(kind, where its arguments start, which of the names it is) of the line that starts at `i`."""
    start = i
    while i < end and not is_blank(data[i]):
        i += 1
    size = i - start
    a = data[start]
    b = data[start + 1] if size > 1 else 0
    if size == 1:
        if a == 118:  # v
            return VERTEX, i, 0
        if a == 102:  # f
            return FACE, i, 0
        if a == 112:  # p
            return POINT, i, 0
        if a == 108:  # l
            return LINE, i, 0
        if a == 111:  # o
            return NAME, i, OBJECT
        if a == 103:  # g
            return NAME, i, GROUP
    elif size == 2 and a == 118:
        if b == 116:
            return TEXTURE, i, 0
        if b == 110:
            return NORMAL, i, 0
    elif size == 2 and a == 102 and b == 111:  # fo: a face in files of before 1992
        return FACE, i, 0
    elif size == 4 and (a == 99 or a == 115) and b == 117:  # curv, surf
        return FREE_FORM, i, 0
    elif size == 6 and a == 117 and b == 115 and data[start + 3] == 109:  # usemtl
        return NAME, i, MATERIAL
    elif size == 6 and a == 109 and b == 116 and data[start + 3] == 108:  # mtllib
        return NAME, i, LIBRARY
    return OTHER, i, 0


@kernel
def count_statements(data: np.ndarray, counts: np.ndarray) -> None:
    """Add to `counts` how many statements there are of each kind, and the corners of all faces."""
    i = 0
    while i < len(data):
        i = skip_blanks(data, i, len(data))
        if i >= len(data):
            break
        end = line_end(data, i)
        kind, at, _ = statement(data, i, end)
        counts[kind] += 1
        if kind in (FACE, POINT):
            corners = 0
            while at < end:
                at = skip_blanks(data, at, end)
                if at >= end or data[at] == HASH:
                    break
                corners += 1
                while at < end and not is_blank(data[at]):
                    at += 1
            if kind == FACE:
                counts[CORNER] += corners
        i = end


@kernel
def read_row(data: np.ndarray, at: int, end: int, row: np.ndarray) -> int:
    """Numbers of one line into `row`; how many there were (further ones are passed over), -1 for a bad one."""
    count = 0
    while count < len(row):
        at = skip_blanks(data, at, end)
        if at >= end or data[at] == HASH:
            break
        value, stop = read_number(data, at, end)
        if stop == at or (stop < end and not is_blank(data[stop]) and data[stop] != HASH):
            return -1
        row[count] = value
        count += 1
        at = stop
    return count


@kernel
def read_corner(data: np.ndarray, at: int, end: int, corner: np.ndarray) -> int:
    """`v`, `v/vt`, `v//vn` or `v/vt/vn` as stated, 0 where absent; where it stops, -1 for anything else."""
    corner[:] = 0
    for k in range(3):
        value, stop = read_integer(data, at, end)
        if stop == at and k == 0:
            return -1
        corner[k] = value
        at = stop
        if at >= end or is_blank(data[at]) or data[at] == HASH:
            return at
        if data[at] != 47 or k == 2:
            return -1
        at += 1
    return at


@kernel
def read_statements(
    data: np.ndarray,
    positions: np.ndarray,
    colours: np.ndarray,
    uv: np.ndarray,
    normals: np.ndarray,
    corners: np.ndarray,
    starts: np.ndarray,
    names: np.ndarray,
) -> tuple[int, int, int, int]:
    """Fill the arrays that `count_statements` gave the sizes of.

    `corners`: zero-based rows of (position, texture coordinate, normal), -1 where absent, -2 where an
    index is 0 or reaches before the first. `starts`: faces + 1. `names`: rows of (which, start, end,
    faces before it). Returns (faces, vertices with a colour, faces with fewer than three corners, -1),
    or in the last place where in the bytes a statement cannot be read.
    """
    v = vt = vn = faces = total = listed = coloured = short = 0
    row = np.empty(8, np.float64)
    corner = np.empty(3, np.int64)
    i = 0
    starts[0] = 0
    while i < len(data):
        i = skip_blanks(data, i, len(data))
        if i >= len(data):
            break
        end = line_end(data, i)
        kind, at, which = statement(data, i, end)
        if kind == VERTEX:
            found = read_row(data, at, end, row)
            if found < 3:
                return faces, coloured, short, i
            positions[v, 0], positions[v, 1], positions[v, 2] = row[0], row[1], row[2]
            if found >= 6:  # x y z r g b, x y z r g b a
                colours[v, 0], colours[v, 1], colours[v, 2] = row[3], row[4], row[5]
                coloured += 1
            v += 1
        elif kind == TEXTURE:
            found = read_row(data, at, end, row)
            if found < 1:
                return faces, coloured, short, i
            uv[vt, 0] = row[0]
            uv[vt, 1] = row[1] if found > 1 else 0.0
            vt += 1
        elif kind == NORMAL:
            if read_row(data, at, end, row) < 3:
                return faces, coloured, short, i
            normals[vn, 0], normals[vn, 1], normals[vn, 2] = row[0], row[1], row[2]
            vn += 1
        elif kind == FACE:
            first = total
            while True:
                at = skip_blanks(data, at, end)
                if at >= end or data[at] == HASH:
                    break
                at = read_corner(data, at, end, corner)
                if at < 0:
                    return faces, coloured, short, i
                corners[total, 0] = resolved(corner[0], v, -2)
                corners[total, 1] = resolved(corner[1], vt, -1)
                corners[total, 2] = resolved(corner[2], vn, -1)
                total += 1
            if total - first < 3:
                total = first
                short += 1
            else:
                faces += 1
                starts[faces] = total
        elif kind == NAME:
            names[listed, 0], names[listed, 1], names[listed, 2], names[listed, 3] = which, at, end, faces
            listed += 1
        i = end
    return faces, coloured, short, -1


@kernel
def resolved(index: int, known: int, absent: int) -> int:
    """Zero-based: 1 is the first, -1 the last so far, 0 is absent; -2 for one before the first."""
    if index > 0:
        return min(index, 1 << 30) - 1
    if index == 0:
        return absent
    return known + index if known + index >= 0 else -2
