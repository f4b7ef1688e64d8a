"""What a change of the model costs an encoder of points: turned, lying down, grey, thinned, noisy.

    POLYSEEK_MODELS=path/to/models python benchmarks/point_changes.py [--name pointnet2-v1] [--cache FOLDER]

Every held-out model is changed, each by its own draw, and asked for others of its concept (shape ->
shape as in benchmarks/towers.py): nearest neighbour, mAP with its bootstrap interval, how much mAP that is
of the unchanged models', and the mean and least cosine between a model and its changed self. Writes
benchmarks/results/point_changes.json and its table in docs/networks.md.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from polyseek.encoders.point_onnx import OnnxPointEncoder
from polyseek.evaluation.protocols import evaluate
from polyseek.representations.points import Points, unit_sphere
from polyseek_training.lexicon import by_english_name, read_lexicon
from polyseek_training.points import read_points, sample_shapes, unpack_points
from polyseek_training.shapes import read_manifest
from polyseek_training.splits import read_split
from words import SPLIT, key_of

RESULTS = Path(__file__).parent / "results" / "point_changes.json"
DOCS = Path(__file__).parent.parent / "docs" / "networks.md"
BEGIN, END = "<!-- changes: benchmarks/results/point_changes.json -->", "<!-- end changes -->"
Change = Callable[[Points, np.random.Generator], Points]


def turned(points: Points, matrix: np.ndarray) -> Points:
    """Positions and normals under a rotation."""
    return replace(
        points,
        positions=unit_sphere((points.positions @ matrix.T).astype(np.float32)),
        normals=(points.normals @ matrix.T).astype(np.float32),
    )


def yawed(points: Points, random: np.random.Generator) -> Points:
    c, s = np.cos(angle := random.uniform(0, 2 * np.pi)), np.sin(angle)
    return turned(points, np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]))


def lying(points: Points, random: np.random.Generator) -> Points:
    """Z up read as Y up: a quarter turn about X, to either side."""
    side = random.choice([-1, 1])
    return turned(points, np.array([[1, 0, 0], [0, 0, side], [0, -side, 0]]))


def rotated(points: Points, random: np.random.Generator) -> Points:
    """Uniform over SO(3): a normalised quaternion of four normal draws (Shoemake 1992)."""
    w, x, y, z = (q := random.normal(size=4)) / np.linalg.norm(q)
    matrix = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
    return turned(points, matrix)


def thinned(count: int) -> Change:
    def change(points: Points, random: np.random.Generator) -> Points:
        rows = random.choice(len(points.positions), count, replace=False)
        kept = (points.positions, points.normals, points.colours, points.opacity)
        first, *rest = (values[rows] for values in kept)
        return Points(unit_sphere(first), *rest)

    return change


def noisy(points: Points, random: np.random.Generator) -> Points:
    """Gaussian noise of 0.02 on positions in the unit sphere."""
    moved = points.positions + random.normal(0, 0.02, points.positions.shape).astype(np.float32)
    return replace(points, positions=unit_sphere(moved))


def grey(points: Points, random: np.random.Generator) -> Points:
    return replace(points, colours=np.full_like(points.colours, 0.6))


def without_normals(points: Points, random: np.random.Generator) -> Points:
    return replace(points, normals=np.zeros_like(points.normals))


def inside_out(points: Points, random: np.random.Generator) -> Points:
    return replace(points, normals=-points.normals)


CHANGES: dict[str, Change] = {
    "unchanged": lambda points, random: points,
    "random yaw": yawed,
    "lying, as with a wrong up axis": lying,
    "any rotation": rotated,
    "one grey": grey,
    "normals unknown": without_normals,
    "wound inside out": inside_out,
    "256 points": thinned(256),
    "noise of 2 %": noisy,
}


def measure(encoder: OnnxPointEncoder, folder: Path, cache: Path, seed: int) -> dict[str, Any]:
    """The whole report."""
    named, sides = by_english_name(read_lexicon()), read_split(SPLIT)
    every = [s for s in read_manifest(folder) if s.concept and sides[s.group] in ("test", "unseen", "pack")]
    sampled = sample_shapes(folder, every, cache)
    shapes = [s for s in every if s.path in sampled]
    keys = [key_of(s.concept, named) for s in shapes]
    count: int = encoder.wants["points"].count
    packed = read_points(cache, [sampled[s.path] for s in shapes])[:, :count]
    rows = unpack_points(packed)
    clouds = [
        Points(row[:, :3], row[:, 3:6], (row[:, 6:] + 1) / 2, np.ones(count, np.float32)) for row in rows
    ]
    report: dict[str, Any] = {
        "encoder": encoder.card.id,
        "space": encoder.space.digest,
        "models": len(shapes),
    }
    first: np.ndarray | None = None
    for name, change in CHANGES.items():
        random = np.random.default_rng(seed)
        vectors = encoder.encode([{"points": change(cloud, random)} for cloud in clouds])
        result = evaluate(vectors, keys, [s.group for s in shapes])
        first = vectors if first is None else first
        cosines = np.einsum("ij,ij->i", vectors, first)
        kept = result.values["map"] / report["changes"]["unchanged"]["map"][0] if "changes" in report else 1.0
        report.setdefault("changes", {})[name] = {
            "nn": round(result.values["nn"], 3),
            "map": [round(v, 3) for v in (result.values["map"], *result.intervals["map"])],
            "map_kept": round(kept, 3),
            "cosine": round(float(cosines.mean()), 3),
            "least_cosine": round(float(cosines.min()), 3),
        }
    return report


def write_docs(report: dict[str, Any], page: Path) -> None:
    """Puts the table between its marks."""
    lines = ["| change | mAP (95 %) | kept | cosine to itself, mean | least |", "|---|---|---|---|---|"]
    for name, row in report["changes"].items():
        value, low, high = row["map"]
        lines.append(
            f"| {name} | {value:.3f} ({low:.3f} to {high:.3f}) | {row['map_kept']:.3f}"
            f" | {row['cosine']:.3f} | {row['least_cosine']:.3f} |"
        )
    head, rest = page.read_text(encoding="utf-8").split(BEGIN)
    text = "\n".join([head + BEGIN, *lines, END + rest.split(END)[1]])
    page.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--name", default="pointnet2-v1")
    parser.add_argument("--folder", type=Path, help="where card and towers lie; the shipped ones else")
    parser.add_argument("--cache", type=Path, default=Path("build/drawn"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    encoder = OnnxPointEncoder(given.name, given.folder)
    report = measure(encoder, Path(os.environ["POLYSEEK_MODELS"]), given.cache, given.seed)
    given.results.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if given.results == RESULTS:
        write_docs(report, DOCS)
    for name, row in report["changes"].items():
        print(
            f"{name:32} nn {row['nn']:.3f}  mAP {row['map'][0]:.3f}  kept {row['map_kept']:.3f}  cosine {row['cosine']:.3f}"
        )


if __name__ == "__main__":
    main()
