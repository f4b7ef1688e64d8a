"""Words -> models that training never saw: how often a right model is among the first.

    POLYSEEK_MODELS=path/to/models python benchmarks/words.py [--name words2] [--folder FOLDER] [--cache FOLDER]
    POLYSEEK_MODELS=path/to/models python benchmarks/words.py --fit-cut-off [--name words2] [--folder FOLDER]

The gallery is every held-out model of the folder (its manifest.csv has columns path, pack, words,
variant_group and concept), names and folders hidden. Three sorts of queries, by the split that
`polyseek_training/splits1.tsv` fixes: `seen`, concepts with trained models, of groups that were kept
away; `unseen`, concepts without one trained model; `packs`, the concepts of whole packs of other
makers. A query is what the concept is called in a language: in English by the manifest, in others by
the lexicon; and beside it what people wrote who wanted one (polyseek_training/queries/test.tsv), nouns,
attributes, descriptions and sentences. A model is right when its concept is the query's. BM25 searches the real names of the same
models by the same words. Intervals are bootstrap over queries. Writes benchmarks/results/words.json. With
--fit-cut-off it fits, on the validation side, when nothing in a library is what a query asks for
(polyseek_training/cut_off.py), and writes that into the card.
"""

from __future__ import annotations

import argparse
import json
import math
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

import polyseek.encoders
from no_match import SPLIT, encode, fit_cut_off, key_of, refusals
from polyseek.encoders.onnx import OnnxEncoder
from polyseek.words import tokens
from polyseek_training.lexicon import LANGUAGES, Concept, by_english_name, read_lexicon
from polyseek_training.queries import read_queries
from polyseek_training.shapes import Shape, draw_shapes, read_manifest
from polyseek_training.splits import HELD_OUT_PACKS, read_split

RESULTS = Path(__file__).parent / "results" / "words.json"
SORTS = {"seen": ("test",), "unseen": ("unseen",), "packs": ("pack",)}
DEPTHS = (1, 5, 10)
Rank = Callable[[str], np.ndarray]


def bm25(names: Sequence[str], k1: float = 1.2, b: float = 0.75) -> Rank:
    """Scores of all names for a query (Robertson and Zaragoza 2009, eq. 3.15)."""
    documents = [[group[0] for group in tokens(name)] for name in names]
    mean = sum(map(len, documents)) / len(documents)
    holders: dict[str, list[int]] = defaultdict(list)
    for place, document in enumerate(documents):
        for token in document:
            holders[token].append(place)

    def scores(query: str) -> np.ndarray:
        found = np.zeros(len(documents))
        for group in tokens(query):
            places, counts = np.unique(holders.get(group[0], []), return_counts=True)
            weight = math.log(1 + (len(documents) - len(places) + 0.5) / (len(places) + 0.5))
            for place, count in zip(places.astype(int), counts, strict=True):
                length = 1 - b + b * len(documents[place]) / mean
                found[place] += weight * count * (k1 + 1) / (count + k1 * length)
        return found

    return scores


def chance(right: int, all: int, k: int) -> float:
    """Share of random orders with a right one of `right` among the first k of `all`."""
    return 1 - math.comb(all - right, k) / math.comb(all, k)


def first_right(scores: np.ndarray, right: np.ndarray) -> float:
    """Rank, from 1, of the first right model; models that score alike share the mean of their ranks; inf for score 0."""
    best = scores[right].max()
    if best <= -1 or (best == 0 and (scores >= 0).all()):
        return math.inf
    return (
        1
        + int((scores > best).sum())
        + (int((scores == best).sum()) - int((scores[right] == best).sum())) / 2
    )


def figures(ranks: np.ndarray, seed: int = 0) -> dict[str, object]:
    """hit@k and the mean reciprocal rank, each with its 95 % interval."""
    draws = np.random.default_rng(seed).integers(len(ranks), size=(1000, len(ranks)))
    found: dict[str, object] = {"queries": len(ranks)}
    values = {f"R@{k}": (ranks <= k).astype(float) for k in DEPTHS} | {"MRR": 1 / ranks}
    for name, value in values.items():
        low, high = np.quantile(value[draws].mean(1), (0.025, 0.975))
        found[name] = [round(float(v), 3) for v in (value.mean(), low, high)]
    return found


def queries_of(shapes: Sequence[Shape], named: dict[str, Concept], language: str) -> list[tuple[str, str]]:
    """(text, concept key) once a concept."""
    found: dict[str, str] = {}
    for shape in shapes:
        concept = named.get(shape.concept)
        text = shape.concept if language == "en" else concept.names[language][0] if concept else ""
        if text:
            found.setdefault(key_of(shape.concept, named), text)
    return [(text, key) for key, text in found.items()]


