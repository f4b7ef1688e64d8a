"""PointNet++ groups as the paper says, and ONNX groups alike."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
ort = pytest.importorskip("onnxruntime")

from polyseek.encoders.point_rows import SPREAD, spread_first  # noqa: E402
from polyseek_training.export import export_onnx  # noqa: E402
from polyseek_training.nets.point_net2 import LAYERS, Layer, PointNet2, ball_query, rows_at  # noqa: E402


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)
    torch.manual_seed(0)


def some_points(batch: int, count: int, seed: int = 0) -> torch.Tensor:
    """Rows in the order that the net expects, within the unit sphere."""
    rows = np.random.default_rng(seed).normal(size=(batch, count, 9)).astype(np.float32)
    rows[..., :3] /= np.linalg.norm(rows[..., :3], axis=-1, keepdims=True)
    return torch.from_numpy(np.stack([spread_first(each) for each in rows]))


def trained_a_little(points: torch.Tensor) -> PointNet2:
    net = PointNet2((Layer(32, 0.4, 8, (8, 16)), Layer(8, 0.8, 8, (16, 16))), (16, 32), 12).train()
    with torch.no_grad():
        for _ in range(3):
            net(points)
    return net.eval()


def test_a_ball_holds_the_first_points_that_are_near_enough():
    positions = torch.rand(2, 60, 3)
    centres = positions[:, :9]

    found = ball_query(centres, positions, 0.3, 5)

    for batch in range(2):
        for row, centre in zip(found[batch], centres[batch], strict=True):
            near = [i for i, p in enumerate(positions[batch]) if (p - centre).norm() <= 0.3][:5]
            assert row.tolist() == near + near[:1] * (5 - len(near))


def test_rows_are_taken_from_the_right_model():
    values = torch.arange(24.0).reshape(2, 4, 3)
    members = torch.tensor([[[3, 0]], [[1, 1]]])

    assert rows_at(values, members).tolist() == [
        [[[9, 10, 11], [0, 1, 2]]],
        [[[15, 16, 17], [15, 16, 17]]],
    ]


def test_the_centres_of_every_layer_are_farthest_points():
    points = some_points(1, 300)[0].numpy()

    assert LAYERS[0].centres <= SPREAD
    for count in (4, 32, 128):
        assert (spread_first(points, count)[:count] == points[:count]).all()


def test_points_outside_every_ball_of_a_layer_change_nothing():
    points = some_points(2, 200)
    net = trained_a_little(points)
    far = points.clone()
    # Behind all others, so that no centre moves; far away, so that no ball holds it.
    far[:, -1, :3] = 50.0
    farther = far.clone()
    farther[:, -1, 3:] = 9.0

    with torch.no_grad():
        assert torch.equal(net(far), net(farther))


def test_pointnet2_in_onnx_agrees_with_torch_for_any_number_of_points():
    net = trained_a_little(some_points(8, 100))
    given = some_points(3, 150, seed=5)

    model = export_onnx(net, given[:2, :100], {0: "models", 1: "points"}, halve=False)
    found = ort.InferenceSession(model).run(None, {"input": given.numpy()})[0]

    with torch.no_grad():
        assert np.abs(found - net(given).numpy()).max() < 1e-4
