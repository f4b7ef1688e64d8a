# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""The end of a run: what cosines mean, by validation, and the folder that polyseek.encoders.onnx reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch

from polyseek.encoders.byte_ngrams import padded
from polyseek.encoders.text_rows import TextRows
from polyseek_training.curves import curves, read_log
from polyseek_training.cut_off import ask, fit
from polyseek_training.dataset import Dataset
from polyseek_training.lexicon import by_english_name, read_lexicon
from polyseek_training.loop import Towers
from polyseek_training.nets.byte_text import BUCKETS, LONGEST
from polyseek_training.queries import read_queries
from polyseek_training.recipes import Recipe
from polyseek_training.ship import THINGS, write_card, write_towers
from polyseek_training.validate import photos, picture_rows, shape_rows

# Of the queries with a right model, the share that a cut-off may refuse.
REFUSED = 0.1
FINISHED = "towers"
_AT_ONCE = 256


def finish(towers: Towers, recipe: Recipe, data: Dataset, run: Path) -> Path:
    """Writes card, towers and curves into `run/towers`; that folder."""
    folder = run / FINISHED
    write_towers(towers, recipe.name, folder)
    figures = {
        name.replace(" ", "_").replace("@", "").lower() + "_validation": values[-1][1]
        for name, values in read_log(run / "log.jsonl").items()
        if "@" in name
    }
    minutes = max(at for values in read_log(run / "log.jsonl").values() for at, _ in values)
    card = card_of(recipe, data, minutes) | {"figures": figures}
    words = word_scale(towers, data) | cut_off_fields(towers, data)
    write_card(folder, card, words, picture_scale(towers, data, recipe.seed))
    for name, plot in curves(run / "log.jsonl").items():
        (folder / f"{recipe.name}.{name}.svg").write_text(plot, encoding="utf-8")
    return folder


def card_of(recipe: Recipe, data: Dataset, minutes: float) -> dict[str, Any]:
    """The fields of polyseek's Card, without figures. `minutes`: what training took."""
    trained = Counter(data.shapes[row].is_made for row in data.rows("train"))
    return {
        "id": recipe.name,
        "title": "Words, pictures and shapes in one space",
        "paper": "own: multi-view CNN (Su et al. 2015), byte n-grams (Bojanowski et al. 2017), soft contrast to a"
        " sentence encoder's vectors, prefixes (Kusupati et al. 2022)",
        "takes": "8 pictures of 64 pixels with colour, depth and normals; words in English, Chinese, Spanish, French,"
        " German and Japanese; pictures and sketches",
        "dimensions": recipe.dimensions,
        "licence": "Apache-2.0",
        "version": 1,
        "good_at": "finding models by what they are where file names say nothing",
        "weak_at": "concepts it was not trained on; things that differ in name more than in shape; real photos",
        "invariant_to": ["translation", "scale", "yaw"],
        "drift": 0.1,
        "trained_on": f"{trained[False]:,} public models (CC0-1.0, CC-BY-4.0) and {trained[True]:,} made models; the"
        f" teacher all-MiniLM-L6-v2 (Apache-2.0); seed {recipe.seed}; {minutes:.0f} minutes;"
        f" {date.today().isoformat()}",
    }


def word_scale(towers: Towers, data: Dataset) -> dict[str, float]:
    """What a cosine between words and a model means, on the concepts of validation in English."""
    rows = data.rows("validation")
    concepts = np.array([data.shapes[row].concept for row in rows])
    texts = sorted(set(concepts))
    with torch.inference_mode():
        asked = towers.text(torch.from_numpy(padded(texts, BUCKETS, LONGEST))).numpy()
        cosines = asked @ shape_rows(towers, data, rows).T
    return scale(cosines, np.array(texts)[:, None] == concepts)


def cut_off_fields(towers: Towers, data: Dataset) -> dict[str, float]:
    """When a query found nothing in a library (cut_off.py), by models of files."""
    lexicon = read_lexicon()
    named = by_english_name(lexicon)

    def encode(texts: Sequence[str]) -> np.ndarray:
        parts = [padded(texts[at : at + _AT_ONCE], BUCKETS, LONGEST) for at in range(0, len(texts), _AT_ONCE)]
        with torch.inference_mode():
            return np.concatenate([towers.text(torch.from_numpy(part)).numpy() for part in parts])

    def key(concept: str) -> str:
        return named[concept].key if concept in named else concept

    def side(name: str) -> tuple[list[str], np.ndarray]:
        rows = np.array([row for row in data.rows(name) if not data.shapes[row].is_made], np.int64)
        concepts = [data.shapes[row].concept for row in rows]
        with torch.inference_mode():
            vectors = shape_rows(towers, data, rows)
        return [key(concept) for concept in concepts], vectors

    written = [(query.query, key(query.concept)) for query in read_queries("validation")]
    encode_texts = TextRows(encode, THINGS).of
    return fit(ask(lexicon, encode_texts, side("validation"), side("train"), written)).fields


def picture_scale(towers: Towers, data: Dataset, seed: int) -> dict[str, float]:
    """The same for pictures: right is a model of the picture's own variant group."""
    rows = data.rows("validation")
    groups = np.array([data.shapes[row].group for row in rows])
    with torch.inference_mode():
        pictures = picture_rows(towers, photos(data, rows, seed)["pictures"])
        cosines = pictures @ shape_rows(towers, data, rows).T
    return scale(cosines, groups[:, None] == groups)


def scale(cosines: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """The fields of CosineScale: the median of wrong pairs, nine tenths of the right ones, and the cut-off."""
    best = np.where(right, cosines, -1).max(1)
    values = {
        "nothing": np.median(cosines[~right]),
        "right": np.quantile(cosines[right], 0.9),
        "cut_off": np.quantile(best, REFUSED),
    }
    return {name: round(float(value), 3) for name, value in values.items()}
