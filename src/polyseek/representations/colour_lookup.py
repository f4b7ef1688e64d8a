"""The colour at places on a surface: material factor x texture x vertex colour, plus emission."""

from __future__ import annotations

from typing import Any

import numpy as np
from jaxtyping import Float, Float32, Float64, Int, Int64

from polyseek.assets import Asset, Geometry, Material, Mesh, Texture

# What a surface without a material looks like: polyseek's warm light grey, #c9c6c0, in linear light.
UNPAINTED = Material(name="none", base_colour=(0.584078, 0.564712, 0.527115, 1.0))
PLAIN = Material(name="plain")
WRAPS = ("repeat", "clamp", "mirror")


def surface_colours(
    asset: Asset,
    geometry: Geometry,
    face: Int64[np.ndarray, " n"],
    weights: Float[np.ndarray, "n 3"],
) -> tuple[Float32[np.ndarray, "n 3"], Float32[np.ndarray, " n"]]:
    """sRGB colours and opacity at barycentric `weights` of faces of the flattened geometry.

    Colours are mixed in linear light, textures read bilinearly at full size, and clipped to 0..1.
    """
    if len(asset.meshes) == 1 and not _varies(asset, asset.meshes[0]):
        rgba = _encoded(_plain_rgba(asset, asset.meshes[0])[None]).astype(np.float32)
        return np.tile(rgba[:, :3], (len(face), 1)), np.tile(rgba[0, 3], len(face))
    part_mesh = np.array([part.mesh for part in asset.parts])
    sizes = np.array([len(mesh.vertices) for mesh in asset.meshes])[part_mesh]
    part = geometry.face_part[face]
    # Corners as rows of their own mesh, in the order of the flattened faces.
    corners = geometry.faces[face] - (np.cumsum(sizes) - sizes)[part][:, None]
    return _by_mesh(asset, part_mesh[part], corners, weights)


def cloud_colours(
    asset: Asset, mesh: Int64[np.ndarray, " n"], row: Int64[np.ndarray, " n"]
) -> tuple[Float32[np.ndarray, "n 3"], Float32[np.ndarray, " n"]]:
    """sRGB colours and opacity of rows of meshes that are points."""
    corners = np.repeat(row[:, None], 3, axis=1)
    weights = np.zeros((len(row), 3))
    weights[:, 0] = 1.0
    return _by_mesh(asset, mesh, corners, weights)


def _by_mesh(
    asset: Asset,
    mesh: Int[np.ndarray, " n"],
    corners: Int[np.ndarray, "n 3"],
    weights: Float[np.ndarray, "n 3"],
) -> tuple[Float32[np.ndarray, "n 3"], Float32[np.ndarray, " n"]]:
    """A mesh of one plain colour is looked up once; the others are mixed point by point."""
    hit, which = np.unique(mesh, return_inverse=True)
    single = np.array([_plain_rgba(asset, asset.meshes[index]) for index in hit])
    rgba = _encoded(single)[which]
    for place, index in enumerate(hit):
        if _varies(asset, asset.meshes[index]):
            rows = np.flatnonzero(which == place)
            rgba[rows] = _encoded(_linear_rgba(asset, asset.meshes[index], corners[rows], weights[rows]))
    return rgba[:, :3].astype(np.float32), rgba[:, 3].astype(np.float32)


def _encoded(linear: Float[np.ndarray, "n 4"]) -> Float[np.ndarray, "n 4"]:
    """sRGB and alpha, clipped to 0..1."""
    clipped = np.clip(linear, 0.0, 1.0)
    clipped[:, :3] = to_srgb(clipped[:, :3])
    return clipped


def _material(asset: Asset, mesh: Mesh) -> Material:
    if mesh.material is not None:
        return asset.materials[mesh.material]
    return UNPAINTED if mesh.colours is None else PLAIN


def _varies(asset: Asset, mesh: Mesh) -> bool:
    """Has the mesh more than one colour: vertex colours, or a texture with coordinates?"""
    material = _material(asset, mesh)
    textured = material.base_texture is not None or material.emissive_texture is not None
    return mesh.colours is not None or (textured and mesh.uv is not None)


def _plain_rgba(asset: Asset, mesh: Mesh) -> Float[np.ndarray, " 4"]:
    """The material's own linear colour and opacity."""
    material = _material(asset, mesh)
    red, green, blue = (c + e for c, e in zip(material.base_colour, material.emissive, strict=False))
    return np.array([red, green, blue, _opacity(material, material.base_colour[3])], np.float64)


def _opacity(material: Material, alpha: Any) -> Any:
    """Opacity of a number or an array of alpha, by the material's mode."""
    if material.alpha_mode == "opaque":
        return np.ones_like(alpha)
    return alpha if material.alpha_mode == "blend" else 1.0 * (alpha >= material.alpha_cutoff)


def _linear_rgba(
    asset: Asset, mesh: Mesh, corners: Int[np.ndarray, "n 3"], weights: Float[np.ndarray, "n 3"]
) -> Float[np.ndarray, "n 4"]:
    material = _material(asset, mesh)
    rgba = np.tile(np.array(material.base_colour, np.float64), (len(corners), 1))
    if mesh.colours is not None:
        rgba *= np.einsum("nkc,nk->nc", mesh.colours[corners], weights)
    glow = np.array(material.emissive, np.float64)
    if mesh.uv is not None and material.base_texture is not None:
        rgba *= bilinear(asset.textures[material.base_texture], mesh.uv, corners, weights)
    if mesh.uv is not None and material.emissive_texture is not None and glow.any():
        glow = glow * bilinear(asset.textures[material.emissive_texture], mesh.uv, corners, weights)[:, :3]
    rgba[:, :3] += glow
    rgba[:, 3] = _opacity(material, rgba[:, 3])
    return rgba


def bilinear(
    texture: Texture,
    uv: Float32[np.ndarray, "v 2"],
    corners: Int[np.ndarray, "n 3"],
    weights: Float[np.ndarray, "n 3"],
) -> Float64[np.ndarray, "n 4"]:
    """Linear RGBA of a texture where `weights` mix the coordinates of three corners.

    (0, 0) is the image's top left, texel centres lie at half steps.
    """
    from polyseek.representations.texture_kernels import texture_at

    wraps = np.array([WRAPS.index(texture.wrap_u), WRAPS.index(texture.wrap_v)])
    levels = np.arange(256) / 255.0
    light = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    return texture_at(
        _read_only(texture.pixels), wraps, light, _read_only(uv), corners.astype(np.int64), weights
    )


def _read_only(array: np.ndarray) -> np.ndarray:
    """The array, contiguous and never to be written: a kernel is compiled once for each of these kinds."""
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


def to_srgb(linear: Float[np.ndarray, "n 3"]) -> Float32[np.ndarray, "n 3"]:
    """sRGB of linear light, both 0 to 1 (IEC 61966-2-1)."""
    bright = 1.055 * np.power(np.maximum(linear, 0.0031308), 1 / 2.4) - 0.055
    return np.where(linear <= 0.0031308, 12.92 * linear, bright).astype(np.float32)
