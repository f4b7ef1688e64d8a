"""The table of encoders: what each finds, and what it costs.

    POLYSEEK_MODELS=path/to/models python benchmarks/encoders.py [--limit N]
    POLYSEEK_MODELS=path/to/models python benchmarks/encoders.py --statistics

The folder holds a manifest.csv with columns path, variant_group and concept. Every model is read
once; each encoder gets what it wants of it, and is judged on both sides of a split by variant group:
the default is chosen on "validation", and "test" is what may be quoted. A gallery holds one side only.
Writes benchmarks/results/encoders.json and the table of docs/encoders.md. With --statistics it prints
geo18's table and writes shape1's weights instead, both from the validation side.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from polyseek.assets import Asset, in_one_frame
from polyseek.encoders import geo18, shape1
from polyseek.encoders.contract import Encoder
from polyseek.encoders.shelf import DEFAULT, ENCODERS, load
from polyseek.errors import PolyseekError
from polyseek.evaluation.protocols import PROTOCOL, compare, evaluate, split_of
from polyseek.formats.reading import read_asset
from polyseek.formats.source import FileSource
from polyseek.representations.contract import represent
from polyseek.representations.measures import MeasureOptions

RESULTS = Path(__file__).parent / "results" / "encoders.json"
DOCS = Path(__file__).parent.parent / "docs" / "encoders.md"
BEGIN, END = "<!-- table: benchmarks/results/encoders.json -->", "<!-- end -->"
BUDGET_MS = 10.0
PRINTED = ("nn", "first_tier", "second_tier", "map", "ndcg", "p20")


@dataclass
class Run:
    """One encoder's vectors and the seconds of processor time that they took, which a busy machine changes little."""

    encoder: Encoder
    vectors: list[np.ndarray] = field(default_factory=list)
    represent_s: list[float] = field(default_factory=list)
    encode_s: list[float] = field(default_factory=list)


