"""The bar of a long run, on stderr: what, how many, rate, remaining time. Drawn from pipeline events."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import PurePath

from polyseek.cli.session import Session
from polyseek.indexing.events import (
    Added,
    Changed,
    Committed,
    Embedded,
    Event,
    Failed,
    Finished,
    Known,
    Moved,
    Started,
)


@contextmanager
def progress_bar(session: Session, title: str) -> Generator[Callable[[Event], None]]:
    """A listener for pipeline events; draws nothing off a terminal."""
    if not session.shows_progress:
        yield lambda event: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        TextColumn("[dim]{task.fields[current]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, rate="", current="")
        state = {"done": 0, "failed": 0}

        def listen(event: Event) -> None:
            if isinstance(event, Started):
                bar.update(task, total=event.total)
            elif isinstance(event, Known):
                state["done"] += event.count
                bar.update(task, completed=state["done"])
            elif isinstance(event, Added | Changed | Embedded | Moved | Failed):
                state["done"] += 1
                state["failed"] += isinstance(event, Failed)
                speed = bar.tasks[0].speed or 0.0
                rate = f"{speed:.0f}/s" + (f" · {state['failed']} failed" if state["failed"] else "")
                bar.update(task, completed=state["done"], rate=rate, current=PurePath(event.path).name[:40])
            elif isinstance(event, Committed | Finished):
                bar.refresh()

        yield listen
