"""What trained picture towers look at: one picture, of any size, as a small square of colour in bytes.

The same bytes are made when a tower is trained and when it is used. Of a cut-out (alpha) or of a thing on a
plain background only the thing counts, so how much room was left around it has no say.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float32, UInt8

BEHIND = 128  # the grey, 0..255, that shows through where a picture is transparent
FILL = 0.92  # of the square's side that the longer side of the thing takes
_SEEN = 8  # alpha from which a pixel is part of the thing
_PLAIN = 12  # how far the border's pixels may be from their median where the background is plain
_APART = 28  # how far a pixel is from a plain background where it belongs to the thing
_SPECK = 0.002  # share of the pixels below which what differs from the background is dust

Picture = UInt8[np.ndarray, "h w 4"]
Box = tuple[int, int, int, int]


def square(picture: Picture, side: int) -> UInt8[np.ndarray, "3 s s"]:
    """The picture (sRGB and straight alpha) as a square of `side` pixels: red, green and blue planes.

    Alpha is composed over the grey BEHIND. The bounding box of the thing, or all of the picture where no
    box can be told, is scaled (area means; linear when it grows) so that its longer side takes FILL of
    the square, or all of it, and lies in the middle. Around it goes on what is behind: the picture
    itself as far as it reaches, then the median colour of its border.
    """
    height, width = picture.shape[:2]
    if not height or not width:
        raise ValueError(f"a picture of {width} x {height} pixels shows nothing")
    flat = _composed(picture)
    border = np.median(_border(flat), axis=0)
    box = thing_box(picture, flat)
    top, left, bottom, right = box or (0, 0, height, width)
    across = max(bottom - top, right - left) / (FILL if box else 1.0)
    rows = _weights((top + bottom - across) / 2, across, height, side)
    columns = _weights((left + right - across) / 2, across, width, side)
    # What the weights of a pixel lack of 1 lies outside the picture.
    inside = rows.sum(1)[:, None] * columns.sum(1)
    narrow = (rows @ flat.reshape(height, width * 3)).reshape(side, width, 3)
    scaled = np.einsum("swc,tw->cst", narrow, columns, optimize=True)
    filled = scaled + (1 - inside) * border[:, None, None]
    return np.clip(np.rint(filled), 0, 255).astype(np.uint8)


def thing_box(picture: Picture, flat: Float32[np.ndarray, "h w 3"]) -> Box | None:
    """Top, left, bottom, right of what is seen; None where alpha and background do not tell.

    `flat`: the picture's colours over BEHIND, 0..255. A background is plain where all of the border is
    of nearly one colour; a thing smaller than a speck is none.
    """
    alpha = picture[..., 3]
    if alpha.min() < _SEEN:
        return _box_of(alpha >= _SEEN, 0)
    edge = _border(flat)
    colour = np.median(edge, axis=0)
    if np.abs(edge - colour).max() > _PLAIN:
        return None
    apart = np.logical_or.reduce(np.abs(flat - colour) > _APART, axis=2)
    return _box_of(apart, int(_SPECK * apart.size))


def _box_of(mask: Bool[np.ndarray, "h w"], speck: int) -> Box | None:
    if np.count_nonzero(mask) <= speck:
        return None
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1


def _composed(picture: Picture) -> Float32[np.ndarray, "h w 3"]:
    colour = picture[..., :3].astype(np.float32)
    alpha = picture[..., 3:]
    if alpha.min() == 255:
        return colour
    share = alpha.astype(np.float32) / 255
    return colour * share + BEHIND * (1 - share)


def _border(flat: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "n 3"]:
    return np.concatenate([flat[0], flat[-1], flat[:, 0], flat[:, -1]])


def _weights(start: float, length: float, size: int, side: int) -> Float32[np.ndarray, "s n"]:
    """How much each of `size` pixels counts in each of `side` equal parts of [start, start + length).

    A tent as wide as a part, or as a pixel where parts are smaller; a row sums to less than 1 as far as
    its part lies outside of the picture.
    """
    step = length / side
    reach = max(step, 1.0)
    centres = start + (np.arange(side) + 0.5) * step
    # Far enough out on both sides for the widest tent, so that what lies outside is weighed, too.
    first = int(np.floor(min(start - reach, 0.0)))
    last = int(np.ceil(max(start + length + reach, size)))
    pixels = np.arange(first, last) + 0.5
    tent = np.clip(1 - np.abs(pixels - centres[:, None]) / reach, 0, None)
    tent /= tent.sum(1, keepdims=True)
    return tent[:, -first : size - first].astype(np.float32)
