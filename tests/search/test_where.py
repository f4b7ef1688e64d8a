"""`where`: what SQLite answers is what a plain evaluation of the tree over the records answers."""

from __future__ import annotations

import operator
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyseek.catalogue.condition import FIELDS, All, Compare, In, IsNull, Not
from polyseek.catalogue.condition import Any as AnyOf
from polyseek.catalogue.record import Record
from polyseek.errors import QueryError
from polyseek.search.where import DEEPEST, MOST_TERMS, parse_where

NUMBERS = (
    "triangles",
    "longest",
    "size_x",
    "bytes",
    "warnings",
    "measures.volume",
    "measures.area",
    "up_confidence",
)
TEXTS = ("name", "format", "licence", "path", "status")
TRUTHS = ("has_texture", "watertight", "animated")


# -- the slow, plain meaning


def values_of(record: Record, field: str) -> list[object]:
    """The values of a field: none where it is missing, several for tags and words."""
    if field == "tag":
        return [tag.tag for tag in record.tags]
    if field == "word":
        return list(record.words)
    if field.startswith("measures."):
        value = record.measures[field[9:]]
    elif field == "warnings":
        value = len(record.warnings)
    elif field == "longest":
        value = max(record.size_metres)
    elif field.startswith("size_"):
        value = record.size_metres["xyz".index(field[-1])]
    else:
        value = getattr(record, field)
    return [] if value is None else [value]


def lower_ascii(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)


def like(value: str, pattern: str) -> bool:
    parts = {"%": ".*", "_": "."}
    expression = "".join(parts.get(c, re.escape(c)) for c in lower_ascii(pattern))
    return re.fullmatch(expression, lower_ascii(value), re.DOTALL) is not None


OPERATORS = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "like": like,
}  # fmt: skip


def holds(tree, record: Record) -> bool:
    match tree:
        case All(terms):
            return all(holds(term, record) for term in terms)
        case AnyOf(terms):
            return any(holds(term, record) for term in terms)
        case Not(term):
            return not holds(term, record)
        case IsNull(field):
            return not values_of(record, field)
        case In(field, members):
            return any(value in members for value in values_of(record, field))
        case Compare("tag" | "word" as field, "!=", value):
            return value not in values_of(record, field)
        case Compare(field, sign, value):
            return any(OPERATORS[sign](held, value) for held in values_of(record, field))
    raise AssertionError(tree)


# -- expressions


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


texts = st.sampled_from(
    ["red", "glb", "MIT", "红色椅子", "present", "it's", '"; DROP TABLE records; --', "%chair%", "_", ""]
)
numbers = st.sampled_from(["0", "500", "-3", "0.35", "1e3", ".5", "99999999999999999999"])
signs = st.sampled_from(["=", "==", "!=", "<>", "<", "<=", ">", ">="])

predicates = st.one_of(
    st.builds(lambda f, s, n: f"{f} {s} {n}", st.sampled_from(NUMBERS), signs, numbers),
    st.builds(lambda f, s, t: f"{f}{s}{quoted(t)}", st.sampled_from(TEXTS), signs, texts),
    st.builds(lambda f, t: f"{f} like {quoted(t)}", st.sampled_from([*TEXTS, "tag", "word"]), texts),
    st.builds(lambda f, s, t: f"{f} {s} {quoted(t)}", st.sampled_from(["tag", "word"]), st.sampled_from(["=", "!="]), texts),
    st.builds(
        lambda f, n, ts: f"{f} {n}in ({', '.join(map(quoted, ts))})",
        st.sampled_from([*TEXTS, "tag"]), st.sampled_from(["", "not "]), st.lists(texts, min_size=1, max_size=3),
    ),
    st.builds(lambda f, n: f"{f} is {n}null", st.sampled_from([*NUMBERS, *TEXTS, "tag"]), st.sampled_from(["", "not "])),
    st.sampled_from(TRUTHS),
    st.builds(lambda f, s, v: f"{f} {s} {v}", st.sampled_from(TRUTHS), st.sampled_from(["=", "!="]), st.sampled_from(["true", "FALSE"])),
)  # fmt: skip
expressions = st.recursive(
    predicates,
    lambda inner: st.one_of(
        st.builds(lambda a, w, b: f"({a}) {w} {b}", inner, st.sampled_from(["and", "OR"]), inner),
        st.builds(lambda a: f"not ({a})", inner),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=expressions)
def test_sqlite_answers_as_a_plain_evaluation_does(catalogue, text: str):
    tree = parse_where(text)
    records = list(catalogue.records())

    found = {record.id for record in catalogue.records(tree)}

    assert found == {record.id for record in records if holds(tree, record)}
    assert catalogue.count(tree) == len(found)
    assert len(catalogue.keys(None)) == len(records)


@settings(max_examples=300)
@given(st.text(max_size=40))
def test_any_text_is_a_tree_or_an_error_that_shows_the_place(text: str):
    error = None
    try:
        parse_where(text)
    except QueryError as raised:
        error = raised
    assert error is None or ("column" in error.message and error.hint.endswith("^"))


def test_precedence_is_not_then_and_then_or():
    assert parse_where("has_texture or animated and not watertight") == AnyOf(
        (
            Compare("has_texture", "=", True),
            All((Compare("animated", "=", True), Not(Compare("watertight", "=", True)))),
        )
    )


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("trangles < 5", 1, "did you mean triangles?"),
        ("triangles < 5 and measures.volum > 1", 19, "measures.volume"),
        ("name = glb", 8, 'name = "glb"'),
        ("triangles < 'x'", 13, "triangles < 5000"),
        ("triangles", 10, "triangles < 5000"),
        ("tag < 'x'", 5, "^"),
        ("has_texture < true", 13, "^"),
        ("triangles like '5'", 16, "^"),
        ("name = 'x", 8, "^"),
        ("(has_texture", 13, "^"),
        ("has_texture)", 12, "^"),
        ("has_texture; animated", 12, "^"),
        ("name in ()", 10, "^"),
        ("name is 5", 9, "^"),
        ("", 1, "^"),
    ],
)
def test_errors_show_the_place_and_the_way_out(text: str, column: int, said: str):
    with pytest.raises(QueryError) as error:
        parse_where(text)

    assert f"(at column {column})" in error.value.message
    assert said in error.value.hint
    assert error.value.hint.splitlines()[-1] == " " * (column + 1) + "^"


def test_expressions_without_end_are_refused():
    for text in (
        "(" * 1000 + "animated" + ")" * 1000,
        "not " * 1000 + "animated",
        " or ".join(["animated"] * 700),
    ):
        with pytest.raises(QueryError, match="more than"):
            parse_where(text)
    with pytest.raises(QueryError, match="letters"):
        parse_where("a" * 20_000)


def test_the_longest_allowed_expression_still_runs(catalogue):
    assert catalogue.count(parse_where(" or ".join(["animated"] * MOST_TERMS))) == 0
    assert catalogue.count(parse_where("not " * DEEPEST + "animated")) == 0
    half, rest = DEEPEST // 2, DEEPEST - 2 * (DEEPEST // 2)
    deep = "(" * rest + "not (animated and bytes is null or " * half + "tag = 'x'" + ")" * (half + rest)
    assert catalogue.count(parse_where(deep)) == 0


def test_every_declared_field_can_be_asked_for(catalogue):
    for field, kind in FIELDS.items():
        example = {"text": "= 'x'", "tag": "= 'x'", "number": ">= 0", "bool": ""}[kind]
        catalogue.count(parse_where(f"{field} {example}"))
