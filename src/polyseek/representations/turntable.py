"""Turntable: a model seen from all around in equal steps, as one WebP of a few rows of pictures."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Asset
from polyseek.representations.camera import orbit, three_quarter
from polyseek.representations.clustering import lighter
from polyseek.representations.scene import make_scene
from polyseek.representations.shading import coloured, ground_shadow
from polyseek.representations.thumbnails import CELLS_PER_PIXEL, to_webp

STEPS = 12
COLUMNS = 4
QUALITY = 75


def turntable(asset: Asset, side: int = 256) -> bytes:
    """STEPS pictures of an asset in the one frame, `side` pixels square, COLUMNS in a row, as WebP with alpha.

    Step 0 is the front thumbnail's view; from each to the next the eye goes 360 / STEPS degrees to the
    model's left, seen from above against the clock. Raises EmptyModel.
    """
    scene = make_scene(lighter(asset, CELLS_PER_PIXEL * side))
    yaw, pitch = three_quarter(scene.low, scene.high)
    shadow = ground_shadow(scene)
    sheet = np.zeros((STEPS // COLUMNS * side, COLUMNS * side, 4), np.uint8)
    for step in range(STEPS):
        camera = orbit(scene.sphere, yaw + step * 360.0 / STEPS, pitch)
        top, left = side * (step // COLUMNS), side * (step % COLUMNS)
        sheet[top : top + side, left : left + side] = coloured(scene, camera, side, side, shadow=shadow)
    return to_webp(sheet, QUALITY)
