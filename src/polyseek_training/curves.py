"""The curves of a run's log as an SVG text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from polyseek.evaluation.plots import line_plot

Series = Mapping[str, Sequence[tuple[float, float]]]


def curves(log: Path) -> dict[str, str]:
    """ "loss" and "validation" -> SVG: every part of the loss, every hit rate, over minutes of training."""
    series = read_log(log)
    losses = {name: of for name, of in series.items() if "@" not in name}
    hits = {name: of for name, of in series.items() if "@" in name}
    return {"loss": line_plot(losses, "minutes", "loss"), "validation": line_plot(hits, "minutes", "share")}


def read_log(log: Path) -> dict[str, list[tuple[float, float]]]:
    """Name -> (minutes, value) of a log.jsonl."""
    series: dict[str, list[tuple[float, float]]] = {}
    for text in log.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        minutes = line.pop("seconds") / 60
        for name, value in line.items():
            if name not in ("step", "scale"):
                series.setdefault(name, []).append((minutes, value))
    return series
