"""A map of a Space: vectors of many dimensions -> places in the unit square, neighbours beside neighbours.

t-SNE (van der Maaten & Hinton 2008) from a PCA start (Kobak & Berens 2019), with the repulsion of all
pairs by interpolation on a grid and FFT (Linderman et al. 2019), so that a step takes O(n).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64, Int64

from polyseek.indexes.neighbours import neighbours

PERPLEXITY = 10.0
NEIGHBOURS = 30  # 3 perplexities: what lies beyond has no weight
DIMENSIONS = 50  # of PCA, in which neighbours are looked for
EXAGGERATION = 12.0
EARLY, LATE = 150, 350  # steps with and without exaggeration
FEWEST = 5  # models: below there is nothing to lay out

_ALL_PAIRS = 1000  # models up to which the sum over all pairs is quicker than a grid
# Steps of the grid, where the kernel 1 / (1 + r²) is 1 wide: fine ones while the layout is small, coarse
# ones where it is so wide that few points are near to each other.
_STEPS = tuple(0.1 * 2 ** (i / 2) for i in range(24))
_PLENTY = 256  # nodes a side; more only to keep the step at _FINE
_FINE = 0.4
_MOST = 720
_SIZES = tuple(sorted(2**a * 3**b * 5**c for a in range(3, 10) for b in range(3) for c in range(2)))


class Stopped(Exception):
    """The layout was told to stop."""


def project(
    vectors: Float32[np.ndarray, "n d"],
    *,
    seed: int = 0,
    start: Float32[np.ndarray, "n 2"] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Float32[np.ndarray, "n 2"]:
    """Places in [0, 1]², the layout's own proportions kept, its middle at (0.5, 0.5).

    The same vectors, seed and start give the same places on one machine. `start`: places to begin at, so
    that a known map changes little; None: the first two principal components. `stop` is asked between
    steps; raises Stopped where it says so.
    """
    n = len(vectors)
    if n < FEWEST:
        return in_square(principal(vectors, 2))
    reduced = principal(vectors, DIMENSIONS).astype(np.float32)
    k = min(NEIGHBOURS, n - 1)
    near, squared = neighbours(reduced, k, seed=seed)
    graph = affinity_graph(near, squared.astype(np.float64), min(PERPLEXITY, k / 3))
    first = reduced[:, :2].astype(np.float64) if start is None else start.astype(np.float64) - 0.5
    # Copies of one model begin apart, else nothing would ever part them from one another.
    first = first / max(first[:, 0].std(), 1e-12) + np.random.default_rng(seed).normal(0, 1e-2, (n, 2))
    places = first * 1e-4 if start is None else first * _spread_of(n)
    return in_square(_descend(places, graph, early=EARLY if start is None else 0, stop=stop))


def principal(vectors: Float32[np.ndarray, "n d"], number: int) -> Float64[np.ndarray, "n m"]:
    """The first `number` principal components, or as many as there are dimensions (two at least).

    The largest loading of each is positive, so that a map is not mirrored by chance.
    """
    centred = vectors.astype(np.float64) - (vectors.mean(0, dtype=np.float64) if len(vectors) else 0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :number]
    axes = axes * np.sign(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])])
    found = centred @ axes
    return found if found.shape[1] > 1 else np.pad(found, ((0, 0), (0, 2 - found.shape[1])))


def in_square(places: Float64[np.ndarray, "n 2"]) -> Float32[np.ndarray, "n 2"]:
    """Scaled and moved into [0, 1]², without stretching; one point, or all in one, are in the middle."""
    if not len(places):
        return np.empty((0, 2), np.float32)
    low, high = places.min(0), places.max(0)
    size = float((high - low).max())
    scaled = (places - (low + high) / 2) / (size if size > 1e-12 else 1.0) + 0.5
    return np.clip(scaled, 0, 1).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Graph:
    """Symmetric affinities p_ij, summing to 1: of row i, `weights[starts[i]:starts[i + 1]]` to `ends`."""

    starts: Int64[np.ndarray, " n_and_one"]
    ends: Int64[np.ndarray, " e"]
    weights: Float64[np.ndarray, " e"]


def affinity_graph(
    near: Int64[np.ndarray, "n k"], squared: Float64[np.ndarray, "n k"], perplexity: float
) -> Graph:
    """p_ij = (p(j|i) + p(i|j)) / 2n over the nearest neighbours (van der Maaten & Hinton 2008, sec. 3.1)."""
    from polyseek.search.projection_kernels import affinities

    n, k = near.shape
    given = affinities(np.ascontiguousarray(squared), perplexity).ravel() / (2 * n)
    rows, ends = np.repeat(np.arange(n), k), near.ravel()
    pairs = np.concatenate([rows * n + ends, ends * n + rows])
    edges, place = np.unique(pairs, return_inverse=True)
    weights = np.bincount(place, np.concatenate([given, given]))
    return Graph(np.searchsorted(edges, np.arange(n + 1) * n), edges % n, weights)


def _spread_of(n: int) -> float:
    # The standard deviation that layouts of n points come to, about.
    return 0.45 * n**0.5


def _descend(
    places: Float64[np.ndarray, "n 2"], graph: Graph, *, early: int, stop: Callable[[], bool]
) -> Float64[np.ndarray, "n 2"]:
    from polyseek.search.projection_kernels import attract, step_down

    n = len(places)
    speeds, gains, pull = np.zeros((n, 2)), np.ones((n, 2)), np.empty((n, 2))
    repulsion = Repulsion()
    for step in range(early + LATE):
        if stop():
            raise Stopped
        exaggeration = EXAGGERATION if step < early else 1.0
        attract(places, graph.starts, graph.ends, graph.weights, pull)
        push, total = repulsion.of(places) if n > _ALL_PAIRS else all_pairs(places)
        gradient = 4 * (exaggeration * pull - push / total)
        # n / exaggeration is the rate that suits any size (Belkina et al. 2019).
        rate = n / EXAGGERATION if step < early else n / 4
        step_down(places, gradient, speeds, gains, rate, 0.5 if step < early else 0.8)
        places -= places.mean(0)
    return places


def all_pairs(places: Float64[np.ndarray, "n 2"]) -> tuple[Float64[np.ndarray, "n 2"], float]:
    """What Repulsion estimates, summed pair by pair."""
    from polyseek.search.projection_kernels import repel

    pushes = np.empty_like(places)
    return pushes, max(repel(places, pushes), 1e-12)


class Repulsion:
    """What all points do to each: the sums over j of (y_i - y_j) q² and of q, q = 1 / (1 + |y_i - y_j|²).

    Points are spread on a grid, which is convolved with the two kernels by FFT (Linderman et al. 2019,
    sec. 2, with a grid of fixed step and cubic interpolation). The kernels are kept while the grid is.
    """

    def __init__(self) -> None:
        self._shape: tuple[int, float] = (0, 0.0)
        self._kernels: np.ndarray = np.empty(0)
        self._own = 1.0

    def of(self, places: Float64[np.ndarray, "n 2"]) -> tuple[Float64[np.ndarray, "n 2"], float]:
        """(the first sum at each point, the second over all pairs)."""
        from polyseek.search.projection_kernels import gather, spread

        low, high = places.min(0), places.max(0)
        nodes, step = _grid_for(float((high - low).max()))
        corner = (low + high) / 2 - step * (nodes - 1) / 2
        if self._shape != (nodes, step):
            self._shape, self._kernels, self._own = (nodes, step), _kernels(nodes, step), _own(step)
        grid = np.zeros((nodes, nodes))
        spread(places, corner, step, grid)
        waves = np.fft.rfft2(grid, (2 * nodes, 2 * nodes))
        fields = np.fft.irfft2(waves[None] * self._kernels, (2 * nodes, 2 * nodes), axes=(1, 2))
        found = np.empty((len(places), 3))
        gather(places, corner, step, np.ascontiguousarray(fields[:, :nodes, :nodes]), found)
        return found[:, 1:], max(float(found[:, 0].sum()) - self._own * len(places), 1e-12)


def _grid_for(width: float) -> tuple[int, float]:
    """(nodes a side, step) of a grid for a layout as wide as this; few different ones, each with a size good for FFT."""
    for step in _STEPS:
        needed = width / step + 6
        if needed <= _PLENTY or (step >= _FINE * 0.99 and needed <= _MOST):
            return next(size for size in _SIZES if size >= needed), step
    raise ValueError(f"a layout {width:g} wide has run away")


def _own(step: float) -> float:
    """What a point adds to its own sum of q through the grid, on average over places in a cell; 1 without a grid."""
    reach = np.arange(-3, 4) * step
    q = 1 / (1 + reach[:, None] ** 2 + reach[None, :] ** 2)
    t = (np.arange(16) + 0.5) / 16
    weights = np.stack(
        [
            -t * (t - 1) * (t - 2) / 6,
            (t + 1) * (t - 1) * (t - 2) / 2,
            -(t + 1) * t * (t - 2) / 2,
            (t + 1) * t * (t - 1) / 6,
        ],
        axis=1,
    )
    # How much of a point's weight meets itself at each distance between nodes.
    met = np.stack([np.convolve(row, row[::-1]) for row in weights]).mean(0)
    return float(met @ q @ met)


def _kernels(nodes: int, step: float) -> np.ndarray:
    """FFTs (3, 2 nodes, nodes + 1) of q, x q² and y q² by distance on the grid, twice as wide: it may not come round."""
    reach = np.fft.fftfreq(2 * nodes, 1 / (2 * nodes)) * step
    x, y = reach[None, :], reach[:, None]
    q = 1 / (1 + x * x + y * y)
    return np.fft.rfft2(np.stack([q, x * q * q, y * q * q]), axes=(1, 2))
