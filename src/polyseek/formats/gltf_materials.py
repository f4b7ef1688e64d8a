"""glTF materials and textures -> Material and Texture (glTF 2.0, 3.8 and 3.9, and their KHR extensions)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from jaxtyping import Float32

from polyseek.assets import Material, Texture
from polyseek.assets.asset import AlphaMode, Wrap
from polyseek.errors import FileError, LimitExceeded, MissingExtra
from polyseek.formats.gltf_accessors import Document
from polyseek.formats.images import decode_image

WRAPS: dict[int, Wrap] = {10497: "repeat", 33071: "clamp", 33648: "mirror"}
ALPHA: dict[str, AlphaMode] = {"OPAQUE": "opaque", "MASK": "mask", "BLEND": "blend"}
# Where a texture's image stands when the plain `source` is absent; what Pillow reads comes first.
IMAGE_EXTENSIONS = ("EXT_texture_webp", "EXT_texture_avif", "MSFT_texture_dds", "KHR_texture_basisu")


@dataclass(frozen=True)
class Coordinates:
    """Which texture coordinates a texture is looked up with. KHR_texture_transform: scaled, turned, moved.

    `rotation`: radians, counter-clockwise as seen on the image, whose v points down.
    """

    uv_set: int = 0
    offset: tuple[float, float] = (0.0, 0.0)
    rotation: float = 0.0
    scale: tuple[float, float] = (1.0, 1.0)

    def applied(self, uv: Float32[np.ndarray, "n 2"]) -> Float32[np.ndarray, "n 2"]:
        """The coordinates on the image; the same array where nothing is transformed."""
        if (self.offset, self.rotation, self.scale) == ((0.0, 0.0), 0.0, (1.0, 1.0)):
            return uv
        cos, sin = math.cos(self.rotation), math.sin(self.rotation)
        turn = np.array([[cos, sin], [-sin, cos]]) * np.array(self.scale)
        return (uv.astype(np.float64) @ turn.T + np.array(self.offset)).astype(np.float32)


@dataclass(frozen=True)
class Surface:
    """A Material and the coordinates of its textures. `names_image`: it names an image, at hand or not."""

    material: Material
    coordinates: Coordinates
    names_image: bool


class Surfaces:
    """The materials of a document, read when they are first used; `textures` grows in that order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.textures: list[Texture] = []
        self._placed: dict[tuple[Any, Wrap, Wrap], int | None] = {}
        self._surfaces: dict[int, Surface] = {}

    def used(self, index: Any) -> Surface:
        """The surface of material `index`. Raises MalformedFile where there is no such material."""
        material = self.document.item("materials", index)
        if index not in self._surfaces:
            self._surfaces[index] = self._surface(material)
        return self._surfaces[index]

    def materials(self) -> tuple[Material, ...]:
        """All materials by their index; those that no primitive uses keep their name only."""
        return tuple(
            self._surfaces[index].material if index in self._surfaces else Material(str(each.get("name", "")))
            for index, each in enumerate(self.document.items("materials"))
        )

    def any_names_image(self) -> bool:
        return any(each.names_image for each in self._surfaces.values())

    def _surface(self, material: dict[str, Any]) -> Surface:
        extensions = material.get("extensions") or {}
        base, texture_info, metallic, roughness = _base(material, extensions)
        emissive = _numbers(material.get("emissiveFactor"), (0.0, 0.0, 0.0))
        emission = extensions.get("KHR_materials_emissive_strength") or {}
        strength = float(emission.get("emissiveStrength", 1.0))
        emissive_info = material.get("emissiveTexture")
        base_texture, base_at = self._texture(texture_info)
        emissive_texture, emissive_at = self._texture(emissive_info) if any(emissive) else (None, None)
        if emissive_texture is not None and base_at is not None and emissive_at != base_at:
            # Asset keeps one set of coordinates a mesh; light in the wrong places would be worse than none.
            self.document.warn("an emissive texture has coordinates of its own; it is left out")
            emissive_texture, emissive = None, (0.0, 0.0, 0.0)
        return Surface(
            Material(
                str(material.get("name", "")),
                cast("tuple[float, float, float, float]", base),
                base_texture,
                cast("tuple[float, float, float]", tuple(min(1.0, each * strength) for each in emissive)),
                emissive_texture,
                metallic,
                roughness,
                ALPHA.get(material.get("alphaMode", "OPAQUE"), "opaque"),
                float(material.get("alphaCutoff", 0.5)),
                bool(material.get("doubleSided", False)),
                "KHR_materials_unlit" in extensions,
            ),
            base_at or emissive_at or Coordinates(),
            names_image(material),
        )

    def _texture(self, info: dict[str, Any] | None) -> tuple[int | None, Coordinates | None]:
        """(index into `textures`, coordinates) of a textureInfo; the index is None where it cannot be read."""
        if not info:
            return None, None
        try:
            texture = self.document.item("textures", info.get("index"))
            sampler = self.document.item("samplers", texture["sampler"]) if "sampler" in texture else {}
            wraps = (
                WRAPS.get(sampler.get("wrapS", 0), "repeat"),
                WRAPS.get(sampler.get("wrapT", 0), "repeat"),
            )
            image = _image_of(texture)
            key = (image, *wraps)
            if key not in self._placed:
                self._placed[key] = None  # a missing image is told once
                pixels = self._decode(image, *wraps)
                self._placed[key] = len(self.textures)
                self.textures.append(pixels)
        except LimitExceeded as error:
            self.document.warn(f"a texture is left out: {error.message}")
            return None, None
        except FileError as error:
            self.document.warn(f"a texture is missing: {error.message}")
            return None, None
        except MissingExtra as error:
            self.document.warn(f"a texture is left out: {error.message}; {error.hint}")
            return None, None
        return self._placed[key], coordinates_of(info)

    def _decode(self, index: Any, wrap_u: Wrap, wrap_v: Wrap) -> Texture:
        image = self.document.item("images", index)
        data = (
            bytes(self.document.view(image["bufferView"]))
            if "bufferView" in image
            else self.document.bytes_of(image.get("uri"))
        )
        name = str(image.get("name") or "")
        return decode_image(data, self.document.limits, name=name, wrap_u=wrap_u, wrap_v=wrap_v)


