"""A whole run, small: models and a manifest in, an encoder that polyseek can use out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from polyseek.encoders.onnx import OnnxEncoder  # noqa: E402
from polyseek.errors import UsageError  # noqa: E402
from polyseek.formats.write_glb import write_glb  # noqa: E402
from polyseek.procedural import make  # noqa: E402
from polyseek_training.dataset import concept_sayings  # noqa: E402
from polyseek_training.lexicon import read_lexicon  # noqa: E402
from polyseek_training.recipes import Recipe, Stage  # noqa: E402
from polyseek_training.run import run  # noqa: E402

THINGS = ("mug", "chair", "die")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Three things, two of each: one to learn from, one to validate by."""
    lines, sides = ["path,pack,variant_group,concept,words"], []
    for thing in THINGS:
        for number, side in enumerate(("train", "validation")):
            path = f"pack/{thing}{number}.glb"
            (tmp_path / "pack").mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(write_glb(make(thing, number)))
            lines.append(f"{path},pack,pack/{thing}{number},{thing},{thing}")
            sides.append(f"pack/{thing}{number}\t{side}\n")
    (tmp_path / "manifest.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "split.tsv").write_text("".join(sides), encoding="utf-8")
    return tmp_path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """With a vector for every meaning, so that no teacher is asked."""
    texts = sorted({*THINGS, *(sayings.meaning for sayings in concept_sayings(read_lexicon()))})
    vectors = np.random.default_rng(0).normal(size=(len(texts), 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    (tmp_path / "cache").mkdir()
    np.savez(tmp_path / "cache" / "meanings.npz", texts=np.array(texts), vectors=vectors)
    return tmp_path / "cache"


def test_a_run_ends_with_an_encoder_its_card_and_its_curves(models: Path, cache: Path):
    recipe = Recipe("tiny", minutes=0.02, stages=(Stage(1.0, 16, 3, 2),), concepts=8, made=0)

    towers = run(
        recipe, models, models / "none", models / "run", cache, split=models / "split.tsv", threads=1
    )

    encoder = OnnxEncoder("tiny", towers)
    assert encoder.card.dimensions == 256
    assert "3 public models" in encoder.card.trained_on
    assert encoder.card.figures["en_r10_validation"] == 1.0  # three models in the gallery
    assert encoder.encode_texts(["mug"]).shape == (1, 256)
    assert encoder.encode_pictures([np.full((8, 8, 4), 255, np.uint8)]).shape == (1, 256)
    assert {path.suffix for path in towers.iterdir()} == {".onnx", ".toml", ".svg"}
    assert "polyline" in (towers / "tiny.loss.svg").read_text()


def test_a_model_that_the_split_does_not_have_is_named(models: Path, cache: Path):
    (models / "split.tsv").write_text("pack/mug0\ttrain\n", encoding="utf-8")

    with pytest.raises(UsageError, match="split"):
        run(Recipe("tiny", 0.01, made=0), models, models, models / "run", cache, split=models / "split.tsv")
