"""Lists, counts and filters over a library of made records: what each takes at first, and again.

    .venv/bin/python benchmarks/browsing.py [--records 100000] [--library FOLDER]

Every call is what the page asks for. "first": in a library that has just been changed by one tag, as
after each edit; "again": of another page of the same list, or the same counts. `start` is what the
first calls after opening take, `fold` what finding all variants takes, once a library. Milliseconds;
p50 and the most of `--repeats`. `--library` keeps the made library for another run. Writes
benchmarks/results/browsing.json.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from made_records import make
from polyseek import __version__
from polyseek.library import Library

RESULTS = Path(__file__).parent / "results" / "browsing.json"
FILTERS = {
    "everything": None,
    "textured": "has_texture",
    "a tag": 'tag = "chair"',
    "without a tag": 'not (tag = "chair")',
    "two tags": 'tag = "chair" and tag = "red"',
    "one of two tags": 'tag = "chair" or tag = "red"',
    "a tag, textured": 'tag = "chair" and has_texture',
    "a folder": 'folder = "/models/pack03/chairs"',
    "without a folder": 'not (folder = "/models/pack03/chairs")',
    "polygons": "triangles >= 1000 and triangles < 10000",
    "size": "longest >= 1 and longest < 10",
    "few polygons, watertight": "watertight and triangles < 5000",
    "added": 'added >= "2025-12-01"',
}
SORTS = ("name", "-triangles", "-longest", "-added")


def taken(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - start)


def figures(times: list[float]) -> dict[str, float]:
    return {"p50_ms": round(statistics.median(times), 1), "most_ms": round(max(times), 1)}


def measure(library: Library, repeats: int) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    one = next(iter(library.records(limit=1))).id
    for name, where in FILTERS.items():
        calls: dict[str, Callable[[int], object]] = {
            "count": lambda turn, where=where: library.count(where),
            "facets": lambda turn, where=where: library.facets(where),
        }
        for sort in SORTS:
            calls[f"cards by {sort}"] = lambda turn, where=where, sort=sort: library.browse(
                where, sort=sort, fold=True, offset=500 * turn
            )
        for call, ask in calls.items():
            first: list[float] = []
            again: list[float] = []
            for turn in range(repeats):
                library.tag([one], add=[f"turn{turn}"])
                first.append(taken(lambda ask=ask: ask(0)))
                again.append(taken(lambda ask=ask, turn=turn: ask(1 + turn)))
                library.undo()
            rows.append({"filter": name, "call": call, "first": figures(first), "again": figures(again)})
            print(name, call, rows[-1]["first"], rows[-1]["again"], flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--library", type=Path, help="made here, or used again")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.library or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "library.db").exists():
            make(folder, options.records)
        with Library.open(folder) as library:
            fold = taken(lambda: library.browse(fold=True, limit=1))
        with Library.open(folder) as library:
            start = {
                "facets_ms": round(taken(library.facets), 1),
                "cards_ms": round(taken(lambda: library.browse(fold=True)), 1),
            }
            rows = measure(library, options.repeats)
            records = library.count()
    slowest = max(row[kind]["p50_ms"] for row in rows for kind in ("first", "again"))  # type: ignore[index]
    # Others on the machine slow it down.
    made: dict[str, object] = {
        "polyseek": __version__,
        "processors": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 1),
    }
    result = {
        "made_by": made,
        "records": records,
        "fold_ms": round(fold, 1),
        "start": start,
        "slowest_p50_ms": slowest,
        "rows": rows,
    }
    options.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"fold {fold:.0f} ms, start {start}, slowest p50 {slowest} ms")


if __name__ == "__main__":
    main()
