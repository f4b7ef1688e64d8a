"""How a shape is drawn for training: the views it is encoded from, changed ones, and pictures of it.

All are planes as `polyseek.encoders.view_planes` packs them, DRAWN a shape, in this order: RING views,
just as an encoder sees them when it is used; WILD ones, the same kind of view of the shape stretched and
tilted, the last third turned over in any way; PHOTOS, perspective pictures as a person might take one.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
from jaxtyping import Float64, UInt8

from polyseek.assets import Asset
from polyseek.assets.geometry import moved
from polyseek.encoders.view_planes import CHANNELS, pack, ring
from polyseek.representations.views import ViewOptions, render_views

RING, WILD, PHOTOS = 8, 12, 12
DRAWN = RING + WILD + PHOTOS
SIDE = 64
# Part of a drawing's digest and of the ledger's name: a drawing of another layout is made again.
LAYOUT = 5
# Part of what RING views are, as an encoder is used with it.
UPRIGHT = "standing1"
_PER_STRETCH = 4
Planes = UInt8[np.ndarray, "v c s s"]


def draw(asset: Asset, seed: int) -> Planes:
    """All planes of a shape in the one frame, (DRAWN, 7, SIDE, SIDE). Raises EmptyModel."""
    random = np.random.default_rng(seed)
    drawn = [pack(render_views(asset, ring(RING, SIDE, UPRIGHT)))]
    for turned in (False, False, True):
        changed = moved(asset, stretch(random) @ turn(random) if turned else stretch(random))
        yaws, pitches = random.uniform(0, 360, _PER_STRETCH), random.uniform(-15, 65, _PER_STRETCH)
        options = replace(ring(RING, SIDE), views=tuple(zip(yaws.tolist(), pitches.tolist(), strict=True)))
        drawn.append(pack(render_views(changed, options)))
    yaws, pitches = random.uniform(0, 360, PHOTOS), random.uniform(-10, 60, PHOTOS)
    drawn.append(
        pack(render_views(asset, photo_options(tuple(zip(yaws.tolist(), pitches.tolist(), strict=True)))))
    )
    return np.concatenate(drawn)


def photo_options(views: tuple[tuple[float, float], ...]) -> ViewOptions:
    """Perspective pictures from (yaw, pitch) in degrees, edges smoothed."""
    return ViewOptions(views, SIDE, ("colour", "depth", "normal"), "perspective", 0.96, 2, occlusion=False)


def stretch(random: np.random.Generator) -> Float64[np.ndarray, "3 3"]:
    """Up to a quarter longer or shorter along each axis, tilted by some 8 degrees."""
    angles = np.radians(random.normal(0, 8, 2))
    (c, d), (s, t) = np.cos(angles), np.sin(angles)
    about_x = np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    about_z = np.array([[d, -t, 0], [t, d, 0], [0, 0, 1]])
    return about_z @ about_x @ np.diag(np.exp(random.uniform(-0.22, 0.22, 3)))


def turn(random: np.random.Generator) -> Float64[np.ndarray, "3 3"]:
    """A rotation drawn uniformly from SO(3): the QR of a Gaussian matrix (Stewart 1980)."""
    rotation, upper = np.linalg.qr(random.normal(size=(3, 3)))
    rotation = rotation * np.sign(np.diag(upper))
    return rotation * np.linalg.det(rotation)


def read_drawing(path: Path) -> Planes:
    """What was kept of one shape."""
    flat = np.frombuffer(zlib.decompress(path.read_bytes()), np.uint8)
    return flat.reshape(DRAWN, CHANNELS, SIDE, SIDE)
