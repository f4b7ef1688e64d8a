"""CSV files that a person wrote: labels and queries, by the names of their columns."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from polyseek.errors import UsageError


def read_csv(path: Path, what: str, needed: Sequence[str], hint: str) -> list[dict[str, str]]:
    """The rows of a CSV file in UTF-8, texts by column, without the space around them.

    `what`: what they are, for errors, as "labels". Raises UsageError, with `hint`, for a file that cannot be
    read or lacks a `needed` column.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            columns = list(reader.fieldnames or [])
            rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"the {what} cannot be read ({error})", path=str(path), hint=hint) from error
    missing = [name for name in needed if name not in columns]
    if missing:
        raise UsageError(
            f"the {what} have no column {' and no column '.join(missing)}, only {', '.join(columns) or 'nothing'}",
            path=str(path),
            hint=hint,
        )
    return rows
