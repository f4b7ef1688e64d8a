"""The shelf: every encoder that polyseek ships, by id, imported on first use."""

from __future__ import annotations

import importlib

from polyseek.encoders.contract import Encoder
from polyseek.errors import UsageError

ENCODERS: dict[str, str] = {  # id -> the class that takes no arguments
    "shape1": "polyseek.encoders.shape1:Shape1",
    "lightfield": "polyseek.encoders.lightfield:LightField",
    "spherical_harmonics": "polyseek.encoders.spherical_harmonics:SphericalHarmonics",
    "d2": "polyseek.encoders.d2:D2",
    "geo18": "polyseek.encoders.geo18:Geo18",
}
# Encoders that were trained and read words too; they run on onnxruntime.
TRAINED: dict[str, str] = {
    "words1": "polyseek.encoders.words1:Words1",
}
# The highest mAP on the validation side of benchmarks/results/encoders.json at a median of at most 10 ms a model.
DEFAULT = "shape1"


def load(id: str) -> Encoder:
    """The encoder called `id`, ready to encode. Raises UsageError, with the ids there are, for any other name."""
    shelf = {**ENCODERS, **TRAINED}
    if id not in shelf:
        raise UsageError(f"there is no encoder {id!r}", hint=f"use one of {', '.join(shelf)}")
    module, name = shelf[id].split(":")
    return getattr(importlib.import_module(module), name)()
