"""Cameras: where the eye is, how it is turned, and how a model is brought to fill the picture.

World frame: +Y up, right-handed, metres; yaw 0 looks at the front (the eye on +Z), yaw 90 at the side
on +X, pitch is the eye's height above the ground plane, in degrees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float, Float32, Float64

Projection = Literal["perspective", "orthographic"]
Vector = tuple[float, float, float]

# (yaw, pitch) in degrees.
NAMED_VIEWS: dict[str, tuple[float, float]] = {
    "front": (0.0, 0.0),
    "right": (90.0, 0.0),
    "back": (180.0, 0.0),
    "left": (270.0, 0.0),
    "top": (0.0, 90.0),
    "bottom": (0.0, -90.0),
    "iso": (45.0, math.degrees(math.atan(math.sqrt(0.5)))),
}


@dataclass(frozen=True)
class Sphere:
    """A bounding sphere, in metres."""

    centre: Vector
    radius: float


@dataclass(frozen=True)
class Camera:
    """`fov_deg`: the angle across the short side of the picture (perspective). `span`: metres across it
    (orthographic). `near`, `far`: metres along the view axis; perspective cuts at `near`, nothing at `far`.
    """

    eye: Vector
    target: Vector
    up: Vector = (0.0, 1.0, 0.0)
    projection: Projection = "perspective"
    fov_deg: float = 28.0
    span: float = 1.0
    near: float = 0.01
    far: float = 1000.0

    def axes(self) -> Float64[np.ndarray, "3 3"]:
        """Rows: right, up and back (from target to eye), orthonormal. Any `up` not along the view will do."""
        back = np.subtract(self.eye, self.target)
        back = back / np.linalg.norm(back)
        right = np.cross(self.up, back)
        length = float(np.linalg.norm(right))
        if length < 1e-9:
            right, length = np.cross((0.0, 0.0, -1.0) if abs(back[1]) > 0.5 else (0.0, 1.0, 0.0), back), 1.0
        right = right / np.linalg.norm(right)
        return np.stack([right, np.cross(back, right), back])

    def to_view(self, points: Float[np.ndarray, "n 3"]) -> Float32[np.ndarray, "n 3"]:
        """World points in view space: the eye at the origin, +x right, +y up, -z ahead; metres."""
        return ((points - np.asarray(self.eye)) @ self.axes().T).astype(np.float32)

    def lens(self, width: int, height: int) -> Float64[np.ndarray, " 6"]:
        """What the kernels of `raster` want: kind, focal length in pixels, middle of the picture, near, far."""
        short = min(width, height)
        if self.projection == "orthographic":
            kind, focal = 1.0, short / self.span
        else:
            kind, focal = 0.0, short / 2 / math.tan(math.radians(self.fov_deg) / 2)
        return np.array([kind, focal, width / 2, height / 2, self.near, self.far], np.float64)

    def project(
        self, points: Float[np.ndarray, "n 3"], width: int, height: int
    ) -> Float64[np.ndarray, "n 2"]:
        """World points in pixels from the top left corner; nan for what is behind a perspective eye."""
        view = self.to_view(points).astype(np.float64)
        kind, focal, middle_x, middle_y, near, _ = self.lens(width, height)
        depth = np.where(-view[:, 2] >= near, -view[:, 2], np.nan) if kind == 0 else 1.0
        return np.stack([middle_x + focal * view[:, 0] / depth, middle_y - focal * view[:, 1] / depth], -1)


def bounding_sphere(points: Float[np.ndarray, "n 3"]) -> Sphere:
    """The sphere around the middle of the bounding box that holds every point; radius at least 1e-9 m.

    No points give a unit sphere at the origin.
    """
    if len(points) == 0:
        return Sphere((0.0, 0.0, 0.0), 1.0)
    points = np.asarray(points, np.float64)
    centre = (points.min(0) + points.max(0)) / 2
    offset = points - centre
    radius = math.sqrt(float(np.einsum("ij,ij->i", offset, offset).max()))
    x, y, z = (float(value) for value in centre)
    return Sphere((x, y, z), max(radius, 1e-9))


def orbit(
    sphere: Sphere,
    yaw_deg: float = 35.0,
    pitch_deg: float = 20.0,
    *,
    fov_deg: float = 28.0,
    fill: float = 0.86,
    projection: Projection = "perspective",
) -> Camera:
    """A camera that looks at the middle of a sphere, whose outline fills `fill` of the short side.

    In perspective a sphere of radius r seen from distance d spans the slope tan(asin(r / d)).
    """
    yaw, pitch = math.radians(yaw_deg), math.radians(pitch_deg)
    back = np.array(
        [math.sin(yaw) * math.cos(pitch), math.sin(pitch), math.cos(yaw) * math.cos(pitch)], np.float64
    )
    # Stays defined where the eye is straight above or below.
    up = np.cross(back, [math.cos(yaw), 0.0, -math.sin(yaw)])
    slope = fill * math.tan(math.radians(fov_deg) / 2)
    distance = sphere.radius * math.sqrt(1 + slope * slope) / slope
    eye = np.asarray(sphere.centre) + distance * back
    return Camera(
        eye=(float(eye[0]), float(eye[1]), float(eye[2])),
        target=sphere.centre,
        up=(float(up[0]), float(up[1]), float(up[2])),
        projection=projection,
        fov_deg=fov_deg,
        span=2 * sphere.radius / fill,
        near=(distance - sphere.radius) * 0.5,
        far=distance + 2 * sphere.radius,
    )


def three_quarter(
    low: Float[np.ndarray, " 3"], high: Float[np.ndarray, " 3"], *, flat: float = 0.05
) -> tuple[float, float]:
    """(yaw, pitch) in degrees that show a box well: 35 and 20.

    What lies flat (its height under `flat` of its longest side) is seen from 55 degrees; what stands
    thin like a page turned sideways is seen from its broad side.
    """
    size = np.maximum(np.asarray(high, np.float64) - low, 0.0)
    longest = float(size.max())
    if longest == 0.0:
        return 35.0, 20.0
    if size[1] < flat * longest:
        return 35.0, 55.0
    return (55.0 if size[0] < flat * longest else 35.0), 20.0
