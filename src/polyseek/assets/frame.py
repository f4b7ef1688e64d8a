"""One frame for every model: +Y up, right-handed, metres.

Formats that state their axes and unit are believed. The others (STL, OBJ, PLY, OFF, points) are
guessed, with a confidence that is stored and shown, and a person can overrule both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from jaxtyping import Float64

from polyseek.assets.asset import Asset
from polyseek.assets.geometry import bounds, corner_vertices, place
from polyseek.assets.standing import AXES, looks_upright, surface_sample
from polyseek.errors import UsageError

By = Literal["format", "guess", "person"]

UNITS = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254, "ft": 0.3048, "km": 1000.0}
# What each format's programs usually mean when the file is silent; 1 unit = 1 m elsewhere.
USUAL_UNIT = {"stl": 0.001}
# Prior odds that +Z is up where the file does not say: printing and scanning tools work Z up, OBJ exporters Y up.
Z_UP_PRIOR = {
    "stl": 0.85,
    "step": 0.8,
    "iges": 0.8,
    "off": 0.4,
    "ply": 0.5,
    "obj": 0.2,
    "xyz": 0.8,
    "pcd": 0.7,
}
# Log-odds of what is seen: a logistic regression on a fifth of the training side, judged by a `standing` that had not
# been fitted on it.
_RESTS_CENTRED, _RESTS, _LOOKS = 2.3, 1.5, 0.42
_GROUND = 1.5


@dataclass(frozen=True)
class Frame:
    """How an Asset came into the one frame. `up`: the file's axis that became +Y. `up_confidence`: 0 to 1."""

    up: str
    up_by: By
    up_confidence: float
    unit_metres: float
    unit_by: By


def rotation_to_y_up(up: str) -> Float64[np.ndarray, "3 3"]:
    """The rotation (determinant +1) that takes axis `up` ("z", "-x", ...) to +Y."""
    rotations = {
        "y": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        "-y": [[1, 0, 0], [0, -1, 0], [0, 0, -1]],
        "z": [[1, 0, 0], [0, 0, 1], [0, -1, 0]],
        "-z": [[1, 0, 0], [0, 0, -1], [0, 1, 0]],
        "x": [[0, -1, 0], [1, 0, 0], [0, 0, 1]],
        "-x": [[0, 1, 0], [-1, 0, 0], [0, 0, 1]],
    }
    return np.array(rotations[up], np.float64)


def in_one_frame(asset: Asset, *, up: str = "auto", unit: str | None = None) -> Asset:
    """The Asset turned +Y up and scaled to metres; unchanged where it is there already.

    `up`: "auto" believes the file or guesses; an axis ("y", "z", "-x", ...) overrules it. `unit`: a
    name of UNITS, None believes the file or the format's habit. Raises UsageError for other values.
    """
    if asset.frame is not None:
        return asset
    frame = _frame_of(asset, up, unit)
    matrix = np.eye(4)
    matrix[:3, :3] = rotation_to_y_up(frame.up) * frame.unit_metres
    parts = tuple(replace(part, matrix=matrix @ part.matrix) for part in asset.parts)
    return replace(asset, parts=parts, frame=frame)


def _frame_of(asset: Asset, up: str, unit: str | None) -> Frame:
    axes = ("x", "y", "z", "-x", "-y", "-z")
    if up != "auto" and up not in axes:
        raise UsageError(f"unknown up axis {up!r}", hint=f"use auto or one of {', '.join(axes)}")
    if unit is not None and unit not in UNITS:
        raise UsageError(f"unknown unit {unit!r}", hint=f"use one of {', '.join(UNITS)}")
    if up != "auto":
        axis, up_by, confidence = up, "person", 1.0
    elif asset.origin.up != "unknown":
        axis, up_by, confidence = asset.origin.up, "format", 1.0
    else:
        axis, confidence = guess_up(asset)
        up_by = "guess"
    if unit is not None:
        return Frame(axis, up_by, confidence, UNITS[unit], "person")
    if asset.origin.unit_metres is not None:
        return Frame(axis, up_by, confidence, asset.origin.unit_metres, "format")
    return Frame(axis, up_by, confidence, USUAL_UNIT.get(asset.origin.format, 1.0), "guess")


def guess_up(asset: Asset) -> tuple[str, float]:
    """("y" or "z", confidence from 0.5 to 1): which axis the person who made this meant as up.

    A vote of the format's habit and what standing things show: they rest on the ground plane of the up
    axis (lowest point at 0), are centred on the other axes, and look upright (`standing`; of points
    without a surface: have many at their lowest).
    """
    if asset.triangles == 0 and asset.vertices == 0:
        return "y", 0.5
    prior = Z_UP_PRIOR.get(asset.origin.format, 0.3)
    log_odds = float(np.log(prior / (1 - prior)))
    low, high = bounds(asset)
    size = np.maximum(high - low, 1e-12)
    longest = size.max()
    rests = {axis: abs(low[axis]) < 0.01 * longest for axis in (1, 2)}
    centred = {axis: abs(low[axis] + high[axis]) < 0.04 * longest for axis in (1, 2)}
    if rests[1] != rests[2]:
        up = 2 if rests[2] else 1
        log_odds += (1.0 if up == 2 else -1.0) * (_RESTS_CENTRED if centred[3 - up] else _RESTS)
    surface = surface_sample(asset)
    if surface is None:
        log_odds += _GROUND * (_ground_share(asset, 2) - _ground_share(asset, 1))
    else:
        upright = looks_upright(*surface)
        log_odds += _LOOKS * float(upright[AXES.index("z")] - upright[AXES.index("y")])
    z_up = 1 / (1 + np.exp(-log_odds))
    return ("z", round(float(z_up), 3)) if z_up > 0.5 else ("y", round(float(1 - z_up), 3))


def _ground_share(asset: Asset, axis: int) -> float:
    """Share of the corners within 2 % of the lowest point along `axis`, 0 to 1 (a flat base gives much)."""
    placed = [
        place(part.matrix, corner_vertices(asset.meshes[part.mesh]))[:, axis]
        for part in asset.parts[:1000]
        if len(asset.meshes[part.mesh].vertices)
    ]
    heights = np.concatenate(placed)
    spread = heights.max() - heights.min()
    return float((heights < heights.min() + 0.02 * spread).mean()) if spread > 0 else 0.0
