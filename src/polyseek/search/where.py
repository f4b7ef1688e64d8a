"""`where` expressions -> a Condition tree, by recursive descent.

    or_       = and_ ("or" and_)*
    and_      = not_ ("and" not_)*
    not_      = "not" not_ | "(" or_ ")" | predicate
    predicate = FIELD                                 a truth: `has_texture`
              | FIELD ("=" "!=" "<" "<=" ">" ">=") VALUE   also "==" and "<>"
              | FIELD ["not"] "in" "(" VALUE ("," VALUE)* ")"
              | FIELD ["not"] "like" STRING           % any letters, _ one letter
              | FIELD "is" ["not"] "null"
    VALUE     = 'text' or "text" (a doubled quote stands for itself) | number | true | false

A comparison with a missing value is false. Errors show the expression with a caret at the place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NoReturn

from polyseek.catalogue.condition import (
    FIELDS,
    All,
    Compare,
    Condition,
    In,
    IsNull,
    Not,
    Operator,
    Value,
)
from polyseek.catalogue.condition import Any as AnyOf
from polyseek.errors import QueryError

LONGEST = 10_000  # letters of an expression
DEEPEST = 12  # parentheses and nots inside one another; SQLite's parser has a stack of 100
MOST_TERMS = 400  # comparisons and listed values; SQLite's own limit is a depth of 1,000

FieldKind = Literal["text", "number", "bool", "tag"]

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.]))
          | (?P<string>'(?:[^']|'')*'|"(?:[^"]|"")*")
          | (?P<name>[A-Za-z_][\w.]*)
          | (?P<sign><=|>=|==|!=|<>|[=<>(),]))""",
    re.VERBOSE,
)
_SIGNS: dict[str, Operator] = {
    "=": "=", "==": "=", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
}  # fmt: skip
_EQUALITY = ("=", "!=")


@dataclass(frozen=True)
class Token:
    """`kind`: number, string, name, sign or end. `column`: where it begins, from 0."""

    kind: str
    text: str
    column: int


def parse_where(text: str) -> Condition:
    """The tree of an expression. Raises QueryError with the place and, for fields, near names."""
    if len(text) > LONGEST:
        raise QueryError(f"the expression has {len(text):,} letters; {LONGEST:,} are allowed")
    parser = _Parser(text)
    tree = parser.or_(0)
    parser.finish()
    return tree


