"""Our rasteriser against embreex ray casting: the same models, the same cameras, one process, one thread each.

    python benchmarks/render.py FOLDER --count 40 --side 224

What is compared: the triangle each pixel sees (embreex: one primary ray a pixel, the acceleration
structure built beforehand and, in a second column, included). Shaded pictures stand beside it for
scale; embreex does not shade. Written as JSON to benchmarks/results/render.json.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np

from polyseek.assets import Asset, in_one_frame
from polyseek.errors import PolyseekError
from polyseek.formats.reading import read_asset
from polyseek.formats.source import FileSource
from polyseek.procedural import made_library
from polyseek.representations.camera import Camera, orbit
from polyseek.representations.scene import Scene, make_scene
from polyseek.representations.shading import Style, coloured, ground_shadow, look
from polyseek.representations.thumbnails import thumbnails
from polyseek.representations.warm import warm


def best_ms(work: Callable[[], object], repeats: int = 5) -> float:
    """Milliseconds of processor time of the quickest run: what else the machine does counts least."""
    times: list[float] = []
    for _ in range(repeats):
        start = time.thread_time()
        work()
        times.append(time.thread_time() - start)
    return 1000 * min(times)


def rays(camera: Camera, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Origins and directions through the middles of all pixels, in the world."""
    _, focal, middle, *_ = camera.lens(side, side)
    step = (np.arange(side) + 0.5 - middle) / focal
    x, y = np.meshgrid(step, -step)
    directions = np.stack([x, y, -np.ones_like(x)], -1).reshape(-1, 3) @ camera.axes()
    origins = np.broadcast_to(np.asarray(camera.eye), directions.shape)
    return np.ascontiguousarray(origins, np.float32), np.ascontiguousarray(directions, np.float32)


def embree(scene: Scene) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """A function (origins, directions) -> triangle of each ray, -1 for none."""
    from embreex import rtcore_scene
    from embreex.mesh_construction import TriangleMesh

    world = rtcore_scene.EmbreeScene()
    TriangleMesh(world, scene.vertices, scene.paint.faces)
    return lambda origins, directions: world.run(origins, directions)


def measured(asset: Asset, side: int) -> dict[str, float]:
    scene = make_scene(asset)
    camera = orbit(scene.sphere)
    origins, directions = rays(camera, side)
    cast = embree(scene)
    cast(origins[:4], directions[:4])
    ours = look(scene, camera, side, side).nearest
    theirs = cast(origins, directions).reshape(side, side)
    shadow = ground_shadow(scene)
    return {
        "faces": asset.triangles,
        "raster_ms": best_ms(lambda: look(scene, camera, side, side)),
        "embreex_ms": best_ms(lambda: cast(origins, directions)),
        "embreex_with_build_ms": best_ms(lambda: embree(scene)(origins, directions)),
        "shaded_ms": best_ms(lambda: coloured(scene, camera, side, side, style=Style(1, False))),
        "shaded_2x_occlusion_ms": best_ms(lambda: coloured(scene, camera, side, side, shadow=shadow)),
        "thumbnails_ms": best_ms(lambda: thumbnails(asset)),
        "silhouettes_differ": float(((ours >= 0) != (theirs >= 0)).mean()),
    }


def assets(folder: Path | None, count: int, seed: int) -> list[Asset]:
    """`count` readable models of a folder, at random; made ones where no folder is given."""
    if folder is None:
        return [made.asset for _, made in islice(made_library(1, seed), count)]
    paths = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in {".glb", ".gltf", ".obj", ".fbx"}
    )
    found: list[Asset] = []
    for index in np.random.default_rng(seed).permutation(len(paths)):
        if len(found) == count:
            break
        try:
            found.append(in_one_frame(read_asset(FileSource(paths[index], folder))))
        except PolyseekError:
            continue
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--side", type=int, default=224)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path, default=Path("benchmarks/results/render.json"))
    given = parser.parse_args()
    warm()
    rows = [measured(asset, given.side) for asset in assets(given.folder, given.count, given.seed)]
    rows.sort(key=lambda row: row["faces"])
    median = {name: float(np.median([row[name] for row in rows])) for name in rows[0]}
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(
        json.dumps({"side": given.side, "median": median, "models": rows}, indent=1) + "\n"
    )
    print(f"{len(rows)} models, {given.side} x {given.side}, medians:")
    for name, value in median.items():
        print(f"  {name:24} {value:10.3f}")


if __name__ == "__main__":
    main()
