"""The map of a library: trustworthiness and seconds, of t-SNE and of its start, principal components.

    OMP_NUM_THREADS=1 .venv/bin/python benchmarks/map.py LIBRARY [--encoders shape1 words2] [--sizes 100 1000 4065 20000 100000]

Up to the library's size models are drawn from it; larger ones are made of its own vectors: each a model's
50 principal components, moved by noise of a third of the mean distance to its nearest neighbour, per
dimension. Trustworthiness at 12 is against the vectors themselves, over up to 1,000 models. Seconds are
of processor time, on one core where OMP_NUM_THREADS is 1, compiled loops loaded before. Prints a table
and writes benchmarks/results/map.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from pathlib import Path

import numpy as np

from polyseek import Library, __version__
from polyseek.evaluation.trustworthiness import trustworthiness
from polyseek.indexes.neighbours import neighbours
from polyseek.search.blend import SHARES
from polyseek.search.projection import in_square, principal, project

RESULTS = Path(__file__).parent / "results" / "map.json"
K = 12
ROWS = 1000


def laid_out_of(library: Library, encoders: list[str]) -> np.ndarray:
    """The vectors of one encoder, or of two that the library compares models by together, end to end."""
    if len(encoders) == 1:
        return library.vectors(encoders[0])[1]
    share = SHARES[encoders[0], encoders[1]]
    (ids, first), (others, second) = (library.vectors(each) for each in encoders)
    row = {id: place for place, id in enumerate(others)}
    both = [place for place, id in enumerate(ids) if id in row]
    joined = [(1 - share) ** 0.5 * first[both], share**0.5 * second[[row[ids[place]] for place in both]]]
    return np.concatenate(joined, axis=1).astype(np.float32)


def of_size(vectors: np.ndarray, size: int, seed: int) -> np.ndarray:
    """As many vectors as `size`, of the library's or like them."""
    rng = np.random.default_rng(seed)
    if size <= len(vectors):
        return vectors[np.sort(rng.choice(len(vectors), size, replace=False))]
    reduced = principal(vectors, 50).astype(np.float32)
    _, squared = neighbours(reduced, 1)
    noise = float(np.sqrt(squared).mean()) / 3 / reduced.shape[1] ** 0.5
    chosen = reduced[rng.integers(len(reduced), size=size)]
    return (chosen + rng.normal(0, noise, chosen.shape)).astype(np.float32)


def measured(vectors: np.ndarray, seed: int) -> dict[str, float | int]:
    rng = np.random.default_rng(seed)
    rows = np.sort(rng.choice(len(vectors), min(ROWS, len(vectors)), replace=False))
    started, began = time.process_time(), time.perf_counter()
    places = project(vectors, seed=seed)
    seconds, wall = time.process_time() - started, time.perf_counter() - began
    start = in_square(principal(vectors, 2))
    k = min(K, (len(vectors) - 1) // 2)
    return {
        "models": len(vectors),
        "dimensions": vectors.shape[1],
        "seconds": round(seconds, 2),
        "wall_seconds": round(wall, 2),
        "trustworthiness": round(trustworthiness(vectors, places, k, rows=rows), 4),
        "trustworthiness_pca": round(trustworthiness(vectors, start, k, rows=rows), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--encoders", nargs="+", default=["shape1", "words2"], help="one, or two of a blend")
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000, 4065, 20_000, 100_000])
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with Library.open(given.library, create=False) as library:
        vectors = laid_out_of(library, given.encoders)
    for warm in (60, 1100):  # both kinds of repulsion
        project(of_size(vectors, min(warm, len(vectors)), 0))
    table = []
    print(f"{'models':>8} {'seconds':>8} {'wall':>7} {'trust@12':>9} {'of PCA':>7}")
    for size in given.sizes:
        row = measured(of_size(vectors, size, given.seed), given.seed)
        table.append(row)
        print(
            f"{row['models']:>8} {row['seconds']:>8} {row['wall_seconds']:>7}"
            f" {row['trustworthiness']:>9} {row['trustworthiness_pca']:>7}",
            flush=True,
        )
    told = {
        "polyseek": __version__,
        "machine": platform.processor() or platform.machine(),
        "threads": os.environ.get("OMP_NUM_THREADS", "all"),
        "encoders": given.encoders,
        "library_models": len(vectors),
        "k": K,
        "seed": given.seed,
        "sizes": table,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
