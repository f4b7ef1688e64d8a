"""Trained encoders that read points on a model's surface, alone or beside views of it.

A card `NAME.toml` with a table [points] (and [views], where the network takes both), `NAME.shape.onnx`
with inputs of these names, points (1, n, 9) float32 of point_rows.py and views (1, v, 7, s, s) uint8 of
view_planes.py, and `NAME.text.onnx`, as in onnx.py. One thread, one model at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from jaxtyping import Float32

from polyseek.encoders.byte_ngrams import padded
from polyseek.encoders.contract import CosineScale, space_of, unit_rows
from polyseek.encoders.onnx import read_card, session
from polyseek.encoders.point_rows import rows_of, surface_points
from polyseek.encoders.view_planes import pack, ring


class OnnxPointEncoder:
    """The encoder of a card; `encode_texts` gives words a place in the Space of its models."""

    def __init__(self, name: str, folder: Traversable | None = None) -> None:
        """`folder`: where the three files lie; the package's own weights else. Raises UsageError without a card."""
        home = folder if folder is not None else files("polyseek.encoders") / "weights"
        self.card, table = read_card(name, home)
        self.words = CosineScale(**table["words"])
        self._buckets: int = table["text"]["buckets"]
        self._shape = (home / f"{name}.shape.onnx").read_bytes()
        self._text = (home / f"{name}.text.onnx").read_bytes()
        wants: dict[str, Any] = {"points": surface_points(table["points"]["count"])}
        if "views" in table:
            wants["views"] = ring(table["views"]["count"], table["views"]["side"])
        self.wants: Mapping[str, Any] = wants
        self.space = space_of(self.card, self.wants, self._shape + self._text)

    def encode(self, batch: Sequence[Mapping[str, Any]]) -> Float32[np.ndarray, "n d"]:
        """One row for each model; an item has its points, and its views where they are wanted."""
        rows = [self._shapes.run(None, self._inputs(item))[0][0] for item in batch]
        return unit_rows(np.stack(rows) if rows else np.zeros((0, self.card.dimensions)))

    def encode_texts(self, texts: Sequence[str]) -> Float32[np.ndarray, "n d"]:
        """One row for each text, in any language."""
        rows = [self._texts.run(None, {"input": padded([text], self._buckets)})[0][0] for text in texts]
        return unit_rows(np.stack(rows) if rows else np.zeros((0, self.card.dimensions)))

    def _inputs(self, item: Mapping[str, Any]) -> dict[str, np.ndarray]:
        inputs: dict[str, np.ndarray] = {"points": rows_of(item["points"])[None]}
        if "views" in self.wants:
            inputs["views"] = pack(item["views"])[None]
        return inputs

    @cached_property
    def _shapes(self) -> Any:
        return session(self._shape)

    @cached_property
    def _texts(self) -> Any:
        return session(self._text)
