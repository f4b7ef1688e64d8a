"""Which way up a model stands: how much each axis looks like up, and how to stand a tilted model upright.

Things that stand upright have much in common: they rest on flat undersides, are mirrored sideways and
seldom top to bottom, and carry their weight low (Fu et al. 2008, "Upright orientation of man-made
objects"). A small network weighs what `standing_features` sees of that; `python -m polyseek_training
standing` fits it (standing1.npz).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from jaxtyping import Float64

from polyseek.assets.asset import Asset
from polyseek.assets.geometry import flatten, moved
from polyseek.assets.own_axes import own_axes
from polyseek.assets.standing_features import Points, features

AXES = ("x", "-x", "y", "-y", "z", "-z")
POINTS = 2048
# By how much (log-odds) another way must look more upright: for a model that lies, and for one that is askew. Chosen on
# a fifth of the training side that the judge had then not been fitted on.
LYING = 5.0
ASKEW = 3.0
# What looks so upright is looked at no further.
PLAIN = 2.0
# Within 15 degrees of an axis of the file nothing is askew.
_ALONG = float(np.cos(np.radians(15.0)))
_Y = AXES.index("y")
_TRIANGLES = 300_000


def upright(asset: Asset) -> Asset:
    """The asset stood up where it plainly lies on a side or is askew; as it is where that is not plain."""
    found = surface_sample(asset)
    if found is None:
        return asset
    points, normals = found
    scores = looks_upright(points, normals)
    if scores[_Y] > PLAIN:
        return asset
    choices = [(scores[axis] - LYING, to_up(axis)) for axis in range(6) if axis != _Y]
    for turn in own_axes(points, normals):
        odds = looks_upright(points @ turn.T, normals @ turn.T)
        for axis in range(6):
            rotation = to_up(axis) @ turn
            up = rotation[1]  # where up is now
            if up[1] < _ALONG:
                choices.append((odds[axis] - (LYING if np.abs(up).max() > _ALONG else ASKEW), rotation))
    best, rotation = max(choices, key=lambda choice: choice[0])
    return moved(asset, rotation) if best > scores[_Y] else asset


def looks_upright(points: Points, normals: Points) -> Float64[np.ndarray, " 6"]:
    """Log-odds of each axis of AXES being up."""
    return weighed(features(points, normals), _networks())


def weighed(seen: Float64[np.ndarray, "... 6 f"], network: Mapping[str, Any]) -> Float64[np.ndarray, "... 6"]:
    """Log-odds from features, by the arrays of standing1.npz: the mean of several networks of two hidden layers."""
    found = np.clip((seen - network["mean"]) / network["deviation"], -6.0, 6.0)[..., None, :, :]
    inner = np.maximum(found @ network["first"] + network["first_bias"][:, None], 0)
    inner = np.maximum(inner @ network["second"] + network["second_bias"][:, None], 0)
    odds = (inner @ network["last"][..., None])[..., 0] + network["last_bias"][:, None]
    return odds.mean(-2)


def surface_sample(asset: Asset, seed: int = 0) -> tuple[Points, Points] | None:
    """POINTS places spread evenly over the surface and their unit normals; None of what has no surface.

    `representations.points` samples with colours and compiled loops, a floor above.
    """
    geometry = flatten(asset)
    faces = geometry.faces[:: max(1, -(-len(geometry.faces) // _TRIANGLES))]
    corners = geometry.vertices[faces].astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):  # corners that are no numbers
        first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
        doubled = np.cross(first, second)
        area = np.linalg.norm(doubled, axis=1)
    area = np.where(np.isfinite(area), area, 0.0)
    share = np.cumsum(area)
    if not len(share) or share[-1] <= 0:
        return None
    random = np.random.default_rng(seed)
    chosen = np.searchsorted(share, random.random(POINTS) * share[-1], side="right")
    face = chosen.clip(max=int(np.flatnonzero(area)[-1]))
    root, along = np.sqrt(random.random((POINTS, 1))), random.random((POINTS, 1))
    places = corners[face, 0] + root * (1 - along) * first[face] + root * along * second[face]
    return places, doubled[face] / area[face, None]


def to_up(axis: int) -> Float64[np.ndarray, "3 3"]:
    """A rotation that takes an axis of AXES to +Y."""
    rows = np.roll(np.eye(3), 1 - axis // 2, axis=0)
    return rows if axis % 2 == 0 else np.diag([-1.0, -1.0, 1.0]) @ rows


@cache
def _networks() -> Mapping[str, Any]:
    with as_file(files("polyseek.assets") / "standing1.npz") as path, np.load(path) as kept:
        return {name: kept[name].astype(np.float64) for name in kept.files}
