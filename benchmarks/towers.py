"""Shape networks compared: views, PointNet, PointNet++ and views with points, trained for the same seconds.

    POLYSEEK_MODELS=path/to/models OMP_NUM_THREADS=1 python benchmarks/towers.py \\
        --teacher FOLDER --wordnet FOLDER [--minutes 6]

Each learns on one core with the same captions, losses, split and processor time; only what reads the
shape differs (`polyseek_training/compare.py`). Judged on models that none of them saw, names hidden, as in
benchmarks/words.py: words -> models by hit@10 for seen concepts, unseen ones and whole packs, by the concepts' names and by
queries that people wrote; shape -> shape by nearest neighbour and mAP; milliseconds of one model drawn or
sampled and run by onnxruntime. Intervals are bootstrap over queries or groups, of one seed. Writes
benchmarks/results/towers.json, a plot (the extra `report`), the table of docs/networks.md, and the
networks into --output.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import onnxruntime as ort
import torch

from polyseek.encoders.byte_ngrams import padded
from polyseek.encoders.contract import Card, CosineScale
from polyseek.encoders.point_rows import rows_of, surface_points
from polyseek.encoders.view_planes import pack, ring
from polyseek.evaluation.protocols import evaluate
from polyseek.library import load
from polyseek.representations.contract import represent
from polyseek_training.compare import (
    BUCKETS,
    CANDIDATES,
    USED,
    Candidate,
    Examples,
    Pair,
    load_pair,
    save_pair,
    train_pair,
    vectors_of,
)
from polyseek_training.dataset import concept_sayings, load_dataset
from polyseek_training.drawing import RING, SIDE
from polyseek_training.glosses import Gloss, read_glosses
from polyseek_training.lexicon import LANGUAGES, Concept, by_english_name, read_lexicon
from polyseek_training.points import read_points, sample_shapes
from polyseek_training.queries import read_queries
from polyseek_training.recipes import Recipe
from polyseek_training.run import meanings_of
from polyseek_training.ship_pair import shape_onnx, write_pair
from polyseek_training.splits import read_split
from words import SORTS, SPLIT, figures, first_right, key_of, queries_of, scale

RESULTS = Path(__file__).parent / "results" / "towers.json"
DOCS = Path(__file__).parent.parent / "docs" / "networks.md"
BEGIN, END = "<!-- table: benchmarks/results/towers.json -->", "<!-- end -->"
TIMED = 40
# Of a shift or a scale. Yaw is not claimed: of 803 models some move far (benchmarks/point_changes.py).
DRIFT = 0.005


def read_examples(folder: Path, cache: Path, glosses: Mapping[str, Gloss], made: int, seed: int) -> Examples:
    """All shapes that can be drawn and sampled."""
    data = load_dataset(folder, cache, read_split(SPLIT), read_lexicon(), glosses, made=made, seed=seed)
    sampled = sample_shapes(folder, data.shapes, cache)
    lost = [shape.path for shape in data.shapes if shape.path not in sampled]
    if lost:
        raise SystemExit(f"drawn, but not sampled: {', '.join(lost)}")
    return Examples(data, read_points(cache, [sampled[shape.path] for shape in data.shapes]))


def judge(pair: Pair, candidate: Candidate, examples: Examples) -> dict[str, Any]:
    """hit@k by sort and language, and shape to shape, over every held-out model but validation's."""
    data = examples.data
    rows = np.array([row for row in data.rows("test", "unseen", "pack") if data.shapes[row].concept])
    named = by_english_name(read_lexicon())
    keys = np.array([key_of(data.shapes[row].concept, named) for row in rows])
    trained = {
        key_of(data.shapes[row].concept, named)
        for row in data.rows("train")
        if not data.shapes[row].is_made and data.shapes[row].concept
    }
    vectors = vectors_of(pair, candidate, examples, rows)
    found: dict[str, Any] = {"gallery": len(rows)}
    for sort, sides in SORTS.items():
        asked = [
            data.shapes[row]
            for row, key in zip(rows, keys, strict=True)
            if data.sides[row] in sides and (sort == "packs" or (key in trained) != (sort == "unseen"))
        ]
        found[sort] = {}
        for language in LANGUAGES:
            queries = queries_of(asked, named, language)
            texts = text_rows(pair, [text for text, _ in queries])
            ranks = [
                first_right(vectors @ text, keys == key)
                for text, (_, key) in zip(texts, queries, strict=True)
            ]
            found[sort][language] = figures(np.array(ranks))
        there = {key for _, key in queries_of(asked, named, "en")}
        found[sort]["written by hand"] = by_hand(pair, vectors, keys, named, there)
    result = evaluate(vectors, keys.tolist(), [data.shapes[row].group for row in rows])
    for name in ("nn", "map"):
        found[name] = [round(float(v), 3) for v in (result.values[name], *result.intervals[name])]
    rows = np.array([row for row in data.rows("validation") if data.shapes[row].concept])
    reader = SimpleNamespace(encode_texts=partial(text_rows, pair))
    vectors = vectors_of(pair, candidate, examples, rows)
    found["scale"] = scale(reader, vectors, [data.shapes[row] for row in rows])
    return found


