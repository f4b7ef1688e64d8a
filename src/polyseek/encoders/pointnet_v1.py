"""pointnet-v1: a trained space of points and words (PointNet); its card is weights/pointnet-v1.toml."""

from __future__ import annotations

from polyseek.encoders.point_onnx import OnnxPointEncoder


class PointNetV1(OnnxPointEncoder):
    """Encoder of the shipped weights."""

    def __init__(self) -> None:
        super().__init__("pointnet-v1")
