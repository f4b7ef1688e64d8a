"""The page about networks shows what was measured."""

from __future__ import annotations

import json
import re
from pathlib import Path

from polyseek.encoders.shelf import load

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "networks.md").read_text(encoding="utf-8")
RESULTS = ROOT / "benchmarks" / "results"


def test_the_table_of_networks_is_the_measured_one():
    towers = json.loads((RESULTS / "towers.json").read_text(encoding="utf-8"))["towers"]
    table = PAGE.split("<!-- table: benchmarks/results/towers.json -->")[1].split("<!-- end -->")[0]

    shown = {
        cells[0]: cells[1:]
        for cells in ([c.strip() for c in line.strip("| ").split("|")] for line in table.splitlines())
        if cells[0] in towers
    }

    assert set(shown) == set(towers)
    for name, row in towers.items():
        values = [row[sort]["en"]["R@10"] for sort in ("seen", "unseen", "packs")]
        values += [row["seen"]["written by hand"]["R@10"], row["nn"], row["map"]]
        printed = [[float(v) for v in re.findall(r"\d\.\d+", cell)] for cell in shown[name][3:9]]
        assert printed == values
        assert int(shown[name][1]) == row["steps"]


def test_the_table_of_changes_is_the_measured_one():
    report = json.loads((RESULTS / "point_changes.json").read_text(encoding="utf-8"))
    table = PAGE.split("<!-- changes: benchmarks/results/point_changes.json -->")[1].split(
        "<!-- end changes -->"
    )[0]

    assert f"{report['models']} held-out models" in PAGE
    assert load(report["encoder"]).space.digest == report["space"]
    for name, row in report["changes"].items():
        line = next(line for line in table.splitlines() if line.startswith(f"| {name} |"))
        printed = [float(v) for v in re.findall(r"-?\d\.\d{3}", line)]
        assert printed == [*row["map"], row["map_kept"], row["cosine"], row["least_cosine"]]


def test_the_figures_of_pointclip_are_the_measured_ones():
    test = json.loads((RESULTS / "point_clip.json").read_text(encoding="utf-8"))["test"]

    said = PAGE.split("## PointCLIP")[1].split("##")[0]

    assert f"among {test['classes']} concepts" in said
    for kind in ("depth, chosen weights", "all planes, chosen weights", "rendered views"):
        assert f"{test[kind]['R@10'][0]:.3f}" in said
