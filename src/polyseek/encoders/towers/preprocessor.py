"""preprocessor_config.json -> how a picture becomes a tensor. The keys are those of Hugging Face's image processors.

Two spellings are read: the usual one (size, crop_size, resample, image_mean, ...), whose keys may be missing where they
are the processor's defaults, and jina-clip's (size, resize_mode, interpolation, mean, std, fill_color).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from polyseek.encoders.towers.card import Graph, Pictures
from polyseek.errors import UsageError

CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
CLIP_STD = (0.26862954, 0.26130258, 0.27577711)
_HALF = (0.5, 0.5, 0.5)
# Pillow's numbers, as `resample` has them.
_RESAMPLING = ("nearest", "lanczos", "bilinear", "bicubic", "box", "hamming")
_MODES = {"shortest": "shortest", "longest": "longest", "squash": "squash"}


def pictures_of(config: Mapping[str, Any], kind: str, graph: Graph) -> Pictures:
    """The table [pictures] of a card. `kind`: model_type of config.json; `graph`: what reads them.

    Raises UsageError for a size or a resampling that is not known.
    """
    if "resize_mode" in config:
        return _jina(config, graph)
    square = kind.startswith("siglip")
    size, crop = config.get("size", 224), config.get("crop_size", 224)
    crops = bool(config.get("do_center_crop", not square))
    resize, sides = _resize(size, square)
    if not config.get("do_resize", True):
        resize = "none"
    normalises = bool(config.get("do_normalize", True))
    mean, std = (_HALF, _HALF) if square else (CLIP_MEAN, CLIP_STD)
    return Pictures(
        **_fields(graph),
        resize=resize,
        size=sides,
        crop=_sides(crop) if crops else (),
        resample=_resample(config.get("resample", 3)),
        rescale=float(config.get("rescale_factor", 1 / 255)) if config.get("do_rescale", True) else 1.0,
        mean=_three(config.get("image_mean", mean)) if normalises else (0.0, 0.0, 0.0),
        std=_three(config.get("image_std", std)) if normalises else (1.0, 1.0, 1.0),
    )


def _jina(config: Mapping[str, Any], graph: Graph) -> Pictures:
    mode, sides = str(config["resize_mode"]), _sides(config.get("size", 224))
    if mode not in _MODES:
        raise UsageError(
            f"preprocessor_config.json has resize_mode {mode!r}", hint=f"known are {', '.join(_MODES)}"
        )
    return Pictures(
        **_fields(graph),
        resize=_MODES[mode],
        size=sides,
        crop=sides if mode == "shortest" else (),
        resample=_resample(config.get("interpolation", "bicubic")),
        mean=_three(config.get("mean", config.get("image_mean", CLIP_MEAN))),
        std=_three(config.get("std", config.get("image_std", CLIP_STD))),
    )


def _fields(graph: Graph) -> dict[str, Any]:
    return asdict(graph)


def _resize(size: Any, square: bool) -> tuple[str, tuple[int, int]]:
    """(how, (height, width)) of `size`: {shortest_edge}, {height, width}, or one number, which some take as both."""
    if isinstance(size, Mapping):
        if "shortest_edge" in size and "longest_edge" not in size:
            side = int(size["shortest_edge"])  # pyright: ignore[reportUnknownArgumentType]
            return "shortest", (side, side)
        return "squash", _sides(size)
    return ("squash" if square else "shortest"), _sides(size)


def _sides(size: Any) -> tuple[int, int]:
    if isinstance(size, Mapping):
        if "height" in size and "width" in size:
            return int(size["height"]), int(size["width"])  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(size, list | tuple) and len(size) == 2:  # pyright: ignore[reportUnknownArgumentType]
        return int(size[0]), int(size[1])  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(size, int):
        return size, size
    raise UsageError(
        f"preprocessor_config.json has a size of {size!r}",
        hint="height and width, shortest_edge or a number are known",
    )


def _resample(value: Any) -> str:
    if isinstance(value, str) and value.lower() in _RESAMPLING:
        return value.lower()
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(_RESAMPLING):
        return _RESAMPLING[value]
    raise UsageError(f"preprocessor_config.json has resample {value!r}", hint="0 to 5 are known")


def _three(value: Any) -> tuple[float, ...]:
    numbers = list(value) if isinstance(value, list | tuple) else [value] * 3  # pyright: ignore[reportUnknownArgumentType]
    return tuple(float(number) for number in numbers)
