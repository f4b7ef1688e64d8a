"""A depth image and the camera that took it -> a cloud of points.

The model file is the camera: `<stem>.intrinsics.json` beside `<stem>.png`. A PNG alone is a picture;
only this file says that its pixels are distances. JSON keys:

- `fx`, `fy`, `cx`, `cy`: focal lengths and principal point in pixels (required).
- `width`, `height`: of the image that these belong to; when the image has another size of the same
  proportions they are scaled, else the file is refused. Left out: the image's own.
- `depth_scale`: stored units in one metre, 1000 (millimetres) when left out; TUM's sets have 5000.
- `depth`, `colour`: names of the depth image (default `<stem>.png`) and of a picture of the same
  size, both beside the file.

The depth image is a PNG with 16 bits of grey (8 bits are taken too); 0 means that nothing was measured.
Stored is the distance along the optical axis, not along the ray (OpenCV's convention).
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Float, Float32, UInt8

from polyseek.assets import Asset
from polyseek.errors import FileError, MalformedFile
from polyseek.formats.images import decode_image
from polyseek.formats.limits import Limits
from polyseek.formats.points import cloud
from polyseek.formats.source import Source

SUFFIX = ".intrinsics.json"
MAX_JSON = 1 << 20
HINT = "see the documentation of depth images: fx, fy, cx, cy, depth_scale, width, height"


@dataclass(frozen=True)
class Intrinsics:
    """A pinhole camera without distortion: pixel = (fx * x / z + cx, fy * y / z + cy)."""

    fx: float
    fy: float
    cx: float
    cy: float


def cloud_from_depth(depth_m: Float[np.ndarray, "h w"], intrinsics: Intrinsics) -> Float32[np.ndarray, "n 3"]:
    """A point for each pixel whose depth (metres, along the optical axis) is finite and above 0, row by row.

    In the camera's axes: +X right, +Y down, +Z forward. Pixel (u, v) has its centre at u, v, as
    OpenCV and the usual RGB-D sets count.
    """
    rows, columns = np.nonzero(np.isfinite(depth_m) & (depth_m > 0))
    z = depth_m[rows, columns].astype(np.float64)
    x = (columns - intrinsics.cx) * z / intrinsics.fx
    y = (rows - intrinsics.cy) * z / intrinsics.fy
    return np.column_stack([x, y, z]).astype(np.float32)


def read(source: Source, limits: Limits) -> Asset:
    """The cloud in the camera's axes (up is -Y) and metres.

    Raises MalformedFile for a camera or an image that makes no sense, FileNotFound without the image.
    """
    camera = _camera(source)
    stem = source.stem.removesuffix(".intrinsics")
    depth = _depth_image(source, str(camera.get("depth") or f"{stem}.png"), limits)
    scale = _positive(camera, "depth_scale", 1000.0)
    intrinsics = _fitted(camera, *depth.shape)
    points = cloud_from_depth(depth / np.float32(scale), intrinsics)
    colours, warnings = _colours(source, camera, depth, limits)
    asset = cloud(source, "depth", points, colours=colours, warnings=warnings)
    return replace(asset, name=stem, origin=replace(asset.origin, up="-y", unit_metres=1.0))


def _camera(source: Source) -> dict[str, Any]:
    try:
        camera = json.loads(source.read(MAX_JSON))
    except (ValueError, RecursionError) as error:
        raise MalformedFile(f"the camera file is no JSON ({error})", hint=HINT) from error
    if not isinstance(camera, dict):
        raise MalformedFile("the camera file holds no JSON object", hint=HINT)
    return camera


def _number(camera: dict[str, Any], key: str) -> float:
    value = camera.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
        raise MalformedFile(f"the camera's {key!r} is {value!r}, not a number", hint=HINT)
    return float(value)


def _positive(camera: dict[str, Any], key: str, default: float | None = None) -> float:
    value = default if default is not None and key not in camera else _number(camera, key)
    if value <= 0:
        raise MalformedFile(f"the camera's {key!r} is {value:g}; it must be above 0", hint=HINT)
    return value


def _fitted(camera: dict[str, Any], height: int, width: int) -> Intrinsics:
    """The camera of an image of this size."""
    wide = _positive(camera, "width", float(width)) / width
    high = _positive(camera, "height", float(height)) / height
    if abs(wide - high) > 0.01 * wide:
        raise MalformedFile(
            f"the image has {width} x {height} pixels, the camera other proportions", hint=HINT
        )
    return Intrinsics(
        _positive(camera, "fx") / wide,
        _positive(camera, "fy") / high,
        _number(camera, "cx") / wide,
        _number(camera, "cy") / high,
    )


def _depth_image(source: Source, name: str, limits: Limits) -> Float32[np.ndarray, "h w"]:
    from PIL import Image

    data = source.resolve(name).read()
    try:
        with Image.open(io.BytesIO(data)) as image:
            limits.check("points", image.width * image.height, "pixels of depth")
            if image.mode not in ("I;16", "I;16B", "I", "L", "F"):
                raise MalformedFile(f"the depth image has colours (mode {image.mode}), not one value a pixel")
            return np.asarray(image).astype(np.float32)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MalformedFile(f"the depth image {name!r} cannot be decoded ({error})") from error


def _colours(
    source: Source, camera: dict[str, Any], depth: Float32[np.ndarray, "h w"], limits: Limits
) -> tuple[UInt8[np.ndarray, "n 3"] | None, tuple[str, ...]]:
    """Colours (sRGB, 0 to 255) of the points, and what is to be told when the picture cannot be used."""
    name = camera.get("colour")
    if not name:
        return None, ()
    try:
        unreduced = replace(limits, texture_side=max(depth.shape))
        pixels = decode_image(source.resolve(str(name)).read(), unreduced, name=str(name)).pixels
    except FileError as error:
        return None, (f"the picture {str(name)!r} was not read: {error.message}",)
    if pixels.shape[:2] != depth.shape:
        return None, (f"the picture {str(name)!r} has another size than the depth image; it was left out",)
    return pixels[depth > 0, :3], ()
