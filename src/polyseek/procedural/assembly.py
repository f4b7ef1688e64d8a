"""Assembly: named parts of a model as they are put together, and the Made model it becomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Asset, Frame, Material, Mesh, Origin, Part
from polyseek.procedural.creases import CREASE_DEG, with_normals
from polyseek.procedural.solids import Solid

Attributes = Mapping[str, str | int | float | bool]


@dataclass(frozen=True, eq=False)
class Made:
    """A made model. `asset`: +Y up, metres, standing on y = 0; its parts carry their label as name.

    `attributes`: what was chosen (style, material, colour, counts, ...). `tags`: single words that
    describe it, the category's own words first.
    """

    asset: Asset
    category: str
    attributes: Attributes
    tags: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Placed:
    label: str
    solid: Solid
    material: Material
    matrices: tuple[Float64[np.ndarray, "4 4"], ...]
    crease_deg: float = CREASE_DEG


@dataclass
class Assembly:
    """A model being put together: `add` its parts, then `made`.

    `proportions`: the finished model is stretched by these along x, y and z.
    """

    attributes: dict[str, str | int | float | bool] = field(
        default_factory=dict[str, "str | int | float | bool"]
    )
    proportions: tuple[float, float, float] = (1.0, 1.0, 1.0)
    _placed: list[_Placed] = field(default_factory=list[_Placed])

    def add(
        self,
        label: str,
        solid: Solid,
        material: Material,
        at: Sequence[tuple[float, float, float]] | None = None,
        *,
        crease_deg: float = CREASE_DEG,
    ) -> None:
        """One part, or the same solid at several places (stored once). Edges sharper than `crease_deg` stay sharp."""
        matrices = tuple(_shift(*place) for place in at or [(0, 0, 0)])
        self._placed.append(_Placed(label, solid, material, matrices, crease_deg))

    def spin(self, label: str, solid: Solid, material: Material, count: int, *, start: float = 0.0) -> None:
        """The same solid `count` times around the Y axis, first turned by `start` degrees."""
        turns = tuple(_turn(start + 360 * i / count) for i in range(count))
        self._placed.append(_Placed(label, solid, material, turns))

    def both(self, label: str, solid: Solid, material: Material) -> None:
        """A part and its mirror image across x = 0, named "left ..." and "right ..."."""
        self.add(f"left {label}", solid, material)
        self.add(f"right {label}", solid.scaled(-1, 1, 1), material)

    def made(self, category: str) -> Made:
        """The finished model, moved so that it stands on y = 0, centred on the Y axis by its bounds."""
        used: list[Material] = []
        for placed in self._placed:
            if placed.material not in used:
                used.append(placed.material)
        numbered = Counter[str]()
        repeated = Counter[str]()
        for placed in self._placed:
            repeated[placed.label] += len(placed.matrices)
        lift = _shift(*self._offset()) @ np.diag([*self.proportions, 1.0])
        meshes: list[Mesh] = []
        parts: list[Part] = []
        for placed in self._placed:
            vertices, faces, normals = with_normals(placed.solid, placed.crease_deg)
            meshes.append(
                Mesh(vertices, faces, normals, material=used.index(placed.material), name=placed.label)
            )
            for matrix in placed.matrices:
                numbered[placed.label] += 1
                name = placed.label
                if repeated[name] > 1:
                    name = f"{name} {numbered[name]}"
                parts.append(Part(len(meshes) - 1, lift @ matrix, (category, name)))
        asset = Asset(
            name=category,
            meshes=tuple(meshes),
            parts=tuple(parts),
            origin=Origin("procedural", up="y", unit_metres=1.0, has_normals=True, licence="CC0-1.0"),
            materials=tuple(used),
            frame=Frame("y", "format", 1.0, 1.0, "format"),
        )
        return Made(asset, category, dict(self.attributes), _tags(category, self.attributes))

    def _offset(self) -> tuple[float, float, float]:
        low, high = np.full(3, np.inf), np.full(3, -np.inf)
        for placed in self._placed:
            for matrix in placed.matrices:
                moved = placed.solid.vertices @ matrix[:3, :3].T + matrix[:3, 3]
                moved = moved * self.proportions
                low, high = np.minimum(low, moved.min(0)), np.maximum(high, moved.max(0))
        return -float(low[0] + high[0]) / 2, -float(low[1]), -float(low[2] + high[2]) / 2


def _tags(category: str, attributes: Attributes) -> tuple[str, ...]:
    """The category's words, then the words of its attributes; true attributes give their own name."""
    words = category.split("_")
    for name, value in attributes.items():
        if isinstance(value, str):
            words += value.replace("-", " ").split()
        elif value is True:
            words += name.split("_")
    return tuple(dict.fromkeys(words))


def _shift(x: float, y: float, z: float) -> Float64[np.ndarray, "4 4"]:
    matrix = np.eye(4)
    matrix[:3, 3] = x, y, z
    return matrix


def _turn(degrees: float) -> Float64[np.ndarray, "4 4"]:
    angle = np.radians(degrees)
    matrix = np.eye(4)
    matrix[[0, 2], [0, 2]] = np.cos(angle)
    matrix[0, 2], matrix[2, 0] = np.sin(angle), -np.sin(angle)
    return matrix
