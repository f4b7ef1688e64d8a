"""`polyseek show`: everything the library knows of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from polyseek.cli.session import Session, lines_of
from polyseek.cli.terminal import length, size, styled

if TYPE_CHECKING:
    from polyseek.catalogue.record import Record

EXAMPLE = "polyseek show k3f9"


def run(
    session: Session,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Models of the library; - reads ids from stdin.")
    ],
) -> int:
    """Everything the library knows of a model: facts, measures, tags, warnings."""
    with session.open_library() as library:
        records = [library.record(id.removeprefix("id:")) for id in lines_of(ids)]
    for record in records:
        if session.json:
            session.give(record.as_json())
        else:
            session.say(
                "\n".join(f"{styled(f'{name:<12}', 'dim')} {value}" for name, value in facts(record)) + "\n"
            )
    return 0


def facts(record: Record) -> list[tuple[str, str]]:
    """(label, value) as people read them; what is not known says so."""
    yes = [
        name
        for name, holds in (
            ("textured", record.has_texture),
            ("vertex colours", record.has_vertex_colour),
            ("animated", record.animated),
            ("watertight", record.watertight),
        )
        if holds
    ]
    up = f"{record.up} ({record.up_by}" + (
        f", {record.up_confidence:.0%} sure)" if record.up_by == "guess" else ")"
    )
    suggested = [tag.tag for tag in record.tags if tag.by == "suggested"]
    measures = ", ".join(
        f"{name} {'not stated' if value is None else format(value, '.4g')}"
        for name, value in record.measures.items()
    )
    return [
        ("id", record.id),
        ("name", record.name),
        ("path", record.path),
        ("status", record.status),
        ("format", f"{record.format}, {size(record.bytes)}"),
        ("size", " × ".join(length(side) for side in record.size_metres) + f" (unit by {record.unit_by})"),
        ("up", up),
        ("triangles", f"{record.triangles:,} in {record.parts:,} parts, {record.vertices:,} vertices"),
        ("is", ", ".join(yes) or "plain"),
        ("colours", " ".join(record.colours) or "not stated"),
        ("tags", ", ".join(tag.tag for tag in record.tags if tag.by != "suggested") or "none"),
        *([("suggested", ", ".join(suggested))] if suggested else []),
        ("licence", record.licence or "not stated"),
        ("measures", measures or "not stated"),
        *[("warning", warning) for warning in record.warnings],
    ]
