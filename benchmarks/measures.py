"""The measures against trimesh on the same geometry, and how long they take.

    python benchmarks/measures.py FOLDER [--each 80]      (or POLYSEEK_MODELS=FOLDER)

Both get the triangles that polyseek read, so that only measuring is compared; trimesh welds equal
positions first, as ours does. Volume is compared where ours says the surface encloses one. Then a
sphere of one million faces is measured. Needs the extra `benchmarks`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

from polyseek.assets import Asset, Mesh, Origin, Part, flatten, in_one_frame
from polyseek.errors import PolyseekError
from polyseek.formats.reading import read_asset
from polyseek.formats.source import FileSource
from polyseek.procedural.solids import sphere
from polyseek.representations.measures import measure


def compare(asset: Asset) -> dict[str, Any]:
    """Milliseconds of both, and which numbers agree (counts exactly, the rest within 1e-4 of their size)."""
    import trimesh

    start = time.perf_counter()
    ours = measure(asset)
    middle = time.perf_counter()
    geometry = flatten(asset)
    mesh = trimesh.Trimesh(geometry.vertices, geometry.faces, process=False)
    mesh.merge_vertices(digits_vertex=12)
    a, b, c = mesh.faces.T
    mesh.update_faces((a != b) & (b != c) & (a != c))
    mesh.remove_unreferenced_vertices()
    with np.errstate(all="ignore"):  # trimesh divides by the volume of flat models
        theirs = {"body_count": mesh.body_count, "euler_number": mesh.euler_number, "area": mesh.area}
        theirs |= {"scale": mesh.scale, "volume": abs(mesh.volume)}
    end = time.perf_counter()
    row: dict[str, Any] = {"ours_ms": 1e3 * (middle - start), "trimesh_ms": 1e3 * (end - middle)}
    for name, value in theirs.items():
        mine = getattr(ours, name)
        if mine is not None:
            size = ours.scale ** {"area": 2, "volume": 3}.get(name, 1)
            slack = 0.0 if name.endswith(("count", "number")) else 1e-4 * size
            row[name] = bool(abs(mine - value) <= slack)
    return row


def largest(faces: int) -> float:
    """Seconds to measure a sphere of about that many faces."""
    ball = sphere(1.0, sides=int(np.sqrt(faces)))
    mesh = Mesh(ball.vertices.astype(np.float32), ball.faces)
    asset = Asset("sphere", (mesh,), (Part(0, np.eye(4)),), Origin("made"))
    start = time.perf_counter()
    measured = measure(asset)
    spent = time.perf_counter() - start
    print(f"{measured.faces} faces: {spent:.2f} s")
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("POLYSEEK_MODELS"))
    parser.add_argument("--each", type=int, default=80, help="files of each format")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path, default=Path("benchmarks/results/measures.json"))
    asked = parser.parse_args()
    if asked.folder is None:
        parser.error("give a folder of models, or set POLYSEEK_MODELS")
    rng = np.random.default_rng(asked.seed)
    rows: list[dict[str, Any]] = []
    for suffix in (".glb", ".obj", ".stl", ".fbx", ".ply"):
        found = sorted(path for path in Path(asked.folder).rglob("*") if path.suffix.lower() == suffix)
        for i in sorted(rng.permutation(len(found))[: asked.each]):
            try:
                asset = in_one_frame(read_asset(FileSource(found[i])))
            except PolyseekError:
                continue
            if asset.triangles:
                measure(asset)
                rows.append(compare(asset) | {"file": found[i].name, "faces": asset.triangles})
    result: dict[str, Any] = {"models": len(rows)}
    for name in ("area", "scale", "body_count", "euler_number", "volume"):
        said = [row[name] for row in rows if name in row]
        result[name] = {"compared": len(said), "agree": sum(said)}
        print(f"{name:14} {sum(said):5} of {len(said)} agree")
    for name in ("ours_ms", "trimesh_ms"):
        result[f"{name}_median"] = statistics.median(row[name] for row in rows)
        print(f"{name:14} {result[f'{name}_median']:.2f} median")
    result["million_faces_s"] = largest(1_000_000)
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(result, indent=1) + "\n")
    for row in rows:
        wrong = [name for name, value in row.items() if value is False]
        if wrong:
            print(f"  {row['file']} ({row['faces']} faces): {', '.join(wrong)}")


if __name__ == "__main__":
    main()
