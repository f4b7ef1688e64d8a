"""The figures on the cards and in the documents are those of the committed results."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from polyseek.encoders.shelf import DEFAULT, ENCODERS, load

ROOT = Path(__file__).parents[2]
REPORT = json.loads((ROOT / "benchmarks" / "results" / "encoders.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("id", ENCODERS)
def test_the_figures_of_a_card_are_the_measured_ones(id: str):
    metrics = REPORT["test"]["encoders"][id]

    assert dict(load(id).card.figures) == {
        name: round(metrics[name]["value"], 3) for name in ("nn", "map", "ndcg")
    }


@pytest.mark.parametrize("id", ENCODERS)
def test_the_results_were_measured_in_the_space_that_is_shipped(id: str):
    assert REPORT["spaces"][id] == load(id).space.digest


def test_the_default_has_the_highest_map_on_validation_within_the_budget():
    affordable = [id for id in ENCODERS if REPORT["cost"][id]["median_ms"] <= 10]

    assert max(affordable, key=lambda id: REPORT["validation"]["encoders"][id]["map"]["value"]) == DEFAULT


def test_the_documents_show_the_measured_table():
    page = (ROOT / "docs" / "encoders.md").read_text(encoding="utf-8")

    shown = re.findall(r"^\| (\w+) \| \d+ \|(.*)\|$", page, flags=re.MULTILINE)

    assert [id for id, _ in shown] == 2 * list(ENCODERS)
    for (id, row), split in zip(
        shown, ["test"] * len(ENCODERS) + ["validation"] * len(ENCODERS), strict=True
    ):
        metrics = REPORT[split]["encoders"][id]
        printed = [float(cell) for cell in row.split("|")[:6]]
        assert printed == [
            round(metrics[name]["value"], 3)
            for name in ("nn", "first_tier", "second_tier", "map", "ndcg", "p20")
        ]
