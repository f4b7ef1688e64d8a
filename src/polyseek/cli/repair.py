"""`polyseek repair`: save what can be read of a damaged library."""

from __future__ import annotations

from polyseek.cli.session import Session
from polyseek.cli.terminal import count

EXAMPLE = "polyseek repair --library my-library"


def run(session: Session) -> int:
    """Save what can be read of a damaged library; the damaged file is kept beside it.

    What is lost comes back by indexing the same folders again.
    """
    from polyseek.library import Library

    report = Library.repair(session.library)
    if session.json:
        session.give({"saved": report.saved, "lost": report.lost, "backup": str(report.backup)})
    else:
        session.say(
            f"{count(report.saved, 'record')} saved, {report.lost:,} lost; the damaged file is kept as {report.backup}"
        )
        if report.lost:
            session.note("index the same folders again to bring the rest back")
    return 0
