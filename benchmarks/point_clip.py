"""PointCLIP on our towers: which thing is it, from points alone, never rendered and never trained on depth pictures.

    POLYSEEK_MODELS=path/to/models python benchmarks/point_clip.py [--name words2] [--folder FOLDER] [--cache FOLDER]

2,048 points of a model become depth pictures from six sides (`polyseek_training/point_clip.py`). The
encoder's picture tower reads each, or its view tower where it has none; classes are concepts, named by
averaged prompts. Models are those of the test side and of held-out packs, classes all concepts of the test
and validation sides, or of the packs. Weights of the views are chosen on validation alone. Beside it the
same zero-shot with colour and normals of the points in the pictures, too, and with the encoder's own
rendered views. Writes benchmarks/results/point_clip.json.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from polyseek.encoders.contract import unit_rows
from polyseek.encoders.onnx import OnnxEncoder
from polyseek.encoders.view_planes import CHANNELS
from polyseek_training.drawing import RING, SIDE
from polyseek_training.lexicon import by_english_name, read_lexicon
from polyseek_training.point_clip import (
    SIX_SIDES,
    best_weights,
    depth_views,
    point_planes,
    reciprocal_rank,
    weighted,
)
from polyseek_training.points import read_points, sample_shapes, unpack_points
from polyseek_training.shapes import Shape, draw_shapes, read_manifest, read_planes
from polyseek_training.splits import read_split
from words import SPLIT, figures, key_of

RESULTS = Path(__file__).parent / "results" / "point_clip.json"
PROMPTS = ("{}", "a {}", "{} model", "a simple {}", "depth map of a {}")


def prompted(encoder: OnnxEncoder, names: Sequence[str]) -> np.ndarray:
    """One unit row a class: the mean of what its prompts give."""
    rows = encoder.encode_texts([prompt.format(name) for name in names for prompt in PROMPTS])
    return unit_rows(rows.reshape(len(names), len(PROMPTS), -1).mean(1))


def depth_rows(encoder: OnnxEncoder, rows: np.ndarray) -> np.ndarray:
    """(views, dimensions): one unit row for each depth picture of a model's points."""
    pictures = depth_views(rows[:, :3], SIX_SIDES, SIDE)
    if hasattr(encoder, "pictures"):
        alpha = np.where(pictures > 0, 255, 0).astype(np.uint8)
        return encoder.encode_pictures(
            [np.stack([p, p, p, a], -1) for p, a in zip(pictures, alpha, strict=True)]
        )
    planes = np.zeros((len(pictures), CHANNELS, SIDE, SIDE), np.uint8)
    planes[:, :4] = pictures[:, None]
    return one_by_one(encoder, planes)


def full_rows(encoder: OnnxEncoder, rows: np.ndarray) -> np.ndarray:
    """(views, dimensions): the view tower on what points know of colour, depth and normals, side by side."""
    return one_by_one(encoder, point_planes(rows, SIX_SIDES, SIDE))


def one_by_one(encoder: OnnxEncoder, planes: np.ndarray) -> np.ndarray:
    return unit_rows(np.stack([encoder.encode_packed(view[None]) for view in planes]))


def ranks_of(scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Rank, from 1, of each model's class."""
    return 1 + (scores > scores[np.arange(len(right)), right][:, None]).sum(1)


def measure(encoder: OnnxEncoder, folder: Path, cache: Path) -> dict[str, Any]:
    """The whole report."""
    named, sides = by_english_name(read_lexicon()), read_split(SPLIT)
    every = [
        s for s in read_manifest(folder) if s.concept and sides[s.group] in ("validation", "test", "pack")
    ]
    sampled = sample_shapes(folder, every, cache)
    drawn = draw_shapes(folder, [s for s in every if s.path in sampled], cache)
    shapes = [s for s in every if s.path in drawn]
    points = read_points(cache, [sampled[s.path] for s in shapes])
    rows9 = unpack_points(points)
    kinds = {
        name: np.stack([read(encoder, rows) for rows in rows9], 1)
        for name, read in (("depth", depth_rows), ("all planes", full_rows))
    }
    rendered = unit_rows(
        np.stack([encoder.encode_packed(read_planes(cache, [drawn[s.path][0]])[0, :RING]) for s in shapes])
    )
    side = np.array([sides[s.group] for s in shapes])
    report: dict[str, Any] = {
        "encoder": encoder.card.id,
        "space": encoder.space.digest,
        "tower": "picture" if hasattr(encoder, "pictures") else "view",
        "prompts": PROMPTS,
        "views": SIX_SIDES,
    }

    def classes(of: Sequence[Shape]) -> tuple[list[str], dict[str, int]]:
        names = list({key_of(s.concept, named): s.concept for s in of}.items())
        return [name for _, name in names], {key: place for place, (key, _) in enumerate(names)}

    weights: dict[str, np.ndarray] = {}
    both = ("validation", "test")
    for sort, gallery in (("validation", both), ("test", both), ("pack", ("pack",))):
        names, place = classes([s for s, where in zip(shapes, side, strict=True) if where in gallery])
        rows = np.flatnonzero(side == sort)
        right = np.array([place[key_of(shapes[row].concept, named)] for row in rows])
        texts = prompted(encoder, names)
        report[sort] = {"models": len(rows), "classes": len(names), "chance R@1": round(1 / len(names), 4)}
        for kind, vectors in kinds.items():
            similar = (vectors[:, rows] @ texts.T).astype(np.float32)
            if sort == "validation":
                weights[kind] = best_weights(similar, right, reciprocal_rank)
            equal = weighted(similar, np.ones(len(similar)))
            report[sort] |= {
                f"{kind}, one side": figures(ranks_of(similar[0], right)),
                f"{kind}, equal weights": figures(ranks_of(equal, right)),
                f"{kind}, chosen weights": figures(ranks_of(weighted(similar, weights[kind]), right)),
            }
        report[sort]["rendered views"] = figures(ranks_of(rendered[rows] @ texts.T, right))
    report["weights"] = {kind: of.tolist() for kind, of in weights.items()}
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--name", default="words2")
    parser.add_argument("--folder", type=Path, help="where card and towers lie; the shipped ones else")
    parser.add_argument("--cache", type=Path, default=Path("build/drawn"))
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    encoder = OnnxEncoder(given.name, given.folder)
    report = measure(encoder, Path(os.environ["POLYSEEK_MODELS"]), given.cache)
    text = json.dumps(report, indent=1) + "\n"
    given.results.write_text(text, encoding="utf-8")
    for sort in ("validation", "test", "pack"):
        row = report[sort]
        print(f"{sort}: {row['models']} models, {row['classes']} classes, chance {row['chance R@1']}")
        for name, found in row.items():
            if isinstance(found, dict):
                print(
                    f"  {name:34} R@1 {found['R@1'][0]:.3f}  R@5 {found['R@5'][0]:.3f}  R@10 {found['R@10'][0]:.3f}"
                )


if __name__ == "__main__":
    main()
