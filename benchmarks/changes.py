"""What may happen to a model on its way to a library: turned, scaled, bare of colour, torn, coarse or fine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from polyseek.assets import Asset, Material, Mesh, Part, bounds, flatten
from polyseek.assets.geometry import moved
from polyseek.representations.clustering import clustered
from polyseek_training.drawing import turn

FEW, MANY = 100, 1_000_000
Change = Callable[[Asset, np.random.Generator], Asset]


def yaw(asset: Asset, random: np.random.Generator) -> Asset:
    """Turned about +Y."""
    angle = random.uniform(0, 2 * np.pi)
    c, s = np.cos(angle), np.sin(angle)
    return moved(asset, np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]))


def any_turn(asset: Asset, random: np.random.Generator) -> Asset:
    """A rotation drawn uniformly from SO(3)."""
    return moved(asset, turn(random))


def fallen(asset: Asset, random: np.random.Generator) -> Asset:
    """+Z taken for up."""
    del random
    return moved(asset, np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]]))


def scaled(asset: Asset, random: np.random.Generator) -> Asset:
    """A thousandth to a thousand times as large."""
    return moved(asset, np.eye(3) * 10.0 ** random.uniform(-3, 3))


def colourless(asset: Asset, random: np.random.Generator) -> Asset:
    """Every surface the same light grey, no textures, no colours of vertices."""
    del random
    grey = tuple(
        replace(material, base_colour=(0.6, 0.6, 0.6, 1.0), base_texture=None) for material in asset.materials
    )
    meshes = tuple(replace(mesh, colours=None) for mesh in asset.meshes)
    return replace(asset, materials=grey, meshes=meshes)


def torn(asset: Asset, random: np.random.Generator) -> Asset:
    """A tenth of each mesh's triangles missing: nothing is watertight."""
    kept = (mesh.faces[random.random(len(mesh.faces)) >= 0.1] for mesh in asset.meshes)
    meshes = (
        replace(m, faces=faces) if len(faces) else m for m, faces in zip(asset.meshes, kept, strict=True)
    )
    return replace(asset, meshes=tuple(meshes))


def coarse(asset: Asset, random: np.random.Generator) -> Asset:
    """At most FEW triangles in one mesh with the materials' colours, by ever larger cells of vertex clustering."""
    del random
    if asset.triangles <= FEW:
        return asset
    geometry = flatten(asset)
    plain = [
        np.tile(_colour(asset, asset.meshes[part.mesh]), (len(asset.meshes[part.mesh].vertices), 1))
        for part in asset.parts
    ]
    whole = Mesh(
        geometry.vertices, geometry.faces, colours=np.concatenate(plain).astype(np.float32), material=0
    )
    longest = float(np.ptp(bounds(asset), 0).max())
    few = next(
        (each for cells in range(40, 0, -1) if len((each := clustered(whole, longest / cells)).faces) <= FEW),
        whole,
    )
    materials = (Material(double_sided=True),)
    return replace(asset, meshes=(few,), parts=(Part(0, np.eye(4)),), materials=materials, textures=())


def _colour(asset: Asset, mesh: Mesh) -> tuple[float, float, float, float]:
    return (0.6, 0.6, 0.6, 1.0) if mesh.material is None else asset.materials[mesh.material].base_colour


def fine(asset: Asset, random: np.random.Generator) -> Asset:
    """At least MANY triangles, each cut in four until they are."""
    del random
    while 0 < asset.triangles < MANY:
        asset = replace(asset, meshes=tuple(_cut(mesh) for mesh in asset.meshes))
    return asset


def _cut(mesh: Mesh) -> Mesh:
    if not len(mesh.faces):
        return mesh
    a, b, c = mesh.faces.T

    def corners(values: np.ndarray | None) -> np.ndarray | None:
        if values is None:
            return None
        of = [values[a], values[b], values[c]]
        middles = [(of[0] + of[1]) / 2, (of[1] + of[2]) / 2, (of[2] + of[0]) / 2]
        return np.concatenate([*of, *middles]).astype(values.dtype)

    n = len(mesh.faces)
    first = np.arange(n)
    cut = ((0, 3, 5), (3, 1, 4), (5, 4, 2), (3, 4, 5))
    faces = np.concatenate([np.stack([first + n * corner for corner in each], 1) for each in cut])
    vertices = corners(mesh.vertices)
    assert vertices is not None
    return replace(
        mesh,
        vertices=vertices,
        faces=faces.astype(np.int32),
        normals=corners(mesh.normals),
        uv=corners(mesh.uv),
        colours=corners(mesh.colours),
    )


CHANGES: dict[str, Change] = {
    "as it is": lambda asset, random: asset,
    "random yaw": yaw,
    "random SO(3)": any_turn,
    "wrong up axis": fallen,
    "another scale": scaled,
    "no colour": colourless,
    "a tenth of the triangles missing": torn,
    "a hundred triangles": coarse,
    "a million triangles": fine,
}
