"""Conditions over columns in memory: the rows that meet one, where the columns hold all that it asks.

The page's filters do. Missing values are as in compile.py: a comparison with one is false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Bool

from polyseek.catalogue.columns import NUMBERS, Columns
from polyseek.catalogue.condition import All, Compare, Condition, In, IsNull, Not, Value
from polyseek.catalogue.condition import Any as AnyOf
from polyseek.catalogue.place import is_within
from polyseek.catalogue.records import FACETS, TRUTHS

Mask = Bool[np.ndarray, " n"]
_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_CODED = (*FACETS, "added")


def mask_of(columns: Columns, condition: Condition) -> Mask | None:
    """Which rows meet a condition; None where it asks for what the columns do not hold."""
    match condition:
        case All(terms):
            return _joined(columns, terms, np.logical_and, True)
        case AnyOf(terms):
            return _joined(columns, terms, np.logical_or, False)
        case Not(term):
            inner = mask_of(columns, term)
            return None if inner is None else ~inner
        case IsNull(field):
            return columns.codes[field] < 0 if field in FACETS else None
        case In(field, values):
            return _joined(
                columns, tuple(Compare(field, "=", value) for value in values), np.logical_or, False
            )
        case Compare(field, sign, value):
            return _compared(columns, field, sign, value)


def _joined(
    columns: Columns, terms: tuple[Condition, ...], join: Callable[..., Any], empty: bool
) -> Mask | None:
    found = np.full(len(columns.keys), empty)
    for term in terms:
        mask = mask_of(columns, term)
        if mask is None:
            return None
        join(found, mask, out=found)
    return found


def _compared(columns: Columns, field: str, sign: str, value: Value) -> Mask | None:
    compare = _COMPARISONS.get(sign)
    if compare is None:
        return None
    if field in ("tag", "folder"):
        found = _tagged(columns, str(value)) if field == "tag" else _below(columns, str(value))
        return ~found if sign == "!=" else found
    if field in NUMBERS:
        return None if isinstance(value, str) else compare(columns.numbers[field], value)
    if field not in _CODED or isinstance(value, str) == (field in TRUTHS):
        return None
    return _by_code(columns, field, lambda held: bool(compare(held, value)))


def _by_code(columns: Columns, field: str, test: Callable[[Any], bool]) -> Mask:
    """A test of each distinct value, for the rows that have it."""
    passed = [test(value) for value in columns.vocabularies[field].values]
    # What is missing has code -1, the last of these.
    return np.array([*passed, False], bool)[columns.codes[field]]


def _tagged(columns: Columns, tag: str) -> Mask:
    found = np.zeros(len(columns.keys), bool)
    code = columns.vocabularies["tag"].known(tag.lower())
    found[columns.tag_rows[columns.tag_codes == code]] = True
    return found


def _below(columns: Columns, folder: str) -> Mask:
    return _by_code(columns, "folder", lambda held: is_within(held[1], folder))
