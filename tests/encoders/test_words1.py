"""The shipped words1: its card says what was measured, and its words find made models."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from polyseek.encoders.onnx import OnnxEncoder
from polyseek.encoders.shelf import TRAINED, load
from polyseek.procedural import make
from polyseek.representations.contract import represent

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results" / "words.json"
REPORT = json.loads(RESULTS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    found = load("words1")
    assert isinstance(found, OnnxEncoder)
    return found


def test_the_card_and_the_scale_are_the_measured_ones(encoder: OnnxEncoder):
    figures = dict(encoder.card.figures)

    assert encoder.space.digest == REPORT["space"]
    for sort in ("seen", "unseen", "packs"):
        assert figures[f"{sort}_r10"] == REPORT[sort]["en"]["words"]["R@10"][0]
    assert (figures["nn"], figures["map"]) == (
        REPORT["shape to shape"]["NN"],
        REPORT["shape to shape"]["mAP"],
    )
    assert vars(encoder.words) == REPORT["scale"]


def test_the_weights_are_small():
    folder = Path(__file__).parents[2] / "src" / "polyseek" / "encoders" / "weights"

    assert sum(file.stat().st_size for id in TRAINED for file in folder.glob(f"{id}.*")) < 45e6


def test_words_in_six_languages_find_the_made_model_that_they_name(encoder: OnnxEncoder):
    names = ("chair", "car", "tree", "bottle", "house", "fish")
    rows = encoder.encode([represent(make(name, 11), encoder.wants) for name in names])
    texts = [
        *names,
        *("椅子", "汽车", "树", "瓶子", "房子", "鱼"),
        *("silla", "coche", "árbol", "botella", "casa", "pez"),
        *("chaise", "voiture", "arbre", "bouteille", "maison", "poisson"),
        *("Stuhl", "Auto", "Baum", "Flasche", "Haus", "Fisch"),
    ]

    found = (encoder.encode_texts(texts) @ rows.T).argmax(1)

    right = found == np.tile(np.arange(6), 5)
    assert right[:6].mean() >= 5 / 6
    assert right.mean() >= 0.8
