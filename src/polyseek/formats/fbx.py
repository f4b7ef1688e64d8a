"""Autodesk FBX, binary and ASCII, versions 3000 to 7700, through ufbx.

Positions stay in the file's own axes and units; `Origin` states both. Skinned meshes stand as
they were bound, instances share one Mesh, the materials of one object are
Meshes of their own at the same place.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float64, Int64, UInt32

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import EmptyModel, LimitExceeded, MalformedFile
from polyseek.formats.corners import Corners, Layer
from polyseek.formats.fbx_materials import Palette
from polyseek.formats.limits import Limits
from polyseek.formats.polygons import triangulate
from polyseek.formats.source import Source

if TYPE_CHECKING:
    import ufbx

AXES = ("x", "-x", "y", "-y", "z", "-z", "unknown")
# Before version 6 a file states neither its axes nor its unit.
FIRST_WITH_SETTINGS = 6000


class Alive:
    """Holds every object that ufbx hands out, for ever, and gives back the scene's memory.

    Lists and attributes of ufbx 0.0.5 lend their elements without counting the reference, so that
    the last owner frees an object that its scene still points at and the process dies. An object
    with one reference more than it has owners is never freed: some kilobytes a file remain. What the
    scene itself holds is freed, after the garbage collector was told not to walk it any more.
    """

    def __init__(self) -> None:
        self._own = ctypes.pythonapi.Py_IncRef
        self._own.argtypes = [ctypes.py_object]
        self._own.restype = None

    def keep(self, thing: Any) -> Any:
        self._own(thing)
        return thing

    def each(self, things: Any) -> Iterator[Any]:
        self.keep(things)
        for index in range(len(things)):
            thing = things[index]
            self._own(thing)
            self._own(thing)
            yield thing

    def release(self, scene: Any) -> None:
        """Free the scene. No object that came from it may be used afterwards."""
        contexts = [each for each in gc.get_referents(scene) if type(each).__name__ == "Context"]
        untrack = ctypes.pythonapi.PyObject_GC_UnTrack
        untrack.argtypes = [ctypes.py_object]
        untrack.restype = None
        for context in contexts:
            self._own(context)
            untrack(context)
        if contexts:
            scene.free()


def read(source: Source, limits: Limits) -> Asset:
    """The scene, hidden nodes left out. Raises MalformedFile, LimitExceeded, EmptyModel."""
    import ufbx

    try:
        scene: Any = ufbx.load_memory(
            source.read(), node_depth_limit=limits.depth, use_blender_pbr_material=True
        )
    except ufbx.NodeDepthLimitError as error:
        raise LimitExceeded(
            f"nodes are nested deeper than the limit depth = {limits.depth}", hint="flatten the scene"
        ) from error
    except ufbx.UfbxError as error:
        raise MalformedFile(
            f"not a sound FBX file ({str(error) or type(error).__name__})",
            hint="open it in the program it came from and export it again",
        ) from error
    alive = Alive()
    alive.keep(scene)
    try:
        return _Scene(scene, alive, source, limits).asset()
    finally:
        alive.release(scene)


class _Scene:
    """One reading of one scene."""

    def __init__(self, scene: ufbx.Scene, alive: Alive, source: Source, limits: Limits) -> None:
        self.scene, self.alive, self.limits = scene, alive, limits
        self.warnings: list[str] = []
        self.palette = Palette(alive, source, limits, self.warnings)
        self.source = source
        self.meshes: list[Mesh] = []
        self.cache: dict[tuple[int, tuple[int, ...]], list[int]] = {}
        self.has_normals = self.has_colours = self.skinned = False

    def asset(self) -> Asset:
        nodes = list(self.alive.each(self.scene.nodes))
        self.limits.check("nodes", len(nodes), "nodes")
        parts = self._parts(nodes)
        settings = self.alive.keep(self.scene.settings)
        metadata = self.alive.keep(self.scene.metadata)
        states_frame = int(metadata.version) >= FIRST_WITH_SETTINGS
        up, right_handed = _axes(settings)
        if states_frame and not right_handed:
            parts = [Part(part.mesh, _mirror(settings) @ part.matrix, part.path) for part in parts]
            self.warnings.append("its axes are left-handed; the model was mirrored to a right-handed frame")
        materials, textures = self.palette.finished()
        origin = Origin(
            "fbx",
            up=up if states_frame else "unknown",
            unit_metres=float(settings.unit_meters) if states_frame else None,
            has_texture=self.palette.names_image,
            has_vertex_colour=self.has_colours,
            has_normals=self.has_normals,
            animated=self._animated(),
            needs=("skin",) if self.skinned else (),
            warnings=tuple(self.warnings),
            side_files=tuple(self.source.opened),
        )
        return Asset("", tuple(self.meshes), tuple(parts), origin, materials, textures)

    def _animated(self) -> bool:
        return any(
            len(self.alive.keep(curve.keyframes)) > 0 for curve in self.alive.each(self.scene.anim_curves)
        )

    def _parts(self, nodes: list[Any]) -> list[Part]:
        """Placements of all visible meshes; of all meshes where none is visible."""
        with_mesh = [(node, mesh) for node in nodes if (mesh := self.alive.keep(node.mesh)) is not None]
        if any(True for _ in self.alive.each(self.scene.nurbs_surfaces)):
            self.warnings.append("NURBS surfaces are left out; export them as polygons to see them")
        if not with_mesh:
            raise EmptyModel("there is no polygon mesh in it", hint="export the shapes as polygon meshes")
        spare = self._lower_levels()
        shown = [
            pair for pair in with_mesh if self._is_visible(pair[0]) and int(pair[0].typed_id) not in spare
        ]
        left_out = len(with_mesh) - len(shown)
        if left_out and shown:
            self.warnings.append(f"{left_out} hidden nodes or lower levels of detail are left out")
        elif left_out:
            shown = with_mesh
            self.warnings.append("all of its nodes are hidden; they are shown")
        parts: list[Part] = []
        for node, mesh in shown:
            path = self._path(node)
            self.skinned |= len(self.alive.keep(mesh.skin_deformers)) > 0
            matrix = _matrix(node.geometry_to_world)
            parts.extend(Part(index, matrix, path) for index in self._meshes_of(node, mesh))
        return parts

    def _lower_levels(self) -> set[int]:
        """typed_id of every node under a level of detail after the first of its group."""
        spare: set[int] = set()
        for group in self.alive.each(self.scene.lod_groups):
            for node in self.alive.each(group.instances):
                waiting = list(self.alive.each(node.children))[1:]
                while waiting:
                    each = waiting.pop()
                    spare.add(int(each.typed_id))
                    waiting.extend(self.alive.each(each.children))
        return spare

    def _lineage(self, node: Any) -> Iterator[Any]:
        """The node and those above it, without the scene's root."""
        for _ in range(self.limits.depth):
            if node is None or node.is_root:
                return
            yield node
            node = self.alive.keep(node.parent)

    def _is_visible(self, node: Any) -> bool:
        return all(each.visible for each in self._lineage(node))

    def _path(self, node: Any) -> tuple[str, ...]:
        return tuple(each.name or str(each.typed_id) for each in self._lineage(node))[::-1]

    def _meshes_of(self, node: Any, mesh: Any) -> list[int]:
        """Indices of the Meshes, one a material in use, that the node's mesh is divided into."""
        own = list(self.alive.each(node.materials)) or list(self.alive.each(mesh.materials))
        key = int(mesh.element_id), tuple(int(each.element_id) for each in own)
        if key not in self.cache:
            self.cache[key] = self._divided(mesh, own)
        return self.cache[key]

    def _divided(self, mesh: Any, own: list[Any]) -> list[int]:
        alive = self.alive
        self.limits.check("triangles", int(mesh.num_triangles), "triangles")
        counts, starts = _faces(alive.keep(mesh.faces))
        corners = _integers(alive.keep(mesh.vertex_indices))
        positions = np.array(alive.keep(mesh.vertices), np.float64).reshape(-1, 3)
        if len(positions) == 0 or len(corners) == 0:
            return []
        if (starts != np.cumsum(counts) - counts).any() or len(corners) != counts.sum():
            raise MalformedFile("its polygons overlap in the index list")
        found = triangulate(positions, corners, np.append(starts, len(corners)))
        triangles, polygon = found.places.astype(np.int64), found.owner
        holes = np.fromiter(alive.keep(mesh.face_hole), bool, len(mesh.face_hole))
        if holes.any():
            kept = ~holes[polygon]
            triangles, polygon = triangles[kept], polygon[kept]
            self.warnings.append(f"{int(holes.sum())} polygons marked as holes are left out")
        if (counts == 2).any() or (counts == 1).any():
            self.warnings.append(f"{int((counts < 3).sum())} lines or points are left out")
        self.has_normals |= bool(mesh.vertex_normal.exists) and not bool(mesh.generated_normals)
        corner = Corners(
            (positions, corners),
            _layer(alive, alive.keep(mesh.vertex_normal), 3, len(corners)),
            _layer(alive, alive.keep(mesh.vertex_uv), 2, len(corners)),
            _layer(alive, alive.keep(mesh.vertex_color), 4, len(corners)),
        )
        self.has_colours |= corner.colours is not None
        if len(own) < 2:
            return [self._mesh(mesh, corner, triangles, own[0] if own else None)]
        of_face = _integers(alive.keep(mesh.face_material))
        slot = (
            np.minimum(of_face[polygon], len(own) - 1) if len(of_face) else np.zeros(len(polygon), np.int64)
        )
        return [
            self._mesh(mesh, corner, triangles[slot == index], own[int(index)])
            for index in np.flatnonzero(np.bincount(slot, minlength=len(own)))
        ]

    def _mesh(self, mesh: Any, corner: Corners, triangles: Int64[np.ndarray, "t 3"], material: Any) -> int:
        index, transform = self.palette.index_of(material)
        placed = replace(corner, uv=_in_image(corner.uv, transform))
        self.meshes.append(placed.mesh(triangles, index, str(mesh.name)))
        return len(self.meshes) - 1


