"""The tree of a `where` expression, over declared fields only. Parsed in search, compiled by a catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Value = str | float | int | bool
Operator = Literal["=", "!=", "<", "<=", ">", ">=", "like"]

# Field name -> kind. `size_x` ... `longest` are metres; `measures.NAME` is allowed for the measures' names.
# "tag": a record has several; `tag` holds those of the file and the person, `suggested` the others. `folder`: each folder, by its whole path, that the record's file lies in or below.
FIELDS: dict[str, Literal["text", "number", "bool", "tag"]] = {
    "id": "text",
    "path": "text",
    "root": "text",
    "name": "text",
    "format": "text",
    "digest": "text",
    "status": "text",
    "added": "text",
    "up": "text",
    "up_by": "text",
    "unit_by": "text",
    "licence": "text",
    "parent": "text",
    "tag": "tag",
    "suggested": "tag",
    "folder": "tag",
    "word": "tag",
    "bytes": "number",
    "size_x": "number",
    "size_y": "number",
    "size_z": "number",
    "longest": "number",
    "up_confidence": "number",
    "triangles": "number",
    "vertices": "number",
    "parts": "number",
    "warnings": "number",
    "has_texture": "bool",
    "has_vertex_colour": "bool",
    "has_normals": "bool",
    "animated": "bool",
    "watertight": "bool",
}


@dataclass(frozen=True)
class Compare:
    """`field operator value`; a bare boolean field is `field = true`. `like`: % and _ are wildcards, case ignored."""

    field: str
    operator: Operator
    value: Value


@dataclass(frozen=True)
class In:
    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class IsNull:
    field: str


@dataclass(frozen=True)
class Not:
    term: Condition


@dataclass(frozen=True)
class All:
    """Every term holds (`and`)."""

    terms: tuple[Condition, ...]


@dataclass(frozen=True)
class Any:
    """At least one term holds (`or`)."""

    terms: tuple[Condition, ...]


Condition = Compare | In | IsNull | Not | All | Any
