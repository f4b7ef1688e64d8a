"""Matrices beside a network: one named array of a .safetensors or .npz file, read without a framework."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32

from polyseek.errors import UsageError

_DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}
_HEADER_BYTES = 100_000_000


@dataclass(frozen=True, eq=False)
class Linear:
    """x -> W x + b. `weight`: rows of the output; `bias`: zeros where the file has none."""

    weight: Float32[np.ndarray, "o i"]
    bias: Float32[np.ndarray, " o"]

    def __call__(self, rows: Float32[np.ndarray, "n i"]) -> Float32[np.ndarray, "n o"]:
        """Raises UsageError where the rows are of another length."""
        if rows.shape[1] != self.weight.shape[1]:
            wide, long = rows.shape[1], self.weight.shape[1]
            raise UsageError(f"the projection takes vectors of {long} numbers, the network gives {wide}")
        return rows @ self.weight.T + self.bias


def read_linear(path: Path, name: str) -> Linear:
    """The layer called `name`: an array of that name, or NAME.weight and, where there is one, NAME.bias.

    Raises UsageError where the file has none, or cannot be read.
    """
    arrays = Arrays.open(path)
    matrix = next((each for each in (name, f"{name}.weight") if each in arrays.names), None)
    if matrix is None:
        raise UsageError(
            f"there is no matrix {name!r}",
            path=str(path),
            hint=f"it has {', '.join(sorted(arrays.names)[:8])}",
        )
    weight = arrays.read(matrix)
    if weight.ndim != 2:
        raise UsageError(f"{matrix} has {weight.ndim} dimensions, but a projection has 2", path=str(path))
    bias_name = f"{matrix.removesuffix('.weight')}.bias"
    bias = arrays.read(bias_name) if bias_name in arrays.names else np.zeros(len(weight), np.float32)
    if bias.shape != weight.shape[:1]:
        raise UsageError(f"{bias_name} does not fit {matrix}", path=str(path))
    return Linear(weight, bias)


@dataclass(frozen=True)
class Arrays:
    """The arrays of one file by name; `table`: of a .safetensors its header, empty for an .npz."""

    path: Path
    names: frozenset[str]
    table: dict[str, Any]
    start: int = 0

    @staticmethod
    def open(path: Path) -> Arrays:
        """Reads names only. Raises UsageError for a file that is neither .safetensors nor .npz."""
        try:
            if path.suffix == ".npz":
                with np.load(path, allow_pickle=False) as file:
                    return Arrays(path, frozenset(file.files), {})
            if path.suffix == ".safetensors":
                table, start = _header(path)
                return Arrays(path, frozenset(table), table, start)
        except (OSError, ValueError, struct.error) as error:
            raise UsageError(f"the file cannot be read ({error})", path=str(path)) from error
        raise UsageError("matrices are read from .safetensors and .npz", path=str(path))

    def read(self, name: str) -> Float32[np.ndarray, " ..."]:
        """One array, in float32. Raises UsageError for one of integers."""
        try:
            if not self.table:
                with np.load(self.path, allow_pickle=False) as file:
                    return np.asarray(file[name], np.float32)
            about = self.table[name]
            dtype = _DTYPES[about["dtype"]]
            first, last = about["data_offsets"]
            with self.path.open("rb") as file:
                file.seek(self.start + first)
                values = np.frombuffer(file.read(last - first), dtype).reshape(about["shape"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(f"the array {name!r} cannot be read ({error})", path=str(self.path)) from error
        if about["dtype"] == "BF16":
            # bfloat16 is the upper half of a float32.
            return (values.astype(np.uint32) << 16).view(np.float32)
        return values.astype(np.float32)


def _header(path: Path) -> tuple[dict[str, Any], int]:
    """The JSON at the beginning of a .safetensors file, and where data begins."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > _HEADER_BYTES:
            raise ValueError("its header is too long")
        table = json.loads(file.read(length))
    if not isinstance(table, dict):
        raise ValueError("its header is no table")
    table.pop("__metadata__", None)
    return table, 8 + length
