"""UsdPreviewSurface materials (UsdPreviewSurface specification 2.6) and their UsdUVTexture images."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from polyseek.assets import Material, Texture
from polyseek.assets.asset import Wrap
from polyseek.errors import FileError, FileNotFound
from polyseek.formats.image_files import image_beside
from polyseek.formats.images import decode_image
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source, resolve_member
from polyseek.formats.usd_library import pxr

WRAPS: dict[str, Wrap] = {"repeat": "repeat", "mirror": "mirror", "clamp": "clamp", "black": "clamp"}


class Palette:
    """The materials of one stage, each made once, when a mesh first uses it."""

    def __init__(self, source: Source, limits: Limits, warnings: list[str], path: Path) -> None:
        self.source, self.limits, self.warnings, self.path = source, limits, warnings, path
        self.names_image = False
        self._materials: list[Material] = []
        self._textures: list[Texture] = []
        self._made: dict[str, int] = {}
        self._images: dict[tuple[str, Wrap, Wrap], int | None] = {}

    def finished(self) -> tuple[tuple[Material, ...], tuple[Texture, ...]]:
        return tuple(self._materials), tuple(self._textures)

    def index_of(self, prim: Any) -> int | None:
        """Index of the Material bound to a prim, None where none is."""
        shade = pxr("UsdShade")
        material = shade.MaterialBindingAPI(prim).ComputeBoundMaterial()[0]
        if not material:
            return None
        key = str(material.GetPath())
        if key not in self._made:
            self._materials.append(self._make(material))
            self._made[key] = len(self._materials) - 1
        return self._made[key]

    def _make(self, material: Any) -> Material:
        name = str(material.GetPrim().GetName())
        surface = material.ComputeSurfaceSource()[0]
        if not surface:
            return Material(name)
        colour, texture = self._input(surface, "diffuseColor")
        glow, glow_texture = self._input(surface, "emissiveColor")
        metallic, roughness = self._input(surface, "metallic")[0], self._input(surface, "roughness")[0]
        opacity = self._input(surface, "opacity")[0]
        alpha = 1.0 if opacity is None else float(np.clip(opacity, 0, 1))
        red, green, blue = (1.0, 1.0, 1.0) if texture is not None else _three(colour, 0.18)
        return Material(
            name,
            (red, green, blue, alpha),
            texture,
            (1.0, 1.0, 1.0) if glow_texture is not None else _three(glow, 0.0),
            glow_texture,
            metallic=0.0 if metallic is None else float(np.clip(metallic, 0, 1)),
            roughness=0.5 if roughness is None else float(np.clip(roughness, 0, 1)),
            alpha_mode="blend" if alpha < 1 else "opaque",
        )

    def _input(self, shader: Any, name: str) -> tuple[Any, int | None]:
        """(value, texture) of an input, followed through connections to the attribute that holds it."""
        shade = pxr("UsdShade")
        stated = shader.GetInput(name)
        if not stated:
            return None, None
        for attribute in stated.GetValueProducingAttributes():
            owner = shade.Shader(attribute.GetPrim())
            if owner and str(owner.GetIdAttr().Get()) == "UsdUVTexture":
                self.names_image = True
                return None, self._texture(owner)
            value = attribute.Get()
            return value, None
        return None, None

    def _texture(self, shader: Any) -> int | None:
        name = self._plain(shader, "file")
        spelt = str(getattr(name, "path", name) or "")
        if not spelt:
            self.warnings.append("a texture names no image")
            return None
        key = (spelt, self._wrap(shader, "wrapS"), self._wrap(shader, "wrapT"))
        if key not in self._images:
            self._images[key] = self._load(*key)
        return self._images[key]

    def _wrap(self, shader: Any, axis: str) -> Wrap:
        return WRAPS.get(str(self._plain(shader, axis)), "repeat")

    def _plain(self, shader: Any, name: str) -> Any:
        stated = shader.GetInput(name)
        return stated.Get() if stated else None

    def _load(self, name: str, wrap_u: Wrap, wrap_v: Wrap) -> int | None:
        label = PurePosixPath(name.replace("\\", "/")).name
        try:
            data = self._packed(name) if self.path.suffix == ".usdz" else image_beside(self.source, [name])
            image = decode_image(data, self.limits, name=label, wrap_u=wrap_u, wrap_v=wrap_v)
        except FileError as error:
            self.warnings.append(f"the texture {label!r} is left out: {error.message}")
            return None
        self._textures.append(image)
        return len(self._textures) - 1

    def _packed(self, name: str) -> bytes:
        """Bytes of an image in the .usdz package, which is an unpacked ZIP."""
        try:
            with zipfile.ZipFile(self.path) as package:
                member = package.getinfo(resolve_member("root", name, package.namelist()))
                self.limits.check("archive_member_mb", member.file_size / 1e6, "MB in an image")
                return package.read(member)
        except (zipfile.BadZipFile, OSError, RuntimeError) as error:
            raise FileNotFound(f"the package cannot be unpacked ({error})") from error


def _three(value: Any, otherwise: float) -> tuple[float, float, float]:
    if value is None:
        return otherwise, otherwise, otherwise
    red, green, blue = (float(np.clip(each, 0, 1)) for each in value)
    return red, green, blue
