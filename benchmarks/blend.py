"""More like this: what encoders find alone, and what two of them find together.

    POLYSEEK_MODELS=path/to/models python benchmarks/blend.py LIBRARY [--choose]

LIBRARY is an index of that folder with the encoders of search/blend.py; what it does not hold of the others is
encoded here. Right is a model of the same concept (manifest.csv) and another variant group. The queries of the
table are the models that training never saw (the sides test, unseen and pack of
polyseek_training/splits1.tsv), among themselves; intervals are bootstrap over variant groups. `--choose` prints
the share of the second encoder to write into search/blend.py, and tries every share on the validation side
alone: its queries among its own models and the trained ones of other concepts, as training validates. Of the
shares whose mAP is within one standard error of the best it takes the middle. Without it, more like this is timed
too: in LIBRARY, and over made vectors of larger ones. Writes benchmarks/results/blend.json and the table of
docs/searching.md.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from polyseek import Library
from polyseek.encoders.contract import unit_rows
from polyseek.encoders.shelf import load as load_encoder
from polyseek.evaluation.metrics import average_precision
from polyseek.evaluation.protocols import PROTOCOL, Result, compare, evaluate
from polyseek.indexes.exact import nearest
from polyseek.library import load
from polyseek.representations.contract import represent
from polyseek.search.blend import SHARES, Blended
from polyseek.search.pages import Page
from polyseek_training.run import SPLIT
from polyseek_training.shapes import Shape, read_manifest
from polyseek_training.splits import read_split

RESULTS = Path(__file__).parent / "results" / "blend.json"
DOCS = Path(__file__).parents[1] / "docs" / "searching.md"
BEGIN, END = "<!-- table: python benchmarks/blend.py LIBRARY -->", "<!-- end -->"
HELD_OUT = ("test", "unseen", "pack")
BESIDE = ("d2", "geo18", "lightfield")
PAIR, SHARE = next(iter(SHARES.items()))
TRIED = np.round(np.arange(0, 1.001, 0.05), 2)
METRICS = ("nn", "first_tier", "map")
LARGER = (50_000,)


@dataclass(frozen=True, eq=False)
class Models:
    """`sides`, `concepts`, `groups`: of each model; `folder`: where its file is."""

    folder: Path
    shapes: tuple[Shape, ...]
    sides: np.ndarray
    concepts: np.ndarray
    groups: np.ndarray

    def of(self, *sides: str) -> np.ndarray:
        """Places of the models on some sides."""
        return np.flatnonzero(np.isin(self.sides, sides))


def models_of(folder: Path) -> Models:
    sides = read_split(SPLIT)
    shapes = tuple(shape for shape in read_manifest(folder) if shape.concept)
    return Models(
        folder, shapes,
        np.array([sides[shape.group] for shape in shapes]),
        np.array([shape.concept for shape in shapes]),
        np.array([shape.group for shape in shapes]),
    )  # fmt: skip


def rows_of(library: Library, models: Models, encoder: str, places: np.ndarray) -> np.ndarray:
    """Vectors of models: the library's, where it has them."""
    if any(each["id"] == encoder for each in library.info().encoders):
        ids, vectors = library.vectors(encoder)
        by_path = {record.path: record.id for record in library.records()}
        at = {id: place for place, id in enumerate(ids)}
        paths = [str((models.folder / models.shapes[place].path).absolute()) for place in places]
        return vectors[[at[by_path[path]] for path in paths]]
    made = load_encoder(encoder)
    assets = (load(models.folder / models.shapes[place].path) for place in places)
    return np.concatenate([made.encode([represent(asset, made.wants)]) for asset in assets])


def blended(first: np.ndarray, second: np.ndarray, share: float) -> np.ndarray:
    """Rows whose cosines are the weighted means of both."""
    return unit_rows(np.concatenate([np.sqrt(1 - share) * first, np.sqrt(share) * second], axis=1))


