"""Index a folder with the command that people use: rate, memory of all processes, failures, a second run, size.

    python benchmarks/indexing.py FOLDER [--jobs 2] [--fresh-kernels]      (or POLYSEEK_MODELS=FOLDER)

Thumbnails, measures and the default encoders are on, as in any new library. Memory is the largest
sum, looked at four times a second, of the proportional set size (PSS: shared pages divided among
those who share them) of the command and its workers; it needs /proc, so Linux. With
`--fresh-kernels` the time to compile every kernel is part of the first run, as on a new machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOOK_SECONDS = 0.25


@dataclass(frozen=True)
class Run:
    """One command: what it printed as JSON, how long it took as a whole, its peak PSS in MB.

    `cpu_seconds`: of all its processes; on a machine that has other work too, they tell more than `seconds`.
    """

    answer: dict[str, Any]
    seconds: float
    cpu_seconds: float
    peak_mb: float


def polyseek(*arguments: str, environment: dict[str, str] | None = None) -> Run:
    """Run a command with --json and watch its memory. Raises RuntimeError when it could not do its work."""
    command = [sys.executable, "-m", "polyseek.cli", *arguments, "--json"]
    start, used = time.perf_counter(), cpu_of_children()
    peak = 0.0
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, env={**os.environ, **(environment or {})})
        while process.poll() is None:
            peak = max(peak, sum(map(pss_mb, family(process.pid))))
            time.sleep(LOOK_SECONDS if time.perf_counter() - start > 5 else 0.02)
        seconds = time.perf_counter() - start
        output.seek(0)
        text = output.read().decode()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with status {process.returncode}")
    return Run(json.loads(text), seconds, cpu_of_children() - used, peak)


def cpu_of_children() -> float:
    """Seconds of processor time, user and system, of all ended processes below this one."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def family(pid: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue  # it ended meanwhile
    found = [pid]
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def pss_mb(pid: int) -> float:
    """Proportional set size in MB (10^6 bytes); 0 when the process is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    kib = next((line.split()[1] for line in text.splitlines() if line.startswith("Pss:")), "0")
    return int(kib) * 1024 / 1e6


def measure(folder: Path, jobs: int, fresh_kernels: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as place:
        library = f"{place}/library"
        environment = {"NUMBA_CACHE_DIR": f"{place}/kernels"} if fresh_kernels else {}
        options = ("--library", library, "--jobs", str(jobs))
        first = polyseek("index", str(folder), *options, environment=environment)
        second = polyseek("index", str(folder), *options, environment=environment)
        size = sum(path.stat().st_size for path in Path(library).iterdir())
    models = first.answer["added"]
    return {
        "models": models,
        "failed": first.answer["failed"],
        "failures": first.answer["failures"],
        "jobs": jobs,
        "fresh_kernels": fresh_kernels,
        "seconds": round(first.seconds, 1),
        "cpu_seconds": round(first.cpu_seconds, 1),
        "cpu_ms_per_model": round(1e3 * first.cpu_seconds / max(models, 1), 1),
        "models_per_second": round(models / first.seconds, 1),
        "peak_pss_mb": round(first.peak_mb),
        "again_seconds": round(second.seconds, 2),
        "again_known": second.answer["known"],
        "again_peak_pss_mb": round(second.peak_mb),
        "library_mb": round(size / 1e6, 1),
        "library_kb_per_model": round(size / 1e3 / max(models, 1), 1),
        "machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=os.environ.get("POLYSEEK_MODELS"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--fresh-kernels", action="store_true", help="compile the kernels in the first run")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results" / "indexing.json")
    options = parser.parse_args()
    if options.folder is None:
        parser.error("name a folder of models, or set POLYSEEK_MODELS")

    found = measure(Path(options.folder), options.jobs, options.fresh_kernels)

    for name, value in found.items():
        if name != "failures":
            print(f"{name:<22}{value}")
    for failure in found["failures"]:
        print(f"  {failure['path']}: {failure['reason']}")
        failure["path"] = str(Path(failure["path"]).relative_to(Path(options.folder).absolute()))
    options.output.parent.mkdir(exist_ok=True)
    options.output.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
