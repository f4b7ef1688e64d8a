"""PointNet forgets the order of the points, and its T-Nets begin as they should."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
ort = pytest.importorskip("onnxruntime")

from polyseek_training.export import export_onnx  # noqa: E402
from polyseek_training.nets.point_net import PointNet, TNet, off_rotation  # noqa: E402


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)
    torch.manual_seed(0)


def settled(net: torch.nn.Module, *inputs: torch.Tensor) -> torch.nn.Module:
    """Ready to use, with batch statistics that are not those of the start."""
    net.train()
    with torch.no_grad():
        for _ in range(3):
            net(*inputs)
    return net.eval()


def test_pointnet_gives_the_same_row_for_points_in_any_order():
    points = torch.randn(3, 40, 9)
    net = settled(PointNet(8, 12), points)

    with torch.no_grad():
        row, shuffled = net(points), net(points[:, torch.randperm(40)])

    assert torch.allclose(row, shuffled, atol=1e-6)
    assert row.norm(dim=1).tolist() == pytest.approx([1, 1, 1])


def test_a_fresh_t_net_leaves_every_set_as_it_is():
    matrices = settled(TNet(5, 4), torch.randn(6, 30, 5))(torch.randn(6, 30, 5))

    assert torch.equal(matrices, torch.eye(5).expand(6, 5, 5))


def test_the_regulariser_is_zero_for_rotations_and_known_for_scalings():
    turn = torch.linalg.qr(torch.randn(4, 4, dtype=torch.float64))[0]
    scaling = 3.0 * torch.eye(4, dtype=torch.float64)

    assert off_rotation(turn[None]).item() == pytest.approx(0, abs=1e-12)
    # ||I - 9 I||² of a 4 x 4 matrix, halved by the mean over both.
    assert off_rotation(torch.stack([turn, scaling])).item() == pytest.approx(4 * 64 / 2)


def test_pointnet_in_onnx_agrees_with_torch_for_any_number_of_points():
    net = settled(PointNet(8, 12), torch.randn(4, 50, 9))
    given = torch.randn(3, 77, 9)

    model = export_onnx(net, torch.randn(2, 50, 9), {0: "models", 1: "points"}, halve=False)
    found = ort.InferenceSession(model).run(None, {"input": given.numpy()})[0]

    with torch.no_grad():
        assert np.abs(found - net(given).numpy()).max() < 1e-4
