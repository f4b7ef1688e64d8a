"""Matrices are read from .safetensors and .npz as they were written."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from polyseek.encoders.towers.matrices import read_linear
from polyseek.errors import UsageError

WEIGHT = np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -4.0]], np.float32)
BIAS = np.array([0.5, -1.0], np.float32)


def safetensors(path: Path, arrays: dict[str, tuple[str, np.ndarray]]) -> Path:
    header, data = {}, b""
    for name, (dtype, array) in arrays.items():
        header[name] = {
            "dtype": dtype,
            "shape": array.shape,
            "data_offsets": [len(data), len(data) + array.nbytes],
        }
        data += array.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)
    return path


def bfloat16(array: np.ndarray) -> np.ndarray:
    """The upper half of each float32; exact for the few bits that these numbers have."""
    return (array.view(np.uint32) >> 16).astype("<u2")


@pytest.mark.parametrize(
    ("dtype", "stored"),
    [
        ("F32", WEIGHT),
        ("F16", WEIGHT.astype("<f2")),
        ("F64", WEIGHT.astype("<f8")),
        ("BF16", bfloat16(WEIGHT)),
    ],
)
def test_a_layer_is_read_in_every_precision(dtype: str, stored: np.ndarray, tmp_path: Path):
    path = safetensors(tmp_path / "a.safetensors", {"x.weight": (dtype, stored), "x.bias": ("F32", BIAS)})

    layer = read_linear(path, "x")

    assert layer.weight.tolist() == WEIGHT.tolist()
    assert layer(np.ones((1, 3), np.float32))[0].tolist() == [0.0, -1.75]


def test_a_layer_of_an_npz_may_have_no_bias_and_its_own_name(tmp_path: Path):
    np.savez(tmp_path / "a.npz", projection=WEIGHT.astype(np.float64))

    layer = read_linear(tmp_path / "a.npz", "projection")

    assert layer.weight.dtype == np.float32
    assert layer.bias.tolist() == [0, 0]


def test_what_cannot_be_used_says_why(tmp_path: Path):
    path = safetensors(tmp_path / "a.safetensors", {"x.weight": ("I64", np.arange(6)), "y": ("F32", BIAS)})
    (tmp_path / "b.safetensors").write_bytes(b"\xff" * 40)
    np.savez(tmp_path / "c.npz", **{"x.weight": WEIGHT, "x.bias": np.zeros(7)})
    (tmp_path / "d.bin").write_bytes(b"")

    with pytest.raises(UsageError, match="no matrix 'z'") as caught:
        read_linear(path, "z")
    assert "x.weight" in caught.value.hint
    with pytest.raises(UsageError, match="cannot be read"):
        read_linear(path, "x")
    with pytest.raises(UsageError, match="has 1 dimensions"):
        read_linear(path, "y")
    with pytest.raises(UsageError, match="header is too long"):
        read_linear(tmp_path / "b.safetensors", "x")
    with pytest.raises(UsageError, match="does not fit"):
        read_linear(tmp_path / "c.npz", "x")
    with pytest.raises(UsageError, match=r"\.safetensors and \.npz"):
        read_linear(tmp_path / "d.bin", "x")
    with pytest.raises(UsageError, match="takes vectors of 3 numbers"):
        read_linear(safetensors(tmp_path / "e.safetensors", {"x": ("F32", WEIGHT)}), "x")(
            np.ones((1, 2), np.float32)
        )