def rows_of(folder: Path, limit: int | None) -> list[dict[str, str]]:
    with (folder / "manifest.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["concept"]]
    if limit is not None and limit < len(rows):
        rows = [rows[i] for i in np.linspace(0, len(rows) - 1, limit).astype(int)]
    return rows


def assets(folder: Path, rows: list[dict[str, str]]) -> Iterator[tuple[int, Asset]]:
    """(row, asset in the one frame); a model that cannot be read is named and left out."""
    for index, row in enumerate(rows):
        try:
            yield index, in_one_frame(read_asset(FileSource(folder / row["path"], folder)))
        except PolyseekError as error:
            print(f"left out: {error}")


def encode_all(folder: Path, rows: list[dict[str, str]]) -> tuple[list[int], dict[str, Run]]:
    runs = {id: Run(load(id)) for id in ENCODERS}
    read: list[int] = []
    for index, asset in assets(folder, rows):
        if not read:  # kernels compile or load on the first model: not counted
            for run in runs.values():
                run.encoder.encode([represent(asset, run.encoder.wants)])
        for run in runs.values():
            start = time.process_time()
            item = represent(asset, run.encoder.wants)
            middle = time.process_time()
            run.vectors.append(run.encoder.encode([item])[0])
            run.represent_s.append(middle - start)
            run.encode_s.append(time.process_time() - middle)
        read.append(index)
    return read, runs


def judge(rows: list[dict[str, str]], read: list[int], runs: dict[str, Run], seed: int) -> dict[str, Any]:
    side = np.array([split_of(rows[index]["variant_group"], seed=seed) for index in read])
    table: dict[str, Any] = {}
    for split in ("validation", "test"):
        chosen = np.flatnonzero(side == split)
        labels = [rows[read[i]]["concept"] for i in chosen]
        groups = [rows[read[i]]["variant_group"] for i in chosen]
        results = {
            id: evaluate(np.stack(run.vectors)[chosen], labels, groups, seed=seed) for id, run in runs.items()
        }
        any_result = results[DEFAULT]
        table[split] = {
            "queries": any_result.queries,
            "gallery": any_result.gallery,
            "groups": len(any_result.per_group),
            "labels": len({label for label, _ in any_result.confusion}),
            "encoders": {
                id: {
                    name: {
                        "value": round(result.values[name], 4),
                        "interval": [round(x, 4) for x in result.intervals[name]],
                    }
                    for name in result.values
                }
                for id, result in results.items()
            },
            "map_of_default_above": {
                id: [round(x, 4) for x in compare(any_result, result, "map", seed=seed)]
                for id, result in results.items()
                if id != DEFAULT
            },
        }
    return table


def cost(run: Run) -> dict[str, float]:
    """Milliseconds of processor time a model: representing and encoding, each its mean, and both together."""
    both = np.array(run.represent_s) + np.array(run.encode_s)
    return {
        "represent_ms": round(1e3 * float(np.mean(run.represent_s)), 2),
        "encode_ms": round(1e3 * float(np.mean(run.encode_s)), 2),
        "mean_ms": round(1e3 * float(np.mean(both)), 2),
        "median_ms": round(1e3 * float(np.median(both)), 2),
        "p95_ms": round(1e3 * float(np.quantile(both, 0.95)), 2),
    }


def table(report: dict[str, Any], split: str) -> str:
    """One side as a Markdown table."""
    side = report[split]
    lines = [
        f"{split.capitalize()}: {side['queries']:,} queries of {side['groups']:,} models with {side['labels']} concepts,"
        f" gallery {side['gallery']:,}.",
        "",
        "| encoder | d | " + " | ".join(PRINTED) + " | mAP, 95 % | ms a model, median (mean) |",
        "|---|---|" + "---|" * (len(PRINTED) + 2),
    ]
    for id, metrics in side["encoders"].items():
        low, high = metrics["map"]["interval"]
        values = " | ".join(f"{metrics[name]['value']:.3f}" for name in PRINTED)
        lines.append(
            f"| {id} | {report['dimensions'][id]} | {values} | {low:.3f} to {high:.3f}"
            f" | {report['cost'][id]['median_ms']:.1f} ({report['cost'][id]['mean_ms']:.1f}) |"
        )
    return "\n".join(lines)


def show(report: dict[str, Any]) -> None:
    print(table(report, "validation"), table(report, "test"), sep="\n\n")
    affordable = [id for id, spent in report["cost"].items() if spent["median_ms"] <= BUDGET_MS]
    best = max(affordable, key=lambda id: report["validation"]["encoders"][id]["map"]["value"])
    print(
        f"\nhighest mAP on validation at a median of {BUDGET_MS:.0f} ms at most: {best}; the default is {DEFAULT}"
    )


def write_docs(report: dict[str, Any]) -> None:
    """Replace the table of docs/encoders.md, between its two comments."""
    text = DOCS.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    tables = f"{table(report, 'test')}\n\n{table(report, 'validation')}"
    DOCS.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")


def write_statistics(folder: Path, rows: list[dict[str, str]], seed: int) -> None:
    shape_rows: list[Any] = []
    numbers: dict[str, list[float]] = {name: [] for name in geo18.STATISTICS}
    chosen = [row for row in rows if split_of(row["variant_group"], seed=seed) == "validation"]
    wants: dict[str, Any] = {**shape1.WANTS, "measures": MeasureOptions()}
    for _, asset in assets(folder, chosen):
        item = represent(asset, wants)
        shape_rows.append(shape1.blocks(item))
        for name, value in item["measures"].as_dict().items():
            if value is not None:
                numbers[name].append(float(np.arcsinh(value / geo18.STATISTICS[name][0])))
    for name, values in numbers.items():
        unit = geo18.STATISTICS[name][0]
        print(f'    "{name}": ({unit:g}, {np.mean(values):.3f}, {np.std(values):.3f}),')
    path = Path(shape1.__file__).parent / "weights" / "shape1.npy"
    path.parent.mkdir(exist_ok=True)
    np.save(path, shape1.statistics(shape_rows), allow_pickle=False)
    print(f"{path.name}: statistics of {len(shape_rows)} models")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", default=os.environ.get("POLYSEEK_MODELS"), type=Path)
    parser.add_argument(
        "--limit", type=int, help="only so many models, spread over the manifest; writes nothing"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--statistics", action="store_true")
    arguments = parser.parse_args()
    if arguments.folder is None:
        parser.error("name the folder of models, or set POLYSEEK_MODELS")
    rows = rows_of(arguments.folder, arguments.limit)
    if arguments.statistics:
        write_statistics(arguments.folder, rows, arguments.seed)
        return
    read, runs = encode_all(arguments.folder, rows)
    report = {
        "protocol": PROTOCOL,
        "models": len(read),
        "of": len(rows),
        "seed": arguments.seed,
        "default": DEFAULT,
        "dimensions": {id: run.encoder.card.dimensions for id, run in runs.items()},
        "spaces": {id: run.encoder.space.digest for id, run in runs.items()},
        "cost": {id: cost(run) for id, run in runs.items()},
        **judge(rows, read, runs, arguments.seed),
    }
    show(report)
    if arguments.limit is None:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        write_docs(report)


if __name__ == "__main__":
    main()
