"""Naming without examples, suggested tags, and what a few examples of a person's own tags add.

    POLYSEEK_MODELS=path/to/models python benchmarks/zero_shot.py [--name words2] [--folder FOLDER] [--cache FOLDER] [--choose]

Naming: each model of the held-out packs among the packs' own concepts, and whether a model is refused
where its concept is not among the labels. Suggestions: of what is proposed for models of each held-out
side, the share that is the model's concept or what that is a kind of. Teaching: tags are concepts and
packs with enough models, each learned from 5, 10 and 20 examples of different things; the mean average
precision of finding the others, by the tag's words, by the lesson, and by the lesson where its own
cross-validation says that it helps; then naming the packs again with that many of their models taught.
Models count by variant group. Intervals are bootstrap over groups or tags. `--choose` prints what the
constants were chosen from, on the validation side and on the tags. Writes benchmarks/results/zero_shot.json.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from polyseek.encoders.contract import unit_rows
from polyseek.encoders.onnx import OnnxEncoder
from polyseek.search import suggest, teach, zero_shot
from polyseek.search.suggest import ConceptTree, propose_concepts
from polyseek.search.teach import Background, average_precision, learn, place
from polyseek.search.zero_shot import Label, classify, margins, place_labels, probabilities
from polyseek.words.lexicon import Lexicon
from polyseek_training.shapes import Shape, draw_shapes, read_manifest
from polyseek_training.splits import HELD_OUT_PACKS, read_split
from words import SPLIT, encode

RESULTS = Path(__file__).parent / "results" / "zero_shot.json"
EXAMPLES = (5, 10, 20)
SEEDS = 3
LEAST_THINGS = 12  # of a tag that is taught
MOST_TAGS = 40  # of each kind
PLAIN = ("{}",)


@dataclass(frozen=True, eq=False)
class Held:
    """Models with their vectors, sides of the split, and a weight each, so that groups count alike."""

    shapes: list[Shape]
    vectors: np.ndarray
    sides: np.ndarray

    def of(self, *sides: str) -> np.ndarray:
        """Places of the models of some sides that have a concept."""
        there = np.array([bool(shape.concept) for shape in self.shapes])
        return np.flatnonzero(np.isin(self.sides, sides) & there)

    def groups(self, places: np.ndarray) -> np.ndarray:
        """One number for the models of a variant group."""
        return np.unique([self.shapes[i].group for i in places], return_inverse=True)[1]


def interval(values: np.ndarray, groups: np.ndarray, seed: int = 0) -> list[float]:
    """Mean over groups of their means, with its 95 % bootstrap interval."""
    sums = np.bincount(groups, values) / np.bincount(groups)
    draws = np.random.default_rng(seed).integers(len(sums), size=(1000, len(sums)))
    low, high = np.quantile(sums[draws].mean(1), (0.025, 0.975))
    return [round(float(value), 3) for value in (sums.mean(), low, high)]


def labels_for(encoder: OnnxEncoder, concepts: Sequence[str], prompts: Sequence[str] = ()) -> list[Label]:
    return place_labels(list(concepts), encoder.encode_texts, encoder.words, prompts)


def ranks(vectors: np.ndarray, labels: Sequence[Label], right: np.ndarray) -> np.ndarray:
    """Rank, from 1, of each model's own label."""
    scores = margins(vectors, labels)[1]
    return 1 + (scores > scores[np.arange(len(right)), right][:, None]).sum(1)


def naming(encoder: OnnxEncoder, held: Held, places: np.ndarray) -> dict[str, Any]:
    """Each model among the concepts of all of them."""
    concepts = sorted({held.shapes[i].concept for i in places})
    right = np.array([concepts.index(held.shapes[i].concept) for i in places])
    groups, vectors = held.groups(places), held.vectors[places]
    labels = labels_for(encoder, concepts)
    rank, plain = (ranks(vectors, each, right) for each in (labels, labels_for(encoder, concepts, PLAIN)))
    sure = probabilities(margins(vectors, labels)[1])[:, :-1].max(1)
    return {
        "models": len(places),
        "labels": len(concepts),
        "chance": round(1 / len(concepts), 3),
        "top-1": interval(rank == 1, groups),
        "top-5": interval(rank <= 5, groups),
        "top-1 without prompts": interval(plain == 1, groups),
        "mean probability of the best": interval(sure, groups)[0],
    }


