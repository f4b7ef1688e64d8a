"""What a turn, a tilt, another size, no colour, few or many triangles cost a trained encoder, and what encoding costs in time.

    POLYSEEK_MODELS=path/to/models python benchmarks/robustness.py [--name words2] [--folder FOLDER] [--sample 300]

Queries are models that training never saw, drawn by the seed from the held-out sides
(polyseek_training/splits1.tsv), changed; the gallery is all held-out models as they are. From model to
model, right is a model of the same concept and another variant group (mAP, nearest neighbour); how near a
model stays to itself is the median cosine. Times are of one core: words, a picture of 512 x 512 pixels, and
a model from its file to its vector. Writes benchmarks/results/robustness.json.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime as ort

from changes import CHANGES
from polyseek.assets import Asset
from polyseek.encoders.onnx import OnnxEncoder
from polyseek.encoders.shelf import load as load_encoder
from polyseek.encoders.view_planes import pack
from polyseek.library import load
from polyseek.representations.contract import represent
from polyseek_training.run import SPLIT
from polyseek_training.shapes import Shape, read_manifest
from polyseek_training.splits import read_split

RESULTS = Path(__file__).parent / "results" / "robustness.json"
HELD_OUT = ("test", "unseen", "pack")


def quality(
    rows: np.ndarray, among: np.ndarray, keys: np.ndarray, groups: np.ndarray, asked: np.ndarray
) -> dict[str, float]:
    """Nearest neighbour and mAP of the queries `asked` (places in `among`) by their `rows`."""
    firsts, precisions = [], []
    for row, place in zip(rows, asked, strict=True):
        others = groups != groups[place]
        right = (keys[others] == keys[place])[np.argsort(-(among[others] @ row), kind="stable")]
        if right.any():
            at = np.flatnonzero(right)
            firsts.append(float(right[0]))
            precisions.append(float(np.mean(np.arange(1, len(at) + 1) / (at + 1))))
    return {
        "queries": len(firsts),
        "NN": round(float(np.mean(firsts)), 3),
        "mAP": round(float(np.mean(precisions)), 3),
    }


def rows_of(encoder: OnnxEncoder, assets: Sequence[Asset]) -> np.ndarray:
    """One row a model."""
    return np.concatenate([encoder.encode([represent(asset, encoder.wants)]) for asset in assets])


def times(encoder: OnnxEncoder, folder: Path, shapes: Sequence[Shape]) -> dict[str, object]:
    """Milliseconds, p50 and p95, on one core."""
    picture = np.random.default_rng(0).integers(0, 256, (512, 512, 4), np.uint8)

    def of(work: Sequence[Callable[[], object]]) -> list[float]:
        work[0]()
        spent = []
        for each in work:
            began = time.perf_counter()
            each()
            spent.append(1000 * (time.perf_counter() - began))
        return [round(float(value), 2) for value in np.quantile(spent, (0.5, 0.95))]

    def whole(shape: Shape) -> Callable[[], object]:
        return lambda: encoder.encode([represent(load(folder / shape.path), encoder.wants)])

    texts = [f"a {shape.words}" for shape in shapes]
    return {
        "words to vector": of([lambda text=text: encoder.encode_texts([text]) for text in texts]),
        "picture to vector": of([lambda: encoder.encode_pictures([picture])] * 50),
        "model file to vector": of([whole(shape) for shape in shapes]),
    }


def threads(encoder: OnnxEncoder, assets: Sequence[Asset]) -> float:
    """The smallest cosine between a model's rows by one and by two threads."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    session = ort.InferenceSession(encoder.shape_model, options, providers=["CPUExecutionProvider"])
    least = 1.0
    for asset in assets:
        planes = pack(represent(asset, encoder.wants)["views"])
        one, two = encoder.encode_packed(planes), session.run(None, {"input": planes[None]})[0][0]
        least = min(least, float(one @ two / np.linalg.norm(one) / np.linalg.norm(two)))
    return least


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--name", default="words2")
    parser.add_argument("--folder", type=Path, help="where card and towers lie; the shipped ones else")
    parser.add_argument("--sample", type=int, default=300, help="how many queries")
    given = parser.parse_args()
    encoder = OnnxEncoder(given.name, given.folder)
    folder = Path(os.environ["POLYSEEK_MODELS"])
    sides = read_split(SPLIT)
    shapes = [s for s in read_manifest(folder) if s.concept and sides[s.group] in HELD_OUT]
    assets = [load(folder / shape.path) for shape in shapes]
    keys = np.array([shape.concept for shape in shapes])
    groups = np.array([shape.group for shape in shapes])
    among = rows_of(encoder, assets)
    asked = np.sort(np.random.default_rng(0).permutation(len(shapes))[: given.sample])
    report: dict[str, object] = {
        "encoder": encoder.card.id,
        "space": encoder.space.digest,
        "gallery": len(shapes),
    }
    for name, change in CHANGES.items():
        random = np.random.default_rng(1)
        rows = np.concatenate([rows_of(encoder, [change(assets[place], random)]) for place in asked])
        near = float(np.median((rows * among[asked]).sum(1)))
        report[name] = quality(rows, among, keys, groups, asked) | {"cosine to itself": round(near, 4)}
    for id in ("d2", "shape1", "lightfield"):
        other = load_encoder(id)
        gallery = np.concatenate([other.encode([represent(asset, other.wants)]) for asset in assets])
        report[f"beside it, {id}"] = quality(gallery[asked], gallery, keys, groups, asked)
    report["milliseconds, p50 and p95"] = times(encoder, folder, [shapes[place] for place in asked])
    report["least cosine, one thread to two"] = round(threads(encoder, [assets[p] for p in asked[:50]]), 6)
    text = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
