"""Conditions -> SQL: fields become columns by a table, every value is bound.

Missing values: a comparison with one is false, so `not (licence = "MIT")` holds where there is no
licence. Text compares by code points; `like` and tags ignore the case of ASCII letters.
"""

from __future__ import annotations

from polyseek.catalogue.condition import (
    FIELDS,
    All,
    Compare,
    Condition,
    In,
    IsNull,
    Not,
    Value,
)
from polyseek.catalogue.condition import Any as AnyOf
from polyseek.errors import QueryError

Sql = tuple[str, list[str | float | int]]

_COLUMNS = {"warnings": "records.warning_count"}
_OPERATORS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "like": "LIKE"}
_SETS = {
    # Not EXISTS: a rare tag is where the search begins.
    "tag": "records.key IN (SELECT key FROM tags WHERE NOT hidden AND by <> 'suggested' AND {test})",
    "suggested": "records.key IN (SELECT key FROM tags WHERE NOT hidden AND by = 'suggested' AND {test})",
    "word": "EXISTS (SELECT 1 FROM details, json_each(details.words) AS word WHERE details.key = records.key AND {test})",
}
_MEMBERS = {"tag": "tags.tag", "suggested": "tags.tag", "word": "word.value"}
_MEASURE = "measures."
_BIGGEST = 2**63 - 1


def compile_condition(condition: Condition) -> Sql:
    """(expression over the table `records`, bound values). Raises QueryError for an unknown field."""
    match condition:
        case All(terms):
            return _joined(terms, " AND ", "1")
        case AnyOf(terms):
            return _joined(terms, " OR ", "0")
        case Not(Not(term)):
            sql, values = compile_condition(term)
            return f"({sql}) IS TRUE", values
        case Not(term):
            sql, values = compile_condition(term)
            # IS TRUE: what is unknown counts as false before it is turned round.
            return f"NOT (({sql}) IS TRUE)", values
        case IsNull(field):
            return _is_null(field)
        case In(field, values):
            return _in(field, values)
        case Compare(field, operator, value):
            return _compare(field, operator, value)


def column_of(field: str) -> Sql:
    """The column or expression of a field that has one value a record; QueryError for another."""
    if field.startswith(_MEASURE):
        from polyseek.representations.measures import NAMES

        name = field.removeprefix(_MEASURE)
        if name in NAMES:
            return f"(SELECT {name} FROM measures WHERE measures.key = records.key)", []
    elif FIELDS.get(field) in ("text", "number", "bool"):
        return _COLUMNS.get(field, f"records.{field}"), []
    raise QueryError(f"there is no field {field!r} to compare", hint="polyseek list --help names the fields")


def _joined(terms: tuple[Condition, ...], word: str, empty: str) -> Sql:
    parts = [compile_condition(term) for term in terms]
    sql = word.join(f"({sql})" for sql, _ in parts)
    return sql or empty, [value for _, values in parts for value in values]


def _compare(field: str, operator: str, value: Value) -> Sql:
    if field == "folder":
        sql, values = _below(str(value), operator == "like")
        return f"NOT ({sql})" if operator == "!=" else sql, values
    if field in _SETS:
        if operator == "!=":
            sql, values = _compare(field, "=", value)
            return f"NOT {sql}", values
        test = f"{_MEMBERS[field]} {_OPERATORS[operator]} ?"
        return _SETS[field].format(test=test), [value.lower() if isinstance(value, str) else _bound(value)]
    column, values = column_of(field)
    return f"{column} {_OPERATORS[operator]} ?", [*values, _bound(value)]


def _below(folder: str, pattern: bool) -> Sql:
    """What lies in a folder or below it; a range of the index on `file`, or a pattern."""
    signs = "/" if folder.startswith("/") else "/\\"
    if pattern:
        return " OR ".join("records.file LIKE ?" for _ in signs), [f"{folder}{sign}%" for sign in signs]
    ends = [(folder + sign, folder + chr(ord(sign) + 1)) for sign in signs]
    sql = " OR ".join("records.file >= ? AND records.file < ?" for _ in ends)
    return sql, [text for pair in ends for text in pair]


def _in(field: str, members: tuple[Value, ...]) -> Sql:
    if field == "folder":
        parts = [_below(str(member), False) for member in members]
        return " OR ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]
    marks = ", ".join("?" * len(members))
    if field in _SETS:
        test = f"{_MEMBERS[field]} IN ({marks})"
        return _SETS[field].format(test=test), [
            member.lower() if isinstance(member, str) else _bound(member) for member in members
        ]
    column, values = column_of(field)
    return f"{column} IN ({marks})", [*values, *map(_bound, members)]


def _is_null(field: str) -> Sql:
    if field == "folder":
        return "0", []
    if field in _SETS:
        return "NOT " + _SETS[field].format(test="1"), []
    column, values = column_of(field)
    return f"{column} IS NULL", values


def _bound(value: Value) -> str | float | int:
    if isinstance(value, bool):
        return int(value)
    # SQLite's integers end here; beyond, a float compares just as well.
    return float(value) if isinstance(value, int) and abs(value) > _BIGGEST else value
