"""The costs that docs/towers.md shows are those that the benchmark wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
SHOWN = ("megabytes", "seconds to add", "ms a query of words", "ms a picture", "ms a model of 8 views")


def test_the_page_shows_the_measured_costs():
    report = json.loads((ROOT / "benchmarks/results/brought_towers.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "towers.md").read_text(encoding="utf-8")

    table = page.split("<!-- table")[1].split("<!-- end")[0]
    rows = dict(re.findall(r"^\| ([\w-]+\d+) \| (.*) \|$", table, flags=re.MULTILINE))

    assert {
        name: [float(cell.replace(",", "")) for cell in row.split("|")] for name, row in rows.items()
    } == {name: [figures[key] for key in SHOWN] for name, figures in report["encoders"].items()}


def test_full_sized_networks_agree_with_torch():
    report = json.loads((ROOT / "benchmarks/results/brought_towers.json").read_text(encoding="utf-8"))

    assert all(figures["largest difference from torch"] < 1e-4 for figures in report["encoders"].values())
