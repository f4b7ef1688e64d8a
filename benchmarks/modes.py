"""Modes of search side by side, over models with the names that their makers gave them: words, meaning, hybrid, auto.

    POLYSEEK_MODELS=path/to/models python benchmarks/modes.py LIBRARY [--side validation|test]

LIBRARY is an index of that folder whose encoders read words. Queries were written by hand in six languages
(polyseek_training/queries); right is a model whose concept is the query's, by the folder's manifest.csv.
What the default mode is was chosen on `validation`; `test` is for telling. Intervals are bootstrap over
queries. Writes benchmarks/results/modes_SIDE.json.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from pathlib import Path
from typing import Literal, cast

import numpy as np

from polyseek import Library
from polyseek_training.lexicon import LANGUAGES, by_english_name, read_lexicon
from polyseek_training.queries import read_queries
from polyseek_training.shapes import read_manifest

RESULTS = Path(__file__).parent / "results"
MODES = ("words", "meaning", "hybrid", "auto")
DEPTH = 50


def interval(values: np.ndarray, seed: int = 0) -> list[float]:
    """Mean and its 95 % interval."""
    draws = np.random.default_rng(seed).integers(len(values), size=(1000, len(values)))
    low, high = np.quantile(values[draws].mean(1), (0.025, 0.975))
    return [round(float(value), 3) for value in (values.mean(), low, high)]


def measure(library: Library, folder: Path, side: Literal["validation", "test"]) -> dict[str, object]:
    """Mode -> language -> R@1, R@10 and MRR (of the first DEPTH hits)."""
    named = by_english_name(read_lexicon())

    def key(concept: str) -> str:
        return named[concept].key if concept in named else concept

    concepts = {str((folder / shape.path).absolute()): key(shape.concept) for shape in read_manifest(folder)}
    queries = read_queries(side)
    report: dict[str, object] = {"models": library.count(), "side": side}
    for mode in MODES:
        ranks: dict[str, list[float]] = {tongue: [] for tongue in LANGUAGES}
        spent: list[float] = []
        for query in queries:
            began = time.perf_counter()
            hits = library.search(query.query, k=DEPTH, mode=mode)
            spent.append(1000 * (time.perf_counter() - began))
            right = [i for i, hit in enumerate(hits, 1) if concepts.get(hit.path) == key(query.concept)]
            ranks[query.language].append(right[0] if right else math.inf)
        rows = {tongue: np.array(of) for tongue, of in ranks.items() if of} | {
            "all": np.array([rank for of in ranks.values() for rank in of])
        }
        report[mode] = {
            tongue: {
                "queries": len(of),
                "R@1": interval((of <= 1).astype(float)),
                "R@10": interval((of <= 10).astype(float)),
                "MRR": interval(1 / of),
            }
            for tongue, of in rows.items()
        } | {"milliseconds p50": round(float(np.median(spent)), 2)}
    return report


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("library", type=Path)
    parser.add_argument("--side", choices=("validation", "test"), default="validation")
    given = parser.parse_args()
    side = cast("Literal['validation', 'test']", given.side)
    with Library.open(given.library, create=False) as library:
        report = measure(library, Path(os.environ["POLYSEEK_MODELS"]), side)
    text = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
    (RESULTS / f"modes_{side}.json").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
