"""`polyseek duplicates`: files of the same bytes."""

from __future__ import annotations

from typing import Annotated

import typer

from polyseek.cli.session import Session
from polyseek.cli.terminal import count, size, styled

EXAMPLE = "polyseek duplicates -k 20"


def run(
    session: Session,
    k: Annotated[int | None, typer.Option("-k", "--count", min=1, help="At most so many groups.")] = None,
) -> int:
    """List files of the same bytes, in groups, the largest waste first. No file is touched.

    `polyseek remove ID` takes a copy out of the library, its file stays; `polyseek undo` brings it back.
    """
    with session.open_library() as library:
        found = library.duplicates(limit=k)
    if session.json:
        for group in found.groups:
            session.give(group.as_json())
        return 0
    for group in found.groups:
        session.say(styled(f"{len(group.copies)} × {size(group.bytes)}", "bold"))
        for copy in group.copies:
            session.say(f"  {' '.join(copy.ids)}  {copy.path}")
    rest = f", the first {len(found.groups):,} are shown" if len(found.groups) < found.number else ""
    session.note(
        f"{count(found.number, 'group')} of equal files, {size(found.waste)} in further copies{rest}"
    )
    return 0
