"""Trained encoders: a card in TOML and an ONNX file each for views of a model, for words and for pictures.

Beside `NAME.toml` lie `NAME.shape.onnx` (packed views (1, v, 7, s, s) uint8 of view_planes.py -> one row)
and `NAME.text.onnx` (buckets (n, m) int64 of byte_ngrams.py -> n rows); where the card has a table
[pictures], also `NAME.picture.onnx` (squares (n, 3, s, s) uint8 of picture_planes.py -> n rows). All give
vectors of one Space, so that words and pictures find models. They run on onnxruntime, on one thread and
one thing at a time: a vector depends on neither the batch nor the number of cores.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from jaxtyping import Float32, UInt8

from polyseek.encoders.byte_ngrams import BUCKETS, LONGEST, padded
from polyseek.encoders.contract import Card, CosineScale, space_of, unit_rows
from polyseek.encoders.picture_planes import square
from polyseek.encoders.text_rows import TextRows
from polyseek.encoders.view_planes import pack, ring
from polyseek.errors import UsageError


class OnnxEncoder:
    """The encoder of a card; `encode_texts` gives words a place in the Space of its models.

    `pictures`: what a cosine between a model and a picture means; there is no such attribute where the
    card has no [pictures], and the encoder is no ReadsPictures then.
    """

    pictures: CosineScale

    def __init__(self, name: str, folder: Traversable | None = None) -> None:
        """`folder`: where the files lie; the package's own weights else. Raises UsageError without a card."""
        home = folder if folder is not None else files("polyseek.encoders") / "weights"
        self.card, table = read_card(name, home)
        self.words = CosineScale(**table["words"])
        text: dict[str, Any] = table.get("text", {})
        self._grams: tuple[int, int] = (text.get("buckets", BUCKETS), text.get("longest", LONGEST))
        self._rows = TextRows(self.read_texts, text.get("things", 0.0))
        self._shape = (home / f"{name}.shape.onnx").read_bytes()
        self._text = (home / f"{name}.text.onnx").read_bytes()
        # Pictures are queries only, and no part of the Space's digest: a new tower for them leaves models as they are.
        if "pictures" in table:
            pictures: dict[str, Any] = {**table["pictures"]}
            self._picture_side: int = pictures.pop("side")
            self.pictures = CosineScale(**pictures)
            self._picture = home / f"{name}.picture.onnx"
        self.wants: Mapping[str, Any] = {"views": ring(**table["views"])}
        self.space = space_of(self.card, self.wants, self._shape + self._text)

    def encode(self, batch: Sequence[Mapping[str, Any]]) -> Float32[np.ndarray, "n d"]:
        """One row for each model; an item has its views."""
        rows = [self.encode_packed(pack(item["views"])) for item in batch]
        return unit_rows(np.stack(rows) if rows else np.zeros((0, self.card.dimensions)))

    def encode_packed(self, planes: UInt8[np.ndarray, "v c s s"]) -> Float32[np.ndarray, " d"]:
        """The row of one model's packed views, as view_planes.py packs them; length 1 but for rounding."""
        return self._shapes.run(None, {"input": planes[None]})[0][0]

    def encode_texts(self, texts: Sequence[str]) -> Float32[np.ndarray, "n d"]:
        """One row for each text, in any language; drawn towards the things it names where the card says so."""
        return self._rows.of(texts)

    def things_in(self, text: str) -> tuple[str, ...]:
        """English names of the things that a text's row is drawn towards; none where the text has one of them itself."""
        return self._rows.things_in(text)

    def read_texts(self, texts: Sequence[str]) -> Float32[np.ndarray, "n d"]:
        """One row for each text as the tower alone reads it."""
        rows = [self._texts.run(None, {"input": padded([text], *self._grams)})[0][0] for text in texts]
        return unit_rows(np.stack(rows) if rows else np.zeros((0, self.card.dimensions)))

    def encode_pictures(self, pictures: Sequence[UInt8[np.ndarray, "_ _ 4"]]) -> Float32[np.ndarray, "n d"]:
        """One row for each picture and its mirror image, which shows the same thing: their mean.

        Raises UsageError where the encoder reads none.
        """
        if not hasattr(self, "pictures"):
            raise UsageError(f"the encoder {self.card.id} reads no pictures")
        squares = [square(picture, self._picture_side) for picture in pictures]
        rows = [self._picture_row(planes) + self._picture_row(planes[..., ::-1]) for planes in squares]
        return unit_rows(np.stack(rows) if rows else np.zeros((0, self.card.dimensions)))

    def _picture_row(self, planes: UInt8[np.ndarray, "3 s s"]) -> Float32[np.ndarray, " d"]:
        return self._pictures.run(None, {"input": planes[None]})[0][0]

    @property
    def shape_model(self) -> bytes:
        """The shape tower's ONNX file."""
        return self._shape

    @cached_property
    def _shapes(self) -> Any:
        return session(self._shape)

    @cached_property
    def _texts(self) -> Any:
        return session(self._text)

    @cached_property
    def _pictures(self) -> Any:
        return session(self._picture.read_bytes())


def read_card(name: str, home: Traversable) -> tuple[Card, dict[str, Any]]:
    """The Card of `home`'s file NAME.toml, and all tables of that file. Raises UsageError without it."""
    place = home / f"{name}.toml"
    if not place.is_file():
        raise UsageError(
            f"there is no card {name}.toml", path=str(home), hint="give the folder that holds it"
        )
    table = tomllib.loads(place.read_text(encoding="utf-8"))
    card: dict[str, Any] = {**table["card"]}
    card["invariant_to"] = tuple(card["invariant_to"])
    return Card(**card), table


def session(model: bytes) -> Any:
    """An onnxruntime session of a model's bytes, on one thread."""
    import onnxruntime as ort

    options: Any = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
