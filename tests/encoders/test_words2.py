"""The shipped words2: its card says what was measured, and its words find made models."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from polyseek.encoders.contract import ReadsPictures
from polyseek.encoders.onnx import OnnxEncoder
from polyseek.encoders.shelf import TRAINED, load
from polyseek.procedural import make
from polyseek.representations.contract import represent

ROOT = Path(__file__).parents[2]
REPORT = json.loads((ROOT / "benchmarks" / "results" / "words.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")


def _tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("space_tables", ROOT / "benchmarks" / "space_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tables = _tables()


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    found = load("words2")
    assert isinstance(found, OnnxEncoder)
    return found


def test_the_card_has_the_figures_that_the_benchmarks_wrote(encoder: OnnxEncoder):
    assert dict(encoder.card.figures) == tables.card_figures()
    assert encoder.space.digest == REPORT["space"]
    assert f"{tables.BEGIN}\n{tables.tables()}\n{tables.END}" in PAGE, "python benchmarks/space_tables.py"


def test_what_a_cosine_means_was_taken_on_validation(encoder: OnnxEncoder):
    for name, value in REPORT["scale"].items():  # by another run over the same models, on onnxruntime
        assert getattr(encoder.words, name) == pytest.approx(value, abs=0.02), name
    assert isinstance(encoder, ReadsPictures)
    assert encoder.pictures.nothing < encoder.pictures.cut_off < encoder.pictures.right


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
