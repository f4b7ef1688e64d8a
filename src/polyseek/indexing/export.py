"""A record's model as one GLB or as a turntable, read again from its file; run in a worker process."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from polyseek.assets import Asset, bounds, in_one_frame
from polyseek.assets.split import split_nodes
from polyseek.catalogue.record import Record
from polyseek.errors import FileNotFound
from polyseek.formats.limits import Limits
from polyseek.formats.reading import read_asset
from polyseek.indexing.sources import open_source, split_node


def glb_of(record: Record, limits: Limits) -> bytes:
    """GLB of a record's model."""
    from polyseek.formats.write_glb import write_glb

    return write_glb(asset_of(record, limits))


def turntable_of(record: Record, limits: Limits, side: int) -> bytes:
    """The turntable of a record's model, `side` pixels a picture."""
    from polyseek.representations.turntable import turntable

    return turntable(asset_of(record, limits), side)


def asset_of(record: Record, limits: Limits) -> Asset:
    """A record's model as it was indexed: the same axes, the same size, only its own node of a split scene."""
    file, node = split_node(record.path) if record.parent else (record.path, "")
    up = record.up if record.up_by == "person" else "auto"
    asset = in_one_frame(read_asset(open_source(file, record.root, limits), limits), up=up)
    if node:
        objects = {"/".join(path): found for path, found in split_nodes(asset)}
        if node not in objects:
            raise FileNotFound(f"{node!r} is no longer in the scene", path=file, hint="index it again")
        asset = objects[node]
    return _as_large(asset, max(record.size_metres)) if record.unit_by == "person" else asset


def _as_large(asset: Asset, longest: float) -> Asset:
    """Scaled to the size that a person's unit gave it."""
    low, high = bounds(asset)
    now = float((high - low).max())
    scale = np.diag([longest / now] * 3 + [1.0]) if now > 0 else np.eye(4)
    return replace(asset, parts=tuple(replace(part, matrix=scale @ part.matrix) for part in asset.parts))
