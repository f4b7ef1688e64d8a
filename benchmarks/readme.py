"""Puts the committed figures into README.md, between its marks: `python benchmarks/readme.py`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"
BEGIN, END = "<!-- figures: python benchmarks/readme.py -->", "<!-- end of figures -->"


def result(name: str) -> dict[str, Any]:
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))


def figures() -> str:
    """The table, from the JSON that the benchmarks wrote."""
    rows = [*indexing(), *reading(), *searching(), *holding()]
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
