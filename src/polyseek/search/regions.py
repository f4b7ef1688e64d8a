"""Names for the dense regions of a map: the words most typical of the models that lie there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64, Int64

LEVELS = 5  # of zoom: 1, 2, 4 ...; each has names of its own
FEWEST = 4  # models that make a region
_CELLS = 12  # a side, at zoom 1
_SHARE = 0.3  # of a region's models that a word must name


@dataclass(frozen=True)
class Region:
    """`words`: one or two. `x`, `y`: its middle in [0, 1]. `level`: shown at a zoom of 2 to this power and more.

    `example`: id of the model nearest to the middle among those that the words name.
    """

    words: str
    x: float
    y: float
    models: int
    level: int
    example: str


def regions(
    places: Float32[np.ndarray, "n 2"], words: Sequence[Sequence[str]], ids: Sequence[str]
) -> tuple[Region, ...]:
    """The regions of every level, those of many models first. `words`: of each model, those that say something.

    A word's weight in a region is s log(s / t): s the share of the region's models that it names, t that
    of all models. A name that a level gives is not given again close by on the levels below.
    """
    said = [frozenset(each) for each in words]
    everywhere = Counter(word for each in said for word in each)
    found: list[Region] = []
    for level in range(LEVELS):
        cells = _CELLS * 2**level
        taken = _reach(places, _peaks(places, cells), 1.2 / cells)
        for members in taken:
            name = _name(members, said, everywhere)
            if not name:
                continue
            middle = np.median(places[members], axis=0)
            x, y = middle.tolist()
            named = members[[said[place].issuperset(name.split()[:1]) for place in members]]
            example = int(named[np.linalg.norm(places[named] - middle, axis=1).argmin()])
            region = Region(name, round(x, 4), round(y, 4), len(members), level, ids[example])
            if not any(_says_the_same(region, other, 3 / cells) for other in found):
                found.append(region)
    return tuple(sorted(found, key=lambda region: (region.level, -region.models, region.words)))


def _says_the_same(region: Region, other: Region, near: float) -> bool:
    apart = ((region.x - other.x) ** 2 + (region.y - other.y) ** 2) ** 0.5
    return region.words == other.words and apart < max(near, 1.5 / (_CELLS * 2**other.level))


def _peaks(places: Float32[np.ndarray, "n 2"], cells: int) -> Float64[np.ndarray, "m 2"]:
    """Where the blurred density of points has its maxima, the highest first."""
    counts, _, _ = np.histogram2d(places[:, 0], places[:, 1], bins=cells, range=((0, 1), (0, 1)))
    blurred = np.pad(counts, 1)
    for axis in (0, 1):
        blurred = blurred + 0.6 * (np.roll(blurred, 1, axis) + np.roll(blurred, -1, axis))
    inner = blurred[1:-1, 1:-1]
    # Neighbours that are as dense make one peak, at the first of them.
    around = [
        (np.roll(blurred, (a, b), (0, 1))[1:-1, 1:-1], (a, b) > (0, 0))
        for a in (-1, 0, 1)
        for b in (-1, 0, 1)
        if (a, b) != (0, 0)
    ]
    peak = np.logical_and.reduce([inner > other if before else inner >= other for other, before in around])
    rows, columns = np.nonzero(peak & (inner > 0))
    order = np.argsort(-inner[rows, columns], kind="stable")
    return (np.stack([rows[order], columns[order]], axis=1) + 0.5) / cells


def _reach(
    places: Float32[np.ndarray, "n 2"], peaks: Float64[np.ndarray, "m 2"], radius: float
) -> list[Int64[np.ndarray, " r"]]:
    """The points within `radius` of each peak; where they are FEWEST or more."""
    order = np.argsort(places[:, 0], kind="stable")
    along = places[order, 0]
    found: list[np.ndarray] = []
    for x, y in peaks:
        strip = order[np.searchsorted(along, x - radius) : np.searchsorted(along, x + radius)]
        apart = (places[strip, 0] - x) ** 2 + (places[strip, 1] - y) ** 2
        members = strip[apart < radius * radius]
        if len(members) >= FEWEST:
            found.append(np.sort(members))
    return found


def _name(members: Int64[np.ndarray, " r"], said: Sequence[frozenset[str]], everywhere: Counter[str]) -> str:
    inside = Counter(word for place in members for word in said[place])
    n = len(members)

    def weight(word: str) -> float:
        share = inside[word] / n
        return share * float(np.log(share * len(said) / everywhere[word]))

    fit = [word for word in inside if inside[word] >= _SHARE * n and weight(word) > 0.1]
    best = sorted(sorted(fit), key=weight, reverse=True)[:2]
    # A second word only where it says nearly as much.
    return " ".join(best if len(best) == 2 and weight(best[1]) > 0.75 * weight(best[0]) else best[:1])
