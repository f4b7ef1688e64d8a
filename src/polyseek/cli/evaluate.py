"""`polyseek evaluate`: measure how well the encoders find models of one label."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from polyseek.cli.session import Session, write_bytes
from polyseek.cli.terminal import table

EXAMPLE = "polyseek evaluate --labels folder --report report.html"
SHOWN = ("nn", "first_tier", "second_tier", "map", "ndcg", "p20", "hit@10")


def run(
    session: Session,
    labels: Annotated[
        str,
        typer.Option(
            "--labels",
            metavar="folder|category|FILE",
            help="What each model is: its folder, its first tag, or a CSV of path,label[,group].",
        ),
    ],
    encoder: Annotated[
        list[str] | None, typer.Option("--encoder", metavar="ID", help="Only these; all of the library else.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE.html", help="Write plots and tables as a page.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of the bootstrap.")] = 0,
) -> int:
    """Measure how well each encoder finds models of the same label in the library.

    Leave one out; variants of one model never count as found. Intervals are 95 % bootstrap over groups.
    """
    from polyseek.evaluation.report import evaluate_library

    with session.open_library() as library:
        encoders = encoder or [str(each["id"]) for each in library.info().encoders]
        evaluation = evaluate_library(library, labels, encoders, seed=seed)
    if report is not None:
        write_bytes(report, evaluation.as_html().encode())
    if session.json:
        session.give(evaluation.as_json())
        return 0
    rows = [
        (
            id,
            *(
                f"{result.values[name]:.3f} [{result.intervals[name][0]:.3f}, {result.intervals[name][1]:.3f}]"
                for name in SHOWN
            ),
        )
        for id, result in evaluation.results.items()
    ]
    session.say(table(("encoder", *SHOWN), rows))
    return 0
