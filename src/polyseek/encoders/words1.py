"""words1: the first trained space of shapes and words; its card is weights/words1.toml."""

from __future__ import annotations

from polyseek.encoders.onnx import OnnxEncoder


class Words1(OnnxEncoder):
    """Encoder of the shipped weights."""

    def __init__(self) -> None:
        super().__init__("words1")
