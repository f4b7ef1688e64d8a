"""pointnet2-v1: a trained space of points and words (PointNet++); its card is weights/pointnet2-v1.toml."""

from __future__ import annotations

from polyseek.encoders.point_onnx import OnnxPointEncoder


class PointNet2V1(OnnxPointEncoder):
    """Encoder of the shipped weights."""

    def __init__(self) -> None:
        super().__init__("pointnet2-v1")