def coordinates_of(info: dict[str, Any]) -> Coordinates:
    """The coordinates that a textureInfo states, KHR_texture_transform included."""
    transform = (info.get("extensions") or {}).get("KHR_texture_transform") or {}
    return Coordinates(
        int(transform.get("texCoord", info.get("texCoord", 0))),
        cast("tuple[float, float]", _numbers(transform.get("offset"), (0.0, 0.0))),
        float(transform.get("rotation", 0.0)),
        cast("tuple[float, float]", _numbers(transform.get("scale"), (1.0, 1.0))),
    )


def names_image(material: Any) -> bool:
    """Whether a material, its extensions included, names any texture."""
    if not isinstance(material, dict):
        return False
    stated = cast("dict[str, Any]", material)
    return any(
        (key.endswith("Texture") and isinstance(value, dict) and "index" in value) or names_image(value)
        for key, value in stated.items()
    )


def _image_of(texture: dict[str, Any]) -> Any:
    if "source" in texture:
        return texture["source"]
    extensions = texture.get("extensions") or {}
    return next((extensions[name].get("source") for name in IMAGE_EXTENSIONS if name in extensions), None)


def _base(
    material: dict[str, Any], extensions: dict[str, Any]
) -> tuple[tuple[float, ...], dict[str, Any] | None, float, float]:
    """(base colour, its textureInfo, metallic, roughness)."""
    glossy = extensions.get("KHR_materials_pbrSpecularGlossiness")
    if glossy is None:
        pbr = material.get("pbrMetallicRoughness") or {}
        base = _numbers(pbr.get("baseColorFactor"), (1.0, 1.0, 1.0, 1.0))
        metallic, roughness = float(pbr.get("metallicFactor", 1.0)), float(pbr.get("roughnessFactor", 1.0))
        return base, pbr.get("baseColorTexture"), metallic, roughness
    diffuse = _numbers(glossy.get("diffuseFactor"), (1.0, 1.0, 1.0, 1.0))
    specular = _numbers(glossy.get("specularFactor"), (1.0, 1.0, 1.0))
    roughness = 1.0 - float(glossy.get("glossinessFactor", 1.0))
    # A metal has no diffuse reflection: what is seen of it is its specular colour.
    is_metal = max(diffuse[:3]) < 0.04 < max(specular)
    base = (*specular, diffuse[3]) if is_metal else diffuse
    return base, glossy.get("diffuseTexture"), 1.0 if is_metal else 0.0, roughness


def _numbers(stated: Any, default: tuple[float, ...]) -> tuple[float, ...]:
    """`stated` as finite numbers, as many as `default` has; `default` where that cannot be."""
    if not isinstance(stated, list) or len(cast("list[Any]", stated)) != len(default):
        return default
    numbers = tuple(float(each) for each in cast("list[Any]", stated))
    return numbers if all(math.isfinite(each) for each in numbers) else default
