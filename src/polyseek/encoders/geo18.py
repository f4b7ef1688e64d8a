"""geo18: the 18 numbers of the geometric property vector as a unit vector, for what is of the same size and make.

In: Measures (metres). Each number is compressed by asinh(x / unit), which is linear near zero, as a
logarithm far from it, and keeps the sign; then it is standardised by the fixed mean and standard
deviation of STATISTICS and cut off at ±3. A number that the geometry gives no meaning (volume, mass
and centre of mass of an open mesh; area, bodies and Euler number of a cloud) is filled with 0, the
mean, and its own validity flag, 0 for a valid number, becomes 0.5. Out: the 18 values, then the 18 flags.

Size, place and orientation are facts here, not noise: the same shape at twice the size is elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float32, Float64

from polyseek.encoders.contract import Card, space_of, unit_rows
from polyseek.representations.measures import NAMES, MeasureOptions, Measures

CUT_OFF = 3.0
MISSING = 0.5

# name -> (unit, mean, standard deviation) of asinh(value / unit) over the valid numbers of 2,000 game and
# everyday models, the validation side of `python benchmarks/encoders.py --statistics`, which prints this table.
STATISTICS: dict[str, tuple[float, float, float]] = {
    "area": (1e-4, 10.731, 2.861),
    "body_count": (1.0, 1.863, 1.174),
    "bounds_min_x": (1e-2, -3.729, 3.071),
    "bounds_min_y": (1e-2, -1.208, 2.086),
    "bounds_min_z": (1e-2, -3.854, 2.540),
    "bounds_max_x": (1e-2, 4.010, 2.687),
    "bounds_max_y": (1e-2, 4.546, 1.905),
    "bounds_max_z": (1e-2, 3.409, 3.150),
    "center_of_mass_x": (1e-2, 0.181, 2.703),
    "center_of_mass_y": (1e-2, 2.761, 2.674),
    "center_of_mass_z": (1e-2, -0.399, 2.707),
    "centroid_x": (1e-2, 0.160, 2.758),
    "centroid_y": (1e-2, 3.177, 2.576),
    "centroid_z": (1e-2, -0.267, 2.856),
    "euler_number": (1.0, 2.200, 1.779),
    "mass": (1e-6, 11.055, 4.577),
    "scale": (1e-2, 5.730, 1.356),
    "volume": (1e-6, 11.055, 4.577),
}

CARD = Card(
    id="geo18",
    title="Geometric properties",
    paper="the property vector of trimesh-based indexing tutorials; no paper",
    takes="18 measures of the mesh, in metres",
    dimensions=2 * len(NAMES),
    licence="Apache-2.0",
    version=1,
    good_at="copies and variants of one model in one size; the cheapest of all",
    weak_at="another maker's model of the same thing: it compares size, place and mesh statistics, not form",
    figures={"nn": 0.288, "map": 0.147, "ndcg": 0.378},
)


def standardise(measures: Measures) -> Float64[np.ndarray, " 36"]:
    """18 standardised numbers, 0 where there is none, then 18 flags, MISSING where there is none."""
    values = measures.as_dict()
    row = np.zeros(2 * len(NAMES))
    for place, name in enumerate(NAMES):
        value = values[name]
        if value is None:
            row[len(NAMES) + place] = MISSING
            continue
        unit, mean, deviation = STATISTICS[name]
        row[place] = np.clip((np.arcsinh(value / unit) - mean) / deviation, -CUT_OFF, CUT_OFF)
    return row


class Geo18:
    """Encoder of the standardised measures."""

    card = CARD

    def __init__(self) -> None:
        self.wants: Mapping[str, Any] = {"measures": MeasureOptions()}
        self.space = space_of(CARD, self.wants, json.dumps(STATISTICS).encode())

    def encode(self, batch: Sequence[Mapping[str, Any]]) -> Float32[np.ndarray, "n 36"]:
        rows = [standardise(item["measures"]) for item in batch]
        return unit_rows(np.stack(rows) if rows else np.zeros((0, CARD.dimensions)))
