"""`polyseek list`: list models, filtered and sorted."""

from __future__ import annotations

from typing import Annotated

import typer

from polyseek.cli.search import Paths, Where
from polyseek.cli.session import Session
from polyseek.cli.terminal import length, styled, table

EXAMPLE = "polyseek list --where 'format = \"stl\" and longest < 0.1' --sort -triangles -k 20"


def run(
    session: Session,
    where: Where = None,
    sort: Annotated[
        str, typer.Option("--sort", metavar="FIELD", help="A field; - before it turns the order.")
    ] = "path",
    k: Annotated[int | None, typer.Option("-k", "--count", min=1, help="At most so many.")] = None,
    paths: Paths = False,
) -> int:
    """List the models of the library."""
    rows: list[tuple[str, ...]] = []
    with session.open_library() as library:
        for record in library.records(where, sort=sort, limit=k):
            if session.json:
                session.give(record.as_json())
            elif paths:
                session.say(record.path)
            else:
                status = "" if record.status == "present" else styled(record.status, "yellow")
                longest = length(max(record.size_metres))
                rows.append(
                    (
                        record.id,
                        record.name,
                        record.format,
                        f"{record.triangles:,}",
                        longest,
                        status,
                        ", ".join(f"{tag.tag}?" for tag in record.tags if tag.by == "suggested"),
                        record.path,
                    )
                )
    if rows:
        heads = ("id", "name", "format", "triangles", "longest", "", "suggested", "path")
        shown = [
            place for place, head in enumerate(heads) if head != "suggested" or any(row[6] for row in rows)
        ]
        cells = [[row[place] for place in shown] for row in rows]
        session.say(table([heads[place] for place in shown], cells, right=(3, 4)))
    return 0
