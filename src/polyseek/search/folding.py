"""Variants of one thing: the same model in other colours, formats or copies, as one card.

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

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64

from polyseek.catalogue.contract import Thing

RULES = 1  # the number of the rules below; it goes up when they change
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


def bucket(thing: Thing) -> str:
    """What things must have in common before they are compared: the indexed folder and the stem of the name."""
    return f"{thing.root}\n{stem(thing.name)}"


def leaders(
    things: Sequence[Thing],
    led: Sequence[Thing],
    vectors: Mapping[int, Float32[np.ndarray, " d"]],
    silhouette: Callable[[Thing], Silhouette | None],
) -> list[int]:
    """The key of the thing under which each of `things` stands: of the first that it is a variant of, or its own.

    All are of one bucket. `led`: those that lead already, first; a thing that leads joins them for the
    next ones. `vectors`: unit vectors by key; a thing without one stays alone. `silhouette`: what a
    thing's picture covers, None where it has none; asked for only when all else agrees.
    """
    members = [*led]
    sizes = np.array([thing.size for thing in (*led, *things)], np.float64).reshape(-1, 3)
    blank = np.zeros_like(next(iter(vectors.values()), np.zeros(1, np.float32)))
    rows = np.stack([vectors.get(thing.key, blank) for thing in (*led, *things)])
    order = [*range(len(led)), *([-1] * len(things))]  # rows of the members, in their order
    found: list[int] = []
    for row, thing in enumerate(things, start=len(led)):
        leader = thing
        for place in _alike(sizes, rows, np.array(order[: len(members)], np.int64), row):
            if _look_alike(silhouette(members[place]), silhouette(thing)):
                leader = members[place]
                break
        else:
            order[len(members)] = row
            members.append(thing)
        found.append(leader.key)
    return found


def _alike(
    sizes: Float64[np.ndarray, "n 3"],
    vectors: Float32[np.ndarray, "n d"],
    members: Int64[np.ndarray, " m"],
    row: int,
) -> list[int]:
    """Places in `members` (rows) of those whose size and vector agree with a row's."""
    theirs, own = sizes[members], sizes[row]
    near = np.flatnonzero((np.abs(theirs - own) <= SIZE * np.maximum(theirs, own)).all(axis=1))
    return near[vectors[members[near]] @ vectors[row] >= COSINE].tolist()


def covered(picture: bytes | None) -> Silhouette | None:
    """What a picture with alpha covers, at half or more; every COARSE-th pixel of every COARSE-th row."""
    if picture is None:
        return None
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(picture)) as opened:
        return np.asarray(opened.convert("RGBA"))[::COARSE, ::COARSE, 3] > 127


def _look_alike(one: Silhouette | None, other: Silhouette | None) -> bool:
    return one is not None and other is not None and _overlap(one, other) >= OVERLAP


def _overlap(one: Silhouette, other: Silhouette) -> float:
    """Intersection over union; 0 for pictures of other sizes, and where nothing is covered."""
    if one.shape != other.shape:
        return 0.0
    union = int((one | other).sum())
    return int((one & other).sum()) / union if union else 0.0
