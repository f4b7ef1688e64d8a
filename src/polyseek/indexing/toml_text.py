"""A settings file's text: values as TOML, and one value changed while every other letter stays."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any, cast


def toml_of(value: Any) -> str:
    """A number, a text, a list or a table as TOML, on one line."""
    if isinstance(value, Mapping):
        table = cast(Mapping[str, Any], value)
        pairs = [f"{toml_of(key)} = {toml_of(each)}" for key, each in table.items()]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(toml_of, cast(tuple[Any, ...], value))) + "]"
    if isinstance(value, str):
        # TOML's escapes are JSON's, but for one letter.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)


def with_value(text: str, key: str, value: Any) -> str:
    """A TOML text with one key of its top table changed; every other letter stays.

    Raises ValueError where it is no TOML, and where the key is a table of its own.
    """
    before = tomllib.loads(text)
    lines = text.splitlines(keepends=True)
    table = next((place for place, line in enumerate(lines) if line.startswith("[")), len(lines))
    new = f"{key} = {toml_of(value)}\n"
    for start in range(table):
        if lines[start].partition("=")[0].strip() != key:
            continue
        for end in range(start + 1, len(lines) + 1):  # a list may go on over lines
            changed = "".join([*lines[:start], new, *lines[end:]])
            if _is_only_change(before, changed, key):
                return changed
    if key in before:
        raise ValueError(f"{key} is not written as {key} = ... on lines of its own")
    head = "".join(lines[:table])
    return f"{head}{'' if head.endswith(chr(10)) or not head else chr(10)}{new}" + "".join(lines[table:])


def _is_only_change(before: dict[str, Any], text: str, key: str) -> bool:
    try:
        after = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return {**before, key: None} == {**after, key: None}
