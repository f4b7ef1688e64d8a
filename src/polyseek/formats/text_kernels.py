"""Numbers in text: kernels that read bytes without making strings of them.

A number is what C's strtod and the CAD exporters write: `-1.5e3`, `.5`, `3.`, `1d-2`, `inf`, `nan`,
`1.#QNAN`. Up to 19 digits count; the value is exact for up to 15 digits and exponents within 22
(Clinger 1990), else within 2e-15 of itself: what is kept is single precision.
"""

from __future__ import annotations

import numpy as np

from polyseek.kernels import kernel

SPACE, TAB, NEWLINE, RETURN, HASH = 32, 9, 10, 13, 35
MAX_EXACT = 22
POWERS_OF_TEN = 10.0 ** np.arange(MAX_EXACT + 1)


@kernel
def is_blank(byte: int) -> bool:
    """White space within a line or between lines."""
    return byte == SPACE or 9 <= byte <= 13


@kernel
def read_integer(data: np.ndarray, start: int, end: int) -> tuple[int, int]:
    """(value, where it stops); stops at `start` when there is no integer there."""
    i = start
    negative = False
    if i < end and (data[i] == 45 or data[i] == 43):
        negative = data[i] == 45
        i += 1
    first = i
    value = 0
    while i < end and 48 <= data[i] <= 57:
        if value < 1 << 40:  # larger ones are out of any range; they must not wrap round
            value = value * 10 + (int(data[i]) - 48)
        i += 1
    if i == first:
        return 0, start
    return (-value if negative else value), i


@kernel
def read_number(data: np.ndarray, start: int, end: int) -> tuple[float, int]:
    """(value, where it stops); stops at `start` when there is no number there."""
    i = start
    sign = 1.0
    if i < end and (data[i] == 45 or data[i] == 43):
        sign = -1.0 if data[i] == 45 else 1.0
        i += 1
    mantissa = np.uint64(0)
    exponent = 0
    digits = 0
    seen = False
    fraction = False
    while i < end:
        byte = data[i]
        if 48 <= byte <= 57:
            seen = True
            if digits < 19:
                mantissa = mantissa * np.uint64(10) + np.uint64(byte - 48)
                if mantissa > np.uint64(0):
                    digits += 1
                if fraction:
                    exponent -= 1
            elif not fraction:
                exponent += 1
        elif byte == 46 and not fraction:
            fraction = True
        else:
            break
        i += 1
    if not seen:
        return read_word(data, start, i, end, sign)
    if i < end and data[i] == HASH and fraction:  # 1.#INF, 1.#QNAN, 1.#IND of old Windows programs
        infinite = (
            i + 2 < end and data[i + 1] == 73 and data[i + 2] == 78 and i + 3 < end and data[i + 3] == 70
        )
        while i < end and not is_blank(data[i]):
            i += 1
        return (sign * np.inf if infinite else np.nan), i
    if i < end and (data[i] | 32 == 101 or data[i] | 32 == 100):
        power, stop = read_integer(data, i + 1, end)
        if stop > i + 1:
            exponent += min(max(power, -9999), 9999)
            i = stop
    return sign * scaled(mantissa, exponent), i


@kernel
def scaled(mantissa: np.uint64, exponent: int) -> float:
    """mantissa * 10 ** exponent."""
    value = float(mantissa)
    if value == 0.0 or exponent == 0:
        return value
    if 0 < exponent <= MAX_EXACT:
        return value * POWERS_OF_TEN[exponent]
    if -MAX_EXACT <= exponent < 0:
        return value / POWERS_OF_TEN[-exponent]
    if exponent < -330:
        return 0.0
    if exponent > 309:
        return np.inf
    if exponent < -300:  # 10 ** exponent alone would lose bits below the normal range
        return value / 10.0**300 / 10.0 ** (-exponent - 300)
    return value * 10.0**exponent


