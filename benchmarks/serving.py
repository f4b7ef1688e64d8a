"""The server under load on loopback: queries a second, p50 and p99, alone, beside indexing and beside uploads.

    .venv/bin/python benchmarks/serving.py [--records 4000] [--seconds 3]

`polyseek serve` runs in a process of its own over a library of made records; 1, 8 and 64 clients keep
one connection each and ask again as soon as they are answered (k = 40, cards). Beside it, a job of the
server indexes made models with one worker, or 4 clients upload a model for search. Clients, server and
workers share this machine's processors. Writes benchmarks/results/serving.json.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np

from made_records import KINDS, THINGS, make
from polyseek import __version__, procedural
from polyseek.formats.write_glb import write_glb
from polyseek.indexing.settings import FILE_NAME, Settings, as_toml

RESULTS = Path(__file__).parent / "results" / "serving.json"
CLIENTS = (1, 8, 64)
UPLOADERS = 4
Ask = Callable[[random.Random], bytes]


def http(method: str, path: str, body: bytes = b"", kind: str = "application/json") -> bytes:
    """One request of HTTP/1.1 that keeps the connection."""
    head = f"{method} /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def words(draw: random.Random) -> bytes:
    text = f"{draw.choice(KINDS)} {draw.choice(THINGS)}"
    return http("POST", "/search", json.dumps({"words": text, "k": 40, "fields": "card"}).encode())


def similar(records: int) -> Ask:
    return lambda draw: http("GET", f"/records/m{draw.randrange(records):07d}/similar?k=40&fields=card")


def upload(model: bytes) -> Ask:
    body = b"".join((
        b'--part\r\nContent-Disposition: form-data; name="file"; filename="query.glb"\r\n\r\n',
        model, b"\r\n--part--\r\n",
    ))  # fmt: skip
    return lambda draw: http("POST", "/search?k=40&fields=card", body, "multipart/form-data; boundary=part")


async def client(port: int, ask: Ask, until: float, seed: int, taken: list[float]) -> None:
    """Ask until the clock says `until`; the seconds of each answer go to `taken`."""
    draw = random.Random(seed)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        start = time.perf_counter()
        writer.write(ask(draw))
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
        if not head.startswith("http/1.1 200"):
            raise SystemExit(f"the server answered {head.splitlines()[0]}")
        taken.append(time.perf_counter() - start)
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


def load(port: int, ask: Ask, clients: int, seconds: float, beside: Ask | None = None) -> dict[str, float]:
    """Answers a second, p50 and p99 of `clients`, while UPLOADERS more ask `beside`."""
    taken: list[float] = []
    others: list[float] = []

    async def run() -> None:
        until = time.perf_counter() + seconds
        asking = [client(port, ask, until, seed, taken) for seed in range(clients)]
        if beside is not None:
            asking += [client(port, beside, until, 1000 + seed, others) for seed in range(UPLOADERS)]
        await asyncio.gather(*asking)

    start = time.perf_counter()
    asyncio.run(run())
    lasted = time.perf_counter() - start
    p50, p99 = np.quantile(taken, (0.5, 0.99))
    figures = {"per_second": len(taken) / lasted, "p50_ms": 1000 * p50, "p99_ms": 1000 * p99}
    if beside is not None:
        figures["uploads_per_second"] = len(others) / lasted
    return {name: round(float(value), 1) for name, value in figures.items()}


def call(port: int, method: str, path: str, body: object = None) -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1{path}", data, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def write_models(folder: Path, copies: int) -> bytes:
    """Made models to index, `copies` of each; one of them."""
    made = [write_glb(one.asset) for _, one in procedural.made_library(1, 0)]
    for number, model in enumerate(made * copies):
        (folder / f"model{number:05d}.glb").write_bytes(model)
    return made[0]


def measure(port: int, records: int, seconds: float, models: Path, model: bytes) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    asks = {"words": words, "similar": similar(records)}
    for ask in (*asks.values(), upload(model)):
        load(port, ask, 1, 1.0)  # pages, statements and workers are warm
    for beside in ("nothing", "uploads", "indexing"):
        job = call(port, "POST", "/jobs", {"paths": [str(models)]})["id"] if beside == "indexing" else None
        while job and call(port, "GET", "/jobs")["jobs"][-1]["done"] == 0:
            time.sleep(0.2)
        for name, ask in asks.items():
            for clients in CLIENTS:
                other = upload(model) if beside == "uploads" else None
                row = {"query": name, "clients": clients, "beside": beside}
                rows.append({**row, **load(port, ask, clients, seconds, other)})
                print(" ".join(f"{key} {value}" for key, value in rows[-1].items()), flush=True)
        if job:
            state = call(port, "GET", "/jobs")["jobs"][-1]
            print(
                f"indexing beside: {state['state']}, {state['done']} of {state['total']}, {state['rate']} a second"
            )
            if state["state"] != "indexing":
                raise SystemExit("indexing ended before the load did: give more --copies")
            rows.append({"query": "indexing", "files_per_second": state["rate"]})
            call(port, "POST", f"/jobs/{job}/stop")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=4000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--copies", type=int, default=40, help="of each made model, to index beside")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        library, models = Path(folder) / "library", Path(folder) / "models"
        library.mkdir()
        models.mkdir()
        make(library, options.records)
        (library / FILE_NAME).write_text(as_toml(Settings(jobs=1)))
        model = write_models(models, options.copies)
        command = [sys.executable, "-m", "polyseek.cli", "serve", "--library", str(library), "--json"]
        with subprocess.Popen([*command, "--no-open", "--port", "0"], stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            port = int(json.loads(server.stdout.readline())["address"].rsplit(":", 1)[1].strip("/"))
            while True:
                with suppress(OSError):
                    call(port, "GET", "/health")
                    break
                time.sleep(0.1)
            try:
                rows = measure(port, options.records, options.seconds, models, model)
            finally:
                server.terminate()
    made: dict[str, object] = {
        "polyseek": __version__,
        "python": platform.python_version(),
        "processors": os.cpu_count(),
    }
    # Others on the machine slow it down: what ran when this began to be measured.
    made["load_average"] = round(busy, 1)
    result = {"made_by": made, "records": options.records, "k": 40, "seconds": options.seconds, "rows": rows}
    options.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
