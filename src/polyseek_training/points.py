"""Points on the shapes that encoders are trained on, sampled once and kept under their content's digest.

12 bytes a point: position as 3 float16, normal and colour as 3 bytes each. A ledger beside them says
which path has which digest, so a second run samples nothing.
"""

from __future__ import annotations

import hashlib
import json
import logging
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from jaxtyping import Float32

from polyseek.assets import Asset
from polyseek.encoders.point_rows import surface_points
from polyseek.representations.points import Points, sample_points
from polyseek_training.shapes import Shape

log = logging.getLogger(__name__)

COUNT = 2048
SEED = 0
# Part of the ledger's name: points of another layout are sampled again.
LAYOUT = 1
RECORD = np.dtype([("position", "<f2", 3), ("normal", "u1", 3), ("colour", "u1", 3)])


def sample_shape(folder: str, path: str, cache: str) -> str:
    """Samples one shape into the cache; the digest of its points. Raises a FileError or EmptyModel."""
    packed = pack_points(sample_points(_asset(folder, path), surface_points(COUNT), SEED))
    digest = hashlib.blake2b(packed.tobytes(), digest_size=16).hexdigest()
    place = Path(cache) / f"{digest}.points"
    if not place.exists():
        half = place.with_suffix(".part")
        half.write_bytes(zlib.compress(packed.tobytes(), 1))
        half.replace(place)
    return digest


def sample_shapes(folder: Path, shapes: Sequence[Shape], cache: Path, jobs: int = 1) -> dict[str, str]:
    """path -> digest of all shapes that can be read; the rest is logged and left out.

    Paths that an earlier run sampled are not read again.
    """
    from polyseek.formats.sandbox import Sandbox

    cache.mkdir(parents=True, exist_ok=True)
    ledger = cache / f"points{LAYOUT}.jsonl"
    sampled = _read_ledger(ledger)
    wanted = [shape.path for shape in shapes if shape.path not in sampled]
    tasks = ((path, (str(folder), path, str(cache))) for path in wanted)
    with Sandbox(jobs) as sandbox, ledger.open("a", encoding="utf-8") as file:
        for outcome in sandbox.stream(sample_shape, tasks):
            if outcome.error is not None:
                log.warning("%s: left out: %s", outcome.name, outcome.error)
                continue
            sampled[outcome.name] = outcome.value
            line = {"path": outcome.name, "digest": outcome.value}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
    return {shape.path: sampled[shape.path] for shape in shapes if shape.path in sampled}


def pack_points(points: Points) -> np.ndarray:
    """Records (n,) of RECORD. Normals -1..1 as 1..255 and 0 where unknown; colours 0..1 as 0..255."""
    packed = np.zeros(len(points.positions), RECORD)
    packed["position"] = points.positions
    known = (points.normals != 0).any(1)
    packed["normal"][known] = np.rint(128 + 127 * points.normals[known])
    packed["colour"] = np.rint(255 * points.colours)
    return packed


def unpack_points(packed: np.ndarray) -> Float32[np.ndarray, "*n 9"]:
    """Rows as `polyseek.encoders.point_rows` has them, but in the order in which they were packed."""
    known = packed["normal"].any(-1, keepdims=True)
    normals = np.where(known, (packed["normal"].astype(np.float32) - 128) / 127, 0)
    parts = [packed["position"], normals, packed["colour"].astype(np.float32) / 127.5 - 1]
    return np.concatenate(parts, -1).astype(np.float32)


def read_points(cache: Path, digests: Sequence[str]) -> np.ndarray:
    """Records (shapes, COUNT) of RECORD, in the order of the digests."""
    rows = np.empty((len(digests), COUNT), RECORD)
    for row, digest in zip(rows, digests, strict=True):
        row[...] = np.frombuffer(zlib.decompress((cache / f"{digest}.points").read_bytes()), RECORD)
    return rows


def _asset(folder: str, path: str) -> Asset:
    """A file of the folder in the one frame, or the made model `made:CATEGORY/SEED`."""
    if path.startswith("made:"):
        from polyseek.procedural import made

        category, seed = path.removeprefix("made:").split("/")
        return made(category, int(seed)).asset
    from polyseek.library import load

    return load(Path(folder) / path)


def _read_ledger(ledger: Path) -> dict[str, str]:
    if not ledger.is_file():
        return {}
    lines = ledger.read_text(encoding="utf-8").splitlines()
    return {row["path"]: row["digest"] for row in map(json.loads, (x for x in lines if x.endswith("}")))}
