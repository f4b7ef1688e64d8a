"""The page about naming shows what was measured."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_figures_on_the_page_about_naming_are_the_measured_ones(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    spec = importlib.util.spec_from_file_location("benchmark_of_naming", ROOT / "benchmarks" / "zero_shot.py")
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, benchmark)
    spec.loader.exec_module(benchmark)
    report = json.loads((ROOT / "benchmarks" / "results" / "zero_shot.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "zero-shot.md").read_text(encoding="utf-8")

    for table in benchmark.tables(report).split("\n\n"):
        assert table in page
