"""How often the up axis is guessed right where a file does not say: `python benchmarks/up_axis.py FOLDER`.

Models whose format states its axes, of the sides of polyseek_training/splits1.tsv that nothing was
fitted on, are told as OBJ, STL and PLY, once as they stand (+Y up) and once turned (+Z up), to the same guess
that silent files get. FOLDER has a manifest.csv.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np

from polyseek.assets import Asset, in_one_frame
from polyseek.assets.frame import guess_up, rotation_to_y_up
from polyseek.errors import PolyseekError
from polyseek.formats import FileSource, read_asset
from polyseek_training.run import SPLIT
from polyseek_training.shapes import read_manifest
from polyseek_training.splits import read_split

HELD_OUT = ("test", "unseen", "pack")
STATING = (".glb", ".gltf", ".fbx", ".dae")
RESULTS = Path(__file__).parent / "results" / "up_axis.json"


def main(folder: Path, count: int, seed: int) -> None:
    sides = read_split(SPLIT)
    held_out = [shape for shape in read_manifest(folder) if sides[shape.group] in HELD_OUT]
    paths = sorted(folder / s.path for s in held_out if Path(s.path).suffix.lower() in STATING)
    random.Random(seed).shuffle(paths)
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    by_confidence: dict[float, list[bool]] = defaultdict(list)
    for path in paths[:count]:
        try:
            asset = in_one_frame(read_asset(FileSource(path, folder)))
        except PolyseekError:
            continue
        for truth, told in (("y", asset), ("z", turned(asset))):
            for format_ in ("obj", "stl", "ply"):
                origin = replace(told.origin, format=format_, up="unknown")
                up, confidence = guess_up(replace(told, frame=None, origin=origin))
                right[format_, truth].append(up == truth)
                by_confidence[round(confidence, 1)].append(up == truth)
    result = {
        "models": len(right["obj", "y"]),
        "seed": seed,
        "right": {
            f"{format_} {truth} up": round(float(np.mean(all_)), 3)
            for (format_, truth), all_ in right.items()
        },
        "right_by_confidence": {
            str(confidence): [round(float(np.mean(all_)), 3), len(all_)]
            for confidence, all_ in sorted(by_confidence.items())
        },
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


def turned(asset: Asset) -> Asset:
    """The same model as a +Z-up program would have written it."""
    matrix = np.eye(4)
    matrix[:3, :3] = rotation_to_y_up("z").T
    return replace(asset, parts=tuple(replace(part, matrix=matrix @ part.matrix) for part in asset.parts))


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["POLYSEEK_MODELS"])
    main(folder, count=500, seed=1)
