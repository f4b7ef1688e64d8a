"""The page over 100,000 made records: first paint, and the longest task of the main thread while one scrolls and filters.

    .venv/bin/python benchmarks/page_scroll.py [--records 100000] [--library FOLDER]

`polyseek serve` in a process of its own, headless Chromium at 1440 x 900 traced over its DevTools. A
step is one turn of the wheel, one jump of the scroll bar, one filter clicked or one letter typed, and
what follows until the network rests; of each step the longest task counts, and of all steps p95.
`--library` keeps the made library for another run. Writes benchmarks/results/page_scroll.json.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import CDPSession, Page, Request, sync_playwright

from made_records import make
from polyseek import __version__

RESULTS = Path(__file__).parent / "results" / "page_scroll.json"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
CATEGORIES = ["toplevel", "devtools.timeline", "blink.user_timing", "disabled-by-default-devtools.timeline"]
TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}
FIRST_PICTURE = """async () => {
  const shown = () => [...document.querySelectorAll(".card img")].some((image) => image.naturalWidth);
  while (!shown()) await new Promise(requestAnimationFrame);
  return performance.now();
}"""
Steps = list[tuple[str, Callable[[], None]]]


@contextmanager
def served(library: Path) -> Iterator[str]:
    """The address of the library's page."""
    command = [sys.executable, "-m", "polyseek.cli", "serve", "--library", str(library), "--json"]
    with subprocess.Popen([*command, "--no-open", "--port", "0"], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        try:
            yield json.loads(server.stdout.readline())["address"]
        finally:
            server.terminate()


def first_paint(page: Page, address: str) -> dict[str, float]:
    """Milliseconds from the start of navigation to the first paint and to the first picture."""
    page.goto(address)
    picture = page.evaluate(FIRST_PICTURE)
    paints = page.evaluate(
        "Object.fromEntries(performance.getEntriesByType('paint').map((p) => [p.name, p.startTime]))"
    )
    return {
        "first_paint_ms": round(paints["first-contentful-paint"], 1),
        "first_picture_ms": round(picture, 1),
    }


def steps(page: Page, seed: int) -> Steps:
    draw = random.Random(seed)
    gallery = page.locator("#gallery")
    box = gallery.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def jump() -> None:
        gallery.evaluate("(root, share) => { root.scrollTop = share * root.scrollHeight }", draw.random())

    def click(number: int) -> Callable[[], None]:
        return lambda: page.locator("#facets .chip").nth(number).click()

    found: Steps = [("wheel", lambda: page.mouse.wheel(0, 700)) for _ in range(20)]
    found += [("jump", jump) for _ in range(15)]
    found += [("filter", click(number)) for number in (0, 1, 0, 4, 2, 0)]
    found += [("wheel", lambda: page.mouse.wheel(0, 700)) for _ in range(5)]
    found += [("key", lambda letter=letter: page.locator("#words").press(letter)) for letter in "chair"]
    return found


def trace(page: Page, session: CDPSession, taken: Steps) -> list[tuple[str, float]]:
    """(kind, longest task of the main thread in ms) of each step."""
    events: list[dict[str, Any]] = []
    pending: set[Request] = set()
    page.on("request", lambda request: pending.add(request))
    page.on("requestfinished", lambda request: pending.discard(request))
    page.on("requestfailed", lambda request: pending.discard(request))
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    config = {"includedCategories": CATEGORIES, "recordMode": "recordContinuously"}
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})
    for number, (_, act) in enumerate(taken):
        page.evaluate("(number) => performance.mark(`step ${number}`)", number)
        act()
        page.wait_for_timeout(250)
        while pending:
            page.wait_for_timeout(50)
    page.evaluate("performance.mark('step end')")
    done: list[bool] = []
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    session.send("Tracing.end")
    while not done:
        page.wait_for_timeout(50)
    marks = sorted((e for e in events if e["name"].startswith("step ")), key=lambda e: e["ts"])
    main = (marks[0]["pid"], marks[0]["tid"])
    tasks = [e for e in events if e["name"] in TASKS and (e["pid"], e["tid"]) == main and "dur" in e]
    longest: list[tuple[str, float]] = []
    for (kind, _), start, end in zip(taken, marks, marks[1:], strict=False):
        inside = [task["dur"] / 1000 for task in tasks if start["ts"] <= task["ts"] < end["ts"]]
        longest.append((kind, max(inside, default=0.0)))
    if len(longest) != len(taken):
        raise SystemExit(f"the trace holds {len(longest)} of {len(taken)} steps")
    return longest


def summary(longest: list[tuple[str, float]]) -> dict[str, dict[str, float]]:
    kinds = ["all", *dict.fromkeys(kind for kind, _ in longest)]
    found: dict[str, dict[str, float]] = {}
    for kind in kinds:
        values = [value for each, value in longest if kind in ("all", each)]
        p50, p95 = np.quantile(values, (0.5, 0.95)).round(1).tolist()
        found[kind] = {"steps": len(values), "p50_ms": p50, "p95_ms": p95, "most_ms": round(max(values), 1)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--library", type=Path, help="made here, or used again")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    chromium = (
        os.environ.get("POLYSEEK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    if chromium is None:
        raise SystemExit("no Chromium on this machine: set POLYSEEK_CHROMIUM")
    with tempfile.TemporaryDirectory() as temporary:
        library = options.library or Path(temporary)
        library.mkdir(parents=True, exist_ok=True)
        if not (library / "library.db").exists():
            make(library, options.records)
        with served(library) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
            page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en").new_page()
            paints = [first_paint(page, address) for _ in range(3)]
            page.wait_for_load_state("networkidle")
            longest = trace(page, page.context.new_cdp_session(page), steps(page, 0))
            browser.close()
    made: dict[str, object] = {"polyseek": __version__, "processors": os.cpu_count()}
    # Others on the machine slow it down.
    made["load_average"] = round(os.getloadavg()[0], 1)
    result = {"made_by": made, "records": options.records, "visits": paints, "longest_task": summary(longest)}
    options.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
