"""Tables, colours and numbers for people. Colour on a terminal only (and never with NO_COLOR)."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from typing import TextIO

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34"}


def styled(text: str, style: str, stream: TextIO | None = None) -> str:
    """`text` in a colour when the stream is a terminal that wants colours, else as it is."""
    if not (stream or sys.stdout).isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def width_of(text: str) -> int:
    """Columns that a text takes: Chinese and Japanese characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def fitted(text: str, width: int, *, keep_end: bool = False) -> str:
    """The text cut to `width` columns with an ellipsis; a path keeps its end, which tells most."""
    if width_of(text) <= width:
        return text
    letters = text[::-1] if keep_end else text
    kept = ""
    for letter in letters:
        if width_of(kept + letter) > width - 1:
            break
        kept += letter
    return "…" + kept[::-1] if keep_end else kept + "…"


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Columns two spaces apart; `right`: those aligned right. The last column takes what the terminal leaves."""
    columns = len(headers)
    widths = [max(width_of(row[column]) for row in (headers, *rows)) for column in range(columns)]
    room = shutil.get_terminal_size((10_000, 24)).columns if sys.stdout.isatty() else 10_000
    last = max(12, room - sum(widths[:-1]) - 2 * (columns - 1))

    def line(cells: Sequence[str]) -> str:
        out: list[str] = []
        for column, cell in enumerate(cells):
            if column == columns - 1:
                out.append(fitted(cell, last, keep_end="/" in cell or "\\" in cell))
            else:
                pad = " " * (widths[column] - width_of(cell))
                out.append(pad + cell if column in right else cell + pad)
        return "  ".join(out).rstrip()

    return "\n".join([styled(line(headers), "dim"), *map(line, rows)])


def count(number: int, noun: str, plural: str | None = None) -> str:
    """1 model, 4,065 models."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def size(bytes_: float) -> str:
    """3.4 MB."""
    for unit in ("B", "kB", "MB", "GB"):
        if bytes_ < 1000 or unit == "GB":
            return f"{bytes_:.0f} {unit}" if unit == "B" else f"{bytes_:.1f} {unit}"
        bytes_ /= 1000
    raise AssertionError("the loop returns")


def length(metres: float) -> str:
    """1.2 m, 34 cm, 5.6 mm."""
    for bound, factor, unit in ((0.01, 1000, "mm"), (1.0, 100, "cm"), (1000.0, 1, "m")):
        if metres < bound:
            return f"{metres * factor:.3g} {unit}"
    return f"{metres / 1000:,.3g} km"


def duration(seconds: float) -> str:
    """850 ms, 12.3 s, 4 min 10 s, 2 h 5 min."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    if seconds < 3600:
        return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
    return f"{seconds // 3600:.0f} h {seconds % 3600 // 60:.0f} min"
