"""What trained view encoders look at: colour, depth and normals of small pictures around a model, as bytes.

The same bytes are made when an encoder is trained and when it is used. Cameras are orthographic and
fill the picture with the bounding sphere, so where a model stands and how large it is has no say.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from jaxtyping import UInt8

from polyseek.representations.views import ViewOptions, Views, turntable

CHANNELS = 7
FILL = 0.96


def ring(count: int, side: int, upright: Literal["standing1"] | None = None) -> ViewOptions:
    """`count` views around a model, every other one from lower and from higher, of `side` pixels."""
    low, high = turntable(count, 12.0, 30.0), turntable(count, 40.0, 30.0)
    views = tuple((high if index % 2 else low)[index] for index in range(count))
    return ViewOptions(
        views=views,
        side=side,
        planes=("colour", "depth", "normal"),
        projection="orthographic",
        fill=FILL,
        samples=1,
        occlusion=False,
        upright=upright,
    )


def pack(views: Views) -> UInt8[np.ndarray, "n c h w"]:
    """Colour (3 planes, times alpha), depth (1) and normal (3); 0 where there is nothing.

    Depth: 255 at the near side of the bounding sphere, 1 at the far side. Normal: view space, -1..1 as
    1..255. `views` come from options of `ring`.
    """
    assert views.colour is not None
    assert views.depth is not None
    assert views.normal is not None
    count, high, wide = views.depth.shape
    packed = np.zeros((count, CHANNELS, high, wide), np.uint8)
    alpha = views.colour[..., 3:].astype(np.float32) / 255.0
    packed[:, :3] = np.rint(views.colour[..., :3] * alpha).astype(np.uint8).transpose(0, 3, 1, 2)
    for index, camera in enumerate(views.cameras):
        seen = np.isfinite(views.depth[index])
        distance = float(np.linalg.norm(np.subtract(camera.eye, camera.target)))
        radius = camera.span * FILL / 2
        nearer = (distance - views.depth[index][seen]) / radius
        packed[index, 3][seen] = np.rint(128 + 127 * np.clip(nearer, -1.0, 1.0)).astype(np.uint8)
        normals = np.clip(views.normal[index][seen], -1.0, 1.0)
        packed[index, 4:, seen] = np.rint(128 + 127 * normals).astype(np.uint8)
    return packed
