"""Random assemblies: closed, repeatable, different from each other, and standing on the ground."""

from __future__ import annotations

import re

import numpy as np
import pytest

from polyseek.assets import bounds
from polyseek.procedural.random_assemblies import MOST, random_assembly
from polyseek.representations.measures import measure

SEEDS = range(40)


def test_an_assembly_encloses_a_volume_stands_on_the_ground_and_is_of_some_size():
    for seed in SEEDS:
        model = random_assembly(seed)
        low, high = bounds(model.asset)

        assert measure(model.asset).encloses
        assert low[1] == pytest.approx(0, abs=1e-5)
        assert 0.1 < float((high - low).max()) < 12
        assert 2 <= len(model.asset.parts) <= 8 * MOST


def test_the_same_seed_makes_the_same_assembly_and_another_seed_another():
    def arrays(seed: int) -> bytes:
        return b"".join(mesh.vertices.tobytes() for mesh in random_assembly(seed).asset.meshes)

    assert arrays(3) == arrays(3)
    assert len({arrays(seed) for seed in SEEDS}) == len(SEEDS)


def test_every_primitive_is_set_on_another():
    """The bounds of one of its copies at least meet those of another primitive."""
    for seed in SEEDS:
        asset = random_assembly(seed).asset
        boxes: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}
        for part in asset.parts:
            placed = asset.meshes[part.mesh].vertices @ part.matrix[:3, :3].T + part.matrix[:3, 3]
            primitive = re.search(r"part \d+", part.path[-1])
            assert primitive is not None
            boxes.setdefault(primitive[0], []).append((placed.min(0), placed.max(0)))
        for name, own in boxes.items():
            others = [box for other, all in boxes.items() if other != name for box in all]
            assert any(
                (low <= up + 1e-6).all() and (down <= high + 1e-6).all()
                for low, high in own
                for down, up in others
            )
