"""The colour that a person would call a shade of sRGB by: the nearest of some typical shades in OKLab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from jaxtyping import Float64

from polyseek.words.attributes import Attributes

# How many of a record's colours people name it by: the others are its trim.
MAIN = 2

# Shades that people agree on, of each colour of the attributes that a surface can show.
SHADES = {
    "red": "e02020 c81818 ff0000 b81818 d83a34 a82424 e84a40",
    "orange": "ff8000 f08a24 e8701a ffa030 d9661f",
    "yellow": "ffe000 ffff00 f4d03f ffee66 d9c21c e8b92a",
    "green": "22a02a 008000 00c000 3fa34d 2f8f2f 5fa03a 4a7a3a",
    "blue": "2060e0 0000ff 1e50c0 3070d0 2a5db0 4a78b8",
    "purple": "8020a0 800080 9b30d0 6a2fa0 a040c0 6b4a8a",
    "pink": "ff80b0 f4a6c0 ff69b4 e85a98 ffb6c1 f0c0d0 ff00ff d870a0",
    "brown": "8b5a2b 7a4a22 96602e 6e4a2a 80502c a0703c 705038",
    "black": "000000 141414 202022 1a1a20 2a2a2a",
    "white": "ffffff f6f6f6 ececec f4f6fa",
    "grey": "808080 606060 a0a0a0 484848 bcbcbc c8ccd0 707880 8a8680 d2d2d2",
    "beige": "d8c0a0 e0cca8 cdb38b d2b48c e6d5b8 c4b090",
    "cream": "fff4d8 f8ecd0 fffdd0 f4e8cc",
    "turquoise": "30c0b8 008080 20a0a0 40e0d0 00ffff 1f8a88",
    "dark red": "700818 800020 5a1010 801818",
    "dark blue": "0a1848 000080 142860 1c2c50 202a5a",
    "light blue": "a0d0f4 87ceeb add8e6 80b8e8 bcdcf0",
    "dark green": "0c4018 1f4a20 204030 2c4a28 556b2f",
    "light green": "98e898 a8e060 b8e8b0 80ff80 c0e890",
    "light brown": "b88850 c09060 b08458",
    "dark brown": "4a2a14 3a2414 503020 402c20",
    "lilac": "c0a0e0 c8a2c8 b8a8d8 d0b8e8",
    "rust": "a84a24 b4502c 98452a b7553a",
}


@lru_cache(maxsize=4096)
def colour_names(hexadecimal: str) -> tuple[str, ...]:
    """The attributes that name "#rrggbb", the nearest first, then what it is a kind of: dark blue, blue.

    Raises ValueError for other text.
    """
    value = hexadecimal.removeprefix("#")
    if len(value) != 6:
        raise ValueError(f"no colour of six hexadecimal digits: {hexadecimal!r}")
    names, shades = _shades()
    here = oklab(_srgb([value]))[0]
    name = names[int(np.argmin(((shades - here) ** 2).sum(1)))]
    above = Attributes.load().table[name].above
    return (name,) if above == "colour" else (name, above)


def colour_token(name: str) -> str:
    """What full text holds of a record that shows a colour; no file name gives it: `colourdarkblue`."""
    return f"colour{name.replace(' ', '')}"


def colour_tokens(colours: Sequence[str]) -> tuple[str, ...]:
    """Tokens of a record's two main colours, with the colours that they are shades of."""
    names = [name for colour in colours[:MAIN] for name in colour_names(colour)]
    return tuple(colour_token(name) for name in dict.fromkeys(names))


def oklab(srgb: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, "n 3"]:
    """OKLab of sRGB within 0 and 1. Source: Ottosson, A perceptual color space for image processing, 2020."""
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    cones = linear @ np.array(
        [
            [0.4122214708, 0.2119034982, 0.0883024619],
            [0.5363325363, 0.6806995451, 0.2817188376],
            [0.0514459929, 0.1073969566, 0.6299787005],
        ]
    )
    return np.cbrt(cones) @ np.array(
        [
            [0.2104542553, 1.9779984951, 0.0259040371],
            [0.7936177850, -2.4285922050, 0.7827717662],
            [-0.0040720468, 0.4505937099, -0.8086757660],
        ]
    )


@lru_cache(maxsize=1)
def _shades() -> tuple[tuple[str, ...], Float64[np.ndarray, "n 3"]]:
    pairs = [(name, shade) for name, shades in SHADES.items() for shade in shades.split()]
    return tuple(name for name, _ in pairs), oklab(_srgb([shade for _, shade in pairs]))


def _srgb(values: list[str]) -> Float64[np.ndarray, "n 3"]:
    return np.array([[int(value[at : at + 2], 16) for at in (0, 2, 4)] for value in values]) / 255
