"""A judged search: how often questions with known answers find a right model, and how often search says there is none.

The list of a question is what `Library.search` gives, so names, folders, looks and mode count as they
do in use. A question without a right model in the library should be told "no good match".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np

from polyseek.catalogue.record import Record
from polyseek.errors import UsageError
from polyseek.evaluation.csv_rows import read_csv
from polyseek.evaluation.labels import labels_of
from polyseek.evaluation.protocols import bootstrap
from polyseek.search.hit import Hits
from polyseek.search.parse import parse_query
from polyseek.search.query import Query, is_picture

DEPTH = 50
FIGURES = ("R@1", "R@5", "R@10", "MRR", "good_match")
PROTOCOL = (
    f"the first {DEPTH} hits of each query; R@k: a model of the query's label among the first k; MRR: mean reciprocal "
    "rank of the first one, 0 where there is none; good_match: the share that search did not call no good match; "
    "95 % percentile bootstrap over queries"
)


@runtime_checkable
class Searched(Protocol):
    """What is asked of a polyseek.Library."""

    def records(self) -> Iterator[Record]: ...

    def search(self, query: str | Path | Query, *, k: int = 10, mode: str = "auto") -> Hits: ...


@dataclass(frozen=True)
class Question:
    """A query with its right answer. `language`: of which kind it is, as the file says; "" where it does not."""

    query: Query
    label: str
    language: str = ""


@dataclass(frozen=True)
class Answers:
    """The figures of some questions, by FIGURES, with their intervals (low, high)."""

    values: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    queries: int


@dataclass(frozen=True)
class AskedLibrary:
    """`answerable`: by language, and all as "all"; `unanswerable`: of labels that no model has, None without one.

    Of unanswerable ones only `good_match` tells something, and less is better.
    """

    answerable: Mapping[str, Answers]
    unanswerable: Answers | None
    labels: str
    mode: str
    made_by: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """`{"protocol", "labels", "mode", "answerable", "unanswerable", "made_by"}`."""
        return {
            "protocol": PROTOCOL,
            "labels": self.labels,
            "mode": self.mode,
            "answerable": {name: _as_json(answers) for name, answers in self.answerable.items()},
            "unanswerable": None if self.unanswerable is None else _as_json(self.unanswerable),
            "made_by": dict(self.made_by),
        }


def read_questions(path: Path) -> list[Question]:
    """Questions of a CSV file with the columns `query`, `label` and, if wanted, `language`.

    A query that is a file beside the CSV, or an absolute path, is that picture or model; any other is
    read as the search box reads it. Raises UsageError for a file that cannot be read or asks nothing.
    """
    hint = "the first line names the columns: query,label or query,label,language"
    rows = read_csv(path, "queries", ("query", "label"), hint)
    found = [
        Question(_query(row["query"], path.resolve().parent), row["label"], row.get("language", ""))
        for row in rows
        if row["query"] and row["label"]
    ]
    if not found:
        raise UsageError("the queries ask nothing", path=str(path), hint=hint)
    return found


def ask_library(
    library: Searched,
    labels: str,
    questions: Sequence[Question],
    *,
    mode: str = "auto",
    resamples: int = 1000,
    seed: int = 0,
) -> AskedLibrary:
    """Asks every question. `labels`: "folder", "category" or a CSV file (labels.labels_of).

    Raises UsageError where no model has the label of any question, and what a search raises.
    """
    from polyseek import __version__

    present = [record for record in library.records() if record.status == "present"]
    label_of = {label.id: label.label for label in labels_of(labels, present)}
    known = set(label_of.values())
    rows: dict[str, list[list[float]]] = {}
    without: list[list[float]] = []
    for question in questions:
        hits = library.search(question.query, k=DEPTH, mode=mode)
        row = _row(hits, question.label, label_of)
        if question.label not in known:
            without.append(row)
            continue
        for name in dict.fromkeys(("all", question.language or "all")):
            rows.setdefault(name, []).append(row)
    if not rows:
        raise UsageError(
            f"no model has the label of any query by {labels!r}", hint="see that both name labels alike"
        )
    return AskedLibrary(
        {name: _answers(of, resamples, seed) for name, of in rows.items()},
        _answers(without, resamples, seed) if without else None,
        labels,
        mode,
        {"polyseek": __version__, "seed": seed},
    )


def _query(text: str, folder: Path) -> Query:
    path = folder / text
    if path.is_file():
        return Query.image(path) if is_picture(path.name) else Query.like(path)
    return parse_query(text)


def _row(hits: Hits, label: str, label_of: Mapping[str, str]) -> list[float]:
    """A question's figures in the order of FIGURES."""
    rank = next((place for place, hit in enumerate(hits, 1) if label_of.get(hit.id) == label), None)
    found = [float(rank is not None and rank <= k) for k in (1, 5, 10)]
    return [*found, 1 / rank if rank else 0.0, float(hits.good_match)]


def _answers(rows: Iterable[Sequence[float]], resamples: int, seed: int) -> Answers:
    table = np.array(list(rows), np.float64)
    low, high = bootstrap(table, resamples=resamples, seed=seed)
    means = table.mean(0)
    return Answers(
        {name: float(means[i]) for i, name in enumerate(FIGURES)},
        {name: (float(low[i]), float(high[i])) for i, name in enumerate(FIGURES)},
        len(table),
    )


def _as_json(answers: Answers) -> dict[str, Any]:
    return {
        "queries": answers.queries,
        **answers.values,
        "intervals": {name: list(pair) for name, pair in answers.intervals.items()},
    }
