"""The shipped encoders of points: their cards say what was measured, and their words find made models."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.encoders.point_onnx import OnnxPointEncoder
from polyseek.encoders.shelf import load
from polyseek.procedural import make
from polyseek.representations.contract import represent
from polyseek.representations.points import sample_points

ROOT = Path(__file__).parents[2]
ROWS = json.loads((ROOT / "benchmarks" / "results" / "towers.json").read_text(encoding="utf-8"))["towers"]
MEGABYTES = {"pointnet-v1": 3, "pointnet2-v1": 4, "fusion-v1": 8}
NAMES = ("chair", "car", "tree", "bottle", "house", "fish")


@pytest.fixture(scope="module", params=MEGABYTES)
def encoder(request: pytest.FixtureRequest) -> OnnxPointEncoder:
    found = load(request.param)
    assert isinstance(found, OnnxPointEncoder)
    return found


@pytest.fixture(scope="module")
def pointnet2() -> OnnxPointEncoder:
    """What its card says of clouds and of models without colour is said of it alone."""
    return OnnxPointEncoder("pointnet2-v1")


@pytest.fixture(scope="module")
def models() -> list[Asset]:
    return [make(name, 11) for name in NAMES]


def rows_of(encoder: OnnxPointEncoder, models: list[Asset]) -> np.ndarray:
    return encoder.encode([represent(model, encoder.wants) for model in models])


def test_its_card_and_scale_are_the_measured_ones(encoder: OnnxPointEncoder):
    figures, row = dict(encoder.card.figures), ROWS[encoder.card.id.removesuffix("-v1")]

    for sort in ("seen", "unseen", "packs"):
        assert figures[f"{sort}_r10"] == row[sort]["en"]["R@10"][0]
    assert (figures["nn"], figures["map"]) == (row["nn"][0], row["map"][0])
    assert {name: getattr(encoder.words, name) for name in row["scale"]} == row["scale"]


@pytest.mark.parametrize("name", MEGABYTES)
def test_its_files_are_small(name: str):
    folder = ROOT / "src" / "polyseek" / "encoders" / "weights"

    assert sum(file.stat().st_size for file in folder.glob(f"{name}.*")) < MEGABYTES[name] * 1e6


def test_its_words_in_six_languages_find_the_made_model_that_they_name(
    encoder: OnnxPointEncoder, models: list[Asset]
):
    texts = [
        *NAMES,
        *("椅子", "汽车", "树", "瓶子", "房子", "鱼"),
        *("silla", "coche", "árbol", "botella", "casa", "pez"),
        *("chaise", "voiture", "arbre", "bouteille", "maison", "poisson"),
        *("Stuhl", "Auto", "Baum", "Flasche", "Haus", "Fisch"),
        *("椅子", "車", "木", "ボトル", "家", "魚"),
    ]

    found = (encoder.encode_texts(texts) @ rows_of(encoder, models).T).argmax(1)

    right = found == np.tile(np.arange(6), 6)
    # By chance it is a sixth.
    assert right[:6].mean() >= 4 / 6
    assert right.mean() >= 0.5


def test_a_scan_of_a_model_is_near_the_model_itself(pointnet2: OnnxPointEncoder, models: list[Asset]):
    scans = []
    for model in models:
        points = sample_points(model, seed=7)
        colours = np.concatenate([points.colours, points.opacity[:, None]], 1).astype(np.float32)
        mesh = Mesh(points.positions, np.empty((0, 3), np.int32), normals=points.normals, colours=colours)
        scans.append(Asset("scan", (mesh,), (Part(0, np.eye(4)),), Origin("made", up="y")))

    cosines = rows_of(pointnet2, scans) @ rows_of(pointnet2, models).T

    assert (cosines.argmax(1) == np.arange(len(models))).all()


def test_most_grey_models_are_still_nearest_to_themselves(pointnet2: OnnxPointEncoder, models: list[Asset]):
    grey = [
        replace(
            model,
            materials=tuple(
                replace(material, base_colour=(0.5, 0.5, 0.5, 1.0)) for material in model.materials
            ),
        )
        for model in models
    ]

    cosines = rows_of(pointnet2, grey) @ rows_of(pointnet2, models).T

    assert (cosines.argmax(1) == np.arange(len(models))).mean() >= 5 / 6
