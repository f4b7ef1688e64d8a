"""Silhouettes: what of the picture a model covers, seen from far away in given directions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Float64

from polyseek.assets import Asset
from polyseek.representations.camera import orbit
from polyseek.representations.clustering import lighter
from polyseek.representations.scene import make_scene
from polyseek.representations.shading import look

FILL = 0.96
# Heavy models are drawn from cells a quarter of a pixel wide.
CELLS_PER_PIXEL = 4


@dataclass(frozen=True)
class SilhouetteOptions:
    """`views`: (yaw, pitch) in degrees of each direction. `side`: pixels. `samples`: places a pixel and axis."""

    views: tuple[tuple[float, float], ...] = ((0.0, 0.0), (90.0, 0.0), (0.0, 90.0))
    side: int = 64
    samples: int = 2


@dataclass(frozen=True, eq=False)
class Silhouettes:
    """`masks[i]`: a pixel is covered at one place at least. `directions`: unit vectors from the model to the eye.

    `depths`: metres from the middle of the bounding sphere towards the eye of the nearest covered place
    of each pixel, -inf where there is nothing. All views have one scale: the sphere fills FILL of the side.
    """

    masks: Bool[np.ndarray, "n s s"]
    directions: Float64[np.ndarray, "n 3"]
    depths: Float32[np.ndarray, "n s s"]


def render_silhouettes(
    asset: Asset, options: SilhouetteOptions = SilhouetteOptions(), seed: int = 0
) -> Silhouettes:
    """Orthographic silhouettes of an asset in the one frame; every surface counts as solid. `seed` changes nothing.

    Raises EmptyModel.
    """
    del seed
    scene = make_scene(lighter(asset, CELLS_PER_PIXEL * options.side), painted=False)
    side, samples = options.side, options.samples
    masks = np.empty((len(options.views), side, side), bool)
    depths = np.empty((len(options.views), side, side), np.float32)
    directions = np.empty((len(options.views), 3))
    for index, (yaw, pitch) in enumerate(options.views):
        camera = orbit(scene.sphere, yaw, pitch, projection="orthographic", fill=FILL)
        seen = look(scene, camera, side * samples, side * samples)
        distance = float(np.linalg.norm(np.subtract(camera.eye, camera.target)))
        # nearness is 1 - (depth - near) / (far - near)
        depth = camera.near + (1.0 - seen.nearness.astype(np.float64)) * (camera.far - camera.near)
        nearest = (distance - depth).reshape(side, samples, side, samples).max((1, 3))
        masks[index] = np.isfinite(nearest)
        depths[index] = nearest
        directions[index] = camera.axes()[2]
    return Silhouettes(masks, directions, depths)
