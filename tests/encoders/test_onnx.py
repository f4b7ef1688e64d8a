"""A trained encoder reads pictures where its card says so; here the towers are graphs that are known by heart."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

from onnx import TensorProto, helper, numpy_helper

from polyseek.encoders.contract import CosineScale, Encoder, ReadsPictures, ReadsWords
from polyseek.encoders.onnx import OnnxEncoder
from polyseek.errors import UsageError

SIDE = 8
CARD = {
    "id": "tiny", "title": "Untrained", "paper": "none", "takes": "views", "dimensions": 3, "licence": "Apache-2.0",
    "version": 1, "good_at": "tests", "weak_at": "all else", "invariant_to": [], "drift": 0.0,
}  # fmt: skip


def mean_of_planes(shape: list[str | int], axes: list[int], kind: int) -> bytes:
    """A graph: the means over some axes of the input, cast to float."""
    nodes = [
        helper.make_node("Cast", ["input"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["floats", "axes"], ["vectors"], keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "means",
        [helper.make_tensor_value_info("input", kind, shape)],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.array(axes, np.int64), "axes")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return model.SerializeToString()


def write_towers(folder: Path, *, pictures: bool) -> Path:
    folder.mkdir()
    lines = ["[card]", *(f"{key} = {json.dumps(value)}" for key, value in CARD.items())]
    lines += ["[views]", "count = 2", "side = 16", "[words]", "nothing = 0.1", "right = 0.6", "cut_off = 0.3"]
    if pictures:
        lines += ["[pictures]", f"side = {SIDE}", "nothing = 0.2", "right = 0.8", "cut_off = 0.5"]
        squares = mean_of_planes(["n", 3, SIDE, SIDE], [2, 3], TensorProto.UINT8)
        (folder / "tiny.picture.onnx").write_bytes(squares)
    (folder / "tiny.toml").write_text("\n".join(lines))
    views = mean_of_planes([1, "v", 7, 16, 16], [1, 3, 4], TensorProto.UINT8)
    (folder / "tiny.shape.onnx").write_bytes(views)
    (folder / "tiny.text.onnx").write_bytes(mean_of_planes(["n", "m"], [1], TensorProto.INT64))
    return folder


def plain(*colour: int) -> np.ndarray:
    picture = np.full((20, 30, 4), 255, np.uint8)
    picture[..., :3] = colour
    return picture


def test_pictures_have_unit_rows_where_the_card_has_a_scale_for_them(tmp_path: Path):
    encoder = OnnxEncoder("tiny", write_towers(tmp_path / "t", pictures=True))

    rows = encoder.encode_pictures([plain(30, 40, 0), plain(0, 0, 9)])

    assert isinstance(encoder, Encoder)
    assert isinstance(encoder, ReadsWords)
    assert isinstance(encoder, ReadsPictures)
    assert encoder.pictures == CosineScale(0.2, 0.8, 0.5)
    assert rows == pytest.approx(np.array([[0.6, 0.8, 0], [0, 0, 1]]), abs=1e-6)
    assert rows.dtype == np.float32
    assert encoder.encode_pictures([]).shape == (0, 3)


def test_without_such_a_table_pictures_are_refused(tmp_path: Path):
    encoder = OnnxEncoder("tiny", write_towers(tmp_path / "t", pictures=False))

    assert not isinstance(encoder, ReadsPictures)
    with pytest.raises(UsageError, match="reads no pictures"):
        encoder.encode_pictures([plain(1, 2, 3)])


def test_a_picture_tower_leaves_the_space_of_models_as_it_was(tmp_path: Path):
    without = OnnxEncoder("tiny", write_towers(tmp_path / "a", pictures=False))
    with_one = OnnxEncoder("tiny", write_towers(tmp_path / "b", pictures=True))

    assert without.space == with_one.space
