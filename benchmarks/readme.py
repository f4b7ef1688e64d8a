"""Puts the committed figures into README.md, between its marks: `python benchmarks/readme.py`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"
WEIGHTS = ROOT / "src" / "polyseek" / "encoders" / "weights"
BEGIN, END = "<!-- figures: python benchmarks/readme.py -->", "<!-- end of figures -->"


def result(name: str) -> dict[str, Any]:
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))


def figures() -> str:
    """The table, from the JSON that the benchmarks wrote."""
    rows = [*indexing(), *reading(), *searching(), *meaning(), *holding()]
    lines = [f"| {what} | {value} | {aim} | {command} |" for what, value, aim, command in rows]
    return "\n".join(["| | measured | aim | `benchmarks/` |", "|---|---|---|---|", *lines])


def indexing() -> list[tuple[str, str, str, str]]:
    index, install = result("indexing"), result("install")
    rate, memory = index["models_per_second"], index["peak_pss_mb"]
    return [
        (
            f"index {index['models'] + index['failed']:,} real models, 2 processes",
            f"{rate:.0f} a second",
            "30",
            "indexing.py",
        ),
        ("of them read", f"{index['models']:,}", "all", "indexing.py"),
        ("peak memory of all processes (PSS)", f"{memory:,.0f} MB", "1,500 MB", "indexing.py"),
        ("index again, nothing changed", f"{index['again_seconds']:.1f} s", "3 s", "indexing.py"),
        ("base installation", f"{install['megabytes']:.0f} MB", "500 MB", "install.py"),
    ]


def reading() -> list[tuple[str, str, str, str]]:
    sampling, render = result("sampling"), result("render")["median"]
    ratio = render["embreex_ms"] / render["raster_ms"]
    return [
        (
            f"load and sample 2,048 points, against trimesh, {sampling['files']} files",
            f"{sampling['ratio_median']:.1f} times as fast",
            "2",
            "sampling.py",
        ),
        ("what is seen in a 224 × 224 view, against embreex", f"{ratio:.1f} times as fast", "", "render.py"),
        ("two shaded 256-pixel pictures as WebP", f"{render['thumbnails_ms']:.1f} ms", "", "render.py"),
    ]


def searching() -> list[tuple[str, str, str, str]]:
    found = result("commands")
    inside, whole = found["inside"], found["commands"]
    records = found["records"]
    return [
        (
            f"`library.search(words)`, {records:,} models",
            f"{inside['library.search(words)']['p50_ms']:.1f} ms",
            "5 ms",
            "commands.py",
        ),
        ("`library.similar(id)`", f"{inside['library.similar(id)']['p50_ms']:.1f} ms", "5 ms", "commands.py"),
        (
            "`polyseek search WORDS`, whole command",
            seconds(whole, "polyseek search WORDS"),
            "0.5 s",
            "commands.py",
        ),
        (
            "`polyseek search MODEL`, whole command",
            seconds(whole, "polyseek search MODEL"),
            "1.5 s",
            "commands.py",
        ),
        ("`polyseek --help`", seconds(whole, "polyseek --help"), "0.2 s", "commands.py"),
    ]


def meaning() -> list[tuple[str, str, str, str]]:
    """The shipped encoder of words and pictures, on models that training never saw, their names hidden."""
    words, found, robust, blend = (result(name) for name in ("words", "pictures", "robustness", "blend"))
    among = found["pictures"]["among all models"]
    drawn = found["line drawings"]["among all models"]
    mean = {name: row["map"] for name, row in blend["table"].items()}
    largest = max(
        (size for size in words["cut-off"] if size.endswith(" models")), key=lambda size: int(size.split()[0])
    )
    refused = words["cut-off"][largest]
    times, still = robust["milliseconds, p50 and p95"], robust["as it is"]["mAP"]
    megabytes = sum(file.stat().st_size for file in WEIGHTS.iterdir()) / 1e6
    return [
        (
            f"words → new models of trained concepts, R@10 of {words['seen']['en']['words']['queries']} names",
            spread(words["seen"]["en"]["words"]["R@10"]),
            "0.90",
            "words.py",
        ),
        (
            "the same, concepts never trained",
            spread(words["unseen"]["en"]["words"]["R@10"]),
            "0.50",
            "words.py",
        ),
        (
            "the same, two whole packs of other makers",
            spread(words["packs"]["en"]["words"]["R@10"]),
            "0.60",
            "words.py",
        ),
        (f"picture → its model among {found['models']:,}, R@1", spread(among["R@1"]), "0.80", "pictures.py"),
        ("the same, R@10", spread(among["R@10"]), "0.95", "pictures.py"),
        ("line drawing → its model, R@10", spread(drawn["R@10"]), "0.60", "pictures.py"),
        (
            "model → models of its concept, mAP by shape and looks; D2's; the best hand-made encoder's",
            f"{spread(mean['blend'])}; {mean['d2'][0]:.2f}; {mean['shape1'][0]:.2f}",
            "3 and 1.5 times",
            "blend.py",
        ),
        (
            "model → models, mAP kept when turned about the up axis; in any way",
            "; ".join(f"{robust[kind]['mAP'] / still:.0%}" for kind in ("random yaw", "random SO(3)")),
            "98%; 85%",
            "robustness.py",
        ),
        (
            f"names of nothing among {int(largest.split()[0]):,} models: no good match",
            f"{refused['unanswerable']['refused by its own cut-off'][0]:.0%}",
            "80%",
            "words.py",
        ),
        (
            "names of something that are refused",
            f"{refused['answerable']['refused by its own cut-off'][0]:.0%}",
            "10%",
            "words.py",
        ),
        ("words → vector, one core", f"{times['words to vector'][0]:.1f} ms", "3 ms", "robustness.py"),
        ("picture → vector", f"{times['picture to vector'][0]:.1f} ms", "15 ms", "robustness.py"),
        ("model file → vector", f"{times['model file to vector'][0]:.0f} ms", "150 ms", "robustness.py"),
        ("shipped weights", f"{megabytes:.0f} MB", "45 MB", "readme.py"),
    ]


def spread(value: list[float]) -> str:
    """`0.55 (0.49 to 0.61)`: a share and its 95 % interval."""
    return f"{value[0]:.2f} ({value[1]:.2f} to {value[2]:.2f})"


def holding() -> list[tuple[str, str, str, str]]:
    kill, hostile = result("kill"), result("hostile")
    outcomes = hostile["outcomes"]
    return [
        (
            f"kill -9 at {kill['times']} random moments of indexing",
            f"{kill['healthy']} healthy, the same library in the end: {'yes' if kill['same_in_the_end'] else 'no'}",
            "all",
            "kill.py",
        ),
        (
            f"{hostile['files']:,} mutated files",
            f"{len(hostile['wrong'])} wrong records, {outcomes.get('crashed', 0)} lost only their worker",
            "0 wrong",
            "hostile.py",
        ),
    ]


def seconds(commands: dict[str, dict[str, float]], name: str) -> str:
    return f"{commands[name]['p50_ms'] / 1000:.2f} s"


def updated(text: str) -> str:
    """README's text with the figures of the results between the marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{figures()}\n{END}{after}"


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(updated(readme.read_text(encoding="utf-8")), encoding="utf-8")
    print(figures())
