"""`polyseek remove`: take models out of the library; the files stay."""

from __future__ import annotations

from typing import Annotated

import typer

from polyseek.cli.session import Session, lines_of
from polyseek.cli.terminal import count

EXAMPLE = "polyseek remove k3f9"


def run(
    session: Session,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Models; - reads ids from stdin.")],
) -> int:
    """Take models out of the library. Their files stay where they are; `polyseek undo` brings them back.

    The next `polyseek index` of their folder finds them again, unless you exclude them.
    """
    with session.open_library() as library:
        removed = library.remove([id.removeprefix("id:") for id in lines_of(ids)])
    if session.json:
        session.give({"removed": removed})
    else:
        session.say(f"{count(removed, 'model')} removed from the library, no file touched")
    return 0
