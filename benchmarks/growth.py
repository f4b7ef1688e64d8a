"""How a library grows: 1,000, 4,000 and 40,000 records; time, memory, file size and search, in one plot.

    python benchmarks/growth.py [--sizes 1000 4000 40000] [--base 240] [--seed 0]

Some models (`--base`) are made by polyseek.procedural, written as GLB and indexed by the whole
pipeline: that gives the time to read one. The rest are variations of those, written as the pipeline
writes them, in batches of 64: another name of the same family, a vector turned by up to 20 degrees,
measures up to 20 % off, the same pictures. So records, words, vectors and pictures are as many and
as large as they would be. Each size runs in a process of its own; its memory is the resident set
with the library open and searched. The plot needs matplotlib (the extra `report`).
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record
from polyseek.indexing.ids import id_of
from polyseek.library import Library
from polyseek.words import tags_of, words_of

BATCH = 64
ADJECTIVES = (
    "small",
    "large",
    "old",
    "new",
    "broken",
    "painted",
    "round",
    "low",
    "tall",
    "wide",
    "plain",
    "carved",
)
TURN_DEGREES = 20.0
QUERIES = 60


def make_base(folder: Path, count: int, seed: int) -> int:
    """Write at least `count` made models as GLB; how many."""
    from polyseek import procedural
    from polyseek.formats.write_glb import write_glb

    each = math.ceil(count / len(procedural.CATEGORIES))
    number = 0
    for path, made in procedural.made_library(each, seed):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(write_glb(made.asset))
        number += 1
    return number


def base_entries(library: Library) -> list[Entry]:
    """What the pipeline wrote of every base model."""
    vectors: dict[str, dict[str, np.ndarray]] = {}
    spaces = {encoder: space.digest for space, encoder, _ in library._catalogue.spaces()}
    for encoder, digest in spaces.items():
        for id, vector in zip(*library.vectors(encoder), strict=True):
            vectors.setdefault(id, {})[digest] = vector
    pictures = ("front", "back")
    return [
        Entry(
            record,
            vectors[record.id],
            {name: data for name in pictures if (data := library.thumbnail(record.id, name)) is not None},
        )
        for record in library.records()
    ]


def variation(entry: Entry, number: int, rng: np.random.Generator) -> Entry:
    """Another model of the same family: name, vectors and measures differ a little."""
    record = entry.record
    name = f"{record.name}_{ADJECTIVES[number % len(ADJECTIVES)]}_{number}"
    folder = f"{record.root}/pack_{number // 200:03}"
    path = f"{folder}/{name}.glb"
    factor = float(rng.uniform(0.8, 1.2))
    width, height, depth = (side * factor for side in record.size_metres)
    made = replace(
        record,
        id=id_of(path, 10),
        path=path,
        name=name,
        digest=f"{number:032x}",
        words=words_of(name, (folder.rsplit("/", 1)[1],)),
        tags=tuple(replace(record.tags[0], tag=tag) for tag in tags_of(name, ())) if record.tags else (),
        size_metres=(width, height, depth),
        measures={key: None if value is None else value * factor for key, value in record.measures.items()},
    )
    return Entry(made, {digest: turned(v, rng) for digest, v in entry.vectors.items()}, entry.pictures)


def turned(vector: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A unit vector at an angle of up to TURN_DEGREES from this one."""
    aside = rng.normal(size=vector.shape)
    aside -= vector * (aside @ vector)
    aside /= np.linalg.norm(aside)
    angle = math.radians(float(rng.uniform(0, TURN_DEGREES)))
    return (math.cos(angle) * vector + math.sin(angle) * aside).astype(np.float32)


def fill(library: Library, entries: list[Entry], size: int, seed: int) -> float:
    """Add variations until there are `size` records; milliseconds each for writing."""
    rng = np.random.default_rng(seed)
    missing = size - len(entries)
    spent = 0.0
    for first in range(0, missing, BATCH):
        some = [
            variation(entries[n % len(entries)], n, rng) for n in range(first, min(first + BATCH, missing))
        ]
        start = time.perf_counter()
        with library._catalogue.batch() as batch:
            for entry in some:
                record: Record = entry.record
                batch.put(Stamp(record.path, record.root, record.bytes, 1, record.digest), [entry])
        spent += time.perf_counter() - start
    return 1e3 * spent / max(missing, 1)


def p50_ms(ask: Callable[[int], Any]) -> float:
    ask(0)
    times: list[float] = []
    for number in range(QUERIES):
        start = time.perf_counter()
        ask(number)
        times.append(time.perf_counter() - start)
    return round(1e3 * statistics.median(times), 2)


def measure(base: Path, size: int, seed: int) -> dict[str, Any]:
    """All figures of one size; in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        with Library.open(f"{place}/library") as library:
            start = time.perf_counter()
            report = library.add([base], progress=None)
            reading = 1e3 * (time.perf_counter() - start) / report.added
            writing = fill(library, base_entries(library), size, seed)
        start = time.perf_counter()
        with Library.open(f"{place}/library") as library:
            names = [record.name for record in library.records(limit=QUERIES + 1, offset=size // 2)]
            ids = [record.id for record in library.records(limit=QUERIES + 1, offset=size // 3)]
            words = [" ".join(words_of(name, ())[:2]) for name in names]
            library.similar(ids[0])
            opened = time.perf_counter() - start
            found: dict[str, Any] = {
                "records": library.count(),
                "read_ms": round(reading, 1),
                "write_ms": round(writing, 2),
                "open_s": round(opened, 2),
                "similar_p50_ms": p50_ms(lambda n: library.similar(ids[n])),
                "words_p50_ms": p50_ms(lambda n: library.search(words[n])),
                "filtered_p50_ms": p50_ms(lambda n: library.similar(ids[n], where="longest < 1")),
                "library_mb": round(library.info().bytes / 1e6, 1),
                "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
            }
    return found


def plot(rows: list[dict[str, Any]], target: Path) -> None:
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    sizes = [row["records"] for row in rows]
    for name in ("similar_p50_ms", "words_p50_ms", "filtered_p50_ms", "write_ms"):
        left.plot(sizes, [row[name] for row in rows], marker="o", label=name.replace("_", " "))
    for name in ("library_mb", "peak_rss_mb"):
        right.plot(sizes, [row[name] for row in rows], marker="o", label=name.replace("_", " "))
    for axes, label in ((left, "milliseconds"), (right, "MB")):
        axes.set(xscale="log", yscale="log", xlabel="records", ylabel=label)
        axes.grid(alpha=0.3)
        axes.legend(frameon=False)
    figure.savefig(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 4000, 40_000])
    parser.add_argument("--base", type=int, default=240)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results" / "growth.json")
    parser.add_argument("--one", nargs=2, metavar=("BASE", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(Path(options.one[0]), int(options.one[1]), options.seed)))
        return

    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as place:
        make_base(Path(place), options.base, options.seed)
        for size in options.sizes:
            command = [sys.executable, __file__, "--one", place, str(size), "--seed", str(options.seed)]
            answer = subprocess.run(command, capture_output=True, text=True, check=True)
            rows.append(json.loads(answer.stdout))
            print("  ".join(f"{name} {value}" for name, value in rows[-1].items()), flush=True)
    options.output.parent.mkdir(exist_ok=True)
    options.output.write_text(json.dumps({"seed": options.seed, "sizes": rows}, indent=1) + "\n")
    try:
        plot(rows, options.output.with_suffix(".svg"))
    except ImportError:
        print("no plot: matplotlib is not installed (pip install 'polyseek[report]')")


if __name__ == "__main__":
    main()
