"""Materials of an OBJ: its .mtl files and the images they name, read as far as the faces use them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from jaxtyping import UInt8

from polyseek.assets import Material, Texture
from polyseek.assets.asset import AlphaMode
from polyseek.errors import FileError
from polyseek.formats.colour import linear_from_srgb
from polyseek.formats.limits import Limits
from polyseek.formats.mtl import MtlMaterial, TextureUse, parse_mtl
from polyseek.formats.source import Source

MAX_LIBRARY_MB = 64


class ObjMaterials:
    """Materials in use, in the order of first use. A file that is missing or bad costs a warning, never the model."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.materials: list[Material] = []
        self.textures: list[Texture] = []
        self.warnings: list[str] = []
        self.names_texture = False
        self._source = source
        self._limits = limits
        self._defined: dict[str, tuple[MtlMaterial, Source]] = {}
        self._used: dict[str, int | None] = {}
        self._images: dict[tuple[str, bool], int | None] = {}
        self._transforms: dict[int, TextureUse] = {}
        self._all_libraries_read = True

    def add_library(self, names: str) -> None:
        """One `mtllib` statement: a file name that may hold spaces, or several names."""
        # As one name first: exporters that write spaces into it are commoner than several libraries.
        options = [names, *names.split()] if len(names.split()) > 1 else [names]
        found = 0
        for position, name in enumerate(options):
            try:
                library = self._source.resolve(name)
                self._limits.check("file_mb", library.size() / 1e6, "MB of materials")
                data = library.read(MAX_LIBRARY_MB * 1_000_000)
            except FileError as error:
                if len(options) == 1 or (position == len(options) - 1 and not found):
                    self._all_libraries_read = False
                    self.warnings.append(f"the material file {names!r} was not read: {error.message}")
                continue
            found += 1
            for key, material in parse_mtl(decode_text(data)).items():
                self._defined.setdefault(key, (material, library))
            if position == 0:
                break

    def index_of(self, name: str | None) -> int | None:
        """Index of the material of that name, None where it is not defined."""
        if name is None:
            return None
        if name not in self._used:
            self._used[name] = self._load(name)
        return self._used[name]

    def transform_of(self, material: int | None) -> TextureUse | None:
        """The material's texture transform, where it has one that does something."""
        return self._transforms.get(material) if material is not None else None

    def _load(self, name: str) -> int | None:
        if name not in self._defined:
            if self._defined and self._all_libraries_read and name:
                self.warnings.append(f"the material {name!r} is not defined in the material file")
            return None
        mtl, library = self._defined[name]
        material = _plain(mtl)
        if mtl.diffuse_map is not None:
            material = self._textured(material, mtl, mtl.diffuse_map, library)
        if mtl.emissive_map is not None:
            self.names_texture = True
            image = self._image(mtl.emissive_map, library)
            lit = material.emissive if any(material.emissive) else (1.0, 1.0, 1.0)
            if image is not None:
                material = replace(material, emissive_texture=image, emissive=lit)
        self.materials.append(material)
        return len(self.materials) - 1

    def _textured(self, material: Material, mtl: MtlMaterial, use: TextureUse, library: Source) -> Material:
        self.names_texture = True
        image = self._image(use, library)
        if image is None:
            return material
        if use.scale != (1.0, 1.0) or use.offset != (0.0, 0.0):
            self._transforms[len(self.materials)] = use
        # Many exporters write a black Kd beside a texture that is meant to be seen.
        rgb = material.base_colour[:3] if any(material.base_colour[:3]) else (1.0, 1.0, 1.0)
        mode: AlphaMode = material.alpha_mode
        if mtl.alpha_map is not None:
            image = self._with_alpha(image, mtl.alpha_map, library)
            mode = "blend"
        elif mode == "opaque" and _has_holes(self.textures[image].pixels):
            mode = "mask"
        return replace(
            material, base_colour=(*rgb, material.base_colour[3]), base_texture=image, alpha_mode=mode
        )

    def _image(self, use: TextureUse, library: Source) -> int | None:
        key = (use.file, use.clamp)
        if key not in self._images:
            self._images[key] = self._decode(use, library)
        return self._images[key]

    def _decode(self, use: TextureUse, library: Source) -> int | None:
        from polyseek.formats.images import decode_image

        wrap = "clamp" if use.clamp else "repeat"
        try:
            # Paths in a .mtl are relative to it; it resolves them, but the model tells what was read.
            image = library.resolve(use.file)
            data = image.read()
            self._source.opened.append(use.file)
            texture = decode_image(data, self._limits, name=use.file, wrap_u=wrap, wrap_v=wrap)
        except FileError as error:
            self.warnings.append(f"the texture {use.file!r} was not read: {error.message}")
            return None
        self.textures.append(texture)
        return len(self.textures) - 1

    def _with_alpha(self, image: int, use: TextureUse, library: Source) -> int:
        other = self._image(use, library)
        if other is None or other == image:
            return image
        colour, alpha = self.textures[image], self.textures[other]
        if colour.pixels.shape != alpha.pixels.shape:
            return image
        pixels = np.concatenate([colour.pixels[..., :3], alpha.pixels[..., :1]], axis=2)
        self.textures.append(replace(colour, pixels=pixels))
        return len(self.textures) - 1


def _has_holes(pixels: UInt8[np.ndarray, "h w 4"]) -> bool:
    """Any pixel that is more transparent than not, in every fourth row: cut-outs are wider than that."""
    looked = np.ascontiguousarray(pixels[:: 4 if len(pixels) > 64 else 1])
    # Alpha is the highest byte of a little-endian word.
    return looked.size > 0 and int(looked.view("<u4").min()) < 128 << 24


def decode_text(data: bytes) -> str:
    """Text of unknown encoding: by its byte order mark, else UTF-8, else Latin-1."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _plain(mtl: MtlMaterial) -> Material:
    # An opacity of 0 comes from programs that confuse d and Tr: nobody stores an invisible model.
    opacity = mtl.dissolve if mtl.dissolve is not None and 0.0 < mtl.dissolve < 1.0 else 1.0
    red, green, blue = (float(value) for value in linear_from_srgb(np.array([mtl.diffuse]))[0])
    lit = linear_from_srgb(np.array([mtl.emissive]))[0]
    return Material(
        mtl.name,
        (red, green, blue, opacity),
        emissive=(float(lit[0]), float(lit[1]), float(lit[2])),
        metallic=mtl.metallic,
        roughness=mtl.roughness,
        alpha_mode="blend" if opacity < 1.0 else "opaque",
    )
