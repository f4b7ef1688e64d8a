"""A judged library: every encoder under one protocol, as JSON and as one self-contained HTML page."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float32

from polyseek.catalogue.record import Record
from polyseek.encoders.shelf import load
from polyseek.errors import UsageError
from polyseek.evaluation.labels import labels_of
from polyseek.evaluation.plots import confusion_table, precision_recall_plot
from polyseek.evaluation.protocols import PROTOCOL, Result, evaluate, recall_levels

TITLES = {
    "nn": "Nearest neighbour",
    "first_tier": "First tier",
    "second_tier": "Second tier",
    "map": "mAP",
    "ndcg": "NDCG",
    "p20": "P@20",
    "hit@1": "hit@1",
    "hit@5": "hit@5",
    "hit@10": "hit@10",
}


@runtime_checkable
class Judged(Protocol):
    """What is asked of a polyseek.Library."""

    def records(self) -> Iterator[Record]: ...

    def vectors(self, encoder: str) -> tuple[list[str], Float32[np.ndarray, "n d"]]: ...


@dataclass(frozen=True)
class Evaluation:
    """Results by encoder id. `labels`: where they came from; `labelled` of `records` models have one."""

    results: Mapping[str, Result]
    labels: str
    labelled: int
    records: int
    made_by: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """`{"protocol", "labels", "records", "labelled", "encoders", "intervals", "precision_recall", "confusion", "made_by"}`."""
        results = self.results.items()
        return {
            "protocol": PROTOCOL,
            "labels": self.labels,
            "records": self.records,
            "labelled": self.labelled,
            "queries": {id: result.queries for id, result in results},
            "encoders": {id: dict(result.values) for id, result in results},
            "intervals": {
                id: {name: list(pair) for name, pair in result.intervals.items()} for id, result in results
            },
            "precision_recall": {
                "recall": recall_levels(),
                **{id: [float(value) for value in result.precision] for id, result in results},
            },
            "confusion": {
                id: [
                    {"label": label, "neighbour": other, "queries": count}
                    for label, other, count in _pairs(result)
                ]
                for id, result in results
            },
            "made_by": dict(self.made_by),
        }

    def as_html(self) -> str:
        """One page without references to anything outside: table with intervals, plots, confusions."""
        best = max(self.results, key=lambda id: self.results[id].values["map"])
        parts = [
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>",
            f"<title>polyseek: evaluation by {html.escape(self.labels)}</title><style>{STYLE}</style>",
            f"<h1>Evaluation by {html.escape(self.labels)}</h1>",
            f"<p>{self.labelled:,} of {self.records:,} models have a label. {html.escape(PROTOCOL.capitalize())}.</p>",
            self._table(best),
            "<h2>Precision and recall</h2>",
            precision_recall_plot(
                {id: list(result.precision) for id, result in self.results.items()}, recall_levels()
            ),
            f"<h2>First neighbours by {html.escape(best)}</h2>",
            confusion_table(self.results[best].confusion),
            f"<p class=made>Made by {html.escape(str(dict(self.made_by)))}</p></html>",
        ]
        return "\n".join(parts)

    def _table(self, best: str) -> str:
        head = "".join(f"<th scope=col>{title}</th>" for title in TITLES.values())
        rows: list[str] = []
        for id, result in self.results.items():
            cells = "".join(
                f"<td>{result.values[name]:.3f}<small>{low:.3f} – {high:.3f}</small></td>"
                for name in TITLES
                for low, high in [result.intervals[name]]
            )
            mark = " class=best" if id == best else ""
            rows.append(f"<tr{mark}><th scope=row>{html.escape(id)}</th>{cells}</tr>")
        return f"<table><thead><tr><th scope=col>encoder</th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def evaluate_library(
    library: Judged,
    labels: str,
    encoders: Sequence[str],
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Judge each encoder's stored vectors by labels from "folder", "category" or a CSV file (labels.labels_of).

    `encoders`: ids of polyseek.encoders.shelf. Raises UsageError for another id and where no label has
    models of two groups, and what `library.vectors` raises for an encoder that the library does not hold.
    """
    from polyseek import __version__

    records = [record for record in library.records() if record.status == "present"]
    found = labels_of(labels, records)
    if not found:
        raise UsageError(f"no model has a label by {labels!r}", hint="use folder, category, or a CSV file")
    if not encoders:
        raise UsageError("there is no encoder to judge", hint="index with at least one encoder")
    spaces = {id: load(id).space.digest for id in encoders}
    results: dict[str, Result] = {}
    for encoder in encoders:
        ids, vectors = library.vectors(encoder)
        row = {id: place for place, id in enumerate(ids)}
        kept = [label for label in found if label.id in row]
        results[encoder] = evaluate(
            vectors[[row[label.id] for label in kept]],
            [label.label for label in kept],
            [label.group for label in kept],
            resamples=resamples,
            seed=seed,
        )
    made_by = {"polyseek": __version__, "encoders": spaces, "seed": seed}
    return Evaluation(results, labels, len(found), len(records), made_by)


def _pairs(result: Result) -> Iterable[tuple[str, str, int]]:
    """(label, label of the first neighbour, queries), most queries first."""
    return ((a, b, n) for (a, b), n in sorted(result.confusion.items(), key=lambda item: (-item[1], item[0])))


STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
  color: #1d2129; background: #fff }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .7rem; text-align: right; border-bottom: 1px solid #d8dce3 }
th:first-child { text-align: left }
small { display: block; color: #5b6472; white-space: nowrap }
tbody th { white-space: nowrap; font-weight: 500 }
tr.best { background: #eef4fb }
.made { color: #5b6472; font-size: 13px }
svg text { font: 12px system-ui, sans-serif; fill: currentColor }
@media (prefers-color-scheme: dark) {
  body { color: #e6e9ee; background: #16191f } th, td { border-color: #353b46 } tr.best { background: #1f2b3a }
  small, .made { color: #a2abb9 }
}
"""
