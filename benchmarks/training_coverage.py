"""What training knows of each concept: models, variant groups, made models, names and captions in each language.

    python benchmarks/training_coverage.py [FOLDER]      (or POLYSEEK_MODELS=FOLDER)

FOLDER has a manifest.csv. Writes every concept with models or made models to
benchmarks/results/coverage.tsv, the totals to docs/coverage.md. Captions are counted as names times the
frames they are said in; attributes, articles, plurals and slips multiply them further.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from polyseek.procedural import CATEGORIES
from polyseek.words.attributes import KINDS, Attributes
from polyseek_training.captions import templates
from polyseek_training.lexicon import LANGUAGES, Concept, by_english_name, read_lexicon
from polyseek_training.queries import read_queries
from polyseek_training.run import SPLIT
from polyseek_training.shapes import Shape, read_manifest
from polyseek_training.splits import read_split


@dataclass(frozen=True)
class Row:
    """One concept. `root`: the topmost thing that it is a kind of. `made`: its category of made models, or empty.

    `captions`: language -> names times frames.
    """

    concept: str
    root: str
    models: int
    groups: int
    trained: int
    made: str
    captions: Mapping[str, int]


def rows_of(shapes: Iterable[Shape], sides: Mapping[str, str], lexicon: Mapping[str, Concept]) -> list[Row]:
    """Every concept of the lexicon that has models or a made category, by name."""
    named = by_english_name(lexicon)
    models: Counter[str] = Counter()
    groups: dict[str, set[str]] = defaultdict(set)
    for shape in shapes:
        if shape.concept.lower() in named:
            key = named[shape.concept.lower()].key
            models[key] += 1
            groups[key].add(shape.group)
    made = {named[name.replace("_", " ")].key: name for name in CATEGORIES if name.replace("_", " ") in named}
    return [
        Row(
            key,
            root_of(key, lexicon),
            models[key],
            len(groups[key]),
            sum(sides[group] == "train" for group in groups[key]),
            made.get(key, ""),
            {each: len(lexicon[key].names[each]) * len(set(templates(each))) for each in LANGUAGES},
        )
        for key in sorted(models.keys() | made.keys())
    ]


def root_of(key: str, lexicon: Mapping[str, Concept]) -> str:
    """What has no parent: `stool` is furniture."""
    while lexicon[key].parent:
        key = lexicon[key].parent
    return key


def unnamed(shapes: Iterable[Shape], lexicon: Mapping[str, Concept]) -> list[str]:
    """Concepts of models and made categories that the lexicon does not name."""
    named = by_english_name(lexicon)
    every = {shape.concept for shape in shapes} | {name.replace("_", " ") for name in CATEGORIES}
    return sorted(name for name in every if name.lower() not in named)


def as_tsv(rows: Sequence[Row]) -> str:
    """A header and a line each, the captions a column a language."""
    plain = [field.name for field in fields(Row) if field.name != "captions"]
    lines = ["\t".join([*plain, *(f"captions_{each}" for each in LANGUAGES)])]
    for row in rows:
        cells = [*(getattr(row, name) for name in plain), *(row.captions[each] for each in LANGUAGES)]
        lines.append("\t".join(map(str, cells)))
    return "\n".join(lines) + "\n"


def as_page(rows: Sequence[Row], lexicon: Mapping[str, Concept], missing: Sequence[str]) -> str:
    """docs/coverage.md."""
    attributes = Attributes.load()
    kinds = Counter(attributes.kind(name) for name in attributes.table)
    lone = [row.concept for row in rows if row.groups == 1 and not row.made]
    unmodelled = [row.concept for row in rows if not row.models]
    parts = [
        "# What training covers\n",
        "Printed by `python benchmarks/training_coverage.py`; every concept with models or made models is a line of",
        "[coverage.tsv](../benchmarks/results/coverage.tsv).\n",
        *_totals(rows, lexicon),
        "\n## By what things are\n",
        *_by_root(rows, lexicon),
        "\n## Attributes\n",
        "| kind | attributes |\n|---|---:|",
        *(f"| {kind} | {kinds[kind]} |" for kind in KINDS),
        "\n## Queries written by hand\n",
        *_queries(),
        "\n## Gaps\n",
        f"- Concepts of models or made categories that the lexicon does not name: {_listed(missing)}.",
        f"- Made models only, no file: {_listed(unmodelled)}.",
        f"- One variant group and no made models ({len(lone)}): too few to tell what the concept looks like.",
        "- Most concepts of the lexicon have no shape at all: their words are learned from words alone.",
    ]
    return "\n".join(parts) + "\n"


def _totals(rows: Sequence[Row], lexicon: Mapping[str, Concept]) -> list[str]:
    counts = {
        "concepts in the lexicon": len(lexicon),
        "concepts with models or made models": len(rows),
        "models": sum(row.models for row in rows),
        "variant groups": sum(row.groups for row in rows),
        "variant groups that are learned from": sum(row.trained for row in rows),
        "categories of made models": len(CATEGORIES),
    }
    lines = ["| | |\n|---|---:|", *(f"| {name} | {count:,} |" for name, count in counts.items())]
    lines.append("\n| language | names | captions of these concepts |\n|---|---:|---:|")
    for each in LANGUAGES:
        names = sum(len(concept.names[each]) for concept in lexicon.values())
        lines.append(f"| {each} | {names:,} | {sum(row.captions[each] for row in rows):,} |")
    return lines


def _by_root(rows: Sequence[Row], lexicon: Mapping[str, Concept]) -> list[str]:
    known = Counter(root_of(key, lexicon) for key in lexicon)
    shown = Counter(row.root for row in rows)
    lines = ["| kind of thing | concepts | with shapes | made categories | groups | models |"]
    lines.append("|---|---:|---:|---:|---:|---:|")
    for root, count in known.most_common():
        own = [row for row in rows if row.root == root]
        numbers = (shown[root], sum(bool(row.made) for row in own), sum(row.groups for row in own))
        cells = " | ".join(f"{number:,}" for number in (count, *numbers, sum(row.models for row in own)))
        lines.append(f"| {root} | {cells} |")
    return lines


def _queries() -> list[str]:
    lines = ["| side | concepts | queries | noun | attribute | description | sentence |"]
    lines.append("|---|---:|---:|---:|---:|---:|---:|")
    for side in ("validation", "test"):
        every = read_queries(side)
        kinds = Counter(str(each.kind) for each in every)
        counts = " | ".join(f"{kinds[kind]:,}" for kind in ("noun", "attribute", "description", "sentence"))
        lines.append(f"| {side} | {len({each.concept for each in every})} | {len(every):,} | {counts} |")
    return lines


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "none"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("POLYSEEK_MODELS"))
    parser.add_argument("--table", type=Path, default=Path("benchmarks/results/coverage.tsv"))
    parser.add_argument("--page", type=Path, default=Path("docs/coverage.md"))
    asked = parser.parse_args()
    if asked.folder is None:
        parser.error("give a folder of models, or set POLYSEEK_MODELS")
    lexicon, shapes = read_lexicon(), read_manifest(Path(asked.folder))
    rows = rows_of(shapes, read_split(SPLIT), lexicon)
    asked.table.write_text(as_tsv(rows), encoding="utf-8")
    asked.page.write_text(as_page(rows, lexicon, unnamed(shapes, lexicon)), encoding="utf-8")
    print(f"{len(rows)} concepts in {asked.table}, totals in {asked.page}")


if __name__ == "__main__":
    main()
