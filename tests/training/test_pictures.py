"""Pictures for training: the thing keeps its outline, stands where it should, and its edges are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.assets.geometry import moved
from polyseek.encoders.picture_planes import FILL
from polyseek.procedural import make
from polyseek_training.drawing import DRAWN, PHOTOS, RING, SIDE, WILD, draw, stretch, turn
from polyseek_training.pictures import as_pictures, edges, in_frame, relit


def block(count: int = 2) -> np.ndarray:
    """A flat block in the lower left, turned to the eye."""
    planes = np.zeros((count, 7, 64, 64), np.uint8)
    planes[:, :3, 40:60, 5:15] = 100
    planes[:, 3, 40:60, 5:15] = 200
    planes[:, 4:6, 40:60, 5:15] = 128
    planes[:, 6, 40:60, 5:15] = 255
    return planes


def test_a_fitted_thing_fills_the_middle_of_its_frame():
    placed = in_frame(block(), np.random.default_rng(0), np.array([True, True]))

    rows, columns = (np.flatnonzero((placed[0, 3] > 0).any(axis)) for axis in (1, 0))
    assert len(rows) == pytest.approx(FILL * 64, abs=2)
    assert len(columns) == pytest.approx(FILL * 32, abs=2)
    assert rows.mean() == pytest.approx(31.5, abs=1)
    assert columns.mean() == pytest.approx(31.5, abs=1)


def test_things_elsewhere_differ_in_size_and_place():
    placed = in_frame(block(40), np.random.default_rng(0), np.zeros(40, bool))

    sizes = (placed[:, 3] > 0).sum((1, 2))
    assert sizes.min() < 0.5 * sizes.max()


def test_edges_are_outlines_and_creases_not_flat_ground():
    planes = block(1)
    planes[:, 4:, 50:60, 5:15] = np.array([128, 255, 128], np.uint8)[:, None, None]

    found = edges(planes)[0]

    assert found[40, 5:15].all()  # outline
    assert found[50, 6:14].all()  # crease
    assert not found[42:49, 7:14].any()
    assert not found[:30].any()


def test_a_lamp_from_the_side_leaves_flat_ground_even():
    lit = relit(block(1), np.random.default_rng(3))[0, :, 40:60, 5:15]

    assert lit.std((1, 2)) == pytest.approx([0, 0, 0], abs=1e-3)
    assert lit.min() > 0


def test_pictures_depend_on_the_generator_alone_and_differ():
    planes = block(6)

    once, again = (as_pictures(planes, np.random.default_rng(5)) for _ in range(2))

    assert (once == again).all()
    assert len({picture.tobytes() for picture in once}) == 6
    assert once.shape == (6, 3, 64, 64)


def test_a_drawing_is_the_ring_then_wild_views_then_photos():
    drawn = draw(make("chair", 1), seed=4)

    assert drawn.shape == (DRAWN, 7, SIDE, SIDE)
    assert RING + WILD + PHOTOS == DRAWN
    assert (drawn[:, 3] > 0).any((1, 2)).all()
    assert (draw(make("chair", 1), seed=5)[:RING] == drawn[:RING]).all()
    assert (draw(make("chair", 1), seed=5)[RING:] != drawn[RING:]).any()


def test_stretching_changes_lengths_by_a_quarter_at_most():
    for seed in range(20):
        lengths = np.linalg.svd(stretch(np.random.default_rng(seed)), compute_uv=False)
        assert 0.79 < lengths.min() <= lengths.max() < 1.26


def test_turns_are_rotations_of_every_kind():
    turns = [turn(np.random.default_rng(seed)) for seed in range(40)]

    for each in turns:
        assert np.abs(each @ each.T - np.eye(3)).max() < 1e-9
        assert np.linalg.det(each) == pytest.approx(1)
    ups = np.array([each[:, 1] for each in turns])
    assert np.abs(ups.mean(0)).max() < 0.35


def test_a_moved_asset_has_its_vertices_moved():
    asset = make("mug", 1)
    linear = np.diag([2.0, 1.0, 1.0])

    before, after = asset.parts[0].matrix, moved(asset, linear).parts[0].matrix

    assert after[0] == pytest.approx(2 * before[0])
    assert after[1:] == pytest.approx(before[1:])
