"""Loading alone, against trimesh, on the same files in one run; and a made scan of 200,000 faces in each plain format.

    python benchmarks/loading.py FOLDER... [--each 40] [--repeats 3]      (or POLYSEEK_MODELS=FOLDER)

Each file is loaded by both in turn, `repeats` times; the fastest of each counts. Files that either
cannot load are counted and left out. polyseek decodes textures, trimesh leaves that for later. Prints a
table and writes benchmarks/results/loading.json.
Needs the extra `benchmarks`.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from polyseek import __version__
from polyseek.errors import PolyseekError
from polyseek.formats.reading import read_asset
from polyseek.formats.source import FileSource

RESULTS = Path(__file__).parent / "results" / "loading.json"
SUFFIXES = (".glb", ".gltf", ".obj", ".ply", ".stl", ".off", ".3mf", ".dae")


def ours(path: Path) -> int:
    return read_asset(FileSource(path, path.parent.parent)).triangles


def theirs(path: Path) -> int:
    import trimesh

    scene = trimesh.load(path)
    return sum(
        len(each.faces) for each in getattr(scene, "geometry", {"": scene}).values() if hasattr(each, "faces")
    )


def fastest_ms(load: Callable[[Path], int], path: Path, repeats: int) -> float:
    times: list[float] = []
    for _ in range(repeats):
        started = time.perf_counter()
        load(path)
        times.append((time.perf_counter() - started) * 1000)
    return min(times)


def compared(paths: list[Path], repeats: int) -> dict[str, Any]:
    rows: list[tuple[float, float]] = []
    failed = {"polyseek": 0, "trimesh": 0}
    for path in paths:
        try:
            mine = fastest_ms(ours, path, repeats)
        except PolyseekError:
            failed["polyseek"] += 1
            continue
        try:
            rows.append((mine, fastest_ms(theirs, path, repeats)))
        # Whatever a foreign reader raises on a file, that file cannot be compared.
        except Exception:
            failed["trimesh"] += 1
    if not rows:
        return {"files": 0, "failed": failed}
    return {
        "files": len(rows),
        "failed": failed,
        "polyseek_ms": round(statistics.median(mine for mine, _ in rows), 3),
        "trimesh_ms": round(statistics.median(other for _, other in rows), 3),
        "times_faster": round(statistics.median(other / mine for mine, other in rows), 1),
    }


def made_scans(folder: Path) -> list[Path]:
    """A wavy sheet of 200,000 triangles as OBJ, PLY (text and binary), STL (text and binary) and OFF."""
    side = 317
    u, v = np.meshgrid(np.linspace(0, 1, side), np.linspace(0, 1, side))
    vertices = np.column_stack([u.ravel(), v.ravel(), 0.1 * np.sin(9 * u.ravel()) * np.cos(7 * v.ravel())])
    corner = (np.arange(side - 1)[:, None] * side + np.arange(side - 1)).ravel()
    low, high = corner[:, None] + [0, 1, side + 1], corner[:, None] + [0, side + 1, side]
    faces = np.concatenate([low, high])
    v_rows = "".join(f"{x:.6f} {y:.6f} {z:.6f}\n" for x, y, z in vertices)
    head = f"element vertex {len(vertices)}\nproperty float x\nproperty float y\nproperty float z\n"
    head += f"element face {len(faces)}\nproperty list uchar int vertex_indices\nend_header\n"
    packed = np.zeros(len(faces), [("n", "u1"), ("corners", "<i4", 3)])
    packed["n"], packed["corners"] = 3, faces
    facets = np.zeros(len(faces), [("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("more", "<u2")])
    facets["corners"] = vertices[faces]
    lines = "".join(f"3 {a} {b} {c}\n" for a, b, c in faces)
    obj = "".join(f"v {row}\n" for row in v_rows.splitlines()) + "".join(
        f"f {a} {b} {c}\n" for a, b, c in faces + 1
    )
    solid = "".join(
        "facet normal 0 0 1\nouter loop\n" + "".join(f"vertex {x:.6f} {y:.6f} {z:.6f}\n" for x, y, z in triangle) + "endloop\nendfacet\n"
        for triangle in vertices[faces]
    )  # fmt: skip
    files = {
        "sheet.obj": obj.encode(),
        "sheet_text.ply": f"ply\nformat ascii 1.0\n{head}{v_rows}{lines}".encode(),
        "sheet_binary.ply": f"ply\nformat binary_little_endian 1.0\n{head}".encode()
        + vertices.astype("<f4").tobytes()
        + packed.tobytes(),
        "sheet_text.stl": f"solid a\n{solid}endsolid a\n".encode(),
        "sheet_binary.stl": bytes(80) + np.uint32(len(faces)).tobytes() + facets.tobytes(),
        "sheet.off": f"OFF\n{len(vertices)} {len(faces)} 0\n{v_rows}{lines}".encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    folders = options.folders or [Path(os.environ["POLYSEEK_MODELS"])]
    logging.disable(logging.CRITICAL)
    result: dict[str, Any] = {
        "polyseek": __version__,
        "python": platform.python_version(),
        "formats": {},
        "made": {},
    }
    for suffix in SUFFIXES:
        paths = sorted(path for folder in folders for path in folder.rglob(f"*{suffix}"))
        chosen = paths[:: max(1, len(paths) // options.each)][: options.each]
        if chosen:
            result["formats"][suffix] = compared(chosen, options.repeats)
            print(suffix, result["formats"][suffix], flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for path in made_scans(Path(folder)):
            result["made"][path.name] = compared([path], options.repeats)
            print(path.name, result["made"][path.name], flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
