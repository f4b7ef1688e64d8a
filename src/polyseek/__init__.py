"""polyseek: point it at a folder of 3D models and find things in it.

library = polyseek.Library.open("my-library")
library.add(["models/"])
hits = library.search("red chair", k=10)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polyseek.assets import Asset
    from polyseek.catalogue.record import Record
    from polyseek.errors import PolyseekError
    from polyseek.formats.inspect import inspect
    from polyseek.library import Library, load
    from polyseek.naming.classifying import classify
    from polyseek.search.hit import Hit, Hits
    from polyseek.search.query import Query

__version__ = "0.1.0"
__all__ = [
    "Asset",
    "Hit",
    "Hits",
    "Library",
    "PolyseekError",
    "Query",
    "Record",
    "__version__",
    "classify",
    "inspect",
    "load",
]

_HOMES = {  # public name -> its module, imported on first use: `import polyseek` stays light
    "Asset": "polyseek.assets",
    "Hit": "polyseek.search.hit",
    "Hits": "polyseek.search.hit",
    "Library": "polyseek.library",
    "PolyseekError": "polyseek.errors",
    "Query": "polyseek.search.query",
    "Record": "polyseek.catalogue.record",
    "classify": "polyseek.naming.classifying",
    "inspect": "polyseek.formats.inspect",
    "load": "polyseek.library",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'polyseek' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
