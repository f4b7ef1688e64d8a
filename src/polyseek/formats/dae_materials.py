"""COLLADA materials: profile_COMMON's constant, lambert, phong and blinn as a base colour and an image."""

from __future__ import annotations

from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Material, Texture
from polyseek.assets.asset import Wrap
from polyseek.errors import FileError
from polyseek.formats.colour import linear_from_srgb
from polyseek.formats.dae_document import Document
from polyseek.formats.image_files import image_beside
from polyseek.formats.images import decode_image
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source
from polyseek.formats.xml import numbers

SHADERS = ("phong", "lambert", "blinn", "constant")
WRAPS: dict[str, Wrap] = {
    "WRAP": "repeat",
    "MIRROR": "mirror",
    "CLAMP": "clamp",
    "BORDER": "clamp",
    "NONE": "clamp",
}


class Palette:
    """The materials of one document, each made once, when a mesh first uses it."""

    def __init__(self, document: Document, source: Source, limits: Limits, warnings: list[str]) -> None:
        self.document, self.source, self.limits, self.warnings = document, source, limits, warnings
        self.names_image = False
        self._materials: list[Material] = []
        self._textures: list[Texture] = []
        self._made: dict[str, int | None] = {}
        self._images: dict[tuple[str, Wrap, Wrap], int | None] = {}

    def finished(self) -> tuple[tuple[Material, ...], tuple[Texture, ...]]:
        return tuple(self._materials), tuple(self._textures)

    def bindings(self, instance: Element | None) -> dict[str, str]:
        """Symbol of a geometry's polygons -> id of the material that this placement binds."""
        bind = self.document.first(self.document.first(instance, "bind_material"), "technique_common")
        return {
            each.get("symbol", ""): each.get("target", "").removeprefix("#")
            for each in self.document.children(bind, "instance_material")
        }

    def index_of(self, name: str) -> int | None:
        """Index of the Material with this id; None where the document has none."""
        if name not in self._made:
            element = self.document.by_reference(name)
            named = element is not None and self.document.name(element) == "material"
            self._made[name] = self._make(element) if named and element is not None else None
        return self._made[name]

    def _make(self, material: Element) -> int:
        document = self.document
        instance = document.first(material, "instance_effect")
        effect = document.target(instance) if instance is not None else None
        profile = document.first(effect, "profile_COMMON")
        params = {
            each.get("sid", ""): each
            for parent in (effect, profile)
            for each in document.children(parent, "newparam")
        }
        technique = document.first(profile, "technique")
        shader = next(
            (found for name in SHADERS if (found := document.first(technique, name)) is not None), None
        )
        if profile is not None:
            self.names_image |= any(
                self._image_of(each.get("texture", ""), params)
                for each in profile.iter(document.tag("texture"))
            )
        colour, texture = self._channel(shader, "diffuse", params)
        glow, glow_texture = self._channel(shader, "emission", params)
        alpha = self._alpha(shader)
        double = any(
            (each.text or "").strip() == "1" for each in _below(effect, document.tag("double_sided"))
        )
        base = (1.0, 1.0, 1.0) if colour is None else _linear(colour)
        lit = (0.0, 0.0, 0.0) if glow is None else _linear(glow)
        if document.first(technique, "constant") is shader and shader is not None and colour is None:
            base, texture, lit, glow_texture = lit, glow_texture, (0.0, 0.0, 0.0), None
        self._materials.append(
            Material(
                document.label(material),
                (*(base if texture is None else (1.0, 1.0, 1.0)), alpha),
                texture,
                lit if glow_texture is None else (1.0, 1.0, 1.0),
                glow_texture,
                alpha_mode="blend" if alpha < 1 else "opaque",
                double_sided=double,
            )
        )
        return len(self._materials) - 1

    def _channel(
        self, shader: Element | None, name: str, params: dict[str, Element]
    ) -> tuple[Float64[np.ndarray, " n"] | None, int | None]:
        """(stored colour, texture) of one channel of a shader."""
        channel = self.document.first(shader, name)
        colour = self.document.first(channel, "color")
        stated = numbers(colour.text) if colour is not None else None
        texture = self.document.first(channel, "texture")
        if texture is None:
            return (stated if stated is not None and len(stated) >= 3 else None), None
        return None, self._texture(texture.get("texture", ""), params)

    def _alpha(self, shader: Element | None) -> float:
        """COLLADA 1.4.1, 7-5: A_ONE takes transparent's alpha, RGB_ZERO one less its brightness, times transparency."""
        channel = self.document.first(shader, "transparent")
        colour = numbers(self.document.text(channel, "color"))
        factor = numbers(self.document.text(self.document.first(shader, "transparency"), "float"))
        amount = float(factor[0]) if len(factor) else 1.0
        if channel is None or len(colour) < 3:
            return 1.0
        if channel.get("opaque", "A_ONE") == "RGB_ZERO":
            alpha = 1.0 - float(colour[:3] @ (0.2126, 0.7152, 0.0722)) * amount
        else:
            alpha = (float(colour[3]) if len(colour) > 3 else 1.0) * amount
        # Several exporters write the opposite of what they mean; nothing is fully invisible on purpose.
        return float(np.clip(alpha, 0, 1)) if alpha > 0.01 else 1.0

    def _image_of(self, reference: str, params: dict[str, Element]) -> str:
        """The file that a texture's sampler leads to, "" where it leads to none."""
        for _ in range(4):  # texture -> sampler -> surface -> image
            param = params.get(reference)
            if param is None:
                break
            for tag in ("source", "init_from", "ref"):
                following = next(
                    (each for each in param.iter(self.document.tag(tag)) if (each.text or "").strip()), None
                )
                if following is not None:
                    reference = (following.text or "").strip()
                    break
            else:
                instance = next(param.iter(self.document.tag("instance_image")), None)
                reference = instance.get("url", "") if instance is not None else ""
        image = self.document.by_reference(reference)
        if image is None or self.document.name(image) != "image":
            return ""
        start = self.document.first(image, "init_from")
        return self.document.text(start, "ref") or ((start.text or "").strip() if start is not None else "")

    def _texture(self, reference: str, params: dict[str, Element]) -> int | None:
        name = self._image_of(reference, params)
        if not name:
            self.warnings.append("a texture names no image")
            return None
        sampler = params.get(reference)
        key = (name, self._wrap(sampler, "wrap_s"), self._wrap(sampler, "wrap_t"))
        if key not in self._images:
            self._images[key] = self._load(*key)
        return self._images[key]

    def _wrap(self, sampler: Element | None, name: str) -> Wrap:
        found = None if sampler is None else next(sampler.iter(self.document.tag(name)), None)
        return WRAPS.get((found.text or "").strip() if found is not None else "", "repeat")

    def _load(self, name: str, wrap_u: Wrap, wrap_v: Wrap) -> int | None:
        label = PurePosixPath(name.replace("\\", "/")).name
        try:
            image = decode_image(
                image_beside(self.source, [name]), self.limits, name=label, wrap_u=wrap_u, wrap_v=wrap_v
            )
        except FileError as error:
            self.warnings.append(f"the texture {label!r} is left out: {error.message}")
            return None
        self._textures.append(image)
        return len(self._textures) - 1


def _below(element: Element | None, tag: str) -> list[Element]:
    return [] if element is None else list(element.iter(tag))


def _linear(colour: Float64[np.ndarray, " n"]) -> tuple[float, float, float]:
    red, green, blue = (float(each) for each in linear_from_srgb(colour[None, :3])[0])
    return red, green, blue
