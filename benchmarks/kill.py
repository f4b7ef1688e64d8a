"""Kill an indexing run at random moments; the library stays healthy and resumes to the same content.

    python benchmarks/kill.py FOLDER [--times 20] [--seed 0] [--jobs 2]      (or POLYSEEK_MODELS=FOLDER)

One library is made without a break. Another is made by runs that SIGKILL ends, each at a moment
drawn from the length of the first; after each, `polyseek info` must find it healthy, what it holds
must be as in the first, and no worker may be left. A last run goes to the end. Then ids, digests,
statuses, vectors and pictures are compared.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from polyseek.library import Library

LEFT_SECONDS = 5.0


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "polyseek.cli", *arguments, "--json"]


def content(folder: str) -> dict[str, str]:
    """id -> digest over path, digest and status of its record, its vectors and its picture."""
    with Library.open(folder, create=False) as library:
        found = {
            record.id: hashlib.sha256(
                repr((record.path, record.digest, record.status, library.thumbnail(record.id))).encode()
            )
            for record in library.records()
        }
        for encoder in library.settings.encoders:
            for id, vector in zip(*library.vectors(encoder), strict=True):
                found[id].update(vector.tobytes())
    return {id: state.hexdigest() for id, state in found.items()}


def workers_of(pid: int) -> list[int]:
    answer = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    return [int(child) for child, parent in map(str.split, answer.stdout.splitlines()) if int(parent) == pid]


def is_alive(pid: int) -> bool:
    answer = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()[:1] not in ("", "Z")


def killed_run(folder: str, library: str, jobs: int, moment: float) -> dict[str, Any]:
    """Start a run, kill it after `moment` seconds, look at what it left."""
    process = subprocess.Popen(
        command("index", folder, "--library", library, "--jobs", str(jobs)), stdout=subprocess.DEVNULL
    )
    time.sleep(moment)
    workers = workers_of(process.pid)
    finished = process.poll() is not None
    process.send_signal(signal.SIGKILL)
    process.wait()
    end = time.monotonic() + LEFT_SECONDS
    while any(map(is_alive, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    info = subprocess.run(command("info", "--library", library), capture_output=True, text=True, check=False)
    answer = json.loads(info.stdout) if info.returncode in (0, 1) and info.stdout else {}
    # Before its first moment there may be no library yet: that is no damage.
    absent = info.returncode == 3 and not Path(library, "library.db").exists()
    return {
        "moment_s": round(moment, 2),
        "finished": finished,
        "records": answer.get("records", 0),
        "healthy": absent or bool(answer.get("healthy")),
        "workers_left": sum(map(is_alive, workers)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=os.environ.get("POLYSEEK_MODELS"))
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results" / "kill.json")
    options = parser.parse_args()
    if options.folder is None:
        parser.error("name a folder of models, or set POLYSEEK_MODELS")

    folder, jobs = str(Path(options.folder).absolute()), options.jobs
    with tempfile.TemporaryDirectory() as place:
        whole, broken = f"{place}/whole", f"{place}/broken"
        start = time.monotonic()
        index = command("index", folder, "--library", whole, "--jobs", str(jobs))
        subprocess.run(index, check=False, stdout=subprocess.DEVNULL)
        seconds = time.monotonic() - start
        expected = content(whole)
        # Each run goes on where the last was ended, so their sum is what one run would take, and more.
        moments = random.Random(options.seed)
        runs: list[dict[str, Any]] = []
        for _ in range(options.times):
            run = killed_run(folder, broken, jobs, moments.uniform(0.05, 2.5 * seconds / options.times))
            kept = content(broken) if run["records"] else {}
            run["as_in_the_whole"] = kept.items() <= expected.items()
            runs.append(run)
            print("  ".join(f"{name} {value}" for name, value in run.items()), flush=True)
        subprocess.run(
            command("index", folder, "--library", broken, "--jobs", str(jobs)),
            check=False,
            stdout=subprocess.DEVNULL,
        )
        same = content(broken) == expected
    found = {
        "records": len(expected),
        "times": options.times,
        "uninterrupted_seconds": round(seconds, 1),
        "healthy": sum(run["healthy"] for run in runs),
        "as_in_the_whole": sum(run["as_in_the_whole"] for run in runs),
        "workers_left": sum(run["workers_left"] for run in runs),
        "same_in_the_end": same,
        "runs": runs,
    }
    print("\n".join(f"{name:<22}{value}" for name, value in found.items() if name != "runs"))
    options.output.parent.mkdir(exist_ok=True)
    options.output.write_text(json.dumps(found, indent=1) + "\n")
    sys.exit(0 if same and all(run["healthy"] and run["as_in_the_whole"] for run in runs) else 1)


if __name__ == "__main__":
    main()
