"""Bytes of an image (PNG, JPEG, WebP, KTX2 and what else Pillow reads) -> Texture."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from jaxtyping import UInt8

from polyseek.assets import Texture
from polyseek.assets.asset import Wrap
from polyseek.errors import LimitExceeded, MalformedFile, need
from polyseek.formats.limits import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

KTX2 = b"\xabKTX 20\xbb\r\n\x1a\n"
# What Pillow's decoders raise on damaged bytes.
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    IndexError,
    OverflowError,
    struct.error,
    zlib.error,
)


class PixelCache:
    """The pixels of the images decoded last, by digest of their bytes: many models share one palette.

    Bounded by the size of its pixels. An entry is read-only and handed out as it is.
    """

    def __init__(self, megabytes: float) -> None:
        self.room = int(megabytes * 1e6)
        self.used = 0
        self.entries: OrderedDict[tuple[bytes, int], UInt8[np.ndarray, "height width 4"]] = OrderedDict()

    def get(self, key: tuple[bytes, int]) -> UInt8[np.ndarray, "height width 4"] | None:
        found = self.entries.get(key)
        if found is not None:
            self.entries.move_to_end(key)
        return found

    def put(self, key: tuple[bytes, int], pixels: UInt8[np.ndarray, "height width 4"]) -> None:
        if key in self.entries or pixels.nbytes > self.room:
            return
        self.entries[key] = pixels
        self.used += pixels.nbytes
        while self.used > self.room:
            self.used -= self.entries.popitem(last=False)[1].nbytes


# One a process, as its worth is in being met by every file that the process reads.
_CACHE: Final = PixelCache(megabytes=48)


def decode_image(
    data: bytes, limits: Limits, *, name: str = "", wrap_u: Wrap = "repeat", wrap_v: Wrap = "repeat"
) -> Texture:
    """The image as RGBA, made smaller where its longer side is over limits.texture_side.

    The pixels are read-only: equal bytes give the same array. Raises MalformedFile where the bytes
    are no image, LimitExceeded where it has more than limits.texture_pixels, MissingExtra for KTX2
    without the extra `ktx`.
    """
    key = hashlib.blake2b(data, digest_size=16).digest(), limits.texture_side
    pixels = _CACHE.get(key)
    if pixels is None:
        reader = _ktx2_pixels if data.startswith(KTX2) else _pixels
        pixels = reader(data, limits, name)
        pixels.setflags(write=False)
        _CACHE.put(key, pixels)
    return Texture(pixels, name, wrap_u, wrap_v)


def _pixels(data: bytes, limits: Limits, name: str) -> UInt8[np.ndarray, "height width 4"]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # Pillow warns of big images; limits.texture_pixels decides here. Its other warnings tell of odd metadata.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                limits.check("texture_pixels", image.width * image.height, "pixels of a texture")
                # JPEG only: decode at a half, a quarter or an eighth where that is still big enough.
                image.draft(image.mode, (limits.texture_side, limits.texture_side))
                return _smaller(_rgba(image), limits.texture_side)
    except Image.DecompressionBombError as error:
        raise LimitExceeded(
            f"the texture {name!r} has more than limits.texture_pixels = {limits.texture_pixels:,} pixels"
        ) from error
    except _DAMAGE as error:
        raise MalformedFile(f"the image {name!r} cannot be decoded ({error})") from error


def _rgba(image: Image) -> Image:
    import PIL.Image

    if image.mode.startswith("I"):  # 16-bit grey, which convert() would clip
        grey = np.asarray(image).astype(np.int64)
        return PIL.Image.fromarray((np.clip(grey, 0, 65535) // 257).astype(np.uint8)).convert("RGBA")
    if image.mode in ("RGBA", "RGB", "L", "LA", "P", "PA", "1", "La", "RGBa"):
        return image.convert("RGBA")
    return image.convert("RGB").convert("RGBA")


def _smaller(image: Image, side: int) -> UInt8[np.ndarray, "height width 4"]:
    import PIL.Image

    if max(image.size) > side:
        scale = side / max(image.size)
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        image = image.resize(size, PIL.Image.Resampling.BOX)
    return np.array(image, np.uint8)


def _ktx2_pixels(data: bytes, limits: Limits, name: str) -> UInt8[np.ndarray, "height width 4"]:
    # Bytes 20 to 28 of a KTX 2.0 header are pixelWidth and pixelHeight.
    if len(data) < 28:
        raise MalformedFile(f"the image {name!r} is cut short")
    width, height = struct.unpack_from("<II", data, 20)
    limits.check("texture_pixels", width * height, "pixels of a texture")
    basisu: Any = need("opengl_basisu", extra="ktx")
    try:
        texture = basisu.open(data)
        level = 0
        while level + 1 < texture.levels and max(texture.level_size(level)) > limits.texture_side:
            level += 1
        image = texture.transcode(basisu.Target.RGBA8, level=level)
        rows = np.frombuffer(image.data, np.uint8).reshape(image.height, image.width, 4)
    except ValueError as error:  # BasisuError descends from it
        raise MalformedFile(f"the KTX2 image {name!r} cannot be decoded ({error})") from error
    import PIL.Image

    return _smaller(PIL.Image.fromarray(rows), limits.texture_side)
