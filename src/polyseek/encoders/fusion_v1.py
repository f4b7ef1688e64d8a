"""fusion-v1: a trained space of views, points and words; its card is weights/fusion-v1.toml."""

from __future__ import annotations

from polyseek.encoders.point_onnx import OnnxPointEncoder


class FusionV1(OnnxPointEncoder):
    """Encoder of the shipped weights."""

    def __init__(self) -> None:
        super().__init__("fusion-v1")
