"""`polyseek tag`: add or take away tags."""

from __future__ import annotations

from typing import Annotated

import typer

from polyseek.cli.session import Session, lines_of
from polyseek.cli.terminal import count
from polyseek.errors import UsageError

EXAMPLE = "polyseek tag k3f9 b2x7 --add favourite --remove draft"


def run(
    session: Session,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="Models; - reads ids from stdin.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="EXPR", help="All models that this holds for.")
    ] = None,
    add: Annotated[list[str] | None, typer.Option("--add", "-a", metavar="TAG", help="Add this tag.")] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", "-r", metavar="TAG", help="Take it away.")
    ] = None,
) -> int:
    """Add or take away tags of models; `polyseek undo` takes it back."""
    if not add and not remove:
        raise UsageError("no tag to add or remove", hint="use --add TAG or --remove TAG")
    with session.open_library() as library:
        chosen = [id.removeprefix("id:") for id in lines_of(ids or [])]
        if where:
            chosen += [record.id for record in library.records(where)]
        if not chosen:
            raise UsageError("no model to tag", hint="give ids, or --where EXPR")
        changed = library.tag(chosen, add=tuple(add or ()), remove=tuple(remove or ()))
    if session.json:
        session.give({"changed": changed})
    else:
        session.say(f"{count(changed, 'model')} changed")
    return 0
