"""`polyseek prune`: forget the models whose files are missing."""

from __future__ import annotations

from polyseek.cli.session import Session
from polyseek.cli.terminal import count

EXAMPLE = "polyseek prune"


def run(session: Session) -> int:
    """Forget the models whose files are missing. Nothing else ever forgets them; `polyseek undo` brings them back."""
    with session.open_library() as library:
        forgotten = library.prune()
    if session.json:
        session.give({"pruned": forgotten})
    else:
        session.say(f"{count(forgotten, 'missing model')} forgotten")
    return 0
