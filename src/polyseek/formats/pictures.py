"""A picture that somebody searches by: a photo, a screenshot or a drawing -> pixels, the right way up."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from polyseek.errors import FileError, LimitExceeded, MalformedFile
from polyseek.formats.limits import Limits
from polyseek.formats.source import FileSource

SIDE = 512  # of the longer side; no tower looks at more
MOST_MB = 64
_ORIENTATION = 0x0112  # the EXIF tag (CIPA DC-008, 4.6.4): which way the camera was held
_AS_PNG = "open it in a viewer and save it as PNG or JPEG"

Pixels = UInt8[np.ndarray, "h w 4"]


def read_picture(path: str, limits: Limits) -> Pixels:
    """The picture in a file as `picture_of` gives it. Raises FileNotFound as well."""
    source = FileSource(Path(path).expanduser())
    _check_size(source.size(), path)
    return picture_of(path, source.read(), limits)


def picture_of(name: str, data: bytes, limits: Limits) -> Pixels:
    """sRGB and straight alpha of a picture's bytes, at most SIDE pixels a side, the first of several frames.

    Turned as its EXIF orientation says. Raises MalformedFile where the bytes are no picture,
    LimitExceeded over MOST_MB or limits.texture_pixels.
    """
    from polyseek.formats.images import decode_image

    _check_size(len(data), name)
    try:
        pixels = decode_image(data, replace(limits, texture_side=SIDE), name=name).pixels
    except LimitExceeded as error:
        hint = f"make it smaller, or raise limits.texture_pixels = {limits.texture_pixels:,} in library.toml"
        raise LimitExceeded("the picture has too many pixels", path=name, hint=hint) from error
    except FileError as error:
        raise MalformedFile("this is no picture that can be read", path=name, hint=_AS_PNG) from error
    return np.ascontiguousarray(_upright(pixels, _orientation(data)))


def _check_size(size: int, name: str) -> None:
    if size > MOST_MB * 1_000_000:
        raise LimitExceeded(
            f"a picture of {size / 1e6:,.0f} MB is over the limit of {MOST_MB} MB",
            path=name,
            hint="make it smaller",
        )


def _orientation(data: bytes) -> int:
    """1 to 8; 1, upright, where the picture does not say."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            found = image.getexif().get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError):
        return 1  # metadata that cannot be read turn nothing
    return found if found in range(1, 9) else 1


def _upright(pixels: Pixels, orientation: int) -> UInt8[np.ndarray, "a b 4"]:
    if orientation >= 5:
        pixels = pixels.transpose(1, 0, 2)
    # What is then left of the eight: mirrored left to right, upside down.
    across = orientation in (2, 3, 6, 7)
    down = orientation in (3, 4, 7, 8)
    return pixels[:: -1 if down else 1, :: -1 if across else 1]
