"""Pictures and line drawings of models that training never saw -> those models.

    POLYSEEK_MODELS=path/to/models python benchmarks/pictures.py [--name words2] [--folder FOLDER] [--cache FOLDER]

One picture of each model of the test, unseen and pack sides (polyseek_training/splits1.tsv), 192 pixels,
from a random direction (all round, 10 degrees from below to 60 from above), lit by a random lamp beside
the drawing's own light, before a background that is plain, shaded, blotched or full of another model; and
one line drawing: its edges where depth or direction leap, on white. A picture finds its model when one of
the same variant group comes among the first k: of all models of the folder, trained ones too, and of the
models of these sides alone. Intervals are bootstrap over variant groups. Writes
benchmarks/results/pictures.json.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from polyseek.encoders.contract import ReadsPictures
from polyseek.encoders.onnx import OnnxEncoder
from polyseek.encoders.view_planes import pack
from polyseek.library import load
from polyseek.representations.views import render_views
from polyseek_training.drawing import RING, photo_options
from polyseek_training.pictures import GROUNDS, backgrounds, edges, in_frame, relit
from polyseek_training.run import SPLIT
from polyseek_training.shapes import Shape, draw_shapes, read_manifest, read_planes
from polyseek_training.splits import read_split

RESULTS = Path(__file__).parent / "results" / "pictures.json"
SIDES = {
    "test": "trained concepts, new models",
    "unseen": "concepts never trained",
    "pack": "two whole packs",
}
DEPTHS = (1, 5, 10)
PIXELS = 192


def photographed(folder: Path, shapes: Sequence[Shape], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A picture and a line drawing of each shape, (n, 192, 192, 4) each, sRGB and alpha."""
    random = np.random.default_rng(seed)
    planes = []
    for shape in shapes:
        view = (float(random.uniform(0, 360)), float(random.uniform(-10, 60)))
        options = replace(photo_options((view,)), side=PIXELS)
        planes.append(pack(render_views(load(folder / shape.path), options))[0])
    drawn = np.stack(planes)
    pictures, sketches = [], []
    for at in range(0, len(drawn), 64):
        some = in_frame(drawn[at : at + 64], random, np.zeros(len(drawn[at : at + 64]), bool))
        kind = random.integers(0, GROUNDS, (len(some), 1, 1, 1))
        seen = np.where(some[:, 3:4] > 0, relit(some, random), backgrounds(drawn[at : at + 64], random, kind))
        pictures.append(np.clip(seen, 0, 255).astype(np.uint8))
        lines = np.where(edges(some)[:, None], 0, 255).astype(np.uint8)
        sketches.append(np.broadcast_to(lines, seen.shape))
    return opaque(np.concatenate(pictures)), opaque(np.concatenate(sketches))


def opaque(planes: np.ndarray) -> np.ndarray:
    """(n, 3, h, w) -> (n, h, w, 4)."""
    colours = planes.transpose(0, 2, 3, 1)
    return np.concatenate([colours, np.full((*colours.shape[:3], 1), 255, np.uint8)], 3)


def first_right(cosines: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Rank, from 1, of each row's first right column."""
    best = np.where(right, cosines, -np.inf).max(1, keepdims=True)
    return 1 + (cosines > best).sum(1)


def figures(ranks: np.ndarray, groups: np.ndarray, seed: int = 0) -> dict[str, object]:
    """hit@k with 95 % intervals over variant groups."""
    names, place = np.unique(groups, return_inverse=True)
    count = np.bincount(place)
    draws = np.random.default_rng(seed).integers(len(names), size=(1000, len(names)))
    found: dict[str, object] = {"pictures": len(ranks), "groups": len(names)}
    for k in DEPTHS:
        hits = np.bincount(place, ranks <= k)
        low, high = np.quantile(hits[draws].sum(1) / count[draws].sum(1), (0.025, 0.975))
        found[f"R@{k}"] = [round(float(value), 3) for value in ((ranks <= k).mean(), low, high)]
    return found


def measure(encoder: OnnxEncoder, folder: Path, cache: Path, seed: int = 0) -> dict[str, object]:
    """The whole report."""
    assert isinstance(encoder, ReadsPictures)
    sides = read_split(SPLIT)
    shapes = read_manifest(folder)
    drawn = draw_shapes(folder, shapes, cache)
    shapes = [shape for shape in shapes if shape.path in drawn]
    rows = np.stack([encoder.encode_packed(read_planes(cache, [drawn[s.path][0]])[0, :RING]) for s in shapes])
    groups = np.array([shape.group for shape in shapes])
    held = np.array([sides[shape.group] in SIDES for shape in shapes])
    report: dict[str, object] = {
        "encoder": encoder.card.id,
        "space": encoder.space.digest,
        "models": len(shapes),
        "held out": int(held.sum()),
        "seed": seed,
    }
    asked = [shape for shape, out in zip(shapes, held, strict=True) if out]
    pictures, sketches = photographed(folder, asked, seed)
    for kind, made in {"pictures": pictures, "line drawings": sketches}.items():
        cosines = encoder.encode_pictures(list(made)) @ rows.T
        right = groups[held][:, None] == groups
        of = np.array([sides[shape.group] for shape in asked])
        table: dict[str, object] = {}
        for name, among in {"all models": slice(None), "held-out models": held}.items():
            ranks = first_right(cosines[:, among], right[:, among])
            table[f"among {name}"] = figures(ranks, groups[held]) | {
                label: figures(ranks[of == side], groups[held][of == side]) for side, label in SIDES.items()
            }
        report[kind] = table
    return report


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--name", default="words2")
    parser.add_argument("--folder", type=Path, help="where card and towers lie; the shipped ones else")
    parser.add_argument("--cache", type=Path, default=Path("build/drawn"))
    given = parser.parse_args()
    report = measure(OnnxEncoder(given.name, given.folder), Path(os.environ["POLYSEEK_MODELS"]), given.cache)
    text = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
