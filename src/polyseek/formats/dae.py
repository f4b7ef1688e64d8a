"""COLLADA 1.4 and 1.5 (Khronos; ISO/PAS 17506): the visual scene's nodes and what they place.

Skinned meshes stand as they were bound (`bind_shape_matrix`), morphed ones as their base mesh.
Lines are left out, and said so.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import EmptyModel, LimitExceeded, MalformedFile
from polyseek.formats.dae_document import Document, matrix_of
from polyseek.formats.dae_geometry import Piece, geometry_pieces
from polyseek.formats.dae_materials import Palette
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source
from polyseek.formats.xml import numbers, parse_xml

UP = {"X_UP": "x", "Y_UP": "y", "Z_UP": "z"}


def read(source: Source, limits: Limits) -> Asset:
    """The scene in the file's own axes and unit. Raises MalformedFile, EmptyModel, LimitExceeded."""
    document = Document(parse_xml(source.read(), doctype=True))
    return _Scene(document, source, limits).asset()


class _Scene:
    """One reading of one document."""

    def __init__(self, document: Document, source: Source, limits: Limits) -> None:
        self.document, self.source, self.limits = document, source, limits
        self.warnings: list[str] = []
        self.palette = Palette(document, source, limits, self.warnings)
        self.meshes: list[Mesh] = []
        self.parts: list[Part] = []
        self.nodes = 0
        self.needs: set[str] = set()
        self.has_normals = self.has_colours = False
        self._pieces: dict[int, list[Piece]] = {}
        self._made: dict[tuple[int, int, int | None], int] = {}

    def asset(self) -> Asset:
        scene = self._visual_scene()
        if scene is not None:
            for index, node in enumerate(self.document.children(scene, "node")):
                self._node(node, np.eye(4), (), index)
        else:
            self.warnings.append("it has no scene; its geometries are shown where they were modelled")
            for geometry in self.document.all("geometry"):
                self._place(geometry, None, np.eye(4), (self.document.label(geometry),))
        if not self.parts:
            raise EmptyModel(
                "no node of its scene shows a polygon", hint="export the objects, not the cameras alone"
            )
        return self._finished()

    def _finished(self) -> Asset:
        stated = self.document.first(self.document.root, "asset")
        up = self.document.text(stated, "up_axis") or "Y_UP"
        unit = self.document.first(stated, "unit")
        metres = numbers(unit.get("meter", "1")) if unit is not None else np.ones(1)
        materials, textures = self.palette.finished()
        origin = Origin(
            "dae",
            up=UP.get(up.strip().upper(), "y"),
            unit_metres=float(metres[0]) if len(metres) and metres[0] > 0 else 1.0,
            has_texture=self.palette.names_image,
            has_vertex_colour=self.has_colours,
            has_normals=self.has_normals,
            animated=any(True for _ in self.document.root.iter(self.document.tag("channel"))),
            needs=tuple(sorted(self.needs)),
            warnings=tuple(dict.fromkeys(self.warnings)),
            side_files=tuple(self.source.opened),
        )
        return Asset("", tuple(self.meshes), tuple(self.parts), origin, materials, textures)

    def _visual_scene(self) -> Element | None:
        instance = self.document.first(
            self.document.first(self.document.root, "scene"), "instance_visual_scene"
        )
        named = self.document.target(instance) if instance is not None else None
        return named if named is not None else next(iter(self.document.all("visual_scene")), None)

    def _node(
        self, node: Element, above: Float64[np.ndarray, "4 4"], path: tuple[str, ...], index: int
    ) -> None:
        self.nodes += 1
        self.limits.check("nodes", self.nodes, "nodes")
        path = (*path, self.document.label(node) or str(index))
        if len(path) > min(self.limits.depth, 400):
            raise LimitExceeded(
                f"nodes are nested deeper than the limit depth = {self.limits.depth}, or place themselves",
                hint="flatten the scene",
            )
        matrix = above @ matrix_of(node, self.document)
        for place, child in enumerate(node):
            kind = self.document.name(child)
            if kind == "node":
                self._node(child, matrix, path, place)
            elif kind == "instance_node":
                if (named := self._target(child)) is not None:
                    self._node(named, matrix, path, place)
            elif kind == "instance_geometry":
                if (geometry := self._target(child)) is not None:
                    self._place(geometry, child, matrix, path)
            elif kind == "instance_controller" and (controller := self._target(child)) is not None:
                self._controller(controller, child, matrix, path)

    def _target(self, instance: Element) -> Element | None:
        found = self.document.target(instance)
        if found is None:
            self.warnings.append(f"{instance.get('url', 'an instance without url')!r} is not in the file")
        return found

    def _controller(
        self,
        controller: Element,
        instance: Element,
        matrix: Float64[np.ndarray, "4 4"],
        path: tuple[str, ...],
    ) -> None:
        for _ in range(8):  # a skin may bend a morph that bends a geometry
            skin, morph = self.document.first(controller, "skin"), self.document.first(controller, "morph")
            bends = skin if skin is not None else morph
            if bends is None:
                return
            self.needs.add("skin" if skin is not None else "morph")
            shape = self.document.first(skin, "bind_shape_matrix")
            if shape is not None:
                values = numbers(shape.text)
                # A skin follows its joints, not its node (1.4.1, 4-3): bound, it stands where it was modelled.
                matrix = values.reshape(4, 4) if len(values) == 16 else np.eye(4)
            bent = self.document.by_reference(bends.get("source"))
            if bent is None:
                self.warnings.append(f"{bends.get('source')!r} is not in the file")
                return
            controller = bent
            if self.document.name(controller) == "geometry":
                self._place(controller, instance, matrix, path)
                return
        raise MalformedFile("its controllers bend each other in a circle", hint="export the model again")

    def _place(
        self,
        geometry: Element,
        instance: Element | None,
        matrix: Float64[np.ndarray, "4 4"],
        path: tuple[str, ...],
    ) -> None:
        key = id(geometry)
        if key not in self._pieces:
            self._pieces[key] = geometry_pieces(geometry, self.document, self.warnings)
        bound = self.palette.bindings(instance)
        for number, piece in enumerate(self._pieces[key]):
            self.has_normals |= piece.corners.normals is not None
            self.has_colours |= piece.corners.colours is not None
            material = self.palette.index_of(bound.get(piece.symbol, piece.symbol))
            slot = (key, number, material)
            if slot not in self._made:
                name = self.document.label(geometry)
                self._made[slot] = len(self.meshes)
                self.meshes.append(piece.corners.mesh(piece.triangles, material, name))
            self.parts.append(Part(self._made[slot], matrix, path))
