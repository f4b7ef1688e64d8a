"""Large files: mapped instead of read, and text read in pieces of which every n-th row is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, UInt8

from polyseek.errors import FileNotFound
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source

# Below this a file is simply read: mapping costs more than it saves.
MAPPED_BYTES = 64_000_000
PIECE_BYTES = 32_000_000
# What a point with a colour and a normal takes at most while it is read, turned and measured.
BYTES_PER_POINT = 250


def bytes_of(source: Source) -> UInt8[np.ndarray, " n"]:
    """The bytes of a source, read-only; a large file on disk is mapped, so that only what is used is loaded."""
    path = source.local_path()
    if path is None or source.size() < MAPPED_BYTES:
        return np.frombuffer(source.read(), np.uint8)
    try:
        return np.memmap(path, np.uint8, "r")
    except OSError as error:
        raise FileNotFound(f"cannot be opened ({error.strerror or error})", path=source.name) from error


def every_nth(rows: int, limits: Limits) -> int:
    """The step that keeps a cloud of `rows` points within limits.points and limits.memory_mb; 1 keeps all."""
    return max(1, -(-rows // min(limits.points, _fitting(limits))))


def _fitting(limits: Limits) -> int:
    return max(1, limits.memory_mb * 1_000_000 // BYTES_PER_POINT)


def sampling_warning(every: int, rows: int, limits: Limits) -> tuple[str, ...]:
    """What a person is told of a cloud that was thinned out."""
    if every == 1:
        return ()
    by_memory = _fitting(limits) < limits.points
    limit = f"memory_mb = {limits.memory_mb:,}" if by_memory else f"points = {limits.points:,}"
    return (f"one point in {every} of {rows:,} was read (limits.{limit})",)


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of numbers from lines of text. `lines`: seen in all; `wrong`: left out because they are no numbers."""

    values: Float64[np.ndarray, "n width"]
    lines: int
    wrong: int


def read_rows(
    data: UInt8[np.ndarray, " n"], start: int, width: int, every: int = 1, most: int | None = None
) -> Rows:
    """Lines of at least `width` numbers from byte `start` on, every so many kept, `most` lines at the most.

    Large inputs are read in pieces, so that memory holds what is kept and not the text.
    """
    from polyseek.formats.text_kernels import read_columns

    kept: list[Float64[np.ndarray, "n width"]] = []
    rows = lines = wrong = 0
    for piece in _pieces(data, start):
        bound = len(piece) // (2 * width) + 1
        out = np.empty((bound if most is None else min(bound, most - rows), width))
        found, _, bad, seen = read_columns(piece, 0, out)
        kept.append(out[(-rows) % every : found : every].copy() if found < bound or every > 1 else out)
        rows, lines, wrong = rows + found, lines + seen, wrong + bad
        if most is not None and rows >= most:
            break
    values = kept[0] if len(kept) == 1 else np.concatenate(kept) if kept else np.empty((0, width))
    return Rows(values, lines, wrong)


def _pieces(data: UInt8[np.ndarray, " n"], start: int) -> Iterator[UInt8[np.ndarray, " m"]]:
    """Stretches of about PIECE_BYTES that end after a line."""
    while start < len(data):
        stop = min(start + PIECE_BYTES, len(data))
        if stop < len(data):
            breaks = np.flatnonzero(data[max(start, stop - 65536) : stop] == 10)
            if len(breaks):
                stop = max(start, stop - 65536) + int(breaks[-1]) + 1
        yield np.ascontiguousarray(data[start:stop])
        start = stop
