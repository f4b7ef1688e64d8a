"""shape1: four hand-made descriptors of upright things in one vector; the default.

In: silhouettes, 2,048 points and the measures of one model. Blocks: the ring-pooled light field
(lightfield.py), which way the surface faces at which height, how it tilts, and its proportions
(surface_blocks.py). None of them sees a turn about +Y, a shift or a scale. Out: the blocks, one after another.

Values that are never negative look alike by cosine, whatever the model; so each block is taken
relative to its mean over a fixed set of models and brought to unit length. Proportions are standardised
and cut off at ±3 deviations. Blocks count by WEIGHTS. A block that a model does not have (facing and
tilt of points without normals; a proportion without meaning) is 0, which is the mean.

The means and deviations stand in weights/shape1.npy: 225 + 100 + 12 + 10 means, then 10 deviations, made by
`python benchmarks/encoders.py --statistics` from the validation side of the models there. WEIGHTS
were chosen on that side as well, by mAP.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from jaxtyping import Float, Float32, Float64

from polyseek.encoders.contract import Card, space_of, unit_rows
from polyseek.encoders.lightfield import SIDE, light_field, ring_views
from polyseek.encoders.surface_blocks import (
    LAYERS,
    OUTWARD,
    PROPORTIONS,
    TILT_BINS,
    TILTS,
    facing,
    proportions,
    tilts,
)
from polyseek.representations.measures import MeasureOptions
from polyseek.representations.points import PointsOptions
from polyseek.representations.silhouettes import SilhouetteOptions

WIDTHS = {
    "light field": 225,
    "facing": LAYERS * TILTS * OUTWARD,
    "tilts": TILT_BINS,
    "proportions": len(PROPORTIONS),
}
WEIGHTS = {"light field": 1.0, "facing": 1.0, "tilts": 0.5, "proportions": 0.7}
CUT_OFF = 3.0
WANTS: Mapping[str, Any] = {
    "silhouettes": SilhouetteOptions(views=ring_views(), side=SIDE, samples=1),
    "points": PointsOptions(),
    "measures": MeasureOptions(),
}

CARD = Card(
    id="shape1",
    title="Shape of upright things",
    paper="own: Chen et al. 2003 pooled over yaw, joined with orientation histograms and proportions",
    takes=f"{len(ring_views())} silhouettes, 2,048 points with normals, measures",
    dimensions=sum(WIDTHS.values()),
    licence="Apache-2.0",
    version=1,
    good_at="another maker's model of the same thing, standing upright; the default",
    weak_at="models that lie on their side; meshes wound inside out; what differs by colour or size only",
    invariant_to=("translation", "scale", "yaw"),
    drift=0.1,
    trained_on="nothing learned; block means and deviations of 2,000 validation models",
    figures={"nn": 0.426, "map": 0.238, "ndcg": 0.48},
)


def blocks(item: Mapping[str, Any]) -> dict[str, Float64[np.ndarray, " b"]]:
    """The raw blocks of one model, by the names of WIDTHS; `item` has silhouettes, points and measures."""
    points = item["points"]
    return {
        "light field": light_field(item["silhouettes"].masks),
        "facing": facing(points.positions, points.normals),
        "tilts": tilts(points.normals),
        "proportions": proportions(points.positions, item["measures"]),
    }


def statistics(rows: Sequence[Mapping[str, Float64[np.ndarray, " b"]]]) -> Float32[np.ndarray, " s"]:
    """The content of weights/shape1.npy from the blocks of many models: means of all blocks, deviations of the proportions."""
    means = [np.nanmean([row[name] for row in rows], axis=0) for name in WIDTHS]
    deviations = np.nanstd([row["proportions"] for row in rows], axis=0)
    return np.concatenate([*means, deviations]).astype(np.float32)


def join(
    row: Mapping[str, Float64[np.ndarray, " b"]], fixed: Float[np.ndarray, " s"]
) -> Float64[np.ndarray, " d"]:
    """The blocks of one model relative to the fixed statistics, weighted, one after another."""
    parts: list[Float64[np.ndarray, " b"]] = []
    start = 0
    for name, width in WIDTHS.items():
        mean = fixed[start : start + width].astype(np.float64)
        start += width
        if name == "proportions":
            scaled = np.clip((row[name] - mean) / fixed[-width:].astype(np.float64), -CUT_OFF, CUT_OFF)
            block = np.nan_to_num(scaled) / np.sqrt(width)
        elif row[name].any():
            block = row[name] - mean
            block /= max(float(np.linalg.norm(block)), 1e-12)
        else:
            block = np.zeros(width)
        parts.append(np.sqrt(WEIGHTS[name]) * block)
    return np.concatenate(parts)


class Shape1:
    """Encoder of the joined blocks."""

    card = CARD

    def __init__(self) -> None:
        weights = (files("polyseek.encoders") / "weights" / "shape1.npy").read_bytes()
        self.fixed: Float32[np.ndarray, " s"] = np.load(BytesIO(weights), allow_pickle=False)
        self.wants = WANTS
        self.space = space_of(CARD, WANTS, weights + json.dumps(WEIGHTS).encode())

    def encode(self, batch: Sequence[Mapping[str, Any]]) -> Float32[np.ndarray, "n 347"]:
        rows = [join(blocks(item), self.fixed) for item in batch]
        return unit_rows(np.stack(rows) if rows else np.zeros((0, CARD.dimensions)))
