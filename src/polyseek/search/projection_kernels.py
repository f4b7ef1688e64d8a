"""Compiled loops of projection.py: affinities, and the two forces of t-SNE."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64, Int64

from polyseek.kernels import kernel

_HALVINGS = 64


@kernel
def affinities(squared: Float64[np.ndarray, "n k"], perplexity: float) -> Float64[np.ndarray, "n k"]:
    """Row i: p(j|i) over its neighbours, exp(-b d²) normalised, b such that the entropy is log(perplexity).

    Van der Maaten & Hinton 2008, eq. 1; b is found by halving. Rows sum to 1.
    """
    n, k = squared.shape
    found = np.empty((n, k))
    wanted = np.log(perplexity)
    for i in range(n):
        nearest = squared[i].min()
        low, high, beta, total = 0.0, np.inf, 1.0, 1.0
        for _ in range(_HALVINGS):
            total, weighted = 0.0, 0.0
            for j in range(k):
                found[i, j] = np.exp(-beta * (squared[i, j] - nearest))
                total += found[i, j]
                weighted += found[i, j] * (squared[i, j] - nearest)
            entropy = np.log(total) + beta * weighted / total
            if abs(entropy - wanted) < 1e-5:
                break
            if entropy > wanted:
                low = beta
                beta = beta * 2 if high == np.inf else (low + high) / 2
            else:
                high = beta
                beta = (low + high) / 2
        for j in range(k):
            found[i, j] /= total
    return found


@kernel
def attract(
    places: Float64[np.ndarray, "n 2"],
    starts: Int64[np.ndarray, " n_and_one"],
    ends: Int64[np.ndarray, " e"],
    weights: Float64[np.ndarray, " e"],
    forces: Float64[np.ndarray, "n 2"],
) -> None:
    """Write the sum over j of p_ij (y_i - y_j) / (1 + |y_i - y_j|²); neighbours of i are ends[starts[i]:starts[i + 1]]."""
    for i in range(len(places)):
        x, y = places[i, 0], places[i, 1]
        fx, fy = 0.0, 0.0
        for e in range(starts[i], starts[i + 1]):
            j = ends[e]
            dx, dy = x - places[j, 0], y - places[j, 1]
            pull = weights[e] / (1.0 + dx * dx + dy * dy)
            fx += pull * dx
            fy += pull * dy
        forces[i, 0] = fx
        forces[i, 1] = fy


@kernel
def repel(places: Float64[np.ndarray, "n 2"], forces: Float64[np.ndarray, "n 2"]) -> float:
    """Write the sum over j of (y_i - y_j) q², q = 1 / (1 + |y_i - y_j|²); the sum of q over all pairs, both ways."""
    total = 0.0
    forces[:] = 0.0
    for i in range(len(places)):
        for j in range(i):
            dx, dy = places[i, 0] - places[j, 0], places[i, 1] - places[j, 1]
            q = 1.0 / (1.0 + dx * dx + dy * dy)
            total += 2.0 * q
            forces[i, 0] += dx * q * q
            forces[i, 1] += dy * q * q
            forces[j, 0] -= dx * q * q
            forces[j, 1] -= dy * q * q
    return total


@kernel
def spread(
    places: Float64[np.ndarray, "n 2"], corner: Float64[np.ndarray, " 2"], step: float,
    grid: Float64[np.ndarray, "rows columns"],
) -> None:  # fmt: skip
    """Add each point to the 4 x 4 nodes around it, by the weights of cubic interpolation between them."""
    across, along = np.empty(4), np.empty(4)
    for i in range(len(places)):
        column = _weights((places[i, 0] - corner[0]) / step, across)
        row = _weights((places[i, 1] - corner[1]) / step, along)
        for a in range(4):
            for b in range(4):
                grid[row + a, column + b] += along[a] * across[b]


@kernel
def gather(
    places: Float64[np.ndarray, "n 2"], corner: Float64[np.ndarray, " 2"], step: float,
    fields: Float64[np.ndarray, "3 rows columns"], found: Float64[np.ndarray, "n 3"],
) -> None:  # fmt: skip
    """Write the three fields at each point, interpolated as `spread` weighs."""
    across, along = np.empty(4), np.empty(4)
    for i in range(len(places)):
        column = _weights((places[i, 0] - corner[0]) / step, across)
        row = _weights((places[i, 1] - corner[1]) / step, along)
        for f in range(3):
            total = 0.0
            for a in range(4):
                line = 0.0
                for b in range(4):
                    line += across[b] * fields[f, row + a, column + b]
                total += along[a] * line
            found[i, f] = total


@kernel
def _weights(place: float, weights: Float64[np.ndarray, " 4"]) -> int:
    # Lagrange's polynomials of degree 3 on the nodes -1, 0, 1, 2 around the place.
    node = int(np.floor(place))
    t = place - node
    weights[0] = -t * (t - 1.0) * (t - 2.0) / 6.0
    weights[1] = (t + 1.0) * (t - 1.0) * (t - 2.0) / 2.0
    weights[2] = -(t + 1.0) * t * (t - 2.0) / 2.0
    weights[3] = (t + 1.0) * t * (t - 1.0) / 6.0
    return node - 1


@kernel
def step_down(
    places: Float64[np.ndarray, "n 2"],
    gradient: Float64[np.ndarray, "n 2"],
    speeds: Float64[np.ndarray, "n 2"],
    gains: Float64[np.ndarray, "n 2"],
    rate: float,
    momentum: float,
) -> None:
    """One step of descent with momentum; a coordinate's gain grows while it keeps its direction (Jacobs 1988)."""
    for i in range(len(places)):
        for c in range(2):
            turned = (gradient[i, c] > 0.0) == (speeds[i, c] > 0.0)
            gains[i, c] = max(gains[i, c] * 0.8, 0.01) if turned else gains[i, c] + 0.2
            speeds[i, c] = momentum * speeds[i, c] - rate * gains[i, c] * gradient[i, c]
            places[i, c] += speeds[i, c]
