"""`polyseek watch`: keep the library up to date while folders change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from polyseek.cli.index import Exclude, Split, ToldUnit, ToldUp, checked_split
from polyseek.cli.session import Session, stop_on_interrupt
from polyseek.indexing.events import Added, Changed, Embedded, Event, Failed, Finished, Missing, Moved

EXAMPLE = "polyseek watch ~/models"


def run(
    session: Session,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Folders to watch.")],
    exclude: Exclude = None,
    up: ToldUp = None,
    unit: ToldUnit = None,
    split: Split = None,
    poll: Annotated[
        bool, typer.Option("--poll", help="Look again and again instead of waiting for events.")
    ] = False,
) -> int:
    """Index the folders, then follow every change until Ctrl-C.

    On network shares, where no events come, it polls by itself.
    """

    def listen(event: Event) -> None:
        if session.json:
            session.give(event.as_json())
        elif isinstance(event, Added | Changed | Embedded | Moved | Missing | Failed):
            name = type(event).__name__.lower()
            session.say(
                f"{name:<8} {event.path}" + (f": {event.reason}" if isinstance(event, Failed) else "")
            )
        elif isinstance(event, Finished):
            session.note("up to date, watching (Ctrl-C stops)")

    with session.open_library(create=True) as library, stop_on_interrupt() as stop:
        library.watch(
            paths,
            stop=stop,
            progress=listen,
            poll=poll or None,
            jobs=session.jobs,
            exclude=tuple(exclude or ()),
            up=up,
            unit=unit,
            split=checked_split(split),
        )
    return 0
