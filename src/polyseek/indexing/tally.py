"""What a run has told so far, summed up: every event passes here on its way to who listens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from polyseek.indexing.events import Added, Changed, Embedded, Event, Failed, Known, Missing, Moved
from polyseek.indexing.report import Failure, Report

Listen = Callable[[Event], None]


@dataclass
class Tally:
    """`report` holds the counts of all that `tell` was told; `listen` hears each event after it was counted."""

    listen: Listen
    report: Report

    def tell(self, event: Event) -> None:
        report = self.report
        match event:
            case Added():
                report = replace(report, added=report.added + 1)
            case Changed():
                report = replace(report, changed=report.changed + 1)
            case Embedded():
                report = replace(report, embedded=report.embedded + 1)
            case Known(count):
                report = replace(report, known=report.known + count)
            case Moved():
                report = replace(report, moved=report.moved + 1)
            case Missing():
                report = replace(report, missing=report.missing + 1)
            case Failed(path, kind, reason):
                failures = (*report.failures, Failure(path, kind, reason))
                report = replace(report, failed=report.failed + 1, failures=failures)
            case _:
                pass
        self.report = report
        self.listen(event)