def refusing(
    encoder: OnnxEncoder, held: Held, places: np.ndarray, count: int, seed: int = 0
) -> dict[str, Any]:
    """How often "none of these" is said with the right label among `count`, and with none that is right."""
    concepts = sorted({held.shapes[i].concept for i in places})
    labels, random = labels_for(encoder, concepts), np.random.default_rng(seed)
    refused: dict[bool, list[bool]] = {True: [], False: []}
    correct: list[bool] = []
    for i in np.repeat(places, 5):
        own = concepts.index(held.shapes[i].concept)
        others = [j for j in random.permutation(len(labels)) if j != own]
        for present in (True, False):
            some = [*others[: count - present], *([own] if present else [])]
            (verdict,) = classify(held.vectors[i][None], [labels[j] for j in some])
            refused[present].append(verdict.label is None)
            if present:
                correct.append(verdict.label == concepts[own])
    return {
        "labels": count,
        "right label there: none of these": round(float(np.mean(refused[True])), 3),
        "right label there: named right": round(float(np.mean(correct)), 3),
        "right label not there: none of these": round(float(np.mean(refused[False])), 3),
    }


def suggesting(
    tree: ConceptTree,
    held: Held,
    places: np.ndarray,
    *,
    temperature: float = suggest.TEMPERATURE,
    least: float = suggest.LEAST,
) -> dict[str, Any]:
    """Coverage: models with a suggestion. Precision: suggestions that are the concept or one above it."""
    lexicon = Lexicon.load()
    known = np.array([i for i in places if lexicon.named(held.shapes[i].concept, "en")])
    groups = held.groups(known)
    shares: list[float] = []
    exact: list[float] = []
    proposed = propose_concepts(held.vectors[known], tree, temperature=temperature, least=least)
    for i, proposals in zip(known, proposed, strict=True):
        own = lexicon.named(held.shapes[i].concept, "en")
        true = {*own, *(above for concept in own for above in lexicon.parents(concept))}
        shares.append(
            float(np.mean([each.concept in true for each in proposals])) if proposals else float("nan")
        )
        exact.append(float(bool(proposals) and proposals[0].concept in own))
    some = ~np.isnan(shares)
    return {
        "models": len(known),
        "coverage": interval(some.astype(float), groups),
        "precision": interval(np.array(shares)[some], np.unique(groups[some], return_inverse=True)[1])
        if some.any()
        else None,
        "the concept itself": interval(np.array(exact), groups)[0],
    }


def tags_of(held: Held, key: Callable[[Shape], str]) -> dict[str, np.ndarray]:
    """Tag -> which models have it, of tags with enough things, drawn where there are many."""
    texts = np.array([key(shape) for shape in held.shapes])
    groups = held.groups(np.arange(len(texts)))
    found = {
        str(tag): texts == tag
        for tag in np.unique(texts[texts != ""])
        if len(np.unique(groups[texts == tag])) >= LEAST_THINGS
    }
    order = np.random.default_rng(0).permutation(sorted(found))[:MOST_TAGS]
    return {str(tag): found[str(tag)] for tag in sorted(order)}


