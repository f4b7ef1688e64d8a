"""Networks that are compared see the same shapes and words, and learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from polyseek.encoders.point_rows import SPREAD, spread_first  # noqa: E402
from polyseek.procedural import make  # noqa: E402
from polyseek.representations.points import sample_points  # noqa: E402
from polyseek_training.captions import Sayings  # noqa: E402
from polyseek_training.compare import (  # noqa: E402
    CANDIDATES,
    Examples,
    changed_points,
    draw,
    linear_change,
    load_pair,
    loss_of,
    save_pair,
    train_pair,
    vectors_of,
)
from polyseek_training.dataset import Dataset  # noqa: E402
from polyseek_training.drawing import DRAWN  # noqa: E402
from polyseek_training.points import COUNT, pack_points, surface_points, unpack_points  # noqa: E402
from polyseek_training.recipes import Recipe, Stage  # noqa: E402
from polyseek_training.shapes import Shape  # noqa: E402

NAMES = ("chair", "mug", "bottle", "house")
STAGE = Stage(1.0, 32, 8, 2)
RECIPE = Recipe("toy", minutes=1, stages=(STAGE,), concepts=4, dimensions=128, prefixes=(64,), rates=(2e-3,))


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def examples() -> Examples:
    """Three models each of four things, known by their points; their views are blank."""
    models = [sample_points(make(name, seed), surface_points(COUNT)) for seed in range(3) for name in NAMES]
    shapes = tuple(Shape(f"{i}", "p", f"g{i}", NAMES[i % 4], NAMES[i % 4]) for i in range(12))
    sayings = tuple(Sayings(NAMES[i % 4], (NAMES[i % 4],), (), {}) for i in range(12))
    planes = np.zeros((12, DRAWN, 7, 64, 64), np.uint8)
    return Examples(
        Dataset(shapes, planes, sayings, ("train",) * 12), np.stack([pack_points(p) for p in models])
    )


@pytest.fixture(scope="module")
def meanings() -> dict[str, np.ndarray]:
    rows = np.linalg.qr(np.random.default_rng(1).normal(size=(384, 4)))[0].T.astype(np.float32)
    return dict(zip(NAMES, rows, strict=True))


def test_every_network_is_given_the_same_words_and_likenesses(examples: Examples, meanings: dict):
    rows, weights = np.arange(12), np.full(12, 1 / 12)

    steps = [
        draw(
            examples, rows, weights, examples.data.sayings[:4], meanings, RECIPE, STAGE, candidate.takes,
            np.random.default_rng(5),
        )
        for candidate in CANDIDATES.values()
    ]  # fmt: skip

    assert all(torch.equal(step.texts, steps[0].texts) for step in steps)
    assert all(torch.equal(step.likeness, steps[0].likeness) for step in steps)
    assert {tuple(len(given.shape) for given in step.inputs) for step in steps} == {(5,), (3,), (5, 3)}


def test_a_change_of_the_frame_keeps_up_up_and_sizes_near():
    changes = [linear_change(np.random.default_rng(seed)) for seed in range(200)]

    up = [change @ (0, 1, 0) / np.linalg.norm(change @ (0, 1, 0)) for change in changes]
    sides = [np.linalg.det(change) for change in changes]
    assert np.degrees(np.arccos(np.array(up)[:, 1])).max() < 40
    assert 0.3 < np.mean(np.array(sides) < 0) < 0.7
    assert np.abs(np.log(np.abs(sides))).max() <= 0.66 + 1e-6


def test_changed_points_keep_to_the_unit_sphere_with_square_normals(examples: Examples):
    for seed in range(12):
        rows = changed_points(examples.points[0], np.random.default_rng(seed), 512)

        assert rows.shape == (512, 9)
        assert np.linalg.norm(rows[:, :3], axis=1).max() == pytest.approx(1, abs=1e-5)
        assert np.abs(rows[:, :3].mean(0)).max() < 1e-5
        lengths = np.linalg.norm(rows[:, 3:6], axis=1)
        assert lengths == pytest.approx(np.full(512, lengths[0].round()), abs=1e-5)
        assert np.abs(rows[:, 6:]).max() <= 1
        assert (spread_first(rows)[:SPREAD] == rows[:SPREAD]).all()


def test_normals_stay_at_right_angles_to_a_stretched_plane():
    packed = np.zeros(400, pack_points(sample_points(make("mug", 1), surface_points(4))).dtype)
    flat = np.random.default_rng(0).uniform(-0.6, 0.6, (400, 3))
    flat[:, 1] = 0.7 * flat[:, 0]
    packed["position"] = flat
    normal = np.array([-0.7, 1, 0]) / np.linalg.norm([-0.7, 1, 0])
    packed["normal"] = np.rint(128 + 127 * normal)
    assert np.abs(unpack_points(packed)[:, 3:6] - normal).max() < 0.01

    seen = [changed_points(packed, np.random.default_rng(seed), 400) for seed in range(8)]

    for rows in seen:
        assert np.abs(rows[:, 3:6] @ (rows[1:, :3] - rows[0, :3]).T).max() < 0.03


def test_loss_falls_on_points_of_four_things_and_a_pair_comes_back_from_its_file(
    examples: Examples, meanings: dict, tmp_path: Path
):
    candidate, said = CANDIDATES["pointnet2"], []
    concepts = examples.data.sayings[:4]

    pair = train_pair(candidate, examples, concepts, meanings, RECIPE, steps=40, progress=said.append)
    save_pair(pair, tmp_path / "pair.pt")
    again = load_pair(candidate, tmp_path / "pair.pt")

    first, last = (float(line.split('"shapes": ')[1].split(",")[0]) for line in said)
    assert last < 0.8 * first
    rows = vectors_of(again, candidate, examples, np.arange(12))
    assert (rows == vectors_of(pair, candidate, examples, np.arange(12))).all()
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(12), abs=1e-5)


def test_pointnets_regulariser_is_part_of_its_loss(examples: Examples, meanings: dict):
    candidate = CANDIDATES["pointnet"]
    pair = train_pair(candidate, examples, examples.data.sayings[:4], meanings, RECIPE, steps=2).train()
    step = draw(
        examples, np.arange(12), np.full(12, 1 / 12), examples.data.sayings[:4], meanings, RECIPE, STAGE,
        candidate.takes, np.random.default_rng(0),
    )  # fmt: skip

    assert loss_of(pair, step, RECIPE)["regulariser"].item() > 0