@kernel
def read_word(data: np.ndarray, start: int, i: int, end: int, sign: float) -> tuple[float, int]:
    """`inf`, `infinity` or `nan`, in any case, at `i`; stops at `start` when none is there."""
    if i + 3 > end:
        return 0.0, start
    a, b, c = data[i] | 32, data[i + 1] | 32, data[i + 2] | 32
    known = (a == 105 and b == 110 and c == 102) or (a == 110 and b == 97 and c == 110)
    if not known:
        return 0.0, start
    stop = i
    while stop < end and (97 <= data[stop] | 32 <= 122 or data[stop] == 40 or data[stop] == 41):
        stop += 1
    return (sign * np.inf if a == 105 else np.nan), stop


@kernel
def read_numbers(data: np.ndarray, start: int, out: np.ndarray) -> tuple[int, int]:
    """Fill `out` with numbers between white space, commas and semicolons; `#` comments are skipped.

    Returns (how many were read, where reading stopped). It stops before a token that is no number.
    """
    i = start
    end = len(data)
    count = 0
    while count < len(out):
        while i < end:
            if data[i] == HASH:
                while i < end and data[i] != NEWLINE and data[i] != RETURN:
                    i += 1
            elif is_blank(data[i]) or data[i] == 44 or data[i] == 59:
                i += 1
            else:
                break
        if i >= end:
            break
        value, stop = read_number(data, i, end)
        border = (
            stop == end or is_blank(data[stop]) or data[stop] == 44 or data[stop] == 59 or data[stop] == HASH
        )
        if stop == i or not border:
            break
        out[count] = value
        count += 1
        i = stop
    return count, i


@kernel
def read_columns(data: np.ndarray, start: int, out: np.ndarray) -> tuple[int, int, int, int]:
    """Fill rows of `out` from lines that hold at least as many numbers as it has columns.

    Columns stand between blanks, commas or semicolons; more columns are passed over; blank lines
    and lines that open with `#` or `/` are skipped. Returns (rows, where reading stopped, lines left
    out because they hold something else, lines seen).
    """
    i = start
    end = len(data)
    rows = 0
    wrong = 0
    lines = 0
    width = out.shape[1]
    while i < end and rows < len(out):
        while i < end and is_blank(data[i]):
            i += 1
        if i >= end:
            break
        line = i
        while i < end and data[i] != NEWLINE and data[i] != RETURN:
            i += 1
        if data[line] == HASH or data[line] == 47:
            continue
        lines += 1
        column = 0
        at = line
        while column < width:
            while at < i and (is_blank(data[at]) or data[at] == 44 or data[at] == 59):
                at += 1
            value, stop = read_number(data, at, i)
            if stop == at:
                break
            out[rows, column] = value
            column += 1
            at = stop
        if column == width:
            rows += 1
        else:
            wrong += 1
    return rows, i, wrong, lines


@kernel
def count_tokens(data: np.ndarray, start: int) -> tuple[int, int]:
    """Upper bounds of the numbers that `read_numbers` can find from `start` on, and of lines that hold any."""
    count = 0
    lines = 0
    inside = False
    fresh = True
    for i in range(start, len(data)):
        byte = data[i]
        if is_blank(byte) or byte == 44 or byte == 59:
            inside = False
            fresh = fresh or byte in (NEWLINE, RETURN)
        elif not inside:
            inside = True
            count += 1
            lines += fresh
            fresh = False
    return count, lines


@kernel
def first_of_lines(data: np.ndarray, start: int, out: np.ndarray) -> int:
    """Which token is the first of each line that holds any; the number of such lines."""
    count = 0
    lines = 0
    inside = False
    fresh = True
    for i in range(start, len(data)):
        byte = data[i]
        if is_blank(byte) or byte == 44 or byte == 59:
            inside = False
            fresh = fresh or byte in (NEWLINE, RETURN)
        elif not inside:
            inside = True
            if fresh:
                out[lines] = count
                lines += 1
                fresh = False
            count += 1
    return lines
