"""Compile the kernels of pictures, points and measures once a machine, or load them from their cache."""

from __future__ import annotations

from importlib import import_module

import numpy as np

from polyseek.assets import Asset, Material, Mesh, Origin, Part, Texture

# (file of kernels, kernel that is called from outside).
KERNELS = (
    ("raster", "rasterise"),
    ("raster_normals", "crease_normals"),
    ("raster_occlusion", "open_sky"),
    ("raster_shading", "shade"),
    ("raster_texture", "halve"),
    ("point_kernels", "on_surface"),
    ("texture_kernels", "texture_at"),
    ("measure_kernels", "moments"),
    ("measure_kernels", "weld"),
    ("measure_kernels", "topology"),
)


def compiled_here() -> list[str]:
    """Which of KERNELS this process has compiled itself, because the cache did not have them; warm() first."""
    found: list[str] = []
    for file, name in KERNELS:
        kernel = getattr(import_module(f"polyseek.representations.{file}"), name)
        if sum(kernel.stats.cache_misses.values()):
            found.append(f"{file}.{name}")
    return found


def warm() -> None:
    """Call every kernel once with a tiny model: compiles what is not cached yet, else loads it. Prints nothing."""
    from polyseek.representations.measures import measure
    from polyseek.representations.points import PointsOptions, sample_points
    from polyseek.representations.silhouettes import SilhouetteOptions, render_silhouettes
    from polyseek.representations.thumbnails import ThumbnailOptions, thumbnails

    asset = tiny_model()
    thumbnails(asset, ThumbnailOptions(side=16))
    sample_points(asset, PointsOptions(count=16))
    measure(asset)
    render_silhouettes(asset, SilhouetteOptions(views=((0.0, 0.0),), side=16))


def tiny_model() -> Asset:
    """One textured triangle that lets light through: it needs every kernel."""
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32)
    mesh = Mesh(corners, np.array([[0, 1, 2]], np.int32), uv=corners[:, :2].copy(), material=0)
    material = Material(base_colour=(1.0, 1.0, 1.0, 0.5), base_texture=0, alpha_mode="blend")
    texture = Texture(np.full((2, 2, 4), 128, np.uint8))
    return Asset("tiny", (mesh,), (Part(0, np.eye(4)),), Origin("made"), (material,), (texture,))
