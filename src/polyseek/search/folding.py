"""Variants of one thing among hits: the same model in other colours, formats or copies, as one card.

Two models are variants when all of this holds:

- their names have the same stem: the name without colours and without a number or letter that only
  counts (`chair_red_02`, `chair_blue_03` -> chair). A number that is part of a word is kept (`M3`),
  and so are left and right.
- their sizes agree within SIZE along each axis: what differs in size is never one thing.
- their vectors agree (cosine of COSINE or more).
- their pictures cover the same ground (intersection over union of OVERLAP or more). Encoders may give a
  shape and its mirror image one vector; from the same corner the two do not look the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np
from jaxtyping import Bool, Float32

from polyseek.catalogue.record import Record

COSINE = 0.995
SIZE = 0.02
OVERLAP = 0.96
COARSE = 4
COLOURS = frozenset(
    {
        *(
            "black",
            "white",
            "grey",
            "gray",
            "silver",
            "gold",
            "brown",
            "beige",
            "tan",
            "cream",
            "dark",
            "light",
        ),
        *(
            "red",
            "orange",
            "yellow",
            "green",
            "blue",
            "cyan",
            "teal",
            "turquoise",
            "purple",
            "violet",
            "pink",
        ),
        *("magenta", "navy", "mint", "lime", "olive", "maroon", "color", "colour"),
    }
)

Silhouette = Bool[np.ndarray, "h w"]

_WORD = re.compile(r"[^\W\d_]+\d*|\d+[^\W\d_]*")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def stem(name: str) -> str:
    """`chair_red_02` -> `chair`, `Bolt M3` -> `bolt m3`. A name of nothing but colours and numbers stays whole."""
    words = [word.lower() for word in _WORD.findall(_HUMP.sub(" ", name))]
    kept = [word for index, word in enumerate(words) if word not in COLOURS and not (index and _counts(word))]
    return " ".join(kept or words)


def _counts(word: str) -> bool:
    """Whether a word only tells copies apart: 2, 02, a, b."""
    return word.isdigit() or len(word) == 1


def fold(
    records: Sequence[Record],
    vectors: Mapping[str, Float32[np.ndarray, " d"]],
    silhouette: Callable[[str], Silhouette | None],
) -> list[list[int]]:
    """Places in `records` by group, groups and members in their order; each place is in one group.

    `vectors`: unit vectors by id; a record without one stays alone. `silhouette`: what the picture of
    an id covers, None where it has none; asked for only when all else agrees.
    """
    seen = cache(silhouette)
    groups: list[list[int]] = []
    by_name: dict[tuple[str, str], list[list[int]]] = {}
    for place, record in enumerate(records):
        candidates = by_name.setdefault((record.root, stem(record.name)), [])
        for group in candidates:
            if _same(records[group[0]], record, vectors, seen):
                group.append(place)
                break
        else:
            candidates.append([place])
            groups.append(candidates[-1])
    return groups


def covered(picture: bytes | None) -> Silhouette | None:
    """What a picture with alpha covers, at half or more; every COARSE-th pixel of every COARSE-th row."""
    if picture is None:
        return None
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(picture)) as opened:
        return np.asarray(opened.convert("RGBA"))[::COARSE, ::COARSE, 3] > 127


def _same(
    a: Record,
    b: Record,
    vectors: Mapping[str, Float32[np.ndarray, " d"]],
    silhouette: Callable[[str], Silhouette | None],
) -> bool:
    if a.id not in vectors or b.id not in vectors:
        return False
    sizes = np.array([a.size_metres, b.size_metres])
    if (np.ptp(sizes, axis=0) > SIZE * sizes.max(axis=0)).any():
        return False
    if float(vectors[a.id] @ vectors[b.id]) < COSINE:
        return False
    one, other = silhouette(a.id), silhouette(b.id)
    return one is not None and other is not None and _overlap(one, other) >= OVERLAP


def _overlap(one: Silhouette, other: Silhouette) -> float:
    """Intersection over union; 0 for pictures of other sizes, and where nothing is covered."""
    if one.shape != other.shape:
        return 0.0
    union = int((one | other).sum())
    return int((one & other).sum()) / union if union else 0.0
