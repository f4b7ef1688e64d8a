"""Fitting which way up models stand: what is written is what polyseek.assets.standing weighs."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from polyseek.assets.standing import AXES, weighed  # noqa: E402
from polyseek_training.shapes import Shape  # noqa: E402
from polyseek_training.standing import POSES, fit, poses_of  # noqa: E402


def test_a_few_steps_learn_to_tell_up_of_a_few_models():
    torch.set_num_threads(1)
    shapes = [
        Shape(f"made:{category}/{seed}", "made", category, category, category)
        for category in ("chair", "street_lamp")
        for seed in range(6)
    ]
    poses = poses_of(Path(), shapes, seed=1)

    network = fit(poses, seed=1, steps=120)

    up = AXES.index("y")
    assert poses.seen.shape[:3] == (len(shapes), POSES, 6)
    # As the file has it, and turned about +Y, up is +Y alone.
    assert (poses.right[:, :3].sum((1, 2)) == 3).all()
    assert poses.right[:, :3, up].all()
    judged = weighed(poses.seen[:, 0].astype(np.float64), network)
    assert (judged.argmax(1) == up).mean() > 0.9
