"""Models without any colour -> models of the same concept: what shape alone finds.

    POLYSEEK_MODELS=path/to/models python benchmarks/grey_shapes.py

All models that training never saw (the sides test, unseen and pack of polyseek_training/splits1.tsv), every
surface the same grey, compared among themselves, and those of the two whole packs among themselves. Right is
a model of the same concept and another variant group; intervals are bootstrap over variant groups. Writes
benchmarks/results/grey_shapes.json and the table of docs/training.md.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from blend import PAIR, SHARE, blended, models_of
from changes import colourless
from polyseek.encoders.shelf import load as load_encoder
from polyseek.evaluation.protocols import evaluate
from polyseek.library import load
from polyseek.representations.contract import represent

RESULTS = Path(__file__).parent / "results" / "grey_shapes.json"
DOCS = Path(__file__).parents[1] / "docs" / "training.md"
BEGIN, END = "<!-- table: python benchmarks/grey_shapes.py -->", "<!-- end of table -->"
SIDES = {"all that training never saw": ("test", "unseen", "pack"), "the two whole packs": ("pack",)}
ALONE = ("d2", "lightfield", *PAIR)


def main() -> None:
    models = models_of(Path(os.environ["POLYSEEK_MODELS"]))
    held = models.of(*SIDES["all that training never saw"])
    random = np.random.default_rng(0)
    assets = [colourless(load(models.folder / models.shapes[place].path), random) for place in held]
    rows: dict[str, np.ndarray] = {}
    for name in ALONE:
        encoder = load_encoder(name)
        rows[name] = np.concatenate([encoder.encode([represent(asset, encoder.wants)]) for asset in assets])
    rows["blend"] = blended(rows[PAIR[0]], rows[PAIR[1]], SHARE)
    report: dict[str, dict[str, Any]] = {}
    for label, sides in SIDES.items():
        among = np.isin(models.sides[held], sides)
        concepts, groups = models.concepts[held][among].tolist(), models.groups[held][among].tolist()
        report[label] = {"models": int(among.sum())}
        for name, vectors in rows.items():
            found = evaluate(vectors[among], concepts, groups)
            report[label][name] = {
                key: [round(float(v), 3) for v in (found.values[key], *found.intervals[key])]
                for key in ("nn", "map")
            }
    text = json.dumps(report, indent=1) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    page = DOCS.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    DOCS.write_text(f"{head}{BEGIN}\n{table_of(report)}\n{END}{rest.split(END)[1]}", encoding="utf-8")
    print(text)


def table_of(report: dict[str, dict[str, Any]]) -> str:
    """A line a set of models, a column an encoder: mAP and its interval."""
    names = [*ALONE, "blend"]
    lines = [f"| mAP (95 %) | n | {' | '.join(names)} |", f"|{'---|' * (len(names) + 2)}"]
    for label, row in report.items():
        cells = ["{:.3f} ({:.3f} to {:.3f})".format(*row[name]["map"]) for name in names]
        lines.append(f"| {label} | {row['models']} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
