# pyright: basic
# torch's own annotations are too loose for the strict mode.
"""Trained towers -> ONNX files that onnxruntime runs without torch, their weights kept as float16.

Halves of the weights are turned back into float32 when a session starts, so all arithmetic is float32.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    import onnx

OPSET = 17
# Smaller arrays (biases, norms) gain nothing as halves.
LEAST_HALVED = 256


def export_onnx(tower: nn.Module, example: Tensor, axes: Mapping[int, str], *, halve: bool = True) -> bytes:
    """The ONNX file of a tower with one input "input" and one output "vectors".

    `example`: an input it takes. `axes`: which axes of the input may change, by name; 0 is the batch.
    """
    return export_inputs(tower, {"input": example}, {"input": axes}, halve=halve)


def export_inputs(
    tower: nn.Module,
    examples: Mapping[str, Tensor],
    axes: Mapping[str, Mapping[int, str]],
    *,
    halve: bool = True,
) -> bytes:
    """As `export_onnx`, of a tower with several inputs: their names in order, and by name which axes may change."""
    import onnx

    tower = tower.eval()
    file = io.BytesIO()
    with warnings.catch_warnings():
        # The exporter by tracing is called old; the new one needs onnxscript, and both give the same graph.
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            tower,
            tuple(examples.values()),
            file,  # pyright: ignore[reportArgumentType]  the tracing exporter takes a file
            input_names=list(examples),
            output_names=["vectors"],
            dynamic_axes={
                **{name: dict(axes[name]) for name in examples},
                "vectors": {0: next(iter(axes.values()))[0]},
            },
            opset_version=OPSET,
            dynamo=False,
        )
    model = onnx.load_from_string(file.getvalue())
    model.producer_name, model.producer_version = "", ""
    if halve:
        halve_weights(model)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def halve_weights(model: onnx.ModelProto) -> None:
    """Stores the large float32 initialisers of an onnx.ModelProto as float16, each with a Cast behind it."""
    from onnx import TensorProto, helper, numpy_helper

    graph = model.graph
    casts = []
    for index, weight in enumerate(list(graph.initializer)):
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.size < LEAST_HALVED:
            continue
        name = weight.name
        graph.initializer[index].CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
