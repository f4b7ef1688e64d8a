"""glTF 2.0 and GLB (Khronos, specification 2.0.1) -> Asset, +Y up, in metres, at rest.

Read: every primitive that has surface or points, materials and textures, the node tree, skins and
morph targets at their rest pose, and the extensions of EXTENSIONS. Lines, cameras, lights and
animation are left out.
"""

from __future__ import annotations

import re
import struct
from typing import Any

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import MalformedFile, UnsupportedFormat
from polyseek.formats.gltf_accessors import Document, listing
from polyseek.formats.gltf_materials import Surfaces
from polyseek.formats.gltf_nodes import Placed, Skeletons, instances, walk
from polyseek.formats.gltf_primitives import Primitive, PrimitiveReader, Skinning
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source

# Extensions that are read, and how Origin.needs names them where they change what must be decoded.
EXTENSIONS = {
    "EXT_mesh_gpu_instancing": "instancing",
    "EXT_meshopt_compression": "meshopt",
    "EXT_texture_avif": "avif",
    "EXT_texture_webp": "webp",
    "KHR_draco_mesh_compression": "draco",
    "KHR_materials_pbrSpecularGlossiness": "specular_glossiness",
    "KHR_materials_unlit": "unlit",
    "KHR_mesh_quantization": "quantization",
    "KHR_meshopt_compression": "meshopt",
    "KHR_texture_basisu": "ktx2",
    "KHR_texture_transform": "texture_transform",
    "MSFT_texture_dds": "dds",
    "EXT_mesh_features": "mesh_features",
}
# Families that change neither geometry nor base colour: a file that requires one can be shown without it.
HARMLESS = re.compile(
    r"(KHR_(materials|lights|animation|node|xmp|audio|physics|interactivity)|EXT_(lights|structural|feature|instance)"
    r"|CESIUM_|FB_|MSFT_|VRM|VRMC_|ADOBE_|AGI_|GODOT_|NEEDLE_|OMI_|MOZ_|MPEG_)"
)
_FACTS_OF_BAD_JSON = (
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
    IndexError,
    OverflowError,
    struct.error,
)


def read(source: Source, limits: Limits) -> Asset:
    """The default scene. Raises MalformedFile, UnsupportedFormat (glTF 1.0, unknown required extensions),
    FileNotFound (a missing .bin), OutsideReference, LimitExceeded. A missing texture is a warning."""
    document = Document(source, limits)
    try:
        _check_required(document)
        return _Reading(document).asset()
    except _FACTS_OF_BAD_JSON as error:
        # A property of the wrong kind, wherever it stands; what is checked by name says so itself.
        raise MalformedFile(f"the glTF's JSON breaks its schema ({type(error).__name__}: {error})") from error


def _check_required(document: Document) -> None:
    for name in listing(document.json, "extensionsUsed"):
        document.need(EXTENSIONS.get(name, str(name).lower()))
    unknown = [
        str(name)
        for name in listing(document.json, "extensionsRequired")
        if name not in EXTENSIONS and not HARMLESS.match(str(name))
    ]
    if unknown:
        raise UnsupportedFormat(
            f"the file cannot be read without {', '.join(unknown)}, which polyseek does not know",
            hint="export it without that extension",
        )