def by_hand(
    pair: Pair, vectors: np.ndarray, keys: np.ndarray, named: dict[str, Concept], there: set[str]
) -> dict[str, Any]:
    """hit@k of the queries that people wrote in six languages, of the concepts that are `there`."""
    wanted = [(query.query, key_of(query.concept, named)) for query in read_queries("test")]
    asked = [(text, key) for text, key in wanted if key in there]
    texts = text_rows(pair, [text for text, _ in asked])
    ranks = [first_right(vectors @ text, keys == key) for text, (_, key) in zip(texts, asked, strict=True)]
    return figures(np.array(ranks))


@torch.inference_mode()
def text_rows(pair: Pair, texts: Sequence[str]) -> np.ndarray:
    """One unit row a text."""
    return pair.text(torch.from_numpy(padded(texts, BUCKETS))).numpy()


def cost(model: bytes, takes: Sequence[str], files: Sequence[Path]) -> dict[str, float]:
    """Median milliseconds of processor time a model, file reading apart: its inputs, the network, both."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    making: list[float] = []
    running: list[float] = []
    for number, file in enumerate([files[0], *files]):
        asset = load(file)
        start = time.process_time()
        given: dict[str, np.ndarray] = {}
        if "views" in takes:
            given["views"] = pack(represent(asset, {"views": ring(RING, SIDE)})["views"])[None]
        if "points" in takes:
            given["points"] = rows_of(represent(asset, {"points": surface_points(USED)})["points"])[None]
        middle = time.process_time()
        session.run(None, given)
        if number:  # kernels load on the first model
            making.append(middle - start)
            running.append(time.process_time() - middle)
    both = [sum(pair) for pair in zip(making, running, strict=True)]
    parts = {"inputs_ms": making, "network_ms": running, "both_ms": both}
    return {name: round(1e3 * statistics.median(values), 2) for name, values in parts.items()}


@dataclass(frozen=True)
class Shipped:
    """What a card says of a network that is an encoder, too."""

    title: str
    paper: str
    takes: str
    good_at: str
    weak_at: str


POINTS = "1,024 points with normals and colours"
TONGUES = "words in English, Chinese, Spanish, French, German and Japanese"
WORDS = "byte n-grams (Bojanowski et al. 2017); soft contrast to a sentence encoder's vectors"
SHIPPED = {
    "pointnet": Shipped(
        "Points and words in one space, one shared network a point",
        f"PointNet (Qi et al. 2017, CVPR); {WORDS}",
        f"{POINTS}; {TONGUES}",
        "the smallest trained network here: 0.2 M parameters for shapes",
        "words, by which every other trained encoder finds more; models without colour; clouds, which lie far from their meshes; what is told by its parts; any rotation",
    ),
    "pointnet2": Shipped(
        "Points and words in one space",
        f"PointNet++ (Qi et al. 2017, NeurIPS), single-scale grouping; {WORDS}",
        f"{POINTS}; {TONGUES}",
        "point clouds as well as meshes; models in a hurry: nothing is rendered",
        "words, by which view encoders find more; models without colour; thin parts, which few points hit; any rotation",
    ),
    "fusion": Shipped(
        "Views, points and words in one space",
        f"MVCNN (Su et al. 2015) beside PointNet++ (Qi et al. 2017, NeurIPS), joined by an MLP; {WORDS}",
        f"8 pictures of 64 pixels with colour, depth and normals, and {POINTS}; {TONGUES}",
        "comparing what points add to views",
        "words, by which words2 finds more: it pays for two towers and was trained as briefly as one; any rotation",
    ),
}


def ship(name: str, pair: Pair, row: dict[str, Any], folder: Path) -> None:
    """Writes the encoder NAME-v1, its card's figures those of the report's row."""
    said = SHIPPED[name]
    card = Card(
        id=f"{name}-v1",
        dimensions=256,
        licence="Apache-2.0",
        version=1,
        invariant_to=("translation", "scale"),
        drift=DRIFT,
        trained_on=f"{row['files']:,} public models (CC0-1.0, CC-BY-4.0) and {row['made']:,} made models; the teacher"
        f" all-MiniLM-L6-v2 (Apache-2.0); seed {row['seed']}; {row['minutes']:g} minutes of one core",
        figures={f"{sort}_r10": row[sort]["en"]["R@10"][0] for sort in SORTS}
        | {name: row[name][0] for name in ("nn", "map")},
        **asdict(said),
    )
    write_pair(pair, CANDIDATES[name], card, CosineScale(**row["scale"]), folder)


def plot(report: dict[str, Any], target: Path) -> None:
    """hit@10 by sort, and mAP against milliseconds."""
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    towers = report["towers"]
    for number, (name, row) in enumerate(towers.items()):
        for place, sort in enumerate(SORTS):
            value, low, high = row[sort]["en"]["R@10"]
            left.errorbar(
                place + 0.15 * (number - 1.5), value, [[value - low], [high - value]],
                fmt="o", color=f"C{number}", capsize=3, label=name if place == 0 else None,
            )  # fmt: skip
        value, low, high = row["map"]
        right.errorbar(
            row["cost"]["both_ms"],
            value,
            [[value - low], [high - value]],
            fmt="o",
            color=f"C{number}",
            capsize=3,
        )
        right.annotate(name, (row["cost"]["both_ms"], value), xytext=(6, 4), textcoords="offset points")
    left.set(
        xticks=range(len(SORTS)), xticklabels=list(SORTS), ylabel="hit@10, English words", ylim=(0, None)
    )
    right.set(xlabel="milliseconds a model", ylabel="shape to shape mAP", ylim=(0, None), xlim=(0, None))
    left.legend(frameon=False)
    for axes in (left, right):
        axes.grid(alpha=0.3)
    figure.savefig(target)


def line_of(name: str, row: dict[str, Any]) -> str:
    """One line of the printed table."""
    sorts = "  ".join(f"{sort} {row[sort]['en']['R@10'][0]:.3f}" for sort in SORTS)
    return (
        f"{name:10} R@10: {sorts}  nn {row['nn'][0]:.3f}  mAP {row['map'][0]:.3f}  "
        f"{row['cost']['both_ms']} ms  {row['steps']} steps  {row['megabytes']} MB"
    )


def table_of(report: dict[str, Any]) -> str:
    """The table of docs/networks.md."""
    lines = [
        "| network | minutes | steps | parameters | seen R@10 | unseen R@10 | packs R@10 | seen, written by hand | nearest neighbour | mAP | ms a model | MB |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, row in report["towers"].items():
        figures = [row[sort]["en"]["R@10"] for sort in SORTS]
        figures += [row["seen"]["written by hand"]["R@10"], row["nn"], row["map"]]
        cells = [f"{value:.3f} ({low:.3f} to {high:.3f})" for value, low, high in figures]
        size = f"{row['parameters'] / 1e6:.2f} M"
        cost = f"{row['cost']['both_ms']:.1f}"
        lines.append(
            f"| {name} | {row['minutes']:g} | {row['steps']} | {size} | {' | '.join(cells)} | {cost} | {row['megabytes']:.1f} |"
        )
    return "\n".join(lines)


def write_docs(report: dict[str, Any], page: Path) -> None:
    """Puts the table between its marks."""
    text = page.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    page.write_text(f"{head}{BEGIN}\n{table_of(report)}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--teacher", type=Path, required=True, help="folder of the sentence encoder")
    parser.add_argument("--wordnet", type=Path, required=True, help="folder of WordNet's database")
    parser.add_argument("--minutes", type=float, default=6.0)
    parser.add_argument("--towers", nargs="+", choices=CANDIDATES, default=list(CANDIDATES))
    parser.add_argument("--made", type=int, default=24, help="made models of each category")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=Path("build/drawn"))
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("build/towers"),
        help="networks that lie there are judged, not trained",
    )
    parser.add_argument("--ship", type=Path, help="folder for the encoders that polyseek has of them")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.output.mkdir(parents=True, exist_ok=True)
    folder = Path(os.environ["POLYSEEK_MODELS"])
    settings = Recipe("towers", minutes=given.minutes, made=given.made, seed=given.seed)
    glosses = read_glosses(given.wordnet)
    examples = read_examples(folder, given.cache, glosses, given.made, seed=7)
    concepts = concept_sayings(read_lexicon(), glosses)
    meanings = meanings_of(examples.data, concepts, given.teacher, given.cache / "meanings.npz")
    held = examples.data.rows("test", "pack")
    timed = [
        folder / examples.data.shapes[held[i]].path for i in np.linspace(0, len(held) - 1, TIMED).astype(int)
    ]
    report: dict[str, Any] = {"towers": {}}
    for name in given.towers:
        candidate, place = CANDIDATES[name], given.output / f"{name}.pt"
        origin = given.output / f"{name}.json"
        if not place.is_file():
            said: list[str] = []
            save_pair(
                train_pair(candidate, examples, concepts, meanings, settings, progress=said.append), place
            )
            is_made = [examples.data.shapes[row].is_made for row in examples.data.rows("train")]
            kept = {
                "minutes": given.minutes,
                "seed": given.seed,
                "steps": json.loads(said[-1])["step"],
                "files": is_made.count(False),
                "made": is_made.count(True),
            }
            origin.write_text(json.dumps(kept), encoding="utf-8")
        pair = load_pair(candidate, place)
        model = shape_onnx(pair, candidate)
        row = json.loads(origin.read_text(encoding="utf-8")) | judge(pair, candidate, examples)
        row |= {
            "parameters": sum(p.numel() for p in pair.shape.parameters()),
            "megabytes": round(len(model) / 1e6, 2),
            "cost": cost(model, candidate.takes, timed),
        }
        report["towers"][name] = row
        print(line_of(name, row), flush=True)
        if name in SHIPPED and given.ship:
            ship(name, pair, row, given.ship)
    given.results.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if given.results == RESULTS:
        write_docs(report, DOCS)
    try:
        plot(report, given.results.with_suffix(".svg"))
    except ImportError:
        print("no plot: matplotlib is not installed (pip install 'polyseek[report]')")


if __name__ == "__main__":
    main()
