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
    from polyseek.library import Library

EXAMPLE = "polyseek index ~/models ~/Downloads/pack.zip --exclude '*/wip/*'"
SHOWN_FAILURES = 20

Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="GLOB",
        help="Leave these paths out of the folders, remembered; '' takes it back.",
    ),
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
        list[str] | None,
        typer.Argument(
            metavar="[PATH...]",
            help="Folders, ZIP archives or files; - reads paths from stdin. None: all folders of the library.",
        ),
    ] = None,
    exclude: Exclude = None,
    up: ToldUp = None,
    unit: ToldUnit = None,
    split: Split = None,
) -> int:
    """Add folders of models to the library, or bring it up to date.

    Reads in place and changes nothing in your folders. Only new and changed files are read; moved
    files keep their record. After a change of encoders only the vectors that are lacking are made. Stop it
    whenever you like: the next run goes on from there.
    """
    told = checked_split(split)
    if not paths and (up or unit or split):
        raise UsageError("of which files is this told?", hint="name folders or files after the options")
    with (
        session.open_library(create=True) as library,
        stop_on_interrupt() as stop,
        progress_bar(session, "indexing") as listen,
    ):
        report = library.add(
            [Path(path) for path in lines_of(paths)] if paths else known_folders(session, library),
            jobs=session.jobs,
            exclude=tuple(exclude or ()),
            up=up,
            unit=unit,
            split=told,
            progress=listen,
            stop=stop,
        )
    return tell(session, report)


def known_folders(session: Session, library: Library) -> list[Path]:
    """The folders of the library that are there. Raises UsageError where it has none."""
    folders = [Path(folder) for folder in library.folders()]
    if not folders:
        raise UsageError("the library has no folders yet", hint="name one: polyseek index MODELS")
    there = [folder for folder in folders if folder.exists()]
    # Perhaps a disk that is not plugged in: its models are not called missing.
    for folder in folders:
        if folder not in there:
            session.note(f"{folder} is not there, and stays as it is")
    return there


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
