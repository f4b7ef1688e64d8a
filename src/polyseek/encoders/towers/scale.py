"""What cosines of an added encoder mean, measured where it is added: made models, their names, pictures of them.

No labels are needed and no library: polyseek makes models whose names are known. `nothing` is the median cosine of a
name with other models, `right` with its own. The cut-off is where a search is best told from one for something
that is not there: names of the made models against names of things that nobody made, each judged by its best hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, UInt8

from polyseek.assets import Asset
from polyseek.encoders.contract import CosineScale, Encoder, ReadsPictures, ReadsWords
from polyseek.procedural import CATEGORIES, make
from polyseek.representations.contract import represent
from polyseek.representations.views import ViewOptions, render_views
from polyseek.words.lexicon import Lexicon

MODELS = 32
ABSENT = 64
_LEAST_SPREAD = 0.01
_PICTURE_SIDE = 224


@dataclass(frozen=True)
class Measured:
    """A scale, and the share of the made models that their name, or a picture of them, finds first."""

    scale: CosineScale
    first: float


@dataclass(frozen=True, eq=False)
class Gallery:
    """Made models with their names and vectors, and names of things that are not among them."""

    names: tuple[str, ...]
    absent: tuple[str, ...]
    assets: tuple[Asset, ...]
    vectors: Float32[np.ndarray, "n d"]


def gallery_for(encoder: Encoder, count: int = MODELS, seed: int = 0) -> Gallery:
    """`count` made models of as many categories, seen by an encoder."""
    names, absent = chosen_names(count)
    assets = tuple(make(name, seed) for name in names)
    rows = [encoder.encode([represent(asset, encoder.wants, seed)])[0] for asset in assets]
    return Gallery(names, absent, assets, np.stack(rows))


def chosen_names(count: int = MODELS) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(names of made categories, evenly through the table; names of others that are of no kind of theirs)."""
    every = list(CATEGORIES)
    places = np.linspace(0, len(every) - 1, count).round().astype(int)
    names = [every[place] for place in places]
    lexicon = Lexicon.load()
    kinds = {kind for name in names for kind in _kinds(lexicon, name)}
    others = [name for name in every if name not in names and kinds.isdisjoint(_kinds(lexicon, name))]
    return tuple(names), tuple(others[:ABSENT])


def _kinds(lexicon: Lexicon, name: str) -> set[str]:
    """What a name means, and the kind right above that."""
    concepts = lexicon.named(name, "en")
    return {*concepts, *(lexicon.parents(concept)[0] for concept in concepts if lexicon.parents(concept))}


def measure_words(reader: ReadsWords, gallery: Gallery) -> Measured:
    """The scale of words, by the English names of the made models."""
    right, absent = ([name.replace("_", " ") for name in names] for names in (gallery.names, gallery.absent))
    return measured(reader.encode_texts(right), reader.encode_texts(absent), gallery.vectors)


def measure_pictures(reader: ReadsPictures, gallery: Gallery, seed: int = 0) -> Measured:
    """The scale of pictures: one of each model, from elsewhere and with a shadow; one of a model left out is absent."""
    draw = np.random.default_rng(seed)
    pictures = [_picture(asset, draw) for asset in gallery.assets]
    rows = reader.encode_pictures(pictures)
    half = len(rows) // 2
    # The pictures of one half look for models of the other: what they show is not there.
    kept = measured(rows[:half], rows[half:], gallery.vectors[:half])
    return Measured(kept.scale, _first(rows, gallery.vectors))


def _picture(asset: Asset, draw: np.random.Generator) -> UInt8[np.ndarray, "s s 4"]:
    view = (float(draw.uniform(0, 360)), float(draw.uniform(5, 50)))
    drawn = render_views(
        asset, ViewOptions((view,), _PICTURE_SIDE, fill=float(draw.uniform(0.6, 0.9)), shadow=True)
    )
    assert drawn.colour is not None
    return drawn.colour[0]


def measured(
    right: Float32[np.ndarray, "n d"], absent: Float32[np.ndarray, "m d"], models: Float32[np.ndarray, "n d"]
) -> Measured:
    """The scale for queries of which `right[i]` asks for `models[i]`, and `absent` for nothing that is there."""
    cosines = right @ models.T
    own = np.diagonal(cosines)
    others = cosines[~np.eye(len(cosines), dtype=bool)]
    nothing = float(np.median(others)) if len(others) else 0.0
    # An encoder that was not trained knows nothing: its scale is then narrow, and still one.
    high = max(float(np.median(own)), nothing + _LEAST_SPREAD)
    found, vain = cosines.max(axis=1), (absent @ models.T).max(axis=1)
    scale = CosineScale(round(nothing, 4), round(high, 4), round(best_cut(found, vain), 4))
    return Measured(scale, _first(right, models))


def best_cut(found: Sequence[float] | np.ndarray, vain: Sequence[float] | np.ndarray) -> float:
    """The border that tells best hits of good searches from those of vain ones: the highest mean of both shares.

    Of borders that are as good as each other, the middle one.
    """
    values = np.unique(np.concatenate([found, vain]))
    borders = np.concatenate([values[:1], (values[:-1] + values[1:]) / 2]) if len(values) else np.zeros(1)
    good = np.array(
        [(np.asarray(found) >= each).mean() + (np.asarray(vain) < each).mean() for each in borders]
    )
    best = np.flatnonzero(good >= good.max() - 1e-12)
    return float(borders[best[len(best) // 2]])


def _first(queries: Float32[np.ndarray, "n d"], models: Float32[np.ndarray, "n d"]) -> float:
    return float(((queries @ models.T).argmax(axis=1) == np.arange(len(queries))).mean())
