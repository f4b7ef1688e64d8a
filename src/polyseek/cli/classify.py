"""`polyseek classify`: which of some labels a model is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polyseek.cli.session import Session, lines_of, read_text
from polyseek.cli.terminal import styled, table
from polyseek.errors import PolyseekError, UsageError

if TYPE_CHECKING:
    from polyseek.naming.classifying import Classified

EXAMPLE = "polyseek classify a.glb id:k3f9 --labels chair,table,lamp"

_SHOWN = 3  # labels of each model, for people


def run(
    session: Session,
    models: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|ID...",
            help="Model files, and models of the library; - reads them from stdin, one a line.",
        ),
    ],
    labels: Annotated[
        str, typer.Option("--labels", "-l", metavar="A,B,C", help="The labels, in any of six languages.")
    ] = "",
    labels_file: Annotated[
        str | None,
        typer.Option("--labels-file", metavar="FILE", help="A text file of labels, one a line; - for stdin."),
    ] = None,
    prompt: Annotated[
        list[str] | None,
        typer.Option(
            "--prompt", metavar="TEXT", help="Say a label so, with {} in its place; again for another way."
        ),
    ] = None,
    encoder: Annotated[
        str | None, typer.Option("--encoder", metavar="ID", help="One that reads words.")
    ] = None,
) -> int:
    """Which of some labels each model is, with probabilities that sum to 1 over the labels and "none of these".

    It needs no examples of the labels. A file needs no library; a model of the library must have
    been read by the encoder. The exit status is 1 when a file could not be read.
    """
    chosen = _labels(labels, labels_file)
    failures: list[PolyseekError] = []
    rows: list[tuple[str, ...]] = []
    for found in _classified(session, lines_of(models), chosen, prompt or [], encoder, failures):
        if session.json:
            session.give(found.as_json())
        else:
            rows.append(_row(found))
    if rows:
        session.say(table(("label", "probable", "or else", "path"), rows, right=(1,)))
    for error in failures:
        session.note(f"polyseek: {error}")
    return 1 if failures else 0


def _labels(labels: str, file: str | None) -> list[str]:
    from polyseek.search.zero_shot import labels_of

    found = labels_of(labels)
    if file is not None:
        found += labels_of(read_text(file))
    if not found:
        raise UsageError("there is no label to choose from", hint="give them as --labels chair,table")
    return list(dict.fromkeys(found))


def _classified(
    session: Session,
    models: list[str],
    labels: list[str],
    prompts: list[str],
    encoder: str | None,
    failures: list[PolyseekError],
) -> Iterator[Classified]:
    files = [Path(each) for each in models if _is_file(each)]
    ids = [each for each in models if not _is_file(each)]
    if ids:
        with session.open_library() as library:
            yield from library.classify(
                [*ids, *files],
                labels,
                encoder=encoder,
                prompts=prompts,
                jobs=session.jobs,
                failed=failures.append,
            )
    else:
        from polyseek.naming.classifying import classify

        yield from classify(
            files, labels, encoder=encoder, prompts=prompts, jobs=session.jobs, failed=failures.append
        )


def _is_file(text: str) -> bool:
    """What is there, or ends like a model, is a file; the rest are ids."""
    from polyseek.formats.table import format_of

    return not text.startswith("id:") and (Path(text).exists() or format_of(text) is not None)


def _row(found: Classified) -> tuple[str, ...]:
    likely = [f"{guess.label} {guess.probability:.0%}" for guess in found.verdict.guesses]
    if found.label is None:
        label, probability, others = "none of these", found.verdict.none, likely[:_SHOWN]
    else:
        label, probability = found.label, found.verdict.guesses[0].probability
        others = likely[1:_SHOWN]
    return (label, f"{probability:.0%}", styled(", ".join(others), "dim"), found.path)
