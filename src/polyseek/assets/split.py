"""A scene as the things that stand in it: one Asset for each top node that has geometry."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from polyseek.assets.asset import Asset, Part
from polyseek.assets.geometry import bounds


def split_nodes(asset: Asset) -> list[tuple[tuple[str, ...], Asset]]:
    """(path of node names, Asset) of each object of a scene, in the order of Asset.parts.

    Nodes that hold all there is (an exporter's root) are passed through; below them each node with
    geometry is one object. Each object is moved so that the middle of its base is at the origin, as
    a model in a file of its own would be. Empty where there is only one object.
    """
    above = _shared([part.path[:-1] for part in asset.parts])
    groups: dict[tuple[str, ...], list[Part]] = {}
    for part in asset.parts:
        groups.setdefault(part.path[: above + 1], []).append(part)
    if len(groups) < 2:
        return []
    return [(path, _standing(_part_of(asset, path[-1], parts))) for path, parts in groups.items()]


def _shared(paths: list[tuple[str, ...]]) -> int:
    """How many names all paths begin with."""
    shortest = min(map(len, paths), default=0)
    return next((i for i in range(shortest) if len({path[i] for path in paths}) > 1), shortest)


def _part_of(asset: Asset, name: str, parts: list[Part]) -> Asset:
    """The Asset of some of its parts, with the meshes, materials and facts of those only."""
    used = sorted({part.mesh for part in parts})
    place_of = {mesh: place for place, mesh in enumerate(used)}
    meshes = tuple(asset.meshes[mesh] for mesh in used)
    materials = [asset.materials[mesh.material] for mesh in meshes if mesh.material is not None]
    origin = replace(
        asset.origin,
        has_texture=asset.origin.has_texture
        and any(m.base_texture is not None or m.emissive_texture is not None for m in materials),
        has_vertex_colour=any(mesh.colours is not None for mesh in meshes),
        has_normals=any(mesh.normals is not None for mesh in meshes),
    )
    moved = tuple(replace(part, mesh=place_of[part.mesh]) for part in parts)
    return replace(asset, name=name, meshes=meshes, parts=moved, origin=origin)


def _standing(asset: Asset) -> Asset:
    low, high = bounds(asset)
    move = np.eye(4)
    move[:3, 3] = -np.array([(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2])
    return replace(asset, parts=tuple(replace(part, matrix=move @ part.matrix) for part in asset.parts))
