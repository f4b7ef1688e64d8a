"""D2 shape distribution (Osada, Funkhouser, Chazelle & Dobkin 2002, section 3.1): how far apart are two random points of the surface?

In: points of the surface, any number, any order. Out: the histogram of all pair distances, scaled
so that their mean is 1 (section 3.2, alignment by the mean), in 64 bins of 0 to 3, as a unit vector
of the square roots of the shares: the cosine of two vectors is the Bhattacharyya coefficient of
the two distributions. (The paper draws 1024² pairs and compares densities by L1; here every pair
of the 2,048 sampled points counts, so that the order of points has no say.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float, Float32, Float64

from polyseek.encoders.contract import Card, space_of, unit_rows
from polyseek.representations.points import PointsOptions

BINS = 64
LARGEST = 3.0  # in mean distances; all but the last thousandth of pairs are nearer for real models

CARD = Card(
    id="d2",
    title="D2 shape distribution",
    paper="Osada et al. 2002, Shape Distributions, ACM TOG 21(4)",
    takes="2,048 points of the surface",
    dimensions=BINS,
    licence="Apache-2.0",
    version=1,
    good_at="coarse overall form; finds a shape again in any pose, scale or tessellation; points alone are enough",
    weak_at="everything of a similar bulk looks alike; tells no parts, no left and right, no up and down",
    invariant_to=("translation", "scale", "yaw", "rotation"),
    drift=0.01,
    figures={"nn": 0.216, "map": 0.098, "ndcg": 0.328},
)


def pair_distances(points: Float[np.ndarray, "n 3"]) -> Float64[np.ndarray, " 64"]:
    """Shares (sum 1) of all pair distances in 64 bins of 0 to 3 mean distances; all in bin 0 where points coincide."""
    from polyseek.encoders.d2_kernels import pair_histogram

    # Double precision, from the middle: scans far from the origin keep their digits.
    centred = (
        points.astype(np.float64) - points.mean(0, dtype=np.float64) if len(points) else np.zeros((0, 3))
    )
    counts, mean = pair_histogram(centred, BINS, LARGEST)
    if mean <= 0.0:
        counts[0] = 1
    return counts / counts.sum()


class D2:
    """Encoder of the D2 shape distribution."""

    card = CARD

    def __init__(self) -> None:
        self.wants: Mapping[str, Any] = {"points": PointsOptions()}
        self.space = space_of(CARD, self.wants)

    def encode(self, batch: Sequence[Mapping[str, Any]]) -> Float32[np.ndarray, "n 64"]:
        rows = [np.sqrt(pair_distances(item["points"].positions)) for item in batch]
        return unit_rows(np.stack(rows) if rows else np.zeros((0, BINS)))
