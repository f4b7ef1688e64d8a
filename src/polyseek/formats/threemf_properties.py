"""Property groups of a 3MF model: base materials, colours, texture coordinates and their mixtures.

Materials and Properties Extension 1.2. Of several layers the last with an image wins, else the last.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal
from xml.etree.ElementTree import Element

import numpy as np
from jaxtyping import Float32, Float64

from polyseek.assets import Material, Texture
from polyseek.assets.asset import Wrap
from polyseek.errors import FileError, MalformedFile
from polyseek.formats.colour import rgba_from_srgb
from polyseek.formats.images import decode_image
from polyseek.formats.limits import Limits
from polyseek.formats.threemf_package import Package
from polyseek.formats.xml import local_name, numbers

TILES: dict[str, Wrap] = {"wrap": "repeat", "mirror": "mirror", "clamp": "clamp", "none": "clamp"}


@dataclass
class Shared:
    """Materials and textures of all model parts of a package."""

    materials: list[Material] = field(default_factory=list[Material])
    textures: list[Texture] = field(default_factory=list[Texture])


@dataclass(frozen=True, eq=False)
class Group:
    """What the rows of one property group say: linear RGBA `colours`, or `uv` in the image of `material`."""

    kind: Literal["colour", "image"]
    colours: Float32[np.ndarray, "n 4"]
    uv: Float64[np.ndarray, "n 2"] | None = None
    material: int | None = None

    def __len__(self) -> int:
        return len(self.colours)


class Properties:
    """The groups of one model part by id; images are decoded when a group that shows one is first used."""

    def __init__(
        self, root: Element, package: Package, limits: Limits, warnings: list[str], shared: Shared | None
    ) -> None:
        self.package, self.limits, self.warnings = package, limits, warnings
        self.shared = shared or Shared()
        resources = [each for child in root if local_name(child) == "resources" for each in child]
        self._stated = {each.get("id", ""): each for each in resources if local_name(each) != "object"}
        self._groups: dict[str, Group | None] = {}
        kinds = {local_name(each) for each in resources}
        self.names_image = "texture2dgroup" in kinds
        self.has_colours = "colorgroup" in kinds

    def group(self, key: str, depth: int = 0) -> Group | None:
        """The group with this id; None where there is none, or of a kind without a look."""
        if key not in self._groups:
            stated = self._stated.get(key)
            self._groups[key] = self._make(stated, depth) if stated is not None and depth < 8 else None
        return self._groups[key]

    def _make(self, stated: Element, depth: int) -> Group | None:
        kind = local_name(stated)
        if kind == "basematerials":
            colours = _colours([each.get("displaycolor", "") for each in stated])
            colours[colours[:, 3] == 0, 3] = 1  # "only for display" (Core 1.3, 5.1): nothing is invisible
            return Group("colour", colours)
        if kind == "colorgroup":
            return Group("colour", _colours([each.get("color", "") for each in stated]))
        if kind == "texture2dgroup":
            return self._image_group(stated)
        if kind == "compositematerials":
            return self._composite(stated, depth)
        return self._layers(stated, depth) if kind == "multiproperties" else None

    def _image_group(self, stated: Element) -> Group:
        flat = numbers(" ".join(f"{each.get('u', '0')} {each.get('v', '0')}" for each in stated))
        if len(flat) != 2 * len(stated):
            raise MalformedFile("a texture coordinate is not two numbers")
        uv = flat.reshape(-1, 2)
        material = self._textured(self._stated.get(stated.get("texid", "")))
        return Group(
            "image", np.ones((len(uv), 4), np.float32), np.stack([uv[:, 0], 1 - uv[:, 1]], 1), material
        )

    def _textured(self, image: Element | None) -> int | None:
        if image is None:
            self.warnings.append("a texture group names no image")
            return None
        path = image.get("path", "")
        label = PurePosixPath(path).name
        data = self.package.image(path)
        if data is None:
            self.warnings.append(f"the texture {label!r} is not in the package")
            return None
        try:
            texture = decode_image(
                data,
                self.limits,
                name=label,
                wrap_u=TILES.get(image.get("tilestyleu", "wrap"), "repeat"),
                wrap_v=TILES.get(image.get("tilestylev", "wrap"), "repeat"),
            )
        except FileError as error:
            self.warnings.append(f"the texture {label!r} is left out: {error.message}")
            return None
        self.shared.textures.append(texture)
        self.shared.materials.append(Material(label, base_texture=len(self.shared.textures) - 1))
        return len(self.shared.materials) - 1

    def _composite(self, stated: Element, depth: int) -> Group | None:
        """Mean colour of base materials, weighted by their shares."""
        base = self.group(stated.get("matid", ""), depth + 1)
        chosen = numbers(stated.get("matindices")).astype(np.int64)
        if base is None or len(chosen) == 0 or chosen.min() < 0 or chosen.max() >= len(base):
            return None
        rows = [numbers(each.get("values"))[: len(chosen)] for each in stated]
        shares = np.array([np.pad(row, (0, len(chosen) - len(row))) for row in rows]).reshape(-1, len(chosen))
        weights = shares / np.maximum(shares.sum(1, keepdims=True), 1e-9)
        return Group("colour", (weights @ base.colours[chosen]).astype(np.float32))

    def _layers(self, stated: Element, depth: int) -> Group | None:
        layers = [self.group(key, depth + 1) for key in stated.get("pids", "").split()]
        shown = [at for at, layer in enumerate(layers) if layer is not None]
        images = [at for at in shown if (layer := layers[at]) is not None and layer.material is not None]
        if not shown:
            return None
        at = images[-1] if images else shown[-1]
        layer = layers[at]
        if layer is None or len(layer) == 0:
            return None
        picked = [numbers(each.get("pindices")) for each in stated]
        rows = np.array([int(row[at]) if at < len(row) else 0 for row in picked], np.int64)
        rows = np.clip(rows, 0, len(layer) - 1)
        return Group(
            layer.kind, layer.colours[rows], None if layer.uv is None else layer.uv[rows], layer.material
        )


def _colours(stated: list[str]) -> Float32[np.ndarray, "n 4"]:
    """`#RRGGBB` or `#RRGGBBAA`, sRGB; what is neither is white."""
    rows: list[list[int]] = []
    for each in stated:
        digits = each.strip().removeprefix("#")
        digits = digits + "FF" if len(digits) == 6 else digits
        try:
            value = bytes.fromhex(digits)
        except ValueError:
            value = b""
        rows.append(list(value) if len(value) == 4 else [255, 255, 255, 255])
    return rgba_from_srgb(np.array(rows, np.float64).reshape(-1, 4), 255.0)
