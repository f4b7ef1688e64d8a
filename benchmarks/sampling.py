"""Loading a model and sampling 2,048 points of it, against trimesh, on the same files in one run.

    python benchmarks/sampling.py FOLDER... [--each 60] [--repeats 3]      (or POLYSEEK_MODELS=FOLDER)

Ours gives positions, normals and colours from textures; trimesh is asked for positions only. Each
file is taken by both in turn, `repeats` times, and the fastest of each counts. Files that either
cannot load are counted and left out. Needs the extra `benchmarks`.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from polyseek.assets import in_one_frame
from polyseek.errors import PolyseekError
from polyseek.formats.reading import read_asset
from polyseek.formats.source import FileSource
from polyseek.representations.points import PointsOptions, sample_points

SUFFIXES = (".glb", ".obj", ".stl", ".ply")
COUNT = 2048


def ours(path: Path) -> np.ndarray:
    asset = in_one_frame(read_asset(FileSource(path, path.parent.parent)))
    return sample_points(asset, PointsOptions(count=COUNT), seed=0).positions


def theirs(path: Path) -> np.ndarray:
    import trimesh

    mesh = trimesh.load_scene(path).to_mesh()
    return np.asarray(trimesh.sample.sample_surface(mesh, COUNT, seed=0)[0])


def milliseconds(function: Callable[[Path], np.ndarray], path: Path) -> float:
    start = time.perf_counter()
    points = function(path)
    spent = 1e3 * (time.perf_counter() - start)
    if points.shape != (COUNT, 3):
        raise ValueError(f"{path.name}: {len(points)} points instead of {COUNT}")
    return spent


def chosen(folders: list[Path], each: int, seed: int) -> dict[str, list[Path]]:
    """Up to `each` files of every suffix, a seeded choice of all below the folders."""
    rng = np.random.default_rng(seed)
    files: dict[str, list[Path]] = {}
    for suffix in SUFFIXES:
        found = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix.lower() == suffix)
        files[suffix] = [found[i] for i in sorted(rng.permutation(len(found))[:each])]
    return files


def compare(files: list[Path], repeats: int) -> tuple[list[dict[str, Any]], int, int]:
    """One row a file that both load; how many ours and how many theirs could not."""
    rows: list[dict[str, Any]] = []
    failed = {ours: 0, theirs: 0}
    for path in files:
        best = {ours: float("inf"), theirs: float("inf")}
        try:
            for _ in range(repeats):
                for function in (ours, theirs):
                    by = function
                    best[function] = min(best[function], milliseconds(function, path))
        except (PolyseekError, Exception) as error:  # what trimesh raises is not one family
            failed[by] += 1
            logging.info("%s: %s: %s", path.name, by.__name__, error)
            continue
        rows.append({"file": path.name, "ours_ms": best[ours], "trimesh_ms": best[theirs]})
    return rows, failed[ours], failed[theirs]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*", default=[os.environ.get("POLYSEEK_MODELS")])
    parser.add_argument("--each", type=int, default=60, help="files of each format")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path, default=Path("benchmarks/results/sampling.json"))
    parser.add_argument("--verbose", action="store_true", help="say which files were left out")
    asked = parser.parse_args()
    if None in asked.folders:
        parser.error("give a folder of models, or set POLYSEEK_MODELS")
    logging.basicConfig(level=logging.INFO if asked.verbose else logging.ERROR)
    logging.getLogger("trimesh").setLevel(logging.CRITICAL)
    folders = [Path(folder) for folder in asked.folders]
    table: dict[str, Any] = {}
    ratios: list[float] = []
    print(f"{'format':8}{'files':>6}{'ours ms':>10}{'trimesh ms':>12}{'ratio':>8}   failed: ours, trimesh")
    for suffix, files in chosen(folders, asked.each, asked.seed).items():
        compare(files[:2], 1)  # kernels compile and caches fill outside the measure
        rows, our_failures, their_failures = compare(files, asked.repeats)
        if not rows:
            continue
        ratio = [row["trimesh_ms"] / row["ours_ms"] for row in rows]
        ratios += ratio
        table[suffix] = {
            "files": len(rows),
            "ours_ms_median": statistics.median(row["ours_ms"] for row in rows),
            "trimesh_ms_median": statistics.median(row["trimesh_ms"] for row in rows),
            "ratio_median": statistics.median(ratio),
            "failed_ours": our_failures,
            "failed_trimesh": their_failures,
        }
        line = table[suffix]
        print(
            f"{suffix:8}{line['files']:6}{line['ours_ms_median']:10.2f}{line['trimesh_ms_median']:12.2f}"
            f"{line['ratio_median']:8.2f}   {our_failures}, {their_failures}"
        )
    overall = statistics.median(ratios)
    print(f"median ratio over {len(ratios)} files: {overall:.2f}")
    result = {
        "points": COUNT, "repeats": asked.repeats, "seed": asked.seed, "files": len(ratios),
        "ratio_median": overall, "formats": table,
        "machine": {"python": platform.python_version(), "processor": platform.machine(), "cores": os.cpu_count()},
    }  # fmt: skip
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
