"""`polyseek undo`: take back the last edit."""

from __future__ import annotations

from typing import Annotated

import typer

from polyseek.cli.session import Session

EXAMPLE = "polyseek undo"


def run(
    session: Session,
    listed: Annotated[
        bool, typer.Option("--list", help="Only show the edits that can be taken back.")
    ] = False,
) -> int:
    """Take back the last edit: of tags, a removal or a prune. Edits are kept for 90 days."""
    with session.open_library() as library:
        if listed:
            for when, what in library.history():
                if session.json:
                    session.give({"when": when, "what": what})
                else:
                    session.say(f"{when}  {what}")
            return 0
        undone = library.undo()
    if session.json:
        session.give({"undone": undone})
    else:
        session.say(f"undone: {undone}" if undone else "there is nothing to undo")
    return 0 if undone else 1
