"""`polyseek evaluate`: measure how well the encoders find models of one label, and how well search answers queries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polyseek.cli.session import Session, write_bytes
from polyseek.cli.terminal import table

if TYPE_CHECKING:
    from polyseek.evaluation.asking import Answers, AskedLibrary

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
    queries: Annotated[
        Path | None,
        typer.Option("--queries", metavar="FILE.csv", help="Ask these instead: query,label[,language]."),
    ] = None,
    mode: Annotated[
        str,
        typer.Option(
            "--mode", metavar="MODE", help="Of search, for --queries: auto, words, meaning, hybrid."
        ),
    ] = "auto",
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE.html", help="Write plots and tables as a page.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of the bootstrap.")] = 0,
) -> int:
    """Measure how well each encoder finds models of the same label in the library.

    Leave one out; variants of one model never count as found. Intervals are 95 % bootstrap over groups.
    With `--queries`: how often search finds a model of a query's label, for words, and for pictures and
    models that lie beside the file; and how often it says "no good match" where no model has the label.
    """
    from polyseek.evaluation.report import evaluate_library

    if queries is not None:
        return _ask(session, labels, queries, mode, encoder, report, seed)
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


def _ask(
    session: Session,
    labels: str,
    queries: Path,
    mode: str,
    encoder: list[str] | None,
    report: Path | None,
    seed: int,
) -> int:
    from polyseek.errors import UsageError
    from polyseek.evaluation.asking import FIGURES, ask_library, read_questions

    if encoder or report is not None:
        raise UsageError(
            "--queries asks the search, which takes no --encoder and writes no --report",
            hint="leave them out, or leave out --queries",
        )
    questions = read_questions(queries)
    with session.open_library() as library:
        asked = ask_library(library, labels, questions, mode=mode, seed=seed)
    if session.json:
        session.give(asked.as_json())
    else:
        session.say(table(("queries", "count", *FIGURES), list(_rows(asked))))
    return 0


def _rows(asked: AskedLibrary) -> Iterator[tuple[str, ...]]:
    kinds: dict[str, Answers] = dict(asked.answerable)
    if asked.unanswerable is not None:
        kinds["no such model"] = asked.unanswerable
    for name, answers in kinds.items():
        figures = (
            f"{answers.values[figure]:.3f} [{answers.intervals[figure][0]:.3f}, {answers.intervals[figure][1]:.3f}]"
            for figure in answers.values
        )
        yield name, f"{answers.queries:,}", *figures