def precisions(rows: np.ndarray, asked: int, concepts: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Average precision of each of the first `asked` models that has a right one among all, NaN else."""
    found = np.full(asked, np.nan)
    for query in range(asked):
        order = np.argsort(-(rows @ rows[query]), kind="stable")
        order = order[groups[order] != groups[query]]
        right = concepts[order] == concepts[query]
        if right.any():
            found[query] = average_precision(right)
    return found


def choose(library: Library, models: Models) -> dict[str, object]:
    """mAP on validation by share, and the share to take."""
    asked = models.of("validation")
    trained = models.of("train")
    others = trained[~np.isin(models.concepts[trained], models.concepts[asked])]
    among = np.concatenate([asked, others])
    first, second = (rows_of(library, models, id, among) for id in PAIR)
    table = np.array(
        [
            precisions(
                blended(first, second, share), len(asked), models.concepts[among], models.groups[among]
            )
            for share in TRIED
        ]
    )
    table = table[:, ~np.isnan(table[0])]
    means = table.mean(axis=1)
    behind = table[means.argmax()] - table
    error = behind.std(axis=1, ddof=1) / np.sqrt(table.shape[1])
    good = TRIED[behind.mean(axis=1) <= error]
    chosen = round(float((good[0] + good[-1]) / 2) / 0.05) * 0.05
    return {
        "queries": table.shape[1],
        "gallery": len(among),
        "mAP": {f"{share:g}": round(float(mean), 4) for share, mean in zip(TRIED, means, strict=True)},
        "within one standard error": [float(good[0]), float(good[-1])],
        "share": round(chosen, 2),
    }


def row_of(result: Result) -> dict[str, list[float]]:
    return {
        name: [round(float(value), 4) for value in (result.values[name], *result.intervals[name])]
        for name in METRICS
    }


def measure(library: Library, models: Models) -> dict[str, object]:
    """The table of the held-out models."""
    places = models.of(*HELD_OUT)
    concepts, groups = models.concepts[places].tolist(), models.groups[places].tolist()
    rows = {id: rows_of(library, models, id, places) for id in dict.fromkeys((*BESIDE, *PAIR))}
    rows["blend"] = blended(rows[PAIR[0]], rows[PAIR[1]], SHARE)
    results = {name: evaluate(each, concepts, groups) for name, each in rows.items()}
    above = {id: compare(results["blend"], results[id], "map") for id in PAIR}
    return {
        "protocol": PROTOCOL,
        "pair": list(PAIR),
        "spaces": [load_encoder(id).space.digest for id in PAIR],
        "share": SHARE,
        "queries": results["blend"].queries,
        "gallery": len(places),
        "table": {name: row_of(result) for name, result in results.items()},
        "mAP of the blend above": {id: [round(value, 4) for value in gap] for id, gap in above.items()},
    }


def speed(library: Library) -> dict[str, float]:
    """Median milliseconds of more like this: the whole call in the library, and comparing alone in larger ones."""
    ids = [record.id for record in library.records(limit=200)]
    found = {f"{library.count()} models, whole": median([lambda id=id: library.similar(id) for id in ids])}
    random = np.random.default_rng(0)
    for count in LARGER:
        keys = np.arange(count)
        pages = [
            Page(0, keys, unit_rows(random.normal(size=(count, load_encoder(id).space.dimensions))))
            for id in PAIR
        ]
        both = Blended(pages, (1 - SHARE, SHARE))

        def one(place: int, both: Blended = both, keys: np.ndarray = keys) -> None:
            cosines, scale = both.compared([page.vectors[place] for page in both.pages], keys)
            nearest(cosines, 10)
            scale.scores(cosines)

        found[f"{count} models, comparing"] = median([lambda at=at: one(at) for at in range(100)])
    return found


def median(work: Sequence[Callable[[], object]]) -> float:
    work[0]()
    spent: list[float] = []
    for each in work:
        began = time.perf_counter()
        each()
        spent.append(1000 * (time.perf_counter() - began))
    return round(float(np.median(spent)), 2)


def write_docs(table: dict[str, dict[str, list[float]]]) -> None:
    """Replace the table of docs/searching.md, between its two comments."""
    lines = ["| | nearest | first tier | mAP, 95 % |", "|---|---|---|---|"]
    for name, row in table.items():
        value, low, high = row["map"]
        lines.append(
            f"| {name} | {row['nn'][0]:.3f} | {row['first_tier'][0]:.3f} | {value:.3f} ({low:.3f} to {high:.3f}) |"
        )
    before, _, rest = DOCS.read_text(encoding="utf-8").partition(BEGIN)
    text = "\n".join([BEGIN, *lines, END])
    DOCS.write_text(f"{before}{text}{rest.partition(END)[2]}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("library", type=Path)
    parser.add_argument("--choose", action="store_true", help="find the share on the validation side")
    given = parser.parse_args(arguments)
    models = models_of(Path(os.environ["POLYSEEK_MODELS"]))
    with Library.open(given.library, create=False) as library:
        kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
        if given.choose:
            report = {**kept, "validation": choose(library, models)}
        else:
            report = {**kept, **measure(library, models), "milliseconds": speed(library)}
            write_docs(report["table"])
    text = json.dumps(report, indent=1) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)
    if given.choose:
        print(f"SHARES = {{{PAIR}: {report['validation']['share']}}}, now {SHARE}")


if __name__ == "__main__":
    main()
