"""`polyseek restore`: take back every edit after a moment."""

from __future__ import annotations

from typing import Annotated

import typer

from polyseek.cli.session import Session
from polyseek.cli.terminal import count

EXAMPLE = "polyseek restore 2026-11-20T18:00    (`polyseek undo --list` shows the moments)"


def run(
    session: Session,
    when: Annotated[str, typer.Argument(metavar="WHEN", help="A date and time as 2026-11-20T18:00, in UTC.")],
) -> int:
    """Take back every edit made after a moment: tags, removals and prunes."""
    with session.open_library() as library:
        undone = library.restore(when)
    if session.json:
        session.give({"undone": undone})
    else:
        session.say(f"{count(undone, 'edit')} taken back")
    return 0
