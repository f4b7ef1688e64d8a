# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""How good a run is by its validation side, to choose by: words, pictures and shapes -> models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Bool, Float32, UInt8
from torch.nn.functional import normalize

from polyseek.encoders.byte_ngrams import padded
from polyseek_training.dataset import Dataset
from polyseek_training.drawing import PHOTOS, RING, WILD
from polyseek_training.loop import Towers
from polyseek_training.nets.byte_text import BUCKETS, LONGEST
from polyseek_training.pictures import as_pictures, sketches

_AT_ONCE = 64


@dataclass(frozen=True, eq=False)
class Gallery:
    """Models among which validation's are looked for: those, and `rivals` that were trained, of other concepts.

    `rows`: of the dataset; the first `asked` are of the validation side.
    """

    rows: np.ndarray
    asked: int


def gallery(data: Dataset, rivals: int, seed: int) -> Gallery:
    """Validation's models, then up to `rivals` models of files whose concept no model of validation has."""
    asked = data.rows("validation")
    concepts = {data.shapes[row].concept for row in asked}
    others = [
        row
        for row in data.rows("train")
        if not data.shapes[row].is_made and data.shapes[row].concept not in concepts
    ]
    drawn = np.random.default_rng(seed).permutation(others)[:rivals]
    return Gallery(np.concatenate([asked, drawn]).astype(np.int64), len(asked))


def validate(
    towers: Towers, data: Dataset, among: Gallery, queries: Mapping[str, Sequence[tuple[str, str]]], seed: int
) -> dict[str, float]:
    """Figures by name. `queries`: kind -> (text, concept) pairs; those of concepts outside validation are left out."""
    towers.eval()
    device = towers.bridge.weight.device
    with torch.inference_mode():
        shapes = shape_rows(towers, data, among.rows)
        found = {}
        concepts = np.array([data.shapes[row].concept for row in among.rows])
        for kind, pairs in queries.items():
            asked = [(text, concept) for text, concept in pairs if concept in set(concepts[: among.asked])]
            grams = torch.from_numpy(padded([text for text, _ in asked], BUCKETS, LONGEST))
            texts = towers.text(grams.to(device)).cpu().numpy()
            right = np.array([concepts == concept for _, concept in asked])
            found[f"{kind} R@10"] = hits(texts @ shapes.T, right, 10)
        groups = np.array([data.shapes[row].group for row in among.rows])
        own = groups[: among.asked, None] == groups
        for kind, pictures in photos(data, among.rows[: among.asked], seed).items():
            rows = picture_rows(towers, pictures)
            cosines = rows @ shapes.T
            found[f"{kind} R@1"], found[f"{kind} R@10"] = hits(cosines, own, 1), hits(cosines, own, 10)
    return {name: round(value, 4) for name, value in found.items()}


def shape_rows(towers: Towers, data: Dataset, rows: np.ndarray) -> Float32[np.ndarray, "n d"]:
    """Vectors of shapes from their RING views, as an encoder makes them."""
    device = towers.bridge.weight.device
    parts = [
        towers.shape(torch.from_numpy(data.planes[rows[at : at + _AT_ONCE], :RING]).to(device))
        for at in range(0, len(rows), _AT_ONCE)
    ]
    return torch.cat(parts).cpu().numpy()


def picture_rows(towers: Towers, pictures: UInt8[np.ndarray, "n 3 s s"]) -> Float32[np.ndarray, "n d"]:
    """Vectors of pictures as an encoder makes them: the mean of each and its mirror image."""
    device = towers.bridge.weight.device
    given = torch.from_numpy(pictures)[:, None].to(device)
    return normalize(towers.picture(given) + towers.picture(given.flip(-1)), dim=-1).cpu().numpy()


def photos(data: Dataset, rows: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """One changed picture and one sketch of each shape."""
    random = np.random.default_rng(seed)
    planes = data.planes[rows, RING + WILD + random.integers(0, PHOTOS, len(rows))]
    lines = np.clip(sketches(planes, random), 0, 255).astype(np.uint8)
    return {"pictures": as_pictures(planes, random), "sketches": lines}


def hits(cosines: Float32[np.ndarray, "q n"], right: Bool[np.ndarray, "q n"], k: int) -> float:
    """hit@k: the share of queries with a right one among the first k."""
    first = np.argsort(-cosines, axis=1, kind="stable")[:, :k]
    return float(np.take_along_axis(right, first, 1).any(1).mean())


def names_of(data: Dataset) -> dict[str, list[tuple[str, str]]]:
    """Queries of the manifest's concept names, in English, and of the lexicon's names in every other language."""
    found: dict[str, dict[str, str]] = {}
    for row in data.rows("validation"):
        concept = data.shapes[row].concept
        found.setdefault("en", {})[concept] = concept
        for tongue, names in data.sayings[row].others.items():
            if names:
                found.setdefault(tongue, {})[concept] = names[0]
    return {tongue: [(text, concept) for concept, text in of.items()] for tongue, of in found.items()}
