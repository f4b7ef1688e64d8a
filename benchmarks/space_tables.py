"""Puts the figures of the shipped trained encoder into its card and into docs/training.md: `python benchmarks/space_tables.py`.

They come from benchmarks/results/words.json, pictures.json and robustness.json.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"
WEIGHTS = ROOT / "src" / "polyseek" / "encoders" / "weights"
BEGIN, END = "<!-- figures: python benchmarks/space_tables.py -->", "<!-- end of figures -->"
SORTS = {
    "seen": "trained concepts, new models",
    "unseen": "concepts never trained",
    "packs": "two whole packs",
}
OTHERS = ("zh", "es", "fr", "de", "ja")


def result(name: str) -> dict[str, Any]:
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))


def spread(value: list[float]) -> str:
    """`0.545 (0.485 to 0.606)`."""
    return f"{value[0]:.3f} ({value[1]:.3f} to {value[2]:.3f})"


def table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def english(words: dict[str, Any]) -> str:
    """Names of concepts and queries by hand, with chance and BM25 beside them."""
    rows: list[list[str]] = []
    for sort, label in SORTS.items():
        row = words[sort]["en"]
        bm25, chance = row["bm25 over names"]["R@10"][0], row["chance R@10"]
        for kind, key in (("names", "words"), ("written by hand", "written by hand")):
            of = row.get(key)
            if of:
                rows.append(
                    [f"{label}, {kind}", str(of["queries"]), f"{of['R@1'][0]:.3f}", f"{of['R@5'][0]:.3f}"]
                    + [spread(of["R@10"]), f"{of['MRR'][0]:.3f}"]
                    + ([f"{chance:.3f}", f"{bm25:.3f}"] if kind == "names" else ["", ""])
                )
    head = ["queries", "n", "R@1", "R@5", "R@10 (95 %)", "MRR", "chance R@10", "BM25 over real names, R@10"]
    return table(head, rows)


def languages(words: dict[str, Any]) -> str:
    rows = [
        [f"{label}, {kind}", *(f"{words[sort][of][key]['R@10'][0]:.3f}" for of in ("en", *OTHERS))]
        for sort, label in SORTS.items()
        for kind, key in (("names", "words"), ("written by hand", "written by hand"))
        if all(key in words[sort][of] for of in ("en", *OTHERS))
    ]
    return table(["queries, R@10", "en", *OTHERS], rows)


def pictures(found: dict[str, Any]) -> str:
    rows = [
        [
            f"{kind}, among {among}",
            str(of["pictures"]),
            spread(of["R@1"]),
            f"{of['R@5'][0]:.3f}",
            spread(of["R@10"]),
        ]
        for kind in ("pictures", "line drawings")
        for among, of in asked_of(found[kind])
    ]
    return table(["", "n", "R@1 (95 %)", "R@5", "R@10 (95 %)"], rows)


def asked_of(kind: dict[str, Any]) -> list[tuple[str, Any]]:
    """All that were asked, and those of the packs alone."""
    packs = kind["among all models"]["two whole packs"]
    both = [(name, kind[f"among {name}"]) for name in ("all models", "held-out models")]
    return [*both, ("all models, of two whole packs", packs)]


def robustness(found: dict[str, Any]) -> str:
    rows = [
        [name, f"{of['NN']:.3f}", f"{of['mAP']:.3f}", str(of.get("cosine to itself", ""))]
        for name, of in found.items()
        if isinstance(of, dict) and "mAP" in of
    ]
    return table(["model to model", "NN", "mAP", "median cosine to itself"], rows)


def times(found: dict[str, Any]) -> str:
    rows = [[name, str(p50), str(p95)] for name, (p50, p95) in found["milliseconds, p50 and p95"].items()]
    return table(["one core", "p50 ms", "p95 ms"], rows)


def cut_offs(found: dict[str, Any]) -> str:
    """Shares of queries that are refused, by the size of the library."""
    sizes = [name for name in found if name.endswith(" models")]
    kinds = list(found[sizes[0]])
    rows = [
        [f"{int(size.split()[0]):,}"]
        + [
            f"{rates['refused'][0]:.0%} -> {rates['refused by its own cut-off'][0]:.0%} of {rates['queries']:,}"
            for rates in (found[size][kind] for kind in kinds)
        ]
        for size in sizes
    ]
    return table(["models", *kinds], rows)


def tables() -> str:
    words, robust = result("words"), result("robustness")
    return "\n\n".join(
        [
            f"Words -> models, among {words['gallery']} that training never saw, names and folders hidden (`words.py`):",
            english(words),
            languages(words),
            "By the first dimensions alone (English names of trained concepts, R@10): "
            + ", ".join(f"{size}: {value:.3f}" for size, value in words["prefixes"].items())
            + ".",
            "Queries that are said to have no good match, by one cut-off for all -> by each query's own cut-off in the"
            " library (cut_off.py); from 2,000 models on, trained ones are among them:",
            cut_offs(words["cut-off"]),
            "Pictures of models that training never saw -> their variant group (`pictures.py`):",
            pictures(result("pictures")),
            "Model to model by concept, queries changed, variants left out (`robustness.py`):",
            robustness(robust),
            times(robust),
            f"The least cosine between one thread's vector and two threads': {robust['least cosine, one thread to two']}.",
        ]
    )


def card_figures() -> dict[str, float]:
    """What the encoder's card says."""
    words, found, robust = result("words"), result("pictures"), result("robustness")
    figures = {f"{sort}_r10": words[sort]["en"]["words"]["R@10"][0] for sort in SORTS}
    figures |= {"nn": words["shape to shape"]["NN"], "map": words["shape to shape"]["mAP"]}
    figures["picture_r1"] = found["pictures"]["among all models"]["R@1"][0]
    figures["drawing_r10"] = found["line drawings"]["among all models"]["R@10"][0]
    figures["so3_map"] = robust["random SO(3)"]["mAP"]
    return figures


def with_figures(card: str, figures: dict[str, float]) -> str:
    """The card's text with other figures."""
    lines = "".join(f'"{name}" = {value}\n' for name, value in figures.items())
    return re.sub(r"(\[card\.figures\]\n)(?:\".*\n)*", lambda found: found[1] + lines, card)


def main() -> None:
    page = ROOT / "docs" / "training.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n{tables()}\n{END}{after}", encoding="utf-8")
    card = WEIGHTS / f"{result('words')['encoder']}.toml"
    card.write_text(with_figures(card.read_text(encoding="utf-8"), card_figures()), encoding="utf-8")
    print(tables())


if __name__ == "__main__":
    main()
