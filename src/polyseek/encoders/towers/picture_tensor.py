"""A picture as the tensor that a vision network was trained on: resized, cropped and normalised as its card says.

The steps and their order are those of preprocessor_config.json (Hugging Face's image processors), resampling is
Pillow's, as there.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, UInt8

from polyseek.encoders.towers.card import Pictures


def tensor_of(picture: UInt8[np.ndarray, "_ _ 4"], card: Pictures) -> Float32[np.ndarray, "1 _ _ _"]:
    """(1, 3, h, w), or (1, h, w, 3) for "pixels", of an sRGB picture with straight alpha.

    What is transparent shows the card's background.
    """
    height, width = picture.shape[:2]
    if not height or not width:
        raise ValueError(f"a picture of {width} x {height} pixels shows nothing")
    pixels = _cropped(_resized(_composed(picture, card.background), card), card)
    # float64 until the end: rescaling by 1/255 and dividing by std round once.
    values = (pixels * card.rescale - np.array(card.mean)) / np.array(card.std)
    ordered = values if card.layout == "pixels" else values.transpose(2, 0, 1)
    return np.ascontiguousarray(ordered[None], np.float32)


def side_to_draw(card: Pictures) -> int:
    """Side of a square picture that resizing leaves as it is, or shrinks least."""
    return card.size[0] if card.resize == "shortest" else max(card.size)


def shape_of(card: Pictures) -> tuple[int, int, int, int]:
    """Shape of the tensors of square pictures."""
    height, width = card.crop or ((card.size[0],) * 2 if card.resize in ("shortest", "none") else card.size)
    return (1, height, width, 3) if card.layout == "pixels" else (1, 3, height, width)


def _composed(picture: UInt8[np.ndarray, "h w 4"], background: tuple[int, ...]) -> UInt8[np.ndarray, "h w 3"]:
    alpha = picture[..., 3:].astype(np.float32) / 255
    if alpha.min() == 1:
        return picture[..., :3]
    return np.rint(picture[..., :3] * alpha + np.array(background, np.float32) * (1 - alpha)).astype(np.uint8)


def _resized(pixels: UInt8[np.ndarray, "h w 3"], card: Pictures) -> UInt8[np.ndarray, "_ _ 3"]:
    height, width = pixels.shape[:2]
    tall, wide = card.size
    if card.resize == "none":
        return pixels
    if card.resize == "shortest":
        short = min(height, width)
        # The longer side is cut down to a whole number, as in the processors that networks were trained with.
        tall, wide = int(card.size[0] * height / short), int(card.size[0] * width / short)
    elif card.resize == "longest":
        scale = min(tall / height, wide / width)
        tall, wide = max(1, round(height * scale)), max(1, round(width * scale))
    if (tall, wide) != (height, width):
        from PIL import Image

        resample = Image.Resampling[card.resample.upper()]
        pixels = np.asarray(Image.fromarray(pixels).resize((wide, tall), resample))
    return _padded(pixels, card.size, card.background) if card.resize == "longest" else pixels


def _cropped(pixels: UInt8[np.ndarray, "h w 3"], card: Pictures) -> UInt8[np.ndarray, "_ _ 3"]:
    if not card.crop:
        return pixels
    tall, wide = card.crop
    pixels = _padded(pixels, (max(tall, len(pixels)), max(wide, pixels.shape[1])), card.background)
    top, left = (pixels.shape[0] - tall) // 2, (pixels.shape[1] - wide) // 2
    return pixels[top : top + tall, left : left + wide]


def _padded(
    pixels: UInt8[np.ndarray, "h w 3"], size: tuple[int, ...], background: tuple[int, ...]
) -> UInt8[np.ndarray, "_ _ 3"]:
    """The pixels in the middle of a picture of `size` (height, width)."""
    height, width = pixels.shape[:2]
    if (height, width) == tuple(size):
        return pixels
    found = np.empty((*size, 3), np.uint8)
    found[:] = background
    top, left = (size[0] - height) // 2, (size[1] - width) // 2
    found[top : top + height, left : left + width] = pixels
    return found
