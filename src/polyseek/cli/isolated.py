"""What the commands do with a stranger's file, as functions that a worker process runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from polyseek.errors import PolyseekError, UsageError

if TYPE_CHECKING:
    from polyseek.formats.inspect import Inspection
    from polyseek.formats.sandbox import Sandbox
    from polyseek.representations.views import Plane


def inspect_file(sandbox: Sandbox, path: str, up: str, unit: str | None) -> Inspection:
    """The inspection of a file; one that says why when its reader failed or was stopped."""
    from polyseek.formats.inspect import Inspection, inspect

    try:
        return sandbox.run(inspect, path, up=up, unit=unit, name=path)
    except PolyseekError as error:
        return Inspection.of_failure(path, error)


def glb_of(path: str, up: str, unit: str | None) -> bytes:
    """The model as GLB in the one frame."""
    from polyseek.formats.write_glb import write_glb
    from polyseek.library import load

    return write_glb(load(Path(path), up=up, unit=unit))


def pictures_of(
    path: str,
    view: str,
    turns: int,
    side: int,
    plane: str,
    orthographic: bool,
    up: str,
    unit: str | None,
) -> list[bytes]:
    """PNG bytes of a model's view, or of `turns` views around it. Raises UsageError for an unknown view or plane."""
    from polyseek.library import load
    from polyseek.representations.thumbnails import to_png
    from polyseek.representations.views import ViewOptions, render_views, turntable

    if plane not in PLANES:
        raise UsageError(f"unknown plane {plane!r}", hint=f"use one of {', '.join(PLANES)}")
    chosen = turntable(turns) if turns else (_direction(view),)
    options = ViewOptions(
        chosen,
        side,
        (cast("Plane", plane),),
        projection="orthographic" if orthographic else "perspective",
        shadow=plane == "colour",
    )
    drawn = getattr(render_views(load(Path(path), up=up, unit=unit), options), plane)
    return [to_png(PLANES[plane](picture)) for picture in drawn]


def _direction(view: str) -> str | tuple[float, float]:
    """A named view, or "yaw,pitch" as two numbers."""
    try:
        yaw, pitch = (float(part) for part in view.split(","))
    except ValueError:
        return view
    return yaw, pitch


def _grey_depth(depth: np.ndarray) -> np.ndarray:
    """Near is white, far dark grey; transparent where there is nothing."""
    seen = np.isfinite(depth)
    low, high = (depth[seen].min(), depth[seen].max()) if seen.any() else (0.0, 1.0)
    nearness = 1 - (np.where(seen, depth, high) - low) / max(high - low, 1e-12)
    return _opaque(np.repeat((40 + 215 * nearness)[..., None], 3, -1), seen)


def _coloured_normals(normal: np.ndarray) -> np.ndarray:
    """x, y, z from -1 to 1 as red, green, blue from 0 to 255."""
    return _opaque((normal + 1) * 127.5, np.abs(normal).sum(-1) > 0)


def _opaque(rgb: np.ndarray, seen: np.ndarray) -> np.ndarray:
    return np.concatenate([rgb, np.where(seen, 255, 0)[..., None]], -1).astype(np.uint8)


PLANES: dict[str, Callable[[np.ndarray], np.ndarray]] = {  # name -> the plane as sRGB with alpha
    "colour": lambda picture: picture,
    "depth": _grey_depth,
    "normal": _coloured_normals,
    "silhouette": lambda seen: _opaque(np.zeros((*seen.shape, 3)), seen),
}
