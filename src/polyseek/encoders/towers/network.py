"""A network in an .onnx file, run by onnxruntime on one thread: named tensors in, rows of the chosen output out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32, Int64

from polyseek.encoders.towers.card import Graph
from polyseek.encoders.towers.matrices import Linear, read_linear
from polyseek.errors import UsageError

_DTYPES: dict[str, type[np.generic]] = {
    "tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(double)": np.float64,
    "tensor(int64)": np.int64, "tensor(int32)": np.int32, "tensor(uint8)": np.uint8, "tensor(bool)": np.bool_,
}  # fmt: skip


@dataclass(frozen=True)
class Tensor:
    """An input or output: `type` as onnxruntime calls it, `shape` with None for a dimension that is free."""

    type: str
    shape: tuple[int | None, ...]


class Network:
    """One .onnx file. It is opened when it is first asked for something; other files that it names lie beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def inputs(self) -> dict[str, Tensor]:
        """Inputs by name, in their order."""
        return {each.name: _tensor(each) for each in self._session.get_inputs()}

    @cached_property
    def outputs(self) -> dict[str, Tensor]:
        """Outputs by name, in their order."""
        return {each.name: _tensor(each) for each in self._session.get_outputs()}

    def run(self, output: str, given: Mapping[str, np.ndarray]) -> Float32[np.ndarray, " ..."]:
        """One output. Tensors are cast to what the network wants, and those that it does not know left out.

        Only what the output depends on is computed, so the other half of a combined network costs nothing.
        Raises UsageError where an input is missing or the network fails.
        """
        missing = [name for name in self.inputs if name not in given]
        if missing:
            raise self._error(f"its input {', '.join(missing)} is not known", "name it in the card")
        feeds = {
            name: np.ascontiguousarray(given[name], _DTYPES.get(tensor.type))
            for name, tensor in self.inputs.items()
        }
        import onnxruntime as ort

        options: Any = ort.RunOptions()
        options.only_execute_path_to_fetches = True
        try:
            found = self._session.run([output], feeds, options)[0]
        except Exception as error:  # onnxruntime raises its own kinds, without a common parent
            raise self._error(f"the network cannot be run ({_first_line(error)})") from error
        return np.asarray(found, np.float32)

    @cached_property
    def _session(self) -> Any:
        import onnxruntime as ort

        if not self.path.is_file():
            raise self._error("there is no such file", "place it there, or run polyseek models add again")
        options: Any = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            # By path, not by bytes: weights of over 2 GB lie in files beside it.
            return ort.InferenceSession(str(self.path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # as above
            raise self._error(
                f"the network cannot be opened ({_first_line(error)})",
                "are all its files there, .onnx_data too?",
            ) from error

    def _error(self, message: str, hint: str = "") -> UsageError:
        return UsageError(message, path=str(self.path), hint=hint)


class Head:
    """What a card takes of a network: one row of each input, projected where the card says so."""

    def __init__(self, folder: Path, graph: Graph, network: Network | None = None) -> None:
        """`network`: that of the graph, where it is open already."""
        self.graph = graph
        self.network = network or Network(folder / graph.model)
        self._folder = folder

    @property
    def input(self) -> str:
        """The name of the input: the card's, or the only one."""
        return self.graph.input or self._only(self.network.inputs, "input")

    def row(
        self, given: Mapping[str, np.ndarray], mask: Int64[np.ndarray, " t"] | None = None
    ) -> Float32[np.ndarray, " d"]:
        """The row for tensors of one thing. `mask`: 1 for each token, 0 for padding, where tokens are averaged."""
        output = self.graph.output or self._only(self.network.outputs, "output")
        if output not in self.network.outputs:
            raise UsageError(
                f"the network has no output {output!r}",
                path=str(self.network.path),
                hint=f"it has {', '.join(self.network.outputs)}",
            )
        row = self._taken(self.network.run(output, given), mask)
        linear = self._linear
        return row if linear is None else linear(row[None])[0]

    def _taken(
        self, found: Float32[np.ndarray, " ..."], mask: Int64[np.ndarray, " t"] | None
    ) -> Float32[np.ndarray, " d"]:
        take = self.graph.take
        if found.ndim != (2 if take == "all" else 3) or len(found) != 1:
            wanted = "(1, d)" if take == "all" else "(1, tokens, d)"
            raise UsageError(
                f"the output has the shape {found.shape}, but {wanted} is needed",
                path=str(self.network.path),
                hint='choose another output, or `take` "first", "last" or "mean" of its tokens',
            )
        if take == "all":
            return found[0]
        if take == "first":
            return found[0, 0]
        weights = np.ones(found.shape[1], np.float32) if mask is None else mask.astype(np.float32)
        if take == "last":
            return found[0, int(np.flatnonzero(weights)[-1])]
        return (weights @ found[0]) / weights.sum()

    @cached_property
    def _linear(self) -> Linear | None:
        if not self.graph.projection:
            return None
        file, _, name = self.graph.projection.rpartition(":")
        return read_linear(self._folder / file, name)

    def _only(self, tensors: Mapping[str, Tensor], what: str) -> str:
        if len(tensors) == 1:
            return next(iter(tensors))
        raise UsageError(
            f"the network has {len(tensors)} {what}s: {', '.join(tensors)}",
            path=str(self.network.path),
            hint=f"name one as `{what}` in the card",
        )


def _tensor(given: Any) -> Tensor:
    return Tensor(
        given.type, tuple(side if isinstance(side, int) and side > 0 else None for side in given.shape)
    )


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:300]
