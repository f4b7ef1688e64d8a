"""How pictures are lit: the style, occlusion of the sky, and the soft shadow on the ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float32, Float64, Int32, UInt8

from polyseek.representations.camera import Camera, orbit
from polyseek.representations.scene import Scene, srgb_of_linear

if TYPE_CHECKING:
    from polyseek.representations.raster_shading import Air

SHADOW_SIDE = 64
# The shadow map reaches this many radii of the bounding sphere from its middle.
SHADOW_REACH = 1.5
MOST_PEELED = 3


@dataclass(frozen=True)
class Style:
    """`samples`: places a pixel and axis are looked at. `occlusion`: darken where little sky is seen."""

    samples: int = 2
    occlusion: bool = True


@dataclass(frozen=True, eq=False)
class Visible:
    """Which triangle each place sees (-1: none), nearest blended layer first, what hides all else last.

    `view`: the scene's vertices in view space. `lens`: of the sampled picture. `nearness`: of the last
    layer, as `raster` defines it, -inf where there is nothing.
    """

    view: Float32[np.ndarray, "v 3"]
    lens: Float64[np.ndarray, " 6"]
    triangles: Int32[np.ndarray, "layers h w"]
    nearness: Float32[np.ndarray, "h w"]

    @property
    def nearest(self) -> Int32[np.ndarray, "h w"]:
        """The triangle of the nearest layer at each place."""
        found = self.triangles[0]
        for layer in self.triangles[1:]:
            found = np.where(found >= 0, found, layer)
        return found


def look(scene: Scene, camera: Camera, width: int, height: int) -> Visible:
    """Visibility from a camera, one place a pixel. Blended surfaces are peeled into up to MOST_PEELED layers."""
    from polyseek.representations.raster import rasterise

    view, lens = camera.to_view(scene.vertices), camera.lens(width, height)
    open_end = np.full((height, width), np.inf, np.float32)
    nearness = np.full((height, width), -np.inf, np.float32)
    solid = np.full((height, width), -1, np.int32)
    rasterise(view, scene.paint, lens, False, open_end, nearness, solid)
    layers: list[Int32[np.ndarray, "h w"]] = []
    limit = open_end
    while scene.layered and len(layers) < MOST_PEELED:
        nearest, triangle = nearness.copy(), np.full((height, width), -1, np.int32)
        rasterise(view, scene.paint, lens, True, limit, nearest, triangle)
        if not (triangle >= 0).any():
            break
        layers.append(triangle)
        # Where this layer found nothing, the next ones find nothing either.
        limit = np.where(triangle >= 0, nearest, -np.inf).astype(np.float32)
    return Visible(view, lens, np.stack([*layers, solid]), nearness)


def coloured(
    scene: Scene,
    camera: Camera,
    width: int,
    height: int,
    *,
    style: Style = Style(),
    shadow: Float32[np.ndarray, "s s"] | None = None,
) -> UInt8[np.ndarray, "h w 4"]:
    """The shaded picture, sRGB with straight alpha. `shadow`: of `ground_shadow`, laid into the alpha."""
    from polyseek.representations.raster_shading import shade

    samples = style.samples
    seen = look(scene, camera, width * samples, height * samples)
    normals = np.ascontiguousarray(scene.paint.normals @ camera.axes().T.astype(np.float32))
    picture = np.empty((height, width, 4), np.uint8)
    air = _air(scene, camera, seen, style, shadow)
    shade(seen.view, normals, scene.paint, air, seen.lens, samples, seen.triangles, srgb_of_linear(), picture)
    return picture


def _air(
    scene: Scene, camera: Camera, seen: Visible, style: Style, shadow: Float32[np.ndarray, "s s"] | None
) -> Air:
    from polyseek.representations.raster_occlusion import open_sky
    from polyseek.representations.raster_shading import Air

    axes = camera.axes()
    nearest = seen.nearest
    height, width = nearest.shape
    coarse = 2 * style.samples if style.occlusion else max(width, height)
    shape = (-(-height // coarse), -(-width // coarse))
    depth, sky = np.zeros(shape, np.float32), np.ones(shape, np.float32)
    if style.occlusion:
        reach = 0.28 * scene.sphere.radius
        open_sky(seen.view, scene.paint.faces, seen.lens, nearest, coarse, reach, 2.2, depth, sky)
    ground = np.zeros((4, 3))
    # From below, or almost, there is no ground to see.
    if shadow is None or axes[2, 1] <= 0.05:
        shadow = np.zeros((0, 0), np.float32)
    else:
        middle = np.array([scene.sphere.centre[0], scene.low[1], scene.sphere.centre[2]])
        ground[0] = (middle - np.asarray(camera.eye)) @ axes.T
        ground[1], ground[2] = axes[:, 0], axes[:, 2]
        ground[3, 0] = SHADOW_REACH * scene.sphere.radius
    return Air(np.ascontiguousarray(axes[:, 1]), sky, depth, float(coarse), shadow, ground)


def ground_shadow(scene: Scene) -> Float32[np.ndarray, "s s"]:
    """Darkness of the ground below a scene, columns along +x, rows along +z, 0 to 1.

    What stands on the ground darkens it sharply, what hangs above it softly.
    """
    radius = scene.sphere.radius
    below = orbit(scene.sphere, 0.0, -90.0, projection="orthographic", fill=1 / SHADOW_REACH)
    seen = look(scene, below, SHADOW_SIDE, SHADOW_SIDE)
    covered = np.isfinite(seen.nearness)
    # Nearness is 1 - (depth - near) / (far - near); things that let light through cast no shadow.
    depth = below.near + (1.0 - np.where(covered, seen.nearness, 0.0)) * (below.far - below.near)
    height = np.maximum(depth - (scene.low[1] - below.eye[1]), 0.0) / radius
    touch = np.where(covered, np.exp(-height / 0.06), 0.0)
    hang = np.where(covered, np.exp(-height / 0.6), 0.0)
    dark = 0.34 * _blurred(touch, 1.6) + 0.30 * _blurred(hang, 5.0)
    # Seen from below, rows run along +z already turned: up of that camera is +z, so flip them.
    return np.ascontiguousarray(dark[::-1], np.float32)


def _blurred(image: Float64[np.ndarray, "s s"], sigma: float) -> Float64[np.ndarray, "s s"]:
    """A square image smoothed by a Gaussian of `sigma` pixels; outside it is 0."""
    distance = np.subtract.outer(np.arange(len(image)), np.arange(len(image)))
    kernel = np.exp(-0.5 * (distance / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi))
    return kernel @ image @ kernel
