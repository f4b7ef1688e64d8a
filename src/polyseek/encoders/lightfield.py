"""Light field descriptor for things that stand upright, after Chen, Tian, Shen & Ouhyoung 2003.

In: silhouettes on rings around the vertical axis and from above. Of each silhouette, as in the
paper, the magnitudes of 35 Zernike moments up to order 10 (its region; Khotanzad & Hong 1990) and of
10 Fourier coefficients of its outline; both do not change when a silhouette turns or is mirrored.

What differs from the paper. It compares two models by the best of 60 alignments of two sets of ten
views from a dodecahedron, ten sets each, because nothing is known of their pose: no single vector
holds that. Here +Y is up, so that only the turn about it is unknown: the views of one elevation lie
evenly on a ring, a turn of the model moves values along the ring, and the magnitudes of the ring's
discrete Fourier transform do not see that (exactly so for whole steps of the ring). The outline is
the largest distance from the centroid in 64 directions, not a traced contour. Square roots temper
the few large moments, and nothing is quantised. Silhouettes are centred on their own centroids and
share one scale: the largest reach of any of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Bool, Complex128, Float32, Float64

from polyseek.encoders.contract import Card, space_of, unit_rows
from polyseek.representations.silhouettes import SilhouetteOptions

ORDER = 10
OUTLINE = 64
COEFFICIENTS = 10
RING = 6
HARMONICS = 2
SIDE = 64
ORDERS = tuple((n, m) for n in range(ORDER + 1) for m in range(n % 2, n + 1, 2))[
    1:
]  # without A00: 35 of them
POOLED = 2 * HARMONICS + 1


CARD = Card(
    id="lightfield",
    title="Light field",
    paper="after Chen, Tian, Shen & Ouhyoung 2003, On Visual Similarity Based 3D Model Retrieval, Eurographics",
    takes=f"{2 * RING + 1} silhouettes of {SIDE} x {SIDE} pixels",
    dimensions=POOLED * (len(ORDERS) + COEFFICIENTS),
    licence="Apache-2.0",
    version=1,
    good_at="the outline of upright things, also thin and open ones; the best single descriptor here",
    weak_at="models that lie on their side; what is told apart only inside the outline",
    invariant_to=("translation", "scale", "yaw"),
    drift=0.02,
    figures={"nn": 0.307, "map": 0.166, "ndcg": 0.407},
)


def ring_views() -> tuple[tuple[float, float], ...]:
    """(yaw, pitch) in degrees: a ring at eye level, one looking down, and the view from above.

    At eye level opposite views mirror each other, so that half a turn holds the whole ring.
    """
    level = tuple((180.0 * step / RING, 0.0) for step in range(RING))
    above = tuple((360.0 * step / RING, 40.0) for step in range(RING))
    return (*level, *above, (0.0, 90.0))


def zernike_magnitudes(
    moments: Complex128[np.ndarray, "n k m"], radius: float
) -> Float64[np.ndarray, "n 35"]:
    """|A(n, m)| for ORDERS: (n + 1) / pi times the sum of R(n, m)(r) exp(-i m t) over pixels of 1 / radius² each.

    R(n, m)(r) = sum over s of (-1)^s (n - s)! / (s! ((n + m) / 2 - s)! ((n - m) / 2 - s)!) r^(n - 2 s)
    (Khotanzad & Hong 1990, eq. 2); `moments[:, k, m]` are the sums of r^k exp(-i m t).
    """
    found = np.zeros((len(moments), len(ORDERS)), np.complex128)
    for column, (n, m) in enumerate(ORDERS):
        for s in range((n - m) // 2 + 1):
            divisor = math.factorial(s) * math.factorial((n + m) // 2 - s) * math.factorial((n - m) // 2 - s)
            found[:, column] += (-1) ** s * math.factorial(n - s) // divisor * moments[:, n - 2 * s, m]
        found[:, column] *= (n + 1) / np.pi / radius**2
    return np.abs(found)


def over_rings(features: Float64[np.ndarray, "views d"]) -> Float64[np.ndarray, " e"]:
    """Features of the views of `ring_views` without the turn: HARMONICS Fourier magnitudes of each ring, then the view from above."""
    rings = features[: 2 * RING].reshape(2, RING, -1)
    harmonics = np.abs(np.fft.rfft(rings, axis=1))[:, :HARMONICS] / RING
    return np.concatenate([harmonics.reshape(-1), features[2 * RING]])


def light_field(masks: Bool[np.ndarray, "views s s"]) -> Float64[np.ndarray, " 225"]:
    """Region and outline features of the silhouettes of `ring_views`, each part of unit length.

    A model too thin to cover a pixel from anywhere is a dot: one pixel in the middle of every view.
    """
    from polyseek.encoders.lightfield_kernels import centres, outlines, radial_moments

    if not masks.any():
        masks = np.zeros_like(masks)
        masks[:, masks.shape[1] // 2, masks.shape[2] // 2] = True
    middles = centres(masks)
    radius = float(middles[:, 2].max()) + 0.5  # to the far side of the outermost pixel
    region = zernike_magnitudes(radial_moments(masks, middles, radius, ORDER), radius)
    reach = outlines(masks, middles, radius, OUTLINE)
    outline = np.abs(np.fft.rfft(reach, axis=1))[:, :COEFFICIENTS] / OUTLINE
    parts = [np.sqrt(over_rings(features)) for features in (region, outline)]
    return np.concatenate([part / max(float(np.linalg.norm(part)), 1e-12) for part in parts])


class LightField:
    """Encoder of the ring-pooled light field."""

    card = CARD

    def __init__(self) -> None:
        self.wants: Mapping[str, Any] = {
            "silhouettes": SilhouetteOptions(views=ring_views(), side=SIDE, samples=1)
        }
        self.space = space_of(CARD, self.wants)

    def encode(self, batch: Sequence[Mapping[str, Any]]) -> Float32[np.ndarray, "n 225"]:
        rows = [light_field(item["silhouettes"].masks) for item in batch]
        return unit_rows(np.stack(rows) if rows else np.zeros((0, CARD.dimensions)))
