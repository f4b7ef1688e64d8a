"""Materials and textures of an FBX scene, as glTF's metallic-roughness model has them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Material, Texture
from polyseek.assets.asset import AlphaMode, Wrap
from polyseek.errors import FileError
from polyseek.formats.image_files import image_beside
from polyseek.formats.images import decode_image
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source


@runtime_checkable
class Keeper(Protocol):
    def keep(self, thing: Any) -> Any: ...

    def each(self, things: Any) -> Any: ...


class Palette:
    """The materials of one scene, each made once, when a mesh first uses it."""

    def __init__(self, alive: Keeper, source: Source, limits: Limits, warnings: list[str]) -> None:
        self.alive, self.source, self.limits, self.warnings = alive, source, limits, warnings
        self.names_image = False
        self._materials: list[Material] = []
        self._textures: list[Texture] = []
        self._made: dict[int, tuple[int, Float64[np.ndarray, "4 4"] | None]] = {}
        self._images: dict[int, int | None] = {}

    def finished(self) -> tuple[tuple[Material, ...], tuple[Texture, ...]]:
        return tuple(self._materials), tuple(self._textures)

    def index_of(self, material: Any) -> tuple[int | None, Float64[np.ndarray, "4 4"] | None]:
        """(index of the Material, transform of its texture coordinates or None)."""
        if material is None:
            return None, None
        key = int(material.element_id)
        if key not in self._made:
            made, transform = self._make(material)
            self._materials.append(made)
            self._made[key] = len(self._materials) - 1, transform
        return self._made[key]

    def _make(self, material: Any) -> tuple[Material, Float64[np.ndarray, "4 4"] | None]:
        keep = self.alive.keep
        for link in self.alive.each(material.textures):
            self.names_image |= self._names_image(keep(link.texture))
        pbr = keep(material.pbr)
        colour, texture = self._map(pbr, "base_color")
        strength, _ = self._map(pbr, "base_factor")
        glow, glow_texture = self._map(pbr, "emission_color")
        glow_strength, _ = self._map(pbr, "emission_factor")
        metalness, roughness = self._map(pbr, "metalness")[0], self._map(pbr, "roughness")[0]
        opacity, opacity_texture = self._map(pbr, "opacity")
        base_texture = self._texture(texture)
        red, green, blue = (1.0, 1.0, 1.0) if colour is None else colour[:3]
        # Exporters leave the colour under a texture at anything, often black; the image alone is shown.
        if base_texture is not None or (texture is not None and max(red, green, blue) == 0):
            red = green = blue = 1.0
        factor = 1.0 if strength is None or base_texture is not None else strength[0]
        alpha = 1.0 if opacity is None else float(np.clip(np.mean(opacity[:3]), 0, 1))
        if alpha == 0.0 or opacity_texture is not None:
            alpha = 1.0  # a fully transparent model is an exporter's mistake, a mask is not applied
        mode: AlphaMode = "blend" if alpha < 1 else "opaque"
        if base_texture is not None and opacity_texture is not None:
            mode = "mask"
        lit = (0.0, 0.0, 0.0) if glow is None else glow[:3]
        power = 1.0 if glow_strength is None else glow_strength[0]
        made = Material(
            str(material.name),
            (*_colour((red * factor, green * factor, blue * factor)), alpha),
            base_texture,
            _colour((lit[0] * power, lit[1] * power, lit[2] * power)),
            self._texture(glow_texture),
            metallic=_share(metalness, 0.0),
            roughness=_share(roughness, 1.0),
            alpha_mode=mode,
            double_sided=bool(keep(keep(material.features).double_sided).enabled),
        )
        return made, self._transform(texture)

    def _map(self, maps: Any, name: str) -> tuple[tuple[float, float, float, float] | None, Any]:
        entry = self.alive.keep(getattr(maps, name))
        value = entry.value_vec4 if entry.has_value else None
        texture = self.alive.keep(entry.texture) if entry.texture_enabled else None
        return (None if value is None else (value.x, value.y, value.z, value.w)), texture

    def _names_image(self, texture: Any) -> bool:
        return texture is not None and bool(_file_names(texture) or len(texture.content))

    def _transform(self, texture: Any) -> Float64[np.ndarray, "4 4"] | None:
        if texture is None or not texture.has_uv_transform:
            return None
        found = self.alive.keep(texture.uv_to_texture)
        full = np.eye(4)
        for column, name in enumerate(("c0", "c1", "c2", "c3")):
            full[:3, column] = getattr(found, name)
        return full

    def _texture(self, texture: Any) -> int | None:
        """Index of the Texture of ufbx's texture, None where it cannot be read."""
        if texture is None:
            return None
        for inner in self.alive.each(texture.file_textures):
            texture = inner
            break
        key = int(texture.element_id)
        if key not in self._images:
            self._images[key] = self._load(texture)
        return self._images[key]

    def _load(self, texture: Any) -> int | None:
        names = _file_names(texture)
        if not names and not len(texture.content):
            return None
        wraps: tuple[Wrap, Wrap] = (
            "clamp" if int(texture.wrap_u) else "repeat",
            "clamp" if int(texture.wrap_v) else "repeat",
        )
        label = PurePosixPath(names[0].replace("\\", "/")).name if names else str(texture.name)
        try:
            data = bytes(texture.content) or image_beside(self.source, names)
            image = decode_image(data, self.limits, name=label, wrap_u=wraps[0], wrap_v=wraps[1])
        except FileError as error:
            self.warnings.append(f"the texture {label!r} is left out: {error.message}")
            return None
        self._textures.append(image)
        return len(self._textures) - 1


def _file_names(texture: Any) -> list[str]:
    stated = (texture.relative_filename, texture.filename, texture.absolute_filename)
    return list(dict.fromkeys(str(name) for name in stated if name))


def _colour(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = (float(np.clip(each, 0, 1)) for each in colour)
    return red, green, blue


def _share(value: tuple[float, float, float, float] | None, otherwise: float) -> float:
    return otherwise if value is None else float(np.clip(value[0], 0, 1))
