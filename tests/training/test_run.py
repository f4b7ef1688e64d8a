"""A whole run, small: models and a manifest in, an encoder that polyseek can use out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from polyseek.encoders.onnx import OnnxEncoder  # noqa: E402
from polyseek.errors import UsageError  # noqa: E402
from polyseek.formats.write_glb import write_glb  # noqa: E402
from polyseek.procedural import make  # noqa: E402
from polyseek_training.captions import Sayings, explained, say  # noqa: E402
from polyseek_training.dataset import concept_sayings  # noqa: E402
from polyseek_training.glosses import Gloss, read_glosses  # noqa: E402
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
    texts = sorted({*THINGS, *(sayings.meaning for sayings in concept_sayings(read_lexicon(), {}))})
    vectors = np.random.default_rng(0).normal(size=(len(texts), 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    (tmp_path / "cache").mkdir()
    np.savez(tmp_path / "cache" / "meanings.npz", texts=np.array(texts), vectors=vectors)
    return tmp_path / "cache"


@pytest.fixture
def wordnet(tmp_path: Path) -> Path:
    """Three nouns in the layout of wndb(5WN)."""
    (tmp_path / "data.noun").write_text(
        "  1 licence\n"
        "00000001 06 n 01 container 0 000 | any object that holds things  \n"
        '00000002 06 n 02 mug 0 stein 0 001 @ 00000001 n 0000 | a large cup (with a handle); "he drank"  \n'
        "00000003 09 n 01 mug 0 000 | a place  \n"
        "00000004 18 n 01 Mug 0 001 @i 00000001 n 0000 | a writer  \n",
        encoding="ascii",
    )
    (tmp_path / "index.noun").write_text(
        "  1 licence\nmug n 3 1 @ 3 0 00000004 00000003 00000002  \n", encoding="ascii"
    )
    return tmp_path


def test_a_gloss_is_of_the_first_sense_that_is_a_kind_of_thing(wordnet: Path):
    assert read_glosses(wordnet) == {"mug": Gloss("a large cup", ("container",))}


def test_things_are_explained_now_and_then(wordnet: Path):
    mug = explained(Sayings("mug", ("Mug",), (), {}), read_glosses(wordnet))

    said = Counter(say(mug, np.random.default_rng(seed)) for seed in range(300))

    assert 5 < said["a large cup"] < 60
    assert said["Mug container"] > 5
    assert explained(Sayings("tea", ("tea",), (), {}), read_glosses(wordnet)).glosses == ()


def test_a_run_ends_with_an_encoder_its_card_and_its_curves(models: Path, cache: Path, wordnet: Path):
    recipe = Recipe("tiny", minutes=0.02, stages=(Stage(1.0, 16, 3, 2),), concepts=8, made=0)

    towers = run(
        recipe, models, models / "none", wordnet, models / "run", cache, split=models / "split.tsv", threads=1
    )

    encoder = OnnxEncoder("tiny", towers)
    assert encoder.card.dimensions == 256
    assert "3 public models" in encoder.card.trained_on
    assert encoder.card.figures["en_r10_validation"] == 1.0  # three models in the gallery
    assert encoder.encode_texts(["mug"]).shape == (1, 256)
    assert encoder.encode_pictures([np.full((8, 8, 4), 255, np.uint8)]).shape == (1, 256)
    assert {path.suffix for path in towers.iterdir()} == {".onnx", ".toml", ".svg"}
    assert "polyline" in (towers / "tiny.loss.svg").read_text()


def test_a_model_that_the_split_does_not_have_is_named(models: Path, cache: Path, wordnet: Path):
    (models / "split.tsv").write_text("pack/mug0\ttrain\n", encoding="utf-8")

    with pytest.raises(UsageError, match="split"):
        run(
            Recipe("tiny", 0.01, made=0),
            models,
            models,
            wordnet,
            models / "run",
            cache,
            split=models / "split.tsv",
        )
