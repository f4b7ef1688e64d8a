"""How long whole commands take: `python benchmarks/commands.py LIBRARY MODEL [--runs 15]`.

Each is timed from outside, as a person at a terminal waits for it, after one run that is not
counted; searching inside a running process is timed beside it. Words "by looks" are such as no name holds, so
that an encoder reads them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from polyseek import Library

RESULTS = Path(__file__).parent / "results" / "commands.json"
UNNAMED = "glorp thingamabob"
BYTECODE = Path(tempfile.gettempdir()) / "polyseek-bytecode"
POLYSEEK = str(Path(sys.executable).with_name("polyseek"))


def main(library: Path, model: Path, runs: int) -> None:
    with Library.open(library, create=False) as opened:
        records = opened.count()
        first = next(opened.records(limit=1))
        words = first.words[0]
        inside = {
            "library.search(words)": timed(lambda: opened.search(words, k=10), 200),
            "library.similar(id)": timed(lambda: opened.similar(first.id, k=10), 200),
        }
    at = ["--library", str(library)]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import polyseek": [sys.executable, "-c", "import polyseek"],
        "polyseek --help": [POLYSEEK, "--help"],
        "polyseek index --help": [POLYSEEK, "index", "--help"],
        "polyseek search WORDS": [POLYSEEK, "search", words, *at],
        "polyseek search WORDS, by looks": [POLYSEEK, "search", UNNAMED, *at],
        "polyseek similar ID": [POLYSEEK, "similar", first.id, *at],
        "polyseek search MODEL": [POLYSEEK, "search", str(model), *at],
    }
    whole = {name: timed(lambda line=line: run(line), runs) for name, line in commands.items()}
    whole["import polyseek, alone"] = {
        "p50_ms": round(whole["import polyseek"]["p50_ms"] - whole["python -c pass"]["p50_ms"], 2)
    }
    result = {
        "records": records,
        "runs": runs,
        "inside": inside,
        "commands": whole,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n")
    for name, values in {**inside, **whole}.items():
        print(f"{name:<28} {values['p50_ms']:>9.2f} ms")


def run(line: list[str]) -> None:
    # As an installed program has it, whatever this shell says: with its bytecode kept.
    kept = {"PYTHONPYCACHEPREFIX": str(BYTECODE)} if "PYTHONDONTWRITEBYTECODE" in os.environ else {}
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | kept
    done = subprocess.run(line, capture_output=True, check=False, env=env)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(line)}: {done.stderr.decode()}")


def timed(action: Callable[[], object], runs: int) -> dict[str, float]:
    action()
    taken: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return {
        "p50_ms": round(statistics.median(taken), 2),
        "best_ms": round(min(taken), 2),
        "worst_ms": round(max(taken), 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    main(options.library, options.model, options.runs)
