"""An added encoder: pictures or points of a model, pictures and words as vectors of one Space, as its card says.

A model's vector is the mean (or maximum) of the unit vectors of its views; words are the mean of the unit vectors of
prompts (Radford et al. 2021, 3.1.4). Networks run on one thread and one thing at a time, so a vector depends
neither on the batch nor on the number of cores.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32, UInt8

from polyseek.encoders.contract import CosineScale, Space, space_of, unit_rows
from polyseek.encoders.towers.card import Graph, Pictures, Shape, Text, TowerCard, files_of
from polyseek.encoders.towers.files import stamp_of, with_weights
from polyseek.encoders.towers.network import Head
from polyseek.encoders.towers.picture_tensor import shape_of, side_to_draw, tensor_of
from polyseek.encoders.towers.tokens import Tokens
from polyseek.errors import UsageError
from polyseek.representations.points import Points, PointsOptions
from polyseek.representations.views import ViewOptions, Views

Load = Callable[[str], "TowerEncoder"]
Row = Float32[np.ndarray, " d"]
UNMEASURED = CosineScale(0.0, 1.0, 0.5)
_TOKEN_INPUTS = ("attention_mask", "token_type_ids", "position_ids")
_SHORT = "a"  # what the text half of a combined network gets when the other half is asked


class TowerEncoder:
    """The encoder of a card in a folder. `words`, `pictures`: there where the card says how to read them.

    `load`: opens another added encoder by its id, for one that joins its Space. Networks are opened when first used.
    """

    words: CosineScale
    pictures: CosineScale

    def __init__(self, card: TowerCard, folder: Path, load: Load | None = None) -> None:
        self.tower = card
        self.card = card.card
        self.folder = folder
        self._base = load(card.joins) if card.joins and load else None
        if self._base is not None and self._base.card.dimensions != self.card.dimensions:
            ours, theirs = self.card.dimensions, self._base.card.dimensions
            raise UsageError(
                f"{self.card.id} has vectors of {ours} numbers, but {card.joins}, which it joins, of {theirs}",
                path=str(folder),
                hint="it was trained for another encoder",
            )
        if card.text is not None:
            self.words = card.scales.get("words", UNMEASURED)
        if self._base is not None and hasattr(self._base, "pictures"):
            self.pictures = self._base.pictures
        elif card.pictures is not None:
            self.pictures = card.scales.get("pictures", UNMEASURED)
        self.wants: Mapping[str, Any] = self._base.wants if self._base is not None else _wants(card)
        self.space: Space = self._base.space if self._base is not None else self._own_space()

    def encode(self, batch: Sequence[Mapping[str, Any]]) -> Float32[np.ndarray, "n d"]:
        """One row for each model; an item has its views or its points."""
        if self._base is not None:
            return self._base.encode(batch)
        shape = self._shape()
        if shape.reads == "points":
            return self._rows([self._of_points(item["points"], shape) for item in batch])
        return self._rows([self._of_views(item["views"], shape) for item in batch])

    def encode_texts(self, texts: Sequence[str]) -> Float32[np.ndarray, "n d"]:
        """One row for each text. Raises UsageError where the encoder reads no words, MissingExtra without tokenizers."""
        if self.tower.text is None:
            raise UsageError(f"the encoder {self.card.id} reads no words")
        return self._rows([self._of_words(text, self.tower.text) for text in texts])

    def encode_pictures(self, pictures: Sequence[UInt8[np.ndarray, "_ _ 4"]]) -> Float32[np.ndarray, "n d"]:
        """One row for each picture. Raises UsageError where the encoder reads none."""
        if self._base is not None:
            return self._base.encode_pictures(pictures)
        return self._rows([self._of_picture(picture) for picture in pictures])

    def raw_length(self, thing: Any) -> int:
        """How many numbers the networks give for a text, a picture, or the representations of a model."""
        if isinstance(thing, str):
            return len(self._of_words(thing, _graph(self.tower.text)))
        if isinstance(thing, np.ndarray):
            return len(self._of_picture(thing))
        shape = self._shape()
        return len(
            self._of_points(thing["points"], shape)
            if "points" in thing
            else self._of_views(thing["views"], shape)
        )

    # -- one thing at a time

    def _of_views(self, views: Views, shape: Shape) -> Row:
        assert views.colour is not None
        rows = unit_rows(np.stack([self._of_picture(picture) for picture in views.colour]))
        return rows.max(axis=0) if shape.pool == "max" else rows.mean(axis=0)

    def _of_picture(self, picture: UInt8[np.ndarray, "h w 4"]) -> Row:
        if self.tower.pictures is None:
            raise UsageError(f"the encoder {self.card.id} reads no pictures")
        head = self._pictures
        given = {head.input: tensor_of(picture, self.tower.pictures)}
        if self._is_combined:
            given = {**self._token_inputs(_SHORT)[0], **given}
        return head.row(given)

    def _of_words(self, text: str, card: Text) -> Row:
        return unit_rows(
            np.stack([self._of_prompt(each.replace("{}", text)) for each in card.templates])
        ).mean(0)

    def _of_prompt(self, text: str) -> Row:
        given, mask = self._token_inputs(text)
        if self._is_combined and self.tower.pictures is not None:
            given[self._pictures.input] = np.zeros(shape_of(self.tower.pictures), np.float32)
        return self._texts.row(given, mask)

    def _of_points(self, points: Points, shape: Shape) -> Row:
        columns = {"position": points.positions, "normal": points.normals, "colour": points.colours}
        rows = np.concatenate([columns[name] for name in shape.columns], 1).astype(np.float32)
        head = self._points
        return head.row({head.input: (rows if shape.order == "rows" else rows.T)[None]})

    def _token_inputs(self, text: str) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Every tensor that a text network may ask for, by name, and which tokens are no padding."""
        ids, mask = self._tokens.read(text)
        shown = np.ones_like(mask) if self.tower.text and self.tower.text.mask == "all" else mask
        others = (shown, np.zeros_like(ids), np.arange(len(ids)))
        given = {name: tensor[None] for name, tensor in zip(_TOKEN_INPUTS, others, strict=True)}
        return {self._texts.input: ids[None], **given}, mask

    def _rows(self, rows: Sequence[Row]) -> Float32[np.ndarray, "n d"]:
        found = unit_rows(np.stack(rows) if rows else np.zeros((0, self.card.dimensions)))
        if found.shape[1] != self.card.dimensions:
            raise UsageError(
                f"the encoder {self.card.id} gave vectors of {found.shape[1]} numbers, not {self.card.dimensions}",
                path=str(self.folder),
                hint="mend card.dimensions, or run polyseek models add again",
            )
        return found

    # -- networks, opened when first used

    @cached_property
    def _pictures(self) -> Head:
        return Head(self.folder, _graph(self.tower.pictures))

    @cached_property
    def _texts(self) -> Head:
        # A combined network is held once: it can be as large as both halves.
        network = self._pictures.network if self._is_combined else None
        return Head(self.folder, _graph(self.tower.text), network)

    @cached_property
    def _points(self) -> Head:
        shape = self._shape()
        return Head(self.folder, Graph(shape.model, shape.input, shape.output))

    @cached_property
    def _tokens(self) -> Tokens:
        assert self.tower.text is not None
        shape = self._texts.network.inputs[self._texts.input].shape
        return Tokens(self.folder, self.tower.text, shape[1] if len(shape) == 2 else None)

    @property
    def _is_combined(self) -> bool:
        """Is one network asked for words and for pictures?"""
        pictures, text = self.tower.pictures, self.tower.text
        return pictures is not None and text is not None and pictures.model == text.model

    def _shape(self) -> Shape:
        if self.tower.shape is None:
            raise UsageError(f"the encoder {self.card.id} reads no models", path=str(self.folder))
        return self.tower.shape

    def _own_space(self) -> Space:
        """Of everything that decides a model's vector: views, preprocessing and networks. Words have no say."""
        shape, pictures = self.tower.shape, self.tower.pictures
        if shape is None:
            return Space(self.card.id, self.card.dimensions, "")
        reading: Any = asdict(shape) if shape.reads == "points" else asdict(_graph(pictures))
        files = files_of(
            TowerCard(self.card, shape=shape, pictures=pictures if shape.reads == "pictures" else None)
        )
        names = with_weights(self.folder, files)
        stamps = {name: stamp_of(self.folder, name, self.tower.files) for name in names}
        origin = json.dumps([shape.pool, reading, stamps], sort_keys=True).encode()
        return space_of(self.card, self.wants, origin)


def _graph(graph: Any) -> Any:
    assert graph is not None
    return graph


def _wants(card: TowerCard) -> dict[str, Any]:
    """The representations that a card asks for."""
    if card.shape is None:
        return {}
    shape = card.shape
    if shape.reads == "points":
        return {
            "points": PointsOptions(shape.points, normalise="sphere" if shape.scale == "sphere" else "none")
        }
    return {"views": _ring(shape, card.pictures or Pictures())}


def _ring(shape: Shape, pictures: Pictures) -> ViewOptions:
    """Views evenly around a model, at the card's pitches in turn."""
    views = tuple(
        ((30.0 + 360.0 * step / shape.views) % 360.0, shape.pitches[step % len(shape.pitches)])
        for step in range(shape.views)
    )
    return ViewOptions(views, side_to_draw(pictures), fill=shape.fill)