def teaching(
    encoder: OnnxEncoder, held: Held, tags: dict[str, np.ndarray], count: int, **chosen: float
) -> dict[str, Any]:
    """Mean average precision of finding the things of tags that were not learned from."""
    groups = held.groups(np.arange(len(held.shapes)))
    background = Background.of(held.vectors, chosen.get("shrinkage", teach.SHRINKAGE))
    rows: list[tuple[float, float, float, float, float]] = []
    for tag, right in tags.items():
        (label,) = labels_for(encoder, [tag.replace("-", " ")])
        things = np.unique(groups[right])
        for seed in range(SEEDS):
            random = np.random.default_rng(seed)
            taught = random.permutation(things)[: min(count, len(things) // 2)]
            examples = [int(random.choice(np.flatnonzero(right & (groups == thing)))) for thing in taught]
            rest = ~np.isin(groups, taught)
            vector = place(held.vectors[examples], label.vector, background, chosen.get("prior", teach.PRIOR))
            marked = np.isin(np.arange(len(right)), examples)
            lesson = learn(tag, label.vector, label.scale, held.vectors, marked, groups, background)
            frozen, learned = (
                average_precision((held.vectors[rest] @ each).astype(float), right[rest])
                for each in (label.vector, vector)
            )
            helps = lesson is not None and lesson.helps
            used = learned if helps else frozen
            rows.append((frozen, learned, used, used - frozen, float(helps)))
    by_tag = np.repeat(np.arange(len(tags)), SEEDS)
    columns = np.array(rows).T
    names = ("by words", "by lesson", "by lesson where it helps", "gain", "lessons used")
    return {name: interval(column, by_tag) for name, column in zip(names, columns, strict=True)}


def taught_naming(encoder: OnnxEncoder, held: Held, places: np.ndarray, count: int) -> dict[str, Any]:
    """Naming with `count` of the models taught, whatever each tag's share; the others are named."""
    concepts = sorted({held.shapes[i].concept for i in places})
    labels, groups = labels_for(encoder, concepts), held.groups(places)
    background = Background.of(held.vectors)
    found: dict[str, list[np.ndarray]] = {"frozen": [], "taught": []}
    kept: list[np.ndarray] = []
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        things = random.permutation(np.unique(groups))[:count]
        examples = np.array([random.choice(places[groups == thing]) for thing in things])
        rest = ~np.isin(groups, things)
        right = np.array([concepts.index(held.shapes[i].concept) for i in places[rest]])
        tags = [held.shapes[i].concept for i in examples]
        learned = [
            Label(
                label.text,
                place(held.vectors[examples[[tag == label.text for tag in tags]]], label.vector, background),
                label.scale,
            )
            for label in labels
        ]
        for name, each in (("frozen", labels), ("taught", learned)):
            found[name].append(ranks(held.vectors[places[rest]], each, right))
        kept.append(groups[rest] + seed * (groups.max() + 1))
    numbers = np.unique(np.concatenate(kept), return_inverse=True)[1]
    return {
        f"{name} top-{k}": interval(np.concatenate(each) <= k, numbers)
        for name, each in found.items()
        for k in (1, 5)
    }


def choose(encoder: OnnxEncoder, held: Held, tree: ConceptTree) -> None:
    """Print what the constants were chosen from."""
    places = held.of("validation")
    concepts = sorted({held.shapes[i].concept for i in places})
    right = np.array([concepts.index(held.shapes[i].concept) for i in places])
    above = margins(held.vectors[places], labels_for(encoder, concepts))[1]
    for temperature in (0.06, 0.09, 0.11, 0.13, 0.15, 0.2, 0.3):
        likely = probabilities(above, temperature)[:, :-1]
        own = -np.log(likely[np.arange(len(right)), right]).mean()
        sure, correct = likely.max(1).mean(), (likely.argmax(1) == right).mean()
        print(f"naming: T {temperature}: loss {own:.3f}, mean probability {sure:.3f}, right {correct:.3f}")
    for temperature in (0.06, 0.086, 0.13):
        for least in (0.3, 0.4, 0.5, 0.6):
            row = suggesting(tree, held, places, temperature=temperature, least=least)
            print(f"suggesting: T {temperature}, from {least}: {row['coverage']}, right {row['precision']}")
    tags = tags_of(held, lambda shape: shape.concept) | tags_of(held, lambda shape: shape.pack)
    for shrinkage in (0.1, 0.3, 1.0, 3.0):
        for prior in (1.0, 3.0, 10.0):
            row = teaching(encoder, held, tags, 10, shrinkage=shrinkage, prior=prior)
            print(f"teaching: shrinkage {shrinkage}, prior {prior}: {row['by words']} to {row['by lesson']}")


def measure(encoder: OnnxEncoder, held: Held, tree: ConceptTree) -> dict[str, Any]:
    """The whole report."""
    packs = held.of("pack")
    of_pack = {pack: [i for i in packs if held.shapes[i].pack == pack] for pack in HELD_OUT_PACKS}
    return {
        "encoder": encoder.card.id,
        "space": encoder.space.digest,
        "temperature": zero_shot.TEMPERATURE,
        "naming": {
            "both packs": naming(encoder, held, packs),
            **{pack: naming(encoder, held, np.array(places)) for pack, places in of_pack.items()},
        },
        "none of these": [refusing(encoder, held, packs, count) for count in (3, 10)],
        "suggestions": {
            "least": suggest.LEAST,
            **{side: suggesting(tree, held, held.of(side)) for side in ("test", "unseen", "pack")},
        },
        "teaching": {
            "seeds": SEEDS,
            "concepts as tags": {
                str(n): teaching(encoder, held, tags_of(held, lambda shape: shape.concept), n)
                for n in EXAMPLES
            },
            "packs as tags": {
                str(n): teaching(encoder, held, tags_of(held, lambda shape: shape.pack), n) for n in EXAMPLES
            },
            "naming the packs": {str(n): taught_naming(encoder, held, packs, n) for n in EXAMPLES},
        },
    }


def tables(report: dict[str, Any]) -> str:
    """The figures of docs/zero-shot.md, as Markdown; 95 % intervals in brackets."""
    lines = ["| models of | labels | right at once | among five | by chance |", "|---|---:|---:|---:|---:|"]
    for name, row in report["naming"].items():
        figures = f"{_shown(row['top-1'])} | {_shown(row['top-5'])}"
        lines.append(f"| {name} | {row['labels']} | {figures} | {row['chance']:.3f} |")
    lines += [
        "",
        "| labels given | with the right one: named right | none of these | without it: none of these |",
    ]
    lines.append("|---:|---:|---:|---:|")
    lines += [
        f"| {row['labels']} | {row['right label there: named right']:.2f} | "
        f"{row['right label there: none of these']:.2f} | {row['right label not there: none of these']:.2f} |"
        for row in report["none of these"]
    ]
    lines += ["", "| models of | with a suggestion | of these right |", "|---|---:|---:|"]
    sides = {"test": "concepts it knows", "unseen": "concepts it never met", "pack": "other makers' packs"}
    for side, name in sides.items():
        row = report["suggestions"][side]
        lines.append(f"| {name} | {_shown(row['coverage'])} | {_shown(row['precision'])} |")
    lines += [
        "",
        "| tags | models taught | by words | taught | used where it helps | gain |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for kind in ("concepts as tags", "packs as tags"):
        for count, row in report["teaching"][kind].items():
            shown = " | ".join(
                _shown(row[name]) for name in ("by words", "by lesson", "by lesson where it helps", "gain")
            )
            lines.append(f"| {kind} | {count} | {shown} |")
    return "\n".join(lines)


def _shown(value: Sequence[float]) -> str:
    mean, low, high = value
    return f"{mean:.2f} [{low:.2f}, {high:.2f}]"


def read(encoder: OnnxEncoder, folder: Path, cache: Path) -> Held:
    """Every model of the folder that can be read."""
    sides = read_split(SPLIT)
    shapes = read_manifest(folder)
    drawn = draw_shapes(folder, shapes, cache)
    kept = [shape for shape in shapes if shape.path in drawn]
    vectors = unit_rows(encode(encoder, cache, [drawn[shape.path][0] for shape in kept]))
    return Held(kept, vectors, np.array([sides.get(shape.group, "") for shape in kept]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", default="words2")
    parser.add_argument("--folder", type=Path, help="where card and towers lie; the shipped ones else")
    parser.add_argument("--cache", type=Path, default=Path("build/drawn"))
    parser.add_argument("--choose", action="store_true")
    arguments = parser.parse_args()
    encoder = OnnxEncoder(arguments.name, arguments.folder)
    held = read(encoder, Path(os.environ["POLYSEEK_MODELS"]), arguments.cache)
    tree = ConceptTree.of_lexicon(encoder.encode_texts, encoder.words)
    if arguments.choose:
        choose(encoder, held, tree)
        return
    report = measure(encoder, held, tree)
    RESULTS.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(tables(report))


if __name__ == "__main__":
    main()