def measure(encoder: OnnxEncoder, folder: Path, cache: Path) -> dict[str, object]:
    """The whole report."""
    named = by_english_name(read_lexicon())
    by_hand = read_queries("test")
    sides = read_split(SPLIT)
    every = [shape for shape in read_manifest(folder) if shape.concept]
    drawn = draw_shapes(folder, every, cache)
    trained = {key_of(s.concept, named) for s in every if sides[s.group] == "train"}
    held = [s for s in every if s.path in drawn and sides[s.group] != "train"]
    learned = [s for s in every if s.path in drawn and sides[s.group] == "train"]
    vectors = encode(encoder, cache, [drawn[s.path][0] for s in held])
    report: dict[str, object] = {"encoder": encoder.card.id, "space": encoder.space.digest}
    gallery = [i for i, s in enumerate(held) if sides[s.group] != "validation"]
    models = [held[i] for i in gallery]
    report["gallery"] = len(models)
    report["packs held out"] = list(HELD_OUT_PACKS)
    keys = np.array([key_of(s.concept, named) for s in models])
    by_names = bm25([s.words for s in models])
    for sort, of in SORTS.items():
        asked = [s for s in models if sides[s.group] in of]
        # A concept of the unseen side that another name's models taught is no unseen concept.
        asked = [
            s for s in asked if (key_of(s.concept, named) in trained) != (sort == "unseen") or sort == "packs"
        ]
        table: dict[str, object] = {}
        for language in LANGUAGES:
            queries = queries_of(asked, named, language)
            if not queries:
                continue
            of_words = [
                first_right(vectors[gallery] @ encoder.encode_texts([text])[0], keys == key)
                for text, key in queries
            ]
            row: dict[str, object] = {"words": figures(np.array(of_words))}
            if language == "en":
                row["bm25 over names"] = figures(
                    np.array([first_right(by_names(text), keys == key) for text, key in queries])
                )
                row["chance R@10"] = round(
                    float(np.mean([chance(int((keys == key).sum()), len(keys), 10) for _, key in queries])), 3
                )
                if sort == "packs":
                    known = np.array([key in trained for _, key in queries])
                    row["concept trained"] = figures(np.array(of_words)[known])
                    row["concept not trained"] = figures(np.array(of_words)[~known])
            written = [(q.query, key_of(q.concept, named)) for q in by_hand if q.language == language]
            there = {key for _, key in queries}
            ranks = [
                first_right(vectors[gallery] @ encoder.encode_texts([text])[0], keys == key)
                for text, key in written
                if key in there
            ]
            if ranks:
                row["written by hand"] = figures(np.array(ranks))
            table[language] = row
        report[sort] = table
    report["prefixes"] = {
        size: prefix(
            encoder, vectors[gallery], keys, [s for s in models if sides[s.group] == "test"], named, size
        )
        for size in (64, 128, 256)
        if size <= encoder.card.dimensions
    }
    taught = encode(encoder, cache, [drawn[s.path][0] for s in learned])
    of_taught = np.array([key_of(s.concept, named) for s in learned])
    report["cut-off"] = refusals(encoder, vectors[gallery], keys, (taught, of_taught), named)
    report["shape to shape"] = shape_to_shape(vectors[gallery], keys, np.array([s.group for s in models]))
    validation = [i for i, s in enumerate(held) if sides[s.group] == "validation"]
    report["scale"] = scale(encoder, vectors[validation], [held[i] for i in validation])
    return report


def prefix(
    encoder: OnnxEncoder,
    vectors: np.ndarray,
    keys: np.ndarray,
    asked: Sequence[Shape],
    named: dict[str, Concept],
    size: int,
) -> float:
    """R@10 of trained concepts in English by the first `size` dimensions alone."""
    short = vectors[:, :size] / np.linalg.norm(vectors[:, :size], axis=1, keepdims=True)
    ranks = [
        first_right(short @ encoder.encode_texts([text])[0, :size], keys == key)
        for text, key in queries_of(asked, named, "en")
    ]
    return round(float(np.mean(np.array(ranks) <= 10)), 3)


def shape_to_shape(vectors: np.ndarray, keys: np.ndarray, groups: np.ndarray) -> dict[str, float]:
    """Nearest neighbour and mAP by concept; models of the query's own variant group are left out."""
    firsts: list[float] = []
    precisions: list[float] = []
    for row, key, group in zip(vectors, keys, groups, strict=True):
        others = groups != group
        order = np.argsort(-(vectors[others] @ row), kind="stable")
        right = (keys[others] == key)[order]
        if right.any():
            firsts.append(float(right[0]))
            at = np.flatnonzero(right)
            precisions.append(float(np.mean(np.arange(1, len(at) + 1) / (at + 1))))
    return {
        "queries": len(firsts),
        "NN": round(float(np.mean(firsts)), 3),
        "mAP": round(float(np.mean(precisions)), 3),
    }


def scale(encoder: OnnxEncoder, vectors: np.ndarray, shapes: Sequence[Shape]) -> dict[str, float]:
    """What cosines mean, on validation: of random pairs (median), of right pairs (nine tenths), and the cut-off."""
    texts = sorted({s.concept for s in shapes})
    cosines = encoder.encode_texts(texts) @ vectors.T
    right = np.array([[s.concept == text for s in shapes] for text in texts])
    best_right = np.where(right, cosines, -1).max(1)
    values = {
        "nothing": np.median(cosines[~right]),
        "right": np.quantile(cosines[right], 0.9),
        "cut_off": np.quantile(best_right, 0.1),
    }
    return {name: round(float(value), 3) for name, value in values.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", default="words2")
    parser.add_argument("--folder", type=Path, help="where card and towers lie; the shipped ones else")
    parser.add_argument("--cache", type=Path, default=Path("build/drawn"))
    parser.add_argument("--fit-cut-off", action="store_true", help="fit it and write it into the card")
    arguments = parser.parse_args()
    encoder = OnnxEncoder(arguments.name, arguments.folder)
    models = Path(os.environ["POLYSEEK_MODELS"])
    if arguments.fit_cut_off:
        folder = arguments.folder or Path(polyseek.encoders.__file__).parent / "weights"
        fit_cut_off(encoder, models, arguments.cache, folder / f"{arguments.name}.toml")
        return
    report = measure(encoder, models, arguments.cache)
    text = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