def _layer(alive: Alive, layer: Any, width: int, corners: int) -> Layer | None:
    """One attribute; None where the file has none, or not for every corner."""
    if not layer.exists:
        return None
    values = np.array(alive.keep(layer.values), np.float64).reshape(-1, width)
    indices = _integers(alive.keep(layer.indices))
    return (values, indices) if len(indices) == corners and len(values) else None


def _in_image(uv: Layer | None, transform: Float64[np.ndarray, "4 4"] | None) -> Layer | None:
    """FBX counts v from the image's bottom."""
    if uv is None:
        return None
    moved = uv[0] if transform is None else uv[0] @ transform[:2, :2].T + transform[:2, 3]
    return np.stack([moved[:, 0], 1 - moved[:, 1]], 1), uv[1]


def _faces(faces: Any) -> tuple[Int64[np.ndarray, " p"], Int64[np.ndarray, " p"]]:
    """(corners of each polygon, its first corner)."""
    table: UInt32[np.ndarray, "p 2"] = np.array(faces, np.uint32).reshape(-1, 2)
    return table[:, 1].astype(np.int64), table[:, 0].astype(np.int64)


def _integers(values: Any) -> Int64[np.ndarray, " n"]:
    return np.array(list(values), np.int64)


def _matrix(matrix: Any) -> Float64[np.ndarray, "4 4"]:
    full = np.eye(4)
    for column, name in enumerate(("c0", "c1", "c2", "c3")):
        full[:3, column] = getattr(matrix, name)
    return full


def _axes(settings: Any) -> tuple[str, bool]:
    """(up axis of the file, do right, up and front make a right-handed frame)."""
    axes = settings.axes
    vectors = [_direction(int(axis)) for axis in (axes.right, axes.up, axes.front)]
    stated = all(vector.any() for vector in vectors)
    return AXES[int(axes.up)], not stated or float(np.linalg.det(np.array(vectors))) > 0


def _direction(axis: int) -> Float64[np.ndarray, " 3"]:
    vector = np.zeros(3)
    if axis < 6:
        vector[axis // 2] = 1 - 2 * (axis % 2)
    return vector


def _mirror(settings: Any) -> Float64[np.ndarray, "4 4"]:
    """Reflection along the file's right axis."""
    return np.diag([*(1 - 2 * np.abs(_direction(int(settings.axes.right)))), 1.0])
