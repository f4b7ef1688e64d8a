"""Points of shapes are sampled once, and packing loses next to nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from polyseek.encoders.point_rows import surface_points
from polyseek.procedural import make
from polyseek.representations.points import Points, sample_points
from polyseek_training.points import COUNT, pack_points, read_points, sample_shapes, unpack_points
from polyseek_training.shapes import Shape

CHAIR = Shape("made:chair/3", "made", "made:chair/3", "chair", "chair")
MUG = Shape("made:mug/4", "made", "made:mug/4", "mug", "mug")


def test_packed_points_are_the_sampled_ones_but_for_rounding():
    points = sample_points(make("chair", 3), surface_points(500))

    rows = unpack_points(pack_points(points))

    assert rows.shape == (500, 9)
    assert np.abs(rows[:, :3] - points.positions).max() < 1 / 2048
    assert np.abs(rows[:, 3:6] - points.normals).max() <= 0.5 / 127 + 1e-6
    assert np.abs((rows[:, 6:] + 1) / 2 - points.colours).max() <= 0.5 / 255 + 1e-6


def test_points_without_normals_keep_none():
    nothing = np.zeros((3, 3), np.float32)
    positions = np.eye(3, dtype=np.float32)

    rows = unpack_points(pack_points(Points(positions, nothing, nothing, np.ones(3, np.float32))))

    assert not rows[:, 3:6].any()


def test_shapes_are_sampled_once_and_a_twin_is_kept_once(tmp_path: Path):
    lost = Shape("nowhere.glb", "p", "g", "thing", "thing")

    sampled = sample_shapes(tmp_path, [CHAIR, MUG, lost], tmp_path / "cache")
    files = {file: file.stat().st_mtime_ns for file in (tmp_path / "cache").glob("*.points")}
    again = sample_shapes(tmp_path, [MUG, CHAIR], tmp_path / "cache")

    assert again == sampled
    assert set(sampled) == {CHAIR.path, MUG.path}
    assert len(files) == 2
    assert all(file.stat().st_mtime_ns == when for file, when in files.items())
    read = unpack_points(read_points(tmp_path / "cache", [sampled[MUG.path], sampled[CHAIR.path]]))
    assert read.shape == (2, COUNT, 9)
    assert np.linalg.norm(read[..., :3], axis=-1).max(1) == pytest.approx([1, 1], abs=1e-3)
