"""Read mutated files through the sandbox: how many are refused, why, how long and with how much memory.

    .venv/bin/python benchmarks/hostile.py [--count 10000] [--seed 0] [--jobs 1] [--keep FOLDER]

Each file is a real one (of POLYSEEK_FORMATS, else of tests/data/formats) with bytes flipped, cut out,
doubled, filled or swapped with another file's, or with numbers in its text made absurd; its side
files stand beside it. Prints a table and writes benchmarks/results/hostile.json. Exit status 1 when
the parent saw anything but a reading or a FileError, a reading beyond the time limit, or a size that
is no number. --keep: where files that crash a reader or run into the time limit are copied to.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import struct
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from polyseek import __version__
from polyseek.errors import FileError, MissingExtra
from polyseek.formats import Limits, format_of
from polyseek.formats.inspect import Inspection, inspect
from polyseek.formats.sandbox import Outcome, Sandbox

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "hostile.json"
LIMITS = Limits(seconds=20, step_seconds=20)
LARGEST = 300_000
ABSURD = (b"-1", b"0", b"99999999999999999999", b"1e999", b"nan", b"4294967295", b"2147483648", b"-0.0", b"")
WORDS = tuple(
    struct.pack("<I", value) for value in (0, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0x7FC00000, 65536)
)


def real_files() -> list[Path]:
    """Model files small enough to be read by the thousand, in a fixed order."""
    folder = Path(os.environ.get("POLYSEEK_FORMATS", ROOT / "tests" / "data" / "formats"))
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in files if 0 < path.stat().st_size <= LARGEST and format_of(path.name) is not None]


def mutated(data: bytes, other: bytes, draw: np.random.Generator) -> bytes:
    """The file with one to four changes."""
    changed = bytearray(data)
    for _ in range(draw.integers(1, 5)):
        if not changed:
            break
        # Most of what can go wrong is stated near the beginning.
        reach = len(changed) if draw.random() < 0.6 else min(len(changed), 400)
        at = int(draw.integers(reach))
        size = int(min(2 ** draw.integers(0, 12), len(changed) - at))
        match int(draw.integers(8)):
            case 0:
                changed[at] = int(draw.integers(256))
            case 1:
                changed[at] ^= 1 << int(draw.integers(8))
            case 2:
                del changed[at : at + size]
            case 3:
                changed[at:at] = changed[at : at + size] * int(draw.integers(1, 20))
            case 4:
                del changed[at:]
            case 5:
                changed[at : at + 4] = WORDS[draw.integers(len(WORDS))]
            case 6:
                start = int(draw.integers(max(len(other), 1)))
                changed[at : at + size] = other[start : start + size]
            case _:
                _make_absurd(changed, at, draw)
    return bytes(changed)


def _make_absurd(changed: bytearray, at: int, draw: np.random.Generator) -> None:
    """Replace the first run of digits at or behind `at`."""
    start = next((i for i in range(at, min(len(changed), at + 4000)) if 48 <= changed[i] <= 57), None)
    if start is None:
        return
    end = start
    while end < len(changed) and 48 <= changed[end] <= 57:
        end += 1
    changed[start:end] = ABSURD[draw.integers(len(ABSURD))]


def tasks(count: int, seed: int, folder: Path) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Write one mutated file after another beside the side files of its original."""
    draw = np.random.default_rng(seed)
    files = real_files()
    # Formats take turns, so that the many files of one do not crowd out the others.
    kinds: dict[str, list[Path]] = {}
    for path in files:
        kinds.setdefault(path.suffix.lower(), []).append(path)
    names = sorted(kinds)
    for number in range(count):
        of_kind = kinds[names[number % len(names)]]
        original = of_kind[draw.integers(len(of_kind))]
        other = files[draw.integers(len(files))].read_bytes()
        home = folder / f"{files.index(original)}"
        if not home.exists():
            _copy_side_files(original, home)
        path = home / f"mutated{number}{original.suffix.lower()}"
        path.write_bytes(mutated(original.read_bytes(), other, draw))
        yield str(path), (str(path), LIMITS)


def _copy_side_files(original: Path, home: Path) -> None:
    home.mkdir(parents=True)
    for beside in original.parent.iterdir():
        if beside.is_file() and beside != original and beside.stat().st_size <= LARGEST:
            shutil.copy(beside, home / beside.name)


def kind_of(outcome: Outcome) -> str:
    """What became of one file: `yes`, `points`, or why not."""
    if outcome.error is not None:
        return outcome.error.kind
    found: Inspection = outcome.value
    return found.loads if found.loads != "no" else "refused"


def is_wrong(outcome: Outcome) -> bool:
    if outcome.error is not None:
        return not isinstance(outcome.error, FileError | MissingExtra)
    found: Inspection = outcome.value
    return found.loads != "no" and not bool(np.isfinite([*found.size, *found.size_metres]).all())


def peak_mb(who: int) -> float:
    """Largest resident memory of this process, or of any worker that has ended."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    outcomes: Counter[str] = Counter()
    by_format: dict[str, Counter[str]] = {}
    crashes: Counter[str] = Counter()
    wrong: list[str] = []
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, Sandbox(options.jobs, LIMITS) as sandbox:
        for outcome in sandbox.stream(inspect, tasks(options.count, options.seed, Path(folder))):
            kind, path = kind_of(outcome), Path(outcome.name)
            outcomes[kind] += 1
            by_format.setdefault(path.suffix, Counter())[kind] += 1
            if is_wrong(outcome):
                wrong.append(f"{path.name}: {outcome.error or outcome.value}")
            if kind in ("crashed", "limit") and outcome.error is not None:
                crashes[f"{path.suffix} {outcome.error.message[:120]}"] += 1
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, options.keep / path.name)
            path.unlink()
    seconds = time.perf_counter() - started
    result = {
        "polyseek": __version__, "python": platform.python_version(), "system": platform.system(),
        "files": options.count, "seed": options.seed, "jobs": options.jobs, "seconds": round(seconds, 1),
        "outcomes": dict(outcomes.most_common()), "wrong": wrong,
        "peak_mb_parent": round(peak_mb(resource.RUSAGE_SELF)),
        "peak_mb_worker": round(peak_mb(resource.RUSAGE_CHILDREN)), "limit_mb": LIMITS.memory_mb,
        "by_format": {kind: dict(found.most_common()) for kind, found in sorted(by_format.items())},
        "crashed_or_limited": dict(crashes.most_common(40)),
    }  # fmt: skip
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
