"""What a space is trained towards, compared: soft and hard targets, and random assemblies beside named things.

    POLYSEEK_MODELS=path/to/models OMP_NUM_THREADS=1 python benchmarks/targets.py \\
        --teacher FOLDER --wordnet FOLDER [--cache FOLDER] [--steps 400] [--seeds 1 2 3]

Each way trains the towers of the shipped space (polyseek_training/loop.py) from scratch for the same number
of steps of the same batches, at 32 pixels, with each seed. `soft`: captions and models are right to the
degree that the sentence encoder finds them alike; `hard`: each caption for its own model alone, as CLIP has
it; `assemblies`: soft, and 64 of 2,000 random assemblies of primitives in every step, told from each other
by shape and picture alone. Judged on the validation side among 700 trained models of other concepts:
names in six languages -> models, pictures and line drawings -> their variant group, models -> models of
their concept. A figure is the mean over the seeds, with the least and the most. Writes
benchmarks/results/targets.json and the table of docs/training.md.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch

from polyseek.evaluation.protocols import evaluate
from polyseek_training.batches import Batches, smaller
from polyseek_training.dataset import Dataset, concept_sayings, load_dataset
from polyseek_training.glosses import read_glosses
from polyseek_training.lexicon import LANGUAGES, read_lexicon
from polyseek_training.loop import Towers, train
from polyseek_training.recipes import Recipe, Stage, recipe
from polyseek_training.run import RIVALS, SPLIT, meanings_of
from polyseek_training.splits import read_split
from polyseek_training.validate import Gallery, gallery, names_of, shape_rows, validate

RESULTS = Path(__file__).parent / "results" / "targets.json"
DOCS = Path(__file__).parent.parent / "docs" / "training.md"
BEGIN, END = "<!-- targets: python benchmarks/targets.py -->", "<!-- end of targets -->"
SIDE = 32
SHOWN = (
    "English names R@10",
    "the other five R@10",
    "pictures R@1",
    "pictures R@10",
    "line drawings R@10",
    "mAP",
)


def ways(steps: int) -> dict[str, Recipe]:
    """The recipes by name; they differ in one thing each."""
    soft = Recipe("soft", minutes=float(steps), stages=(Stage(1.0, SIDE, 192, 2),))
    return {
        "soft": soft,
        "hard": replace(soft, hard=True),
        "assemblies": replace(soft, assemblies=2000, nameless=64),
    }


def seen_small(data: Dataset, rows: np.ndarray) -> tuple[Dataset, Gallery]:
    """The models of these rows alone, at SIDE pixels, and all of them as a gallery."""
    planes = np.stack(
        [
            smaller(torch.from_numpy(data.planes[row][None]), SIDE)[0].round().to(torch.uint8).numpy()
            for row in rows
        ]
    )
    kept = Dataset(
        tuple(data.shapes[row] for row in rows),
        planes,
        tuple(data.sayings[row] for row in rows),
        tuple(data.sides[row] for row in rows),
    )
    return kept, Gallery(np.arange(len(rows)), sum(data.sides[row] == "validation" for row in rows))


def judge(towers: Towers, data: Dataset, among: Gallery, seed: int) -> dict[str, float]:
    """The figures of SHOWN."""
    found = validate(towers, data, among, names_of(data), seed)
    asked = np.arange(among.asked)
    with torch.inference_mode():
        vectors = shape_rows(towers, data, asked)
    shapes = [data.shapes[row] for row in asked]
    result = evaluate(vectors, [shape.concept for shape in shapes], [shape.group for shape in shapes])
    others = [found[f"{language} R@10"] for language in LANGUAGES if language != "en"]
    values = [found["en R@10"], float(np.mean(others)), found["pictures R@1"], found["pictures R@10"]]
    return dict(zip(SHOWN, [*values, found["sketches R@10"], result.values["map"]], strict=True))


def table_of(report: Mapping[str, Mapping[str, list[float]]]) -> str:
    """Mean (least to most) over the seeds."""
    lines = [f"| targets | {' | '.join(SHOWN)} |", "|---" * (len(SHOWN) + 1) + "|"]
    for way, figures in report.items():
        cells = [
            f"{np.mean(v):.3f} ({min(v):.3f} to {max(v):.3f})" for v in (figures[name] for name in SHOWN)
        ]
        lines.append(f"| {way} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--teacher", type=Path, required=True, help="folder of the sentence encoder")
    parser.add_argument("--wordnet", type=Path, required=True, help="folder of WordNet's database")
    parser.add_argument("--cache", type=Path, default=Path("build/drawn"))
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    given = parser.parse_args()
    torch.set_num_threads(1)
    compared = ways(given.steps)
    lexicon, glosses = read_lexicon(), read_glosses(given.wordnet)
    data = load_dataset(
        Path(os.environ["POLYSEEK_MODELS"]), given.cache, read_split(SPLIT), lexicon, glosses,
        made=recipe("words2").made, assemblies=max(way.assemblies for way in compared.values()), seed=7,
    )  # fmt: skip
    concepts = concept_sayings(lexicon, glosses)
    meanings = meanings_of(data, concepts, given.teacher, given.cache / "meanings.npz")
    small, among = seen_small(data, gallery(data, RIVALS, 1).rows)
    report: dict[str, dict[str, list[float]]] = {way: {name: [] for name in SHOWN} for way in compared}
    for seed in given.seeds:
        for way, settings in compared.items():
            with tempfile.TemporaryDirectory() as folder:
                learn = partial(
                    train, recipe=replace(settings, seed=seed), folder=Path(folder), steps=given.steps
                )
                towers = learn(Batches(data, concepts, meanings, settings))
            found = judge(towers, small, among, seed)
            for name, value in found.items():
                report[way][name].append(round(value, 4))
            print(seed, way, found, flush=True)
            write(report, given.steps, given.seeds, among)


def write(
    report: Mapping[str, Mapping[str, list[float]]], steps: int, seeds: list[int], among: Gallery
) -> None:
    """The results so far, and the table where every way has every seed."""
    kept = {"steps": steps, "seeds": seeds, "asked": among.asked, "gallery": len(among.rows), "ways": report}
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    if all(len(figures[SHOWN[0]]) == len(seeds) for figures in report.values()):
        text = DOCS.read_text(encoding="utf-8")
        head, rest = text.split(BEGIN)
        DOCS.write_text(f"{head}{BEGIN}\n{table_of(report)}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
