"""Search over made libraries: p50 and p95 of words, typos, likeness and conditions, and what a catalogue costs.

    .venv/bin/python benchmarks/search.py [--sizes 1000 4000 50000] [--repeats 200]

Records are made from a seed: names of two to four words, 128 numbers a vector in 200 clusters. Times
are of the whole search from the object, records and reasons included. Prints a table and writes
benchmarks/results/search.json.
"""

from __future__ import annotations

import argparse
import io
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from polyseek import __version__
from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record, Tag
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.encoders.contract import CosineScale, Space, unit_rows
from polyseek.encoders.picture_planes import square
from polyseek.formats.limits import Limits
from polyseek.formats.pictures import picture_of
from polyseek.search.engine import Searcher
from polyseek.search.parse import parse_query
from polyseek.search.tower import Tower
from polyseek.search.where import parse_where

RESULTS = Path(__file__).parent / "results" / "search.json"
SPACE = Space("made", 128, "0123456789abcdef")
THINGS = tuple(
    """
    chair table lamp bottle barrel crate fence tree rock house tower wall door window bridge boat car truck wheel
    sword shield axe hammer bolt bracket gear pipe valve cup plate bowl vase clock book shelf bed sofa desk stool
    bench statue fountain gate stairs roof chimney brick plank beam column arch cart wagon tent banner flag torch
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
KINDS = tuple(
    """
    wooden red blue green old broken small large round square tall low stone iron golden dark light medieval modern
    thin wide curved rusty painted double single left right front corner
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


def made_entries(count: int, seed: int) -> list[tuple[Stamp, Entry]]:
    draw = np.random.default_rng(seed)
    centres = draw.normal(size=(200, SPACE.dimensions))
    vectors = unit_rows(
        centres[draw.integers(200, size=count)] + 0.7 * draw.normal(size=(count, SPACE.dimensions))
    )
    entries: list[tuple[Stamp, Entry]] = []
    for i in range(count):
        thing = THINGS[draw.integers(len(THINGS))]
        kinds = [KINDS[k] for k in draw.choice(len(KINDS), size=draw.integers(1, 3), replace=False)]
        name = f"{thing}_{'_'.join(kinds)}_{i:05d}"
        path = f"/models/pack{i % 40:02d}/{thing}s/{name}.glb"
        record = Record(
            id=f"m{i:07d}", path=path, root="/models", name=name, format=("glb", "obj", "stl")[i % 3],
            bytes=int(draw.integers(1_000, 1_000_000)), digest=f"{i:032x}", words=(thing, *kinds),
            tags=(Tag(thing), *(Tag(kind) for kind in kinds)), size_metres=(float(draw.random()), 1.0, 0.5),
            triangles=int(draw.integers(10, 100_000)), has_texture=bool(i % 2), watertight=bool(i % 5),
            measures={"volume": float(draw.random())}, licence=("CC0-1.0", "CC-BY-4.0", None)[i % 3],
        )  # fmt: skip
        stamp = Stamp(path, "/models", record.bytes, i, record.digest)
        entries.append((stamp, Entry(record, {SPACE.digest: vectors[i]})))
    return entries


def milliseconds(work: Callable[[int], object], repeats: int) -> dict[str, float]:
    """p50 and p95 of `work(i)`; the first call is not counted."""
    work(0)
    taken: list[float] = []
    for i in range(repeats):
        start = time.perf_counter()
        work(i)
        taken.append(1000 * (time.perf_counter() - start))
    return {
        "p50_ms": round(float(np.quantile(taken, 0.5)), 3),
        "p95_ms": round(float(np.quantile(taken, 0.95)), 3),
    }


def measure(count: int, repeats: int, folder: Path) -> dict[str, object]:
    entries = made_entries(count, seed=count)
    with SqliteCatalogue.open(folder) as catalogue:
        catalogue.add_space(SPACE, "made")
        start = time.perf_counter()
        for first in range(0, count, 500):
            with catalogue.batch() as batch:
                for stamp, entry in entries[first : first + 500]:
                    batch.put(stamp, [entry])
        written = time.perf_counter() - start
    with SqliteCatalogue.open(folder) as catalogue:
        searcher = made_searcher(catalogue)
        few = max(repeats // 10, 5)
        figures: dict[str, object] = {
            "records": count,
            "write_ms_per_record": round(1000 * written / count, 3),
            "file_mb": round(catalogue.path.stat().st_size / 1e6, 1),
            "vectors_load": milliseconds(lambda i: catalogue.vectors(SPACE.digest), few),
            "first_similar_ms": _first(searcher),
            "match_words": milliseconds(
                lambda i: catalogue.match_words([[THINGS[i % len(THINGS)]], [KINDS[i % len(KINDS)]]], 10),
                repeats,
            ),
            "words": milliseconds(
                lambda i: _search(searcher, f"{KINDS[i % len(KINDS)]} {THINGS[i % len(THINGS)]}"), repeats
            ),
            "one_name": milliseconds(lambda i: _search(searcher, f"{i % count:05d}"), repeats),
            "typo": milliseconds(lambda i: _search(searcher, _mistyped(THINGS[i % len(THINGS)])), few),
            "similar": milliseconds(lambda i: searcher.similar(f"m{i % count:07d}"), repeats),
            "similar_where": milliseconds(
                lambda i: searcher.similar(f"m{i % count:07d}", where="triangles < 5000 and has_texture"), few
            ),
            "words_where": milliseconds(
                lambda i: _search(searcher, THINGS[i % len(THINGS)], 'format = "glb" and longest < 0.5'), few
            ),
            "mixed": milliseconds(
                lambda i: _search(searcher, f"{THINGS[i % len(THINGS)]} id:m{i % count:07d}"), few
            ),
            "unwanted": milliseconds(
                lambda i: _search(searcher, f"{THINGS[i % len(THINGS)]} -{KINDS[i % len(KINDS)]}"), few
            ),
            "meaning": milliseconds(
                lambda i: _search(searcher, THINGS[i % len(THINGS)], mode="meaning"), repeats
            ),
            "hybrid": milliseconds(lambda i: _search(searcher, THINGS[i % len(THINGS)], mode="hybrid"), few),
            "summed": milliseconds(
                lambda i: _search(searcher, f"{THINGS[i % len(THINGS)]} a.png -id:m{i % count:07d}"), few
            ),
            "facets": milliseconds(lambda i: catalogue.facets(), few),
            "facets_where": milliseconds(lambda i: catalogue.facets(parse_where("triangles < 5000")), few),
            "where_measure": milliseconds(
                lambda i: catalogue.count(parse_where("measures.volume < 0.1")), few
            ),
        }
    return figures


def made_searcher(catalogue: SqliteCatalogue) -> Searcher:
    """With a tower whose vectors are at hand: what towers take to read is on their cards."""
    scale = CosineScale(0.0, 1.0, 0.5)
    places = unit_rows(np.random.default_rng(0).normal(size=(len(THINGS) + 1, SPACE.dimensions)))
    tower = Tower("made", SPACE.digest, scale, lambda text: places[THINGS.index(text)], scale)
    return Searcher(
        catalogue,
        lambda path: {},
        SPACE.digest,
        encoder="made",
        towers=[tower],
        look=lambda paths: {SPACE.digest: places[-1]},
    )


def picture_times(repeats: int) -> dict[str, object]:
    """What a picture takes before a tower sees it, by its longer side in pixels: decoding, and the square."""
    draw = np.random.default_rng(0)
    found: dict[str, object] = {}
    for side in (256, 1024, 4096):
        blurred = Image.fromarray(draw.integers(0, 256, (16, 16, 3), np.uint8)).resize((side, side * 3 // 4))
        file = io.BytesIO()
        blurred.save(file, "JPEG", quality=90)
        data = file.getvalue()
        pixels = picture_of("a.jpg", data, Limits())
        found[f"decode_{side}"] = milliseconds(
            lambda i, data=data: picture_of("a.jpg", data + bytes([i % 256, i // 256]), Limits()), repeats
        )
        found[f"square_{side}"] = milliseconds(lambda i, pixels=pixels: square(pixels, 64), repeats)
    return found


def _search(searcher: Searcher, text: str, where: str | None = None, mode: str = "auto") -> None:
    if not len(searcher.search(parse_query(text), k=10, where=where, mode=mode)) and where is None:
        raise SystemExit(f"{text!r} found nothing")


def _first(searcher: Searcher) -> float:
    start = time.perf_counter()
    searcher.similar("m0000000")
    return round(1000 * (time.perf_counter() - start), 1)


def _mistyped(word: str) -> str:
    return word[0] + word[2] + word[1] + word[3:] if len(word) > 3 and word[1] != word[2] else word


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 4_000, 50_000])
    parser.add_argument("--repeats", type=int, default=200)
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    rows: list[dict[str, object]] = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(size, options.repeats, Path(folder)))
        for name, value in rows[-1].items():
            shown = (
                f"p50 {value['p50_ms']:9.3f} ms   p95 {value['p95_ms']:9.3f} ms"
                if isinstance(value, dict)
                else value
            )
            print(f"{name:22} {shown}")
        print()
        sys.stdout.flush()
    made = {"polyseek": __version__, "python": platform.python_version(), "numpy": np.__version__}
    made["processor"] = platform.machine()
    pictures = picture_times(max(options.repeats // 10, 5))
    for name, value in pictures.items():
        print(f"{name:22} {value}")
    options.output.parent.mkdir(exist_ok=True)
    options.output.write_text(
        json.dumps({"made_by": made, "libraries": rows, "pictures": pictures}, indent=2) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
