"""3D Manufacturing Format: Core 1.3, Materials and Properties 1.2, Production 1.1 (3MF Consortium).

Z up. Slices are passed over for the mesh that they were cut from; beams of a lattice are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import EmptyModel, LimitExceeded, MalformedFile
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source
from polyseek.formats.threemf_mesh import meshes_of
from polyseek.formats.threemf_package import Package
from polyseek.formats.threemf_properties import Properties
from polyseek.formats.xml import local_name, numbers, parse_xml

UNITS = {
    "micron": 1e-6,
    "millimeter": 0.001,
    "centimeter": 0.01,
    "inch": 0.0254,
    "foot": 0.3048,
    "meter": 1.0,
}
PRODUCTION_PATH = "{http://schemas.microsoft.com/3dmanufacturing/production/2015/06}path"


def read(source: Source, limits: Limits) -> Asset:
    """What the build section places. Raises MalformedFile, EmptyModel, LimitExceeded."""
    with Package(source, limits) as package:
        return _Build(package, limits).asset()


@dataclass(frozen=True, eq=False)
class _Model:
    """One model part: its root, its objects by id, its property groups."""

    root: Element
    objects: dict[str, Element]
    properties: Properties


class _Build:
    """One reading of one package."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package, self.limits = package, limits
        self.warnings: list[str] = []
        self.needs: set[str] = set()
        self.meshes: list[Mesh] = []
        self.parts: list[Part] = []
        self.placed = 0
        self._models: dict[str, _Model] = {}
        self._made: dict[tuple[str, str], list[int]] = {}

    def asset(self) -> Asset:
        start = self.package.start()
        model = self._model(start)
        items = [each for each in model.root.iter() if local_name(each) == "item"]
        for number, item in enumerate(items):
            self._place(self._path_of(item, start), item, np.eye(4), (str(number),))
        if not self.parts:
            raise EmptyModel("its build places no mesh", hint="export it with the objects on the build plate")
        unit = model.root.get("unit", "millimeter")
        if unit not in UNITS:
            raise MalformedFile(f"its unit {unit[:20]!r} is none of {', '.join(UNITS)}")
        properties = [each.properties for each in self._models.values()]
        origin = Origin(
            "3mf",
            up="z",
            unit_metres=UNITS[unit],
            has_texture=any(each.names_image for each in properties),
            has_vertex_colour=any(each.has_colours for each in properties),
            needs=tuple(sorted(self.needs)),
            warnings=tuple(dict.fromkeys(self.warnings)),
        )
        shared = model.properties.shared
        return Asset(
            "", tuple(self.meshes), tuple(self.parts), origin, tuple(shared.materials), tuple(shared.textures)
        )

    def _model(self, path: str) -> _Model:
        if path not in self._models:
            root = parse_xml(self.package.read(path))
            if local_name(root) != "model":
                raise MalformedFile(f"{path} holds <{local_name(root)[:40]}>, not a model")
            objects = {each.get("id", ""): each for each in root.iter() if local_name(each) == "object"}
            shared = next(iter(self._models.values())).properties.shared if self._models else None
            properties = Properties(root, self.package, self.limits, self.warnings, shared)
            self._models[path] = _Model(root, objects, properties)
        return self._models[path]

    def _path_of(self, element: Element, here: str) -> str:
        stated = element.get(PRODUCTION_PATH)
        if stated is None:
            return here
        self.needs.add("production")
        return stated

    def _place(
        self, path: str, element: Element, above: Float64[np.ndarray, "4 4"], names: tuple[str, ...]
    ) -> None:
        """Place the object that an <item> or a <component> names."""
        self.placed += 1
        self.limits.check("nodes", self.placed, "placed objects")
        if len(names) > min(self.limits.depth, 400):
            raise LimitExceeded(
                f"components are nested deeper than the limit depth = {self.limits.depth}, or hold themselves",
                hint="export the model again, with its components merged",
            )
        key = element.get("objectid", "")
        found = self._model(path).objects.get(key)
        if found is None:
            raise MalformedFile(
                f"object {key[:40]!r} is placed, but it is not in {path}", hint="export the model again"
            )
        matrix = above @ _transform(element.get("transform"))
        names = (*names[:-1], f"{found.get('name') or 'object ' + key} {names[-1]}")
        for number, component in enumerate(each for each in found.iter() if local_name(each) == "component"):
            self.needs.add("components")
            self._place(self._path_of(component, path), component, matrix, (*names, str(number)))
        for index in self._meshes_of(path, key, found):
            self.parts.append(Part(index, matrix, names))

    def _meshes_of(self, path: str, key: str, found: Element) -> list[int]:
        if (path, key) not in self._made:
            if any(name.rpartition("}")[2] == "slicestackid" for name in found.attrib):
                self.needs.add("slices")
            if any(local_name(each) == "beamlattice" for each in found.iter()):
                self.needs.add("beamlattice")
                self.warnings.append("the beams of a lattice are left out")
            made = meshes_of(found, self.package.label(path), self._model(path).properties, self.warnings)
            self._made[path, key] = list(range(len(self.meshes), len(self.meshes) + len(made)))
            self.meshes.extend(made)
        return self._made[path, key]


def _transform(text: str | None) -> Float64[np.ndarray, "4 4"]:
    """Core 1.3, 3.3: twelve numbers, the 4 x 3 matrix of row vectors, row after row."""
    matrix = np.eye(4)
    if text:
        values = numbers(text)
        if len(values) != 12:
            raise MalformedFile(f"a transform has {len(values)} numbers, not 12")
        matrix[:3] = values.reshape(4, 3).T
    return matrix
