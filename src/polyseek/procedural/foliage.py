"""Lumps and blades of leaves, which plants, food and trees are made of."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.curves import sweep
from polyseek.procedural.draw import Draw
from polyseek.procedural.solids import Solid, sphere


def blob(draw: Draw, radius: float, *, rough: float = 0.12, sides: int = 16) -> Solid:
    """A lumpy ball: a sphere moved in and out by a few random waves."""
    ball = sphere(1.0, sides=sides)
    waves = draw.rng.normal(size=(5, 3)) * 2.2
    phase = draw.rng.uniform(0, 2 * np.pi, 5)
    bulge = 1 + rough * np.sin(ball.vertices @ waves.T + phase).sum(axis=1) / 2
    return Solid(ball.vertices * bulge[:, None] * radius, ball.faces)


def leaf_blade(length: float, width: float, *, droop: float = 0.5, fold: float = 0.15) -> Solid:
    """A long leaf from the origin out along +x, arching up and then down by `droop` of its length."""
    t = np.linspace(0, 1, 9)
    spine = np.column_stack([length * t, length * (0.55 * t - (0.55 + droop) * t**2.2), np.zeros(9)])
    half = width / 2 * np.sin(np.pi * np.clip(0.06 + 0.94 * t, 0, 1)) ** 0.7 + 0.002
    thick = 0.012 * length
    flat = np.array([(0, 1), (-thick - 0, 0), (0, -1), (thick, 0)], float)
    sections = np.stack(
        [flat * [1, h] + np.array([(fold * h, 0), (0, 0), (fold * h, 0), (0, 0)]) for h in half]
    )
    return sweep(spine, sections)