class _Reading:
    """The walk through one document: meshes are read once for each shape in which they are placed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.surfaces = Surfaces(document)
        self.primitives = PrimitiveReader(document, self.surfaces)
        self.skeletons = Skeletons(document)
        self.meshes: list[Mesh] = []
        self.parts: list[Part] = []
        self._read: dict[Any, list[Primitive]] = {}
        self._places: dict[Any, list[int]] = {}

    def asset(self) -> Asset:
        document = self.document
        if (document.json.get("extensions") or {}).get("CESIUM_RTC"):
            document.warn("the model's place on the globe (CESIUM_RTC) is left out")
        for placed in walk(document):
            if "mesh" in placed.node:
                self._place(placed)
        meshes, parts = self._used()
        animations = document.items("animations")
        origin = Origin(
            "glb" if document.is_binary else "gltf",
            up="y",
            unit_metres=1.0,
            has_texture=self.surfaces.any_names_image(),
            has_vertex_colour=any(mesh.colours is not None for mesh in meshes),
            has_normals=any(mesh.normals is not None and len(mesh.faces) for mesh in meshes),
            animated=any(listing(each, "channels") for each in animations),
            needs=tuple(sorted(document.needs)),
            warnings=tuple(document.warnings),
            licence=_licence(document),
            side_files=tuple(dict.fromkeys(document.source.opened)),
        )
        return Asset("", meshes, parts, origin, self.surfaces.materials(), tuple(self.surfaces.textures))

    def _place(self, placed: Placed) -> None:
        node = placed.node
        mesh = self.document.item("meshes", node["mesh"])
        weights = tuple(float(each) for each in listing(node, "weights") or listing(mesh, "weights"))
        key = node["mesh"], weights
        if key not in self._read:
            name = str(mesh.get("name") or "")
            found = (self.primitives.read(each, name, weights) for each in listing(mesh, "primitives"))
            self._read[key] = [each for each in found if each is not None and len(each.mesh.vertices)]
            self._places[key] = self._store([each.mesh for each in self._read[key]])
        if "skin" in node and all(each.skinning is not None for each in self._read[key]):
            self._place_skinned(placed, key)
            return
        several = instances(self.document, node)
        if several is None:
            self.parts.extend(Part(index, placed.matrix, placed.path) for index in self._places[key])
            return
        self.document.limits.check("nodes", len(self.parts) + len(several), "placements")
        for number, matrix in enumerate(placed.matrix @ several):
            path = (*placed.path, str(number))
            self.parts.extend(Part(index, matrix, path) for index in self._places[key])

    def _place_skinned(self, placed: Placed, key: Any) -> None:
        """Joints place a skinned mesh, its node's own transform does not (3.7.3.3)."""
        matrices = self.skeletons.matrices(placed.node["skin"])
        rigid = _one_motion(matrices)
        if rigid is not None:
            self.parts.extend(Part(index, rigid, placed.path) for index in self._places[key])
            return
        skinned_key = (*key, placed.node["skin"])
        if skinned_key not in self._places:
            meshes = [
                _skinned(each.mesh, each.skinning, matrices) for each in self._read[key] if each.skinning
            ]
            self._places[skinned_key] = self._store(meshes)
        self.parts.extend(Part(index, np.eye(4), placed.path) for index in self._places[skinned_key])

    def _store(self, meshes: list[Mesh]) -> list[int]:
        self.meshes.extend(meshes)
        return list(range(len(self.meshes) - len(meshes), len(self.meshes)))

    def _used(self) -> tuple[tuple[Mesh, ...], tuple[Part, ...]]:
        """Without the meshes that are placed in another pose only."""
        used = sorted({part.mesh for part in self.parts})
        if len(used) == len(self.meshes):
            return tuple(self.meshes), tuple(self.parts)
        place = {index: number for number, index in enumerate(used)}
        parts = tuple(Part(place[part.mesh], part.matrix, part.path) for part in self.parts)
        return tuple(self.meshes[index] for index in used), parts


def _licence(document: Document) -> str | None:
    """The copyright line, or the licence that exporters of shared models put beside it."""
    stated = document.json.get("asset") or {}
    found = (stated.get("extras") or {}).get("license") if isinstance(stated.get("extras"), dict) else None
    found = found or stated.get("copyright")
    return found if isinstance(found, str) and found else None


def _one_motion(matrices: Float64[np.ndarray, "j 4 4"]) -> Float64[np.ndarray, "4 4"] | None:
    """The matrix that all joints agree on, as at the pose the mesh was bound in; None where they differ."""
    if not len(matrices):
        return None
    spread = np.abs(matrices - matrices[0]).max()
    return matrices[0] if spread <= 1e-5 * max(1.0, np.abs(matrices[0]).max()) else None


def _skinned(mesh: Mesh, skinning: Skinning, matrices: Float64[np.ndarray, "j 4 4"]) -> Mesh:
    """Linear blend skinning: v' = sum over joints of weight * matrix * v."""
    if skinning.joints.size and (skinning.joints.max() >= len(matrices) or skinning.joints.min() < 0):
        used = np.where(skinning.weights > 0, skinning.joints, 0)
        if used.max() >= len(matrices) or used.min() < 0:
            raise MalformedFile(
                f"a vertex uses joint {int(used.max())}, but the skin has only {len(matrices)}"
            )
        skinning = Skinning(used, skinning.weights)
    vertices = np.zeros((len(mesh.vertices), 3))
    normals = None if mesh.normals is None else np.zeros((len(mesh.vertices), 3))
    for column in range(skinning.joints.shape[1]):
        weight = skinning.weights[:, column, None].astype(np.float64)
        if not weight.any():
            continue
        moves = matrices[skinning.joints[:, column]]
        moved = np.einsum("vij,vj->vi", moves[:, :3, :3], mesh.vertices.astype(np.float64))
        vertices += weight * (moved + moves[:, :3, 3])
        if normals is not None and mesh.normals is not None:
            normals += weight * np.einsum("vij,vj->vi", moves[:, :3, :3], mesh.normals.astype(np.float64))
    if normals is not None:
        lengths = np.linalg.norm(normals, axis=1, keepdims=True)
        normals = np.where(lengths > 0, normals / np.where(lengths > 0, lengths, 1), [[0.0, 1.0, 0.0]])
    turned = None if normals is None else normals.astype(np.float32)
    return Mesh(
        vertices.astype(np.float32), mesh.faces, turned, mesh.uv, mesh.colours, mesh.material, mesh.name
    )
