"""The shelf: every encoder that polyseek ships, by id, imported on first use; and those that a person added."""

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
    "words2": "polyseek.encoders.words2:Words2",
    "pointnet-v1": "polyseek.encoders.pointnet_v1:PointNetV1",
    "pointnet2-v1": "polyseek.encoders.pointnet2_v1:PointNet2V1",
    "fusion-v1": "polyseek.encoders.fusion_v1:FusionV1",
}
# The highest mAP on the validation side of benchmarks/results/encoders.json at a median of at most 10 ms a model.
DEFAULT = "shape1"


def shipped() -> tuple[str, ...]:
    """Ids of the encoders that come with polyseek."""
    return (*ENCODERS, *TRAINED)


def every() -> tuple[str, ...]:
    """Ids of all encoders: those that come with polyseek, and those that a person added."""
    from polyseek.encoders.towers.shelf import added

    return (*shipped(), *added())


def reading() -> tuple[str, ...]:
    """Ids of the encoders that may read words or pictures: the trained ones, and those that a person added."""
    from polyseek.encoders.towers.shelf import added

    return (*TRAINED, *added())


def load(id: str) -> Encoder:
    """The encoder called `id`, ready to encode. Raises UsageError, with the ids there are, for any other name."""
    shelf = {**ENCODERS, **TRAINED}
    if id not in shelf:
        from polyseek.encoders.towers.shelf import added, open_tower

        there = added()
        if id in there:
            return open_tower(id)
        raise UsageError(
            f"there is no encoder {id!r}",
            hint=f"use one of {', '.join((*shelf, *there))}, or add it: polyseek models add",
        )
    module, name = shelf[id].split(":")
    return getattr(importlib.import_module(module), name)()
