"""`polyseek index`: add folders, archives and files to the library, or bring it up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from polyseek.cli.progress import progress_bar
from polyseek.cli.session import Session, lines_of, stop_on_interrupt
from polyseek.cli.terminal import count, duration, styled
from polyseek.errors import UsageError

if TYPE_CHECKING:
    from polyseek.indexing.report import Report

EXAMPLE = "polyseek index ~/models ~/Downloads/pack.zip --exclude '*/wip/*'"
SHOWN_FAILURES = 20

Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Leave these paths out.")
]
Up = Annotated[
    str,
    typer.Option("--up", help="Which axis is up: auto believes the file or guesses; x, y, z, -x, -y, -z."),
]
Unit = Annotated[
    str | None, typer.Option("--unit", help="What one unit of the files is: mm, cm, m, in, ft, km.")
]
# What is told of files in a library is remembered, so that leaving it out differs from taking it back.
ToldUp = Annotated[
    str | None,
    typer.Option("--up", help="Which axis is up, remembered: x, y, z, -x, -y, -z; auto takes it back."),
]
ToldUnit = Annotated[
    str | None,
    typer.Option("--unit", help="What one unit is, remembered: mm, cm, m, in, ft, km; auto takes it back."),
]
Split = Annotated[
    str | None,
    typer.Option(
        "--split", metavar="nodes", help="One record for each object of a scene; none takes it back."
    ),
]


def run(
    session: Session,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Folders, ZIP archives or files; - reads paths from stdin."),
    ],
    exclude: Exclude = None,
    up: ToldUp = None,
    unit: ToldUnit = None,
    split: Split = None,
) -> int:
    """Add folders of models to the library, or bring it up to date.

    Reads in place and changes nothing in your folders. Only new and changed files are read; moved
    files keep their record. Stop it whenever you like: the next run goes on from there.
    """
    with (
        session.open_library(create=True) as library,
        stop_on_interrupt() as stop,
        progress_bar(session, "indexing") as listen,
    ):
        report = library.add(
            [Path(path) for path in lines_of(paths)],
            jobs=session.jobs,
            exclude=tuple(exclude or ()),
            up=up,
            unit=unit,
            split=checked_split(split),
            progress=listen,
            stop=stop,
        )
    return tell(session, report)


def checked_split(split: str | None) -> Literal["nodes", "none"] | None:
    """The value of --split. Raises UsageError for anything but nodes and none."""
    if split is None or split == "nodes" or split == "none":
        return split
    raise UsageError(f"--split knows nodes and none, not {split!r}")


def tell(session: Session, report: Report) -> int:
    """Print the summary of a run; its exit status."""
    if session.json:
        session.give(report.as_json())
    else:
        parts = [f"{value:,} {name}" for name, value in counts(report).items() if value]
        session.say(f"{', '.join(parts) or 'nothing to do'} in {duration(report.seconds)}")
        for failure in report.failures[:SHOWN_FAILURES]:
            session.say(f"  {styled('failed', 'red')} {failure.path}: {failure.reason}")
        if len(report.failures) > SHOWN_FAILURES:
            session.say(
                f"  and {count(len(report.failures) - SHOWN_FAILURES, 'more failure')}; --json lists all"
            )
    if report.interrupted:
        session.note("interrupted: what was indexed is kept, run it again to go on")
        return 130
    usable = report.added + report.known + report.changed + report.embedded + report.moved
    return 1 if report.failed and not usable else 0


def counts(report: Report) -> dict[str, int]:
    """The summary's numbers by name, in the order people read them."""
    return {
        name: getattr(report, name)
        for name in ("added", "changed", "embedded", "moved", "known", "missing", "failed")
    }
