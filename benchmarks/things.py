"""What drawing a text towards the things it names gives (polyseek.encoders.text_rows).

    POLYSEEK_MODELS=path/to/models python benchmarks/things.py [--cache FOLDER]

Queries that were written by hand in six languages, names of models hidden. On the validation side, among its models
and the trained ones of other concepts: R@1 and R@10 for some weights of the things and of what goes with them; the
card's weight and BESIDE were chosen there. On the test side, among the held-out models that words.py asks: the
tower alone and the encoder as it is, by language and by kind of query, with bootstrap intervals over queries.
Writes benchmarks/results/things.json and the table in docs/training.md.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from no_match import SPLIT, encode, key_of
from polyseek.encoders import text_rows
from polyseek.encoders.onnx import OnnxEncoder
from polyseek.encoders.text_rows import TextRows
from polyseek_training.lexicon import LANGUAGES, by_english_name, read_lexicon
from polyseek_training.queries import KINDS, Wanted, read_queries
from polyseek_training.shapes import draw_shapes, read_manifest
from polyseek_training.splits import read_split
from words import figures, first_right

RESULTS = Path(__file__).parent / "results" / "things.json"
DOCS = Path(__file__).parents[1] / "docs" / "training.md"
BEGIN, END = "<!-- table: python benchmarks/things.py -->", "<!-- end of things -->"
HELD_OUT = ("test", "unseen", "pack")
WEIGHTS, BESIDES = (0.7, 1.0, 1.4, 2.0), (0.0, 0.25, 0.5, 1.0)
Read = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True, eq=False)
class Side:
    """Queries, the keys of their concepts, and the models they are asked among."""

    queries: list[Wanted]
    wanted: list[str]
    vectors: np.ndarray
    keys: np.ndarray

    def ranks(self, read: Read) -> np.ndarray:
        """Rank of the first right model of each query."""
        texts = read([query.query for query in self.queries])
        return np.array(
            [
                first_right(self.vectors @ row, self.keys == key)
                for row, key in zip(texts, self.wanted, strict=True)
            ]
        )


def sides_of(encoder: OnnxEncoder, folder: Path, cache: Path) -> tuple[Side, Side]:
    """Validation and test."""
    named = by_english_name(read_lexicon())
    of_group = read_split(SPLIT)
    shapes = [shape for shape in read_manifest(folder) if shape.concept]
    drawn = draw_shapes(folder, shapes, cache)
    shapes = [shape for shape in shapes if shape.path in drawn]
    vectors = encode(encoder, cache, [drawn[shape.path][0] for shape in shapes])
    keys = np.array([key_of(shape.concept, named) for shape in shapes])
    sides = np.array([of_group[shape.group] for shape in shapes])

    def side(queries: Sequence[Wanted], of: Sequence[str], rivals: bool) -> Side:
        own = np.isin(sides, of)
        among = own | ((sides == "train") & ~np.isin(keys, keys[own])) if rivals else own
        there = [query for query in queries if key_of(query.concept, named) in set(keys[own])]
        return Side(there, [key_of(query.concept, named) for query in there], vectors[among], keys[among])

    return (
        side(read_queries("validation"), ("validation",), rivals=True),
        side(read_queries("test"), HELD_OUT, rivals=False),
    )


def chosen(side: Side, encoder: OnnxEncoder) -> dict[str, object]:
    """R@1 and R@10 on the validation side, for each weight and BESIDE."""
    rows: dict[str, list[float]] = {"tower alone": shares(side.ranks(encoder.read_texts))}
    for beside in BESIDES:
        for weight in WEIGHTS:
            with_beside = TextRows(encoder.read_texts, weight, beside=beside).of
            rows[f"things {weight}, beside {beside}"] = shares(side.ranks(with_beside))
    return {"queries": len(side.queries), "models": len(side.keys), "R@1, R@10": rows}


def shares(ranks: np.ndarray) -> list[float]:
    return [round(float(np.mean(ranks <= k)), 3) for k in (1, 10)]


def measured(side: Side, encoder: OnnxEncoder) -> dict[str, object]:
    """On the test side: the tower alone, and the encoder as it is."""
    languages = np.array([query.language for query in side.queries])
    kinds = np.array([query.kind for query in side.queries])
    parts = {"all": np.ones(len(kinds), bool)}
    parts |= {language: languages == language for language in LANGUAGES}
    parts |= {kind: kinds == kind for kind in KINDS}
    ranks = {
        "tower alone": side.ranks(encoder.read_texts),
        "towards its things": side.ranks(encoder.encode_texts),
    }
    return {"models": len(side.keys)} | {
        part: {name: figures(found[rows]) for name, found in ranks.items()} for part, rows in parts.items()
    }


def table_of(report: dict[str, dict[str, dict[str, object]]]) -> str:
    """A line a part of the queries: R@1 and R@10 by both."""
    lines = ["| queries by hand | n | R@1, tower alone | R@1 | R@10, tower alone | R@10 |", f"|{'---|' * 6}"]
    for part, row in report.items():
        if isinstance(row, dict):
            cells = [
                "{:.3f} ({:.3f} to {:.3f})".format(*of[f"R@{k}"]) for k in (1, 10) for of in row.values()
            ]
            lines.append(f"| {part} | {next(iter(row.values()))['queries']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path("build/drawn"))
    arguments = parser.parse_args()
    encoder = OnnxEncoder("words2")
    validation, test = sides_of(encoder, Path(os.environ["POLYSEEK_MODELS"]), arguments.cache)
    report = {"BESIDE": text_rows.BESIDE, "validation": chosen(validation, encoder)}
    report["test"] = measured(test, encoder)
    text = json.dumps(report, indent=1) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    page = DOCS.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    DOCS.write_text(
        f"{head}{BEGIN}\n{table_of(report['test'])}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8"
    )
    print(text)


if __name__ == "__main__":
    main()
