"""Queries written by hand, in six languages, that runs are chosen by and judged by.

`queries/validation.tsv` is for choosing, `queries/test.tsv` for judging only. Nobody learns from them:
they come from no template, and no caption was looked at for them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources
from typing import Literal

Kind = Literal["noun", "description", "attribute", "sentence"]
KINDS: tuple[Kind, ...] = ("noun", "description", "attribute", "sentence")
HEADER = ("concept", "language", "query", "kind")


@dataclass(frozen=True)
class Wanted:
    """`query`: what a person types in `language` who wants a model of `concept`, named as the manifest names it."""

    concept: str
    language: str
    query: str
    kind: Kind


def read_queries(side: Literal["validation", "test"]) -> tuple[Wanted, ...]:
    """All queries of a side, in the file's order: two in English and one in each other language of a concept."""
    text = resources.files("polyseek_training").joinpath(f"queries/{side}.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(Wanted(row["concept"], row["language"], row["query"], _kind(row["kind"])) for row in rows)


def _kind(text: str) -> Kind:
    return KINDS[[str(kind) for kind in KINDS].index(text)]
