"""words2: the trained space of shapes, words and pictures; its card is weights/words2.toml."""

from __future__ import annotations

from polyseek.encoders.onnx import OnnxEncoder


class Words2(OnnxEncoder):
    """Encoder of the shipped weights."""

    def __init__(self) -> None:
        super().__init__("words2")
