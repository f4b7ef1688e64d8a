"""Thumbnails: the pictures of a model on its card, from the front and from behind, as WebP with alpha."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8

from polyseek.assets import Asset
from polyseek.representations.camera import orbit, three_quarter
from polyseek.representations.clustering import lighter
from polyseek.representations.scene import make_scene
from polyseek.representations.shading import coloured, ground_shadow

# Heavy models are drawn from cells half a pixel wide.
CELLS_PER_PIXEL = 2


@dataclass(frozen=True)
class ThumbnailOptions:
    """`side`: of the square picture, in pixels. `quality`: of WebP, 0 to 100; alpha is kept exactly."""

    side: int = 256
    quality: int = 82


def thumbnails(
    asset: Asset, options: ThumbnailOptions = ThumbnailOptions(), seed: int = 0
) -> dict[str, bytes]:
    """ "front" and "back" three-quarter views of an asset in the one frame, as WebP. `seed` changes nothing.

    The bounding sphere fills 86 % of the side; see `camera.three_quarter`. Raises EmptyModel.
    """
    del seed
    scene = make_scene(lighter(asset, CELLS_PER_PIXEL * options.side))
    yaw, pitch = three_quarter(scene.low, scene.high)
    shadow = ground_shadow(scene)
    pictures: dict[str, bytes] = {}
    for name, turn in (("front", 0.0), ("back", 180.0)):
        camera = orbit(scene.sphere, yaw + turn, pitch)
        picture = coloured(scene, camera, options.side, options.side, shadow=shadow)
        pictures[name] = to_webp(picture, options.quality)
    return pictures


def to_webp(picture: UInt8[np.ndarray, "h w 4"], quality: int = 82) -> bytes:
    """sRGB with straight alpha as lossy WebP with exact alpha."""
    from PIL import Image

    target = io.BytesIO()
    Image.fromarray(picture).save(target, "WEBP", quality=quality, method=1)
    return target.getvalue()


def to_png(picture: UInt8[np.ndarray, "h w 4"]) -> bytes:
    """sRGB with straight alpha as PNG."""
    from PIL import Image

    target = io.BytesIO()
    Image.fromarray(picture).save(target, "PNG")
    return target.getvalue()
