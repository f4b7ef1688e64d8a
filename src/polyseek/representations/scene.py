"""Scene: an Asset made ready to be drawn: all triangles in one array, with normals, paint and mip levels.

Points without faces become small hexagons that lie in the surface they suggest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import Float32, Float64, Int32, Int64, UInt8

from polyseek.assets import Asset, Geometry, Mesh, flatten
from polyseek.errors import EmptyModel
from polyseek.representations.camera import Sphere, bounding_sphere
from polyseek.representations.colour_lookup import PLAIN, UNPAINTED
from polyseek.representations.discs import discs_of_points
from polyseek.representations.paint import Paint
from polyseek.representations.shading_normals import mesh_normals, turned, winding_is_consistent

WRAPS = {"repeat": 0, "clamp": 1, "mirror": 2}
ALPHAS = {"opaque": 0, "mask": 1, "blend": 2}
# Only glTF says that the back of a surface is not to be seen; others leave it open.
ONE_SIDED_FORMATS = frozenset({"gltf", "glb"})


@dataclass(frozen=True, eq=False)
class Scene:
    """`vertices`: metres, the one frame. `low`, `high`: the box around all faces. `face_part`: index into Asset.parts."""

    vertices: Float32[np.ndarray, "v 3"]
    face_part: Int32[np.ndarray, " f"]
    paint: Paint
    low: Float64[np.ndarray, " 3"]
    high: Float64[np.ndarray, " 3"]
    sphere: Sphere
    layered: bool


def make_scene(asset: Asset, *, painted: bool = True) -> Scene:
    """Everything that is drawn of an Asset; triangles with a corner that is no number are left out.

    Without `painted` every surface is opaque and two-sided, and normals and textures are not looked
    at: enough for silhouettes and depth. Raises EmptyModel where there is nothing to draw.
    """
    if asset.is_points:
        asset = discs_of_points(asset)
    geometry = _finite(flatten(asset))
    if len(geometry.faces) == 0:
        raise EmptyModel("there is nothing to draw: no triangles and no points")
    paint = _paint(asset, geometry) if painted else _bare(geometry)
    used = geometry.vertices
    if len(geometry.faces) < len(used) or not bool(np.all(np.isfinite(used))):
        used = used[np.unique(geometry.faces)]
    low, high = used.min(0).astype(np.float64), used.max(0).astype(np.float64)
    vertices = np.nan_to_num(geometry.vertices, posinf=0.0, neginf=0.0)
    layered = bool(np.any(paint.surfaces[:, 9] == ALPHAS["blend"]))
    return Scene(vertices, geometry.face_part, paint, low, high, bounding_sphere(used), layered)


def _finite(geometry: Geometry) -> Geometry:
    sound = np.all(np.isfinite(geometry.vertices), axis=1)
    if bool(np.all(sound)):
        return geometry
    keep = np.take(sound, geometry.faces).all(1)
    return Geometry(geometry.vertices, geometry.faces[keep], geometry.face_part[keep])


def _bare(geometry: Geometry) -> Paint:
    surfaces = np.zeros((1, 16), np.float32)
    surfaces[0, :4], surfaces[0, 12:14] = (*UNPAINTED.base_colour[:3], 1.0), -1
    return Paint(
        faces=np.ascontiguousarray(geometry.faces),
        face_surface=np.zeros(len(geometry.faces), np.int32),
        surfaces=surfaces,
        normals=np.zeros((1, 3), np.float32),
        face_normals=np.zeros((1, 3), np.int32),
        uv=np.zeros((1, 2), np.float32),
        colours=np.ones((1, 4), np.float32),
        texels=np.zeros((1, 4), np.uint8),
        levels=np.array([[0, 1, 1]], np.int64),
        textures=np.array([[0, 1, 0, 0]], np.int64),
        linear=linear_of_srgb(),
    )


def _paint(asset: Asset, geometry: Geometry) -> Paint:
    used = sorted({part.mesh for part in asset.parts})
    row = {mesh: index for index, mesh in enumerate(used)}
    textures = sorted({index for mesh in used for index in _textures_of(asset, asset.meshes[mesh])})
    texels, levels, table = pack_textures(asset, textures)
    slot = {texture: index for index, texture in enumerate(textures)}
    surfaces = np.stack([_surface(asset, asset.meshes[mesh], slot) for mesh in used])
    part_row = np.array([row[part.mesh] for part in asset.parts], np.int32)
    normals, face_normals = _normals(asset, used, len(geometry.faces))
    return Paint(
        faces=np.ascontiguousarray(geometry.faces),
        face_surface=part_row[geometry.face_part],
        surfaces=_with_sides(asset, geometry, used, part_row, surfaces),
        normals=normals,
        face_normals=face_normals,
        uv=_by_vertex(asset, "uv", 2, 0.0),
        colours=_by_vertex(asset, "colours", 4, 1.0),
        texels=texels,
        levels=levels,
        textures=table,
        linear=linear_of_srgb(),
    )


def _textures_of(asset: Asset, mesh: Mesh) -> tuple[int, ...]:
    if mesh.material is None or mesh.uv is None:
        return ()
    material = asset.materials[mesh.material]
    found = [material.base_texture, material.emissive_texture if any(material.emissive) else None]
    return tuple(index for index in found if index is not None)


def _surface(asset: Asset, mesh: Mesh, slot: dict[int, int]) -> Float32[np.ndarray, " 16"]:
    material = UNPAINTED if mesh.colours is None else PLAIN
    if mesh.material is not None:
        material = asset.materials[mesh.material]
    named = set(_textures_of(asset, mesh))
    base = material.base_texture if material.base_texture in named else None
    glow = material.emissive_texture if material.emissive_texture in named else None
    return np.array(
        [
            *material.base_colour,
            *material.emissive,
            material.metallic,
            material.roughness,
            ALPHAS[material.alpha_mode],
            material.alpha_cutoff,
            material.unlit,
            -1 if base is None else slot[base],
            -1 if glow is None else slot[glow],
            mesh.colours is not None,
            0.0 if material.double_sided else 1.0,
        ],
        np.float32,
    )


def _with_sides(
    asset: Asset,
    geometry: Geometry,
    used: list[int],
    part_row: Int32[np.ndarray, " p"],
    surfaces: Float32[np.ndarray, "s 16"],
) -> Float32[np.ndarray, "s 16"]:
    """`surfaces` two-sided wherever the winding does not tell inside from outside: where it contradicts
    itself within a mesh, or the whole model is inside out.
    """
    if asset.origin.format not in ONE_SIDED_FORMATS:
        surfaces[:, 15] = 0.0
        return surfaces
    for index, mesh in enumerate(used):
        if surfaces[index, 15] > 0 and not winding_is_consistent(asset.meshes[mesh]):
            surfaces[index, 15] = 0.0
    one_sided = surfaces[part_row[geometry.face_part], 15] > 0
    if one_sided.any() and _is_inside_out(geometry.vertices[geometry.faces[one_sided]].astype(np.float64)):
        surfaces[:, 15] = 0.0
    return surfaces


def _is_inside_out(corners: Float64[np.ndarray, "f 3 3"]) -> bool:
    """Closed, so that its areas as vectors cancel, and enclosing a negative volume."""
    a, b, c = (corners - corners.reshape(-1, 3).mean(0)).transpose(1, 0, 2)
    areas = np.cross(b - a, c - a)
    total = float(np.linalg.norm(areas, axis=1).sum())
    closed = float(np.linalg.norm(areas.sum(0))) <= 0.02 * total
    return closed and float(np.einsum("ij,ij->", a, np.cross(b, c))) < 0.0


def _normals(
    asset: Asset, used: list[int], faces: int
) -> tuple[Float32[np.ndarray, "n 3"], Int32[np.ndarray, "f 3"]]:
    local = {mesh: mesh_normals(asset.meshes[mesh]) for mesh in used if len(asset.meshes[mesh].faces)}
    rows: list[Float32[np.ndarray, "n 3"]] = []
    corners: list[Int32[np.ndarray, "f 3"]] = []
    start = 0
    for part in asset.parts:
        if part.mesh not in local:
            continue
        normals, index = local[part.mesh]
        mirrored = float(np.linalg.det(part.matrix[:3, :3])) < 0
        rows.append(turned(part.matrix, normals))
        corners.append((index[:, ::-1] if mirrored else index) + np.int32(start))
        start += len(normals)
    found = np.concatenate(corners)
    if len(found) != faces:  # faces were left out: one flat normal each, from the triangle itself
        return np.zeros((1, 3), np.float32), np.zeros((faces, 3), np.int32)
    return np.concatenate(rows), np.ascontiguousarray(found)


def _by_vertex(asset: Asset, name: str, width: int, default: float) -> Float32[np.ndarray, "v k"]:
    """An attribute of all placed vertices, `default` where a mesh has none; one row where no mesh has it."""
    values = [getattr(asset.meshes[part.mesh], name) for part in asset.parts]
    if all(value is None for value in values):
        return np.full((1, width), default, np.float32)
    rows = [
        np.full((len(asset.meshes[part.mesh].vertices), width), default, np.float32)
        if value is None
        else value
        for part, value in zip(asset.parts, values, strict=True)
    ]
    return np.ascontiguousarray(np.concatenate(rows), np.float32)


def pack_textures(
    asset: Asset, used: list[int]
) -> tuple[UInt8[np.ndarray, "t 4"], Int64[np.ndarray, "k 3"], Int64[np.ndarray, "m 4"]]:
    """The mip levels of the textures `used`, in the layout of `raster_texture`."""
    levels: list[tuple[int, int, int]] = []
    table: list[tuple[int, int, int, int]] = []
    total = 0
    for index in used:
        texture = asset.textures[index]
        height, width = texture.pixels.shape[:2]
        first = len(levels)
        while True:
            levels.append((total, width, height))
            total += width * height
            if max(width, height) <= 1:
                break
            width, height = max(width // 2, 1), max(height // 2, 1)
        table.append((first, len(levels) - first, WRAPS[texture.wrap_u], WRAPS[texture.wrap_v]))
    if not used:
        return np.zeros((1, 4), np.uint8), np.array([[0, 1, 1]], np.int64), np.array([[0, 1, 0, 0]], np.int64)
    from polyseek.representations.raster_texture import halve

    texels = np.empty((total, 4), np.uint8)
    for index, (first, count, _, _) in zip(used, table, strict=True):
        start, width, height = levels[first]
        texels[start : start + width * height] = asset.textures[index].pixels.reshape(-1, 4)
        for level in range(first, first + count - 1):
            start, width, height = levels[level]
            halve(texels, start, width, height, levels[level + 1][0], linear_of_srgb(), srgb_of_linear())
    return texels, np.array(levels, np.int64), np.array(table, np.int64)


@lru_cache(maxsize=1)
def linear_of_srgb() -> Float32[np.ndarray, " 256"]:
    """Linear light of each 8-bit sRGB value (IEC 61966-2-1)."""
    value = np.arange(256) / 255.0
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


@lru_cache(maxsize=1)
def srgb_of_linear() -> UInt8[np.ndarray, " 16384"]:
    """8-bit sRGB of linear light 0 to 1 in even steps, fine enough to reach every value."""
    value = np.linspace(0.0, 1.0, 16384)
    curve = np.where(value <= 0.0031308, 12.92 * value, 1.055 * np.maximum(value, 1e-9) ** (1 / 2.4) - 0.055)
    return (curve * 255.0 + 0.5).astype(np.uint8)
