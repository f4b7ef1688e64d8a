"""The socket of a representation: (asset, options, seed) -> frozen dataclass of arrays, pure.

An options object is a frozen dataclass of plain values; its digest is part of an encoder's Space,
so that a vector's origin can be reproduced.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from polyseek.assets import Asset

REPRESENTATIONS: dict[str, str] = {  # name -> the function that makes it, imported on first use
    "points": "polyseek.representations.points:sample_points",
    "measures": "polyseek.representations.measures:measure",
    "views": "polyseek.representations.views:render_views",
    "silhouettes": "polyseek.representations.silhouettes:render_silhouettes",
    "voxels": "polyseek.representations.voxels:voxelise",
}

Make = Callable[[Asset, Any, int], Any]


def options_digest(options: Any) -> str:
    """16 hexadecimal digits that name the options: their class and values.

    None says nothing: an option that came later leaves the Spaces of before as they were.
    """
    said = {name: value for name, value in asdict(options).items() if value is not None}
    text = json.dumps({"class": type(options).__name__, **said}, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def maker(name: str) -> Make:
    """The function that makes the representation called `name`. Raises KeyError for an unknown name."""
    module, function = REPRESENTATIONS[name].split(":")
    return getattr(importlib.import_module(module), function)


def represent(asset: Asset, wants: Mapping[str, Any], seed: int = 0) -> dict[str, Any]:
    """Every representation of `wants` (name -> options), by name. The asset must be in the one frame."""
    return {name: maker(name)(asset, options, seed) for name, options in wants.items()}
