"""What a run ships is an encoder: words and models in one Space, the same bytes each time."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

from polyseek.encoders.byte_ngrams import BUCKETS, LONGEST, ngrams, padded  # noqa: E402
from polyseek.encoders.contract import Card, CosineScale, Encoder, ReadsPictures, ReadsWords  # noqa: E402
from polyseek.encoders.onnx import OnnxEncoder  # noqa: E402
from polyseek.encoders.view_planes import FILL, pack, ring  # noqa: E402
from polyseek.errors import UsageError  # noqa: E402
from polyseek.procedural import make  # noqa: E402
from polyseek.representations.contract import represent  # noqa: E402
from polyseek.representations.views import render_views  # noqa: E402
from polyseek_training.loop import Towers  # noqa: E402
from polyseek_training.ship import write_card, write_towers  # noqa: E402

CARD = Card(
    id="tiny",
    title="Untrained",
    paper="none",
    takes="views",
    dimensions=256,
    licence="Apache-2.0",
    version=1,
    good_at="tests",
    weak_at='all "else"',
    invariant_to=("translation", "scale"),
    figures={"R@10": 0.5},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    made = tmp_path_factory.mktemp("towers")
    write_towers(Towers(), "tiny", made)
    scale = {"nothing": 0.1, "right": 0.6, "cut_off": 0.3}
    write_card(made, asdict(CARD), scale, {**scale, "right": 0.7})
    return made


@pytest.fixture(scope="module")
def encoder(folder: Path) -> OnnxEncoder:
    return OnnxEncoder("tiny", folder)


def test_card_scale_and_space_come_back_from_the_files(encoder: OnnxEncoder, folder: Path):
    assert isinstance(encoder, Encoder)
    assert encoder.card == CARD
    assert encoder.words == CosineScale(0.1, 0.6, 0.3)
    assert encoder.pictures == CosineScale(0.1, 0.7, 0.3)
    assert isinstance(encoder, ReadsWords)
    assert isinstance(encoder, ReadsPictures)
    assert encoder.space == OnnxEncoder("tiny", folder).space
    assert encoder.space.dimensions == 256


def test_rows_are_unit_and_depend_on_neither_batch_nor_order(encoder: OnnxEncoder):
    items = [represent(make(name, 1), encoder.wants) for name in ("chair", "mug")]

    rows = encoder.encode(items)

    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-6)
    assert encoder.encode(items[::-1])[::-1].tobytes() == rows.tobytes()
    assert encoder.encode([]).shape == (0, 256)


def test_words_have_rows_in_any_script_and_the_empty_text_too(encoder: OnnxEncoder):
    rows = encoder.encode_texts(["chair", "椅子", "Stuhl", ""])

    assert rows.shape == (4, 256)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(4), abs=1e-6)
    assert encoder.encode_texts(["Stuhl"]).tobytes() == rows[2:3].tobytes()


def test_pictures_have_rows_of_any_size_alone_or_together(encoder: OnnxEncoder):
    rng = np.random.default_rng(0)
    pictures = [rng.integers(0, 256, (*size, 4), dtype=np.uint8) for size in ((90, 40), (64, 64))]

    rows = encoder.encode_pictures(pictures)

    assert rows.shape == (2, 256)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-6)
    assert encoder.encode_pictures(pictures[1:]).tobytes() == rows[1:].tobytes()


def test_a_missing_card_is_said(folder: Path):
    with pytest.raises(UsageError, match=r"no card other\.toml"):
        OnnxEncoder("other", folder)


def test_scores_run_from_nothing_to_right():
    scores = CosineScale(0.1, 0.6, 0.3).scores(np.array([-1.0, 0.1, 0.35, 0.6, 1.0], np.float32))

    assert scores == pytest.approx([0, 0, 0.5, 1, 1])


def test_ngrams_ignore_case_width_and_separators_and_stay_in_their_table():
    assert ngrams("Red_Chair") == ngrams("red  chair") == ngrams("ＲＥＤ-chair")
    assert ngrams("  ") == []
    assert len(ngrams("x" * 1000)) == LONGEST
    assert all(0 < bucket < BUCKETS for bucket in ngrams("万圣节南瓜 halloween"))
    # By hand: "a" is marked to 3 bytes, with 1 whole word, 2 pairs and 1 triple.
    assert len(ngrams("a")) == 4


def test_padding_is_zeros_on_the_right():
    ids = padded(["a", "abc", ""])

    assert (ids[0, 4:] == 0).all()
    assert (ids[2] == 0).all()
    assert ids[1].tolist() == ngrams("abc")


def test_packed_depth_is_nearer_where_the_ball_bulges_and_empty_outside():
    model = make("apple", 3)
    options = ring(4, 32)

    packed = pack(render_views(model, options))

    covered = packed[:, 3] > 0
    assert packed.shape == (4, 7, 32, 32)
    assert not packed[:, :, ~covered.any(0)].any()
    for view, seen in zip(packed, covered, strict=True):
        rows, columns = np.nonzero(seen)
        edge = view[3][seen][np.hypot(rows - 15.5, columns - 15.5) > 0.4 * 32 * FILL]
        assert edge.size == 0 or view[3].max() > edge.max()


def test_moving_and_scaling_a_model_leaves_its_packed_views():
    from dataclasses import replace

    model = make("chair", 2)
    matrix = np.diag([7.0, 7.0, 7.0, 1.0])
    matrix[:3, 3] = 3, -2, 5
    moved = replace(model, parts=tuple(replace(p, matrix=matrix @ p.matrix) for p in model.parts))

    before, after = (pack(render_views(asset, ring(2, 32))).astype(int) for asset in (model, moved))

    assert (np.abs(before - after) > 2).mean() < 0.01