def tokens_of(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            column = at + len(text[at:]) - len(text[at:].lstrip())
            if text[column] in "'\"":
                _fail(text, column, "this text has no closing quote")
            _fail(text, column, f"{text[column]!r} cannot stand here")
        kind = str(match.lastgroup)
        found.append(Token(kind, match[kind], match.start(kind)))
        at = match.end()
    return [*found, Token("end", "", len(text))]


def _fail(text: str, column: int, message: str, hint: str = "") -> NoReturn:
    line = " ".join(text.splitlines()) if "\n" in text else text
    place = f"\n  {line}\n  {' ' * column}^"
    raise QueryError(
        f"{message} (at column {column + 1})", hint=f"{hint}{place}" if hint else f"it is here:{place}"
    )


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens_of(text)
        self._next = 0
        self._terms = 0

    # -- tokens

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += token.kind != "end"
        return token

    def _word(self, word: str) -> bool:
        """Take the next token if it is this keyword (any case)."""
        token = self._peek()
        if token.kind == "name" and token.text.lower() == word:
            self._next += 1
            return True
        return False

    def _sign(self, sign: str) -> bool:
        if self._peek().kind == "sign" and self._peek().text == sign:
            self._next += 1
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._sign(sign):
            self._fail(self._peek(), f"expected {sign!r}")

    def _fail(self, token: Token, message: str, hint: str = "") -> NoReturn:
        found = "the end" if token.kind == "end" else token.text
        _fail(self._text, token.column, f"{message}, found {found}", hint)

    def finish(self) -> None:
        if self._peek().kind != "end":
            self._fail(self._peek(), "expected and, or, or the end")

    # -- grammar

    def or_(self, depth: int) -> Condition:
        terms = [self._and(depth)]
        while self._word("or"):
            terms.append(self._and(depth))
        return terms[0] if len(terms) == 1 else AnyOf(tuple(terms))

    def _and(self, depth: int) -> Condition:
        terms = [self._not(depth)]
        while self._word("and"):
            terms.append(self._not(depth))
        return terms[0] if len(terms) == 1 else All(tuple(terms))

    def _not(self, depth: int) -> Condition:
        if depth > DEEPEST:
            self._fail(self._peek(), f"more than {DEEPEST} levels inside one another")
        if self._word("not"):
            return Not(self._not(depth + 1))
        if self._sign("("):
            inner = self.or_(depth + 1)
            self._expect(")")
            return inner
        return self._predicate()

    def _predicate(self) -> Condition:
        token = self._take()
        self._terms += 1
        if self._terms > MOST_TERMS:
            self._fail(token, f"more than {MOST_TERMS} comparisons")
        field, kind = self._field(token)
        negated = self._word("not")
        if self._word("in"):
            found: Condition = In(field, self._values(field, kind))
        elif self._word("like"):
            found = Compare(field, "like", self._pattern(field, kind))
        elif negated:
            self._fail(self._peek(), "expected in or like after not")
        elif self._word("is"):
            negated = self._word("not")
            if not self._word("null"):
                self._fail(self._peek(), "expected null")
            found = IsNull(field)
        elif self._peek().kind == "sign" and self._peek().text in _SIGNS:
            found = self._comparison(field, kind)
        elif kind == "bool":
            found = Compare(field, "=", True)
        else:
            self._fail(
                self._peek(), f"expected a comparison after {field}", f"as in: {_example(field, kind)}"
            )
        return Not(found) if negated else found

    def _comparison(self, field: str, kind: FieldKind) -> Compare:
        sign = self._take()
        operator = _SIGNS[sign.text]
        if kind in ("bool", "tag") and operator not in _EQUALITY:
            self._fail(sign, f"{field} can only be compared with = and !=")
        return Compare(field, operator, self._value(field, kind))

    def _values(self, field: str, kind: FieldKind) -> tuple[Value, ...]:
        self._expect("(")
        values = [self._value(field, kind)]
        while self._sign(","):
            values.append(self._value(field, kind))
        self._expect(")")
        self._terms += len(values)
        return tuple(values)

    def _pattern(self, field: str, kind: FieldKind) -> str:
        if kind not in ("text", "tag"):
            self._fail(self._peek(), f"{field} is no text: like cannot be used")
        return str(self._value(field, kind))

    def _value(self, field: str, kind: FieldKind) -> Value:
        token = self._take()
        if kind in ("text", "tag"):
            if token.kind == "string":
                return self._string(token)
            hint = f'as in: {field} = "{token.text}"' if token.kind in ("name", "number") else ""
            self._fail(token, f"{field} is compared with a text in quotes", hint)
        if kind == "number":
            if token.kind == "number":
                return _number(token.text)
            self._fail(token, f"{field} is compared with a number", f"as in: {_example(field, kind)}")
        if token.kind == "name" and token.text.lower() in ("true", "false"):
            return token.text.lower() == "true"
        self._fail(token, f"{field} is true or false")

    def _string(self, token: Token) -> str:
        quote = token.text[0]
        value = token.text[1:-1].replace(quote * 2, quote)
        if any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in value):
            self._fail(token, "this text holds characters that no name can have")
        return value

    def _field(self, token: Token) -> tuple[str, FieldKind]:
        if token.kind != "name" or token.text.lower() in ("and", "or", "in", "like", "is", "null"):
            self._fail(token, "expected a field", "as in: triangles < 5000")
        kind = kind_of(token.text)
        if kind is None:
            self._fail_unknown(token)
        return token.text, kind

    def _fail_unknown(self, token: Token) -> NoReturn:
        import difflib

        near = difflib.get_close_matches(token.text, field_names(), n=3, cutoff=0.6)
        hint = f"did you mean {' or '.join(near)}?" if near else f"fields: {', '.join(FIELDS)}, measures.NAME"
        _fail(self._text, token.column, f"there is no field {token.text!r}", hint)


def field_names() -> list[str]:
    """Every field that may be compared."""
    from polyseek.representations.measures import NAMES

    return [*FIELDS, *(f"measures.{name}" for name in NAMES)]


def kind_of(field: str) -> FieldKind | None:
    """The kind of a field, None for one that there is not."""
    if field.startswith("measures."):
        return "number" if field in field_names() else None
    return FIELDS.get(field)


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("+-").isdigit() else float(text)


def _example(field: str, kind: FieldKind) -> str:
    value = {"number": "< 5000", "text": '= "glb"', "tag": '= "red"', "bool": "= true"}[kind]
    return f"{field} {value}"
