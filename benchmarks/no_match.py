"""How often a search by words says that there is no good match, and the fit of when it does; a part of words.py."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from polyseek.encoders.onnx import OnnxEncoder
from polyseek_training.cut_off import ask, fit, is_fitted_on, write_fields
from polyseek_training.drawing import RING
from polyseek_training.lexicon import LANGUAGES, Concept, by_english_name, read_lexicon
from polyseek_training.queries import read_queries
from polyseek_training.shapes import draw_shapes, read_manifest, read_planes
from polyseek_training.splits import read_split

SPLIT = Path(__file__).parents[1] / "src" / "polyseek_training" / "splits1.tsv"


def key_of(name: str, named: dict[str, Concept]) -> str:
    """One key for all names of a concept that the lexicon holds."""
    return named[name].key if name in named else name


def encode(encoder: OnnxEncoder, cache: Path, digests: Sequence[str]) -> np.ndarray:
    """Rows of drawn shapes."""
    return np.stack([encoder.encode_packed(read_planes(cache, [digest])[0, :RING]) for digest in digests])


def refusals(
    encoder: OnnxEncoder,
    vectors: np.ndarray,
    keys: np.ndarray,
    trained: tuple[np.ndarray, np.ndarray],
    named: dict[str, Concept],
) -> dict[str, object]:
    """Share of queries that are said to have no good match, with its 95 % interval, in libraries of several sizes.

    By the cut-off that the card has for all queries, and by that of each query in the library. A library is a
    part of the gallery, or the gallery with `trained` models (vectors, keys). `answerable`: names of the gallery's
    concepts that the library has, and what was written by hand for them. `unanswerable`: concepts of the
    lexicon that no model of the library is, and that share their parent with none of it; of them only
    those that no cut-off was fitted on.
    """
    concepts = {concept.key: concept for concept in named.values()}
    report: dict[str, object] = {
        name: getattr(encoder.words, name) for name in ("cut_off", "base", "by_mean", "by_spread")
    }
    every, of = np.concatenate([vectors, trained[0]]), np.concatenate([keys, trained[1]])
    random = np.random.default_rng(0)
    for size in (100, 400, len(keys), 2000, len(of)):
        others = len(keys) + random.permutation(len(of) - len(keys))
        library = np.concatenate([random.permutation(len(keys)), others])[:size]
        there, asked = set(of[library].tolist()), set(of[library[library < len(keys)]].tolist())
        near = {concepts[key].parent for key in there if key in concepts} | there
        absent = [c for key, c in concepts.items() if key not in there and c.parent not in near]
        absent = [c for c in absent if not is_fitted_on(c.key)]
        texts = {
            "answerable": [concepts[key].names["en"][0] if key in concepts else key for key in sorted(asked)],
            "answerable, written by hand": [
                query.query for query in read_queries("test") if key_of(query.concept, named) in asked
            ],
            "unanswerable": [c.names["en"][0] for c in absent],
            "unanswerable, other languages": [
                c.names[tongue][0]
                for c in absent
                for tongue in LANGUAGES
                if tongue != "en" and c.names[tongue]
            ],
        }
        rows: dict[str, object] = {}
        for kind, of_kind in texts.items():
            cosines = encoder.encode_texts(of_kind) @ every[library].T
            best = cosines.max(1)
            own = np.array([encoder.words.within(row).cut_off for row in cosines])
            rows[kind] = {
                "queries": len(of_kind),
                "refused": interval(best < encoder.words.cut_off),
                "refused by its own cut-off": interval(best < own),
            }
        report[f"{size} models"] = rows
    return report


def interval(values: np.ndarray, seed: int = 0) -> list[float]:
    """Mean and its 95 % interval."""
    draws = np.random.default_rng(seed).integers(len(values), size=(1000, len(values)))
    low, high = np.quantile(values[draws].mean(1), (0.025, 0.975))
    return [round(float(value), 3) for value in (values.mean(), low, high)]


def fit_cut_off(encoder: OnnxEncoder, folder: Path, cache: Path, card: Path) -> None:
    """Fits on the validation side, prints what cross-validation says, and writes the card."""
    lexicon = read_lexicon()
    named = by_english_name(lexicon)
    sides = read_split(SPLIT)
    every = [s for s in read_manifest(folder) if s.concept and sides[s.group] in ("validation", "train")]
    drawn = draw_shapes(folder, every, cache)

    def side(name: str) -> tuple[list[str], np.ndarray]:
        chosen = [s for s in every if sides[s.group] == name and s.path in drawn]
        keys = [key_of(s.concept, named) for s in chosen]
        return keys, encode(encoder, cache, [drawn[s.path][0] for s in chosen])

    written = [(query.query, key_of(query.concept, named)) for query in read_queries("validation")]
    found = fit(ask(lexicon, encoder.encode_texts, side("validation"), side("train"), written))
    print(found)
    write_fields(card, found.fields)
