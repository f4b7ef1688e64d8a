"""Views: a model seen from several sides, as colours and as planes of geometry.

`render` draws one picture from any camera, `render_views` the views that options name. Planes are
taken at pixel centres, one place a pixel; colours at `samples` places a pixel and axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float32, Int32, UInt8

from polyseek.assets import Asset
from polyseek.assets.standing import upright
from polyseek.errors import UsageError
from polyseek.representations.camera import NAMED_VIEWS, Camera, Projection, orbit, three_quarter
from polyseek.representations.clustering import lighter
from polyseek.representations.scene import Scene, make_scene
from polyseek.representations.shading import Style, Visible, coloured, ground_shadow, look

STYLE = Style()
# A model of very many triangles is drawn in cells of this share of a pixel.
CELLS_PER_PIXEL = 4
Plane = Literal["colour", "depth", "normal", "silhouette", "part", "triangle"]


@dataclass(frozen=True)
class ViewOptions:
    """`views`: names of NAMED_VIEWS, "three_quarter", or (yaw, pitch) in degrees. See `turntable`.

    `side`: pixels. `planes`: what is made. `fill`: share of the side that the bounding sphere spans.
    `upright`: by what a model that lies or is askew is stood up first (`polyseek.assets.standing`).
    """

    views: tuple[str | tuple[float, float], ...] = ("three_quarter",)
    side: int = 224
    planes: tuple[Plane, ...] = ("colour",)
    projection: Projection = "perspective"
    fill: float = 0.86
    samples: int = 2
    occlusion: bool = True
    shadow: bool = False
    upright: Literal["standing1"] | None = None


@dataclass(frozen=True, eq=False)
class Planes:
    """One picture; a plane that was not asked for is None. Row 0 is the top.

    `colour`: sRGB, straight alpha. `depth`: metres along the view axis, inf where there is nothing.
    `normal`: unit length in view space (+x right, +y up, +z to the eye), of the triangle, on the side
    that is seen; zeros where there is nothing. `silhouette`: where anything is seen. `part`: index into
    Asset.parts, `triangle`: number of the triangle in the flattened asset (for points: of its disc's),
    both -1 where there is nothing. Where a surface lets light through, planes tell of the nearest one.
    """

    colour: UInt8[np.ndarray, "h w 4"] | None = None
    depth: Float32[np.ndarray, "h w"] | None = None
    normal: Float32[np.ndarray, "h w 3"] | None = None
    silhouette: Bool[np.ndarray, "h w"] | None = None
    part: Int32[np.ndarray, "h w"] | None = None
    triangle: Int32[np.ndarray, "h w"] | None = None


@dataclass(frozen=True, eq=False)
class Views:
    """`names[i]`: what view i was asked by. `cameras[i]`: where it was seen from. Planes as in `Planes`, stacked."""

    names: tuple[str, ...]
    cameras: tuple[Camera, ...]
    colour: UInt8[np.ndarray, "n h w 4"] | None = None
    depth: Float32[np.ndarray, "n h w"] | None = None
    normal: Float32[np.ndarray, "n h w 3"] | None = None
    silhouette: Bool[np.ndarray, "n h w"] | None = None
    part: Int32[np.ndarray, "n h w"] | None = None
    triangle: Int32[np.ndarray, "n h w"] | None = None


def turntable(
    count: int, pitch_deg: float = 20.0, start_deg: float = 35.0
) -> tuple[tuple[float, float], ...]:
    """`count` (yaw, pitch) evenly around the model, for ViewOptions.views."""
    return tuple(((start_deg + 360.0 * step / count) % 360.0, pitch_deg) for step in range(count))


def fitted(asset: Asset, yaw_deg: float = 35.0, pitch_deg: float = 20.0) -> Camera:
    """A perspective camera that shows all of an asset from a direction; see `camera.orbit`."""
    return orbit(make_scene(asset, painted=False).sphere, yaw_deg, pitch_deg)


def render(
    asset: Asset,
    camera: Camera,
    size: int | tuple[int, int] = 256,
    *,
    planes: Sequence[Plane] = ("colour",),
    style: Style = STYLE,
    shadow: bool = False,
) -> Planes:
    """One picture of an asset in the one frame. `size`: side, or (width, height), in pixels.

    `shadow`: a soft shadow on the ground below, in the background's alpha. Raises EmptyModel.
    """
    width, height = (size, size) if isinstance(size, int) else size
    if width < 1 or height < 1:
        raise UsageError(f"a picture of {width} x {height} pixels cannot be drawn", hint="use at least 1 x 1")
    scene = make_scene(asset)
    darkness = ground_shadow(scene) if shadow and "colour" in planes else None
    return draw(scene, camera, width, height, planes=planes, style=style, shadow=darkness)


def render_views(asset: Asset, options: ViewOptions = ViewOptions(), seed: int = 0) -> Views:
    """The views of `options` of an asset in the one frame. `seed` changes nothing. Raises EmptyModel, UsageError.

    A model of very many triangles is drawn `lighter`, unless its own parts or triangles are asked for.
    """
    del seed
    told = {"part", "triangle"} & set(options.planes)
    asset = asset if told else lighter(asset, CELLS_PER_PIXEL * options.side)
    scene = make_scene(upright(asset) if options.upright else asset)
    shadow = ground_shadow(scene) if options.shadow and "colour" in options.planes else None
    style = Style(samples=options.samples, occlusion=options.occlusion)
    cameras = tuple(
        orbit(scene.sphere, *direction(view, scene), projection=options.projection, fill=options.fill)
        for view in options.views
    )
    drawn = [
        draw(scene, camera, options.side, options.side, planes=options.planes, style=style, shadow=shadow)
        for camera in cameras
    ]
    stacked = {name: np.stack([getattr(picture, name) for picture in drawn]) for name in options.planes}
    names = tuple(view if isinstance(view, str) else f"{view[0]:g},{view[1]:g}" for view in options.views)
    return Views(names, cameras, **stacked)


def direction(view: str | tuple[float, float], scene: Scene) -> tuple[float, float]:
    """(yaw, pitch) in degrees of a named view. Raises UsageError for a name that is not known."""
    if not isinstance(view, str):
        return view
    if view == "three_quarter":
        return three_quarter(scene.low, scene.high)
    if view not in NAMED_VIEWS:
        known = ", ".join([*NAMED_VIEWS, "three_quarter"])
        raise UsageError(f"unknown view {view!r}", hint=f"use one of {known}, or yaw and pitch")
    return NAMED_VIEWS[view]


def draw(
    scene: Scene,
    camera: Camera,
    width: int,
    height: int,
    *,
    planes: Sequence[Plane],
    style: Style = STYLE,
    shadow: Float32[np.ndarray, "s s"] | None = None,
) -> Planes:
    """`render` of a scene that is ready: for many pictures of one model."""
    colour = None
    if "colour" in planes:
        colour = coloured(scene, camera, width, height, style=style, shadow=shadow)
    if set(planes) <= {"colour"}:
        return Planes(colour)
    seen = look(scene, camera, width, height)
    triangle = seen.nearest
    covered = triangle >= 0
    depth = normal = None
    if "depth" in planes or "normal" in planes:
        found = _surface_of(scene, seen, triangle, covered)
        depth = found[0] if "depth" in planes else None
        normal = found[1] if "normal" in planes else None
    part = np.where(covered, scene.face_part[triangle], np.int32(-1))
    return Planes(
        colour=colour,
        depth=depth,
        normal=normal,
        silhouette=covered if "silhouette" in planes else None,
        part=part if "part" in planes else None,
        triangle=triangle if "triangle" in planes else None,
    )


def _surface_of(
    scene: Scene,
    seen: Visible,
    triangle: Int32[np.ndarray, "h w"],
    covered: Bool[np.ndarray, "h w"],
) -> tuple[Float32[np.ndarray, "h w"], Float32[np.ndarray, "h w 3"]]:
    """Depth and normal where each pixel's ray meets its triangle's plane."""
    rows, columns = np.nonzero(covered)
    corners = seen.view[scene.paint.faces[triangle[rows, columns]]].astype(np.float64)
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    plane = np.cross(b - a, c - a)
    kind, focal, middle_x, middle_y, *_ = seen.lens
    x, y = (columns + 0.5 - middle_x) / focal, (middle_y - rows - 0.5) / focal
    height = np.einsum("ij,ij->i", plane, a)
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind > 0:
            along = -(height - plane[:, 0] * x - plane[:, 1] * y) / plane[:, 2]
            ray = np.broadcast_to([0.0, 0.0, -1.0], plane.shape)
        else:
            along = height / (plane[:, 0] * x + plane[:, 1] * y - plane[:, 2])
            ray = np.stack([x, y, -np.ones_like(x)], -1)
    # A plane seen edge-on meets the ray anywhere: its corners bound what is seen.
    along = np.clip(np.nan_to_num(along), -corners[..., 2].max(1), -corners[..., 2].min(1))
    depth = np.full(covered.shape, np.inf, np.float32)
    depth[rows, columns] = along
    away = np.einsum("ij,ij->i", plane, ray) > 0
    plane[away] *= -1
    length = np.linalg.norm(plane, axis=1, keepdims=True)
    normal = np.zeros((*covered.shape, 3), np.float32)
    normal[rows, columns] = plane / np.where(length > 0, length, 1.0)
    return depth, normal
