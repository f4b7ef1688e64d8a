"""Fusion hears both of its towers, alone and in ONNX."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
ort = pytest.importorskip("onnxruntime")

from polyseek_training.export import export_inputs  # noqa: E402
from polyseek_training.nets.fusion import Fusion  # noqa: E402
from polyseek_training.nets.point_net import PointNet  # noqa: E402
from polyseek_training.nets.view_cnn import ViewCNN  # noqa: E402


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)
    torch.manual_seed(0)


def small() -> Fusion:
    return Fusion(ViewCNN(widths=(8, 16), dimensions=12), PointNet(4, 12), 12).eval()


def inputs(models: int, views: int, points: int) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.randint(0, 256, (models, views, 7, 16, 16), dtype=torch.uint8), torch.randn(
        models, points, 9
    )


def test_without_its_mlp_fusion_is_the_mean_direction_of_both_towers():
    net, (views, points) = small(), inputs(3, 2, 20)
    torch.nn.init.zeros_(net.both[2].weight)
    torch.nn.init.zeros_(net.both[2].bias)

    with torch.no_grad():
        row, seen, felt = net(views, points), net.views(views), net.points(points)

    mean = (seen + felt).numpy()
    assert np.allclose(row.numpy(), mean / np.linalg.norm(mean, axis=1, keepdims=True), atol=1e-6)


def test_each_input_of_fusion_has_a_say():
    net, (views, points) = small(), inputs(2, 2, 20)

    with torch.no_grad():
        row = net(views, points)
        assert (net(255 - views, points) - row).abs().max() > 1e-3
        assert (net(views, -points) - row).abs().max() > 1e-3


def test_fusion_in_onnx_agrees_with_torch():
    net, (views, points) = small(), inputs(3, 5, 33)
    first = dict(zip(("views", "points"), inputs(2, 3, 20), strict=True))
    axes = {"views": {0: "models", 1: "views"}, "points": {0: "models", 1: "points"}}

    model = export_inputs(net, first, axes, halve=False)
    given = {"views": views.numpy(), "points": points.numpy()}
    found = ort.InferenceSession(model).run(None, given)[0]

    with torch.no_grad():
        assert np.abs(found - net(views, points).numpy()).max() < 1e-4
