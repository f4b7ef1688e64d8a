"""Tiny networks saved in the layouts of ONNX exports; their weights come from a seed, and plain numpy says what they give.

The vision half averages a picture over a 2 x 2 grid and multiplies; the text half looks tokens up, takes one or
averages them, and multiplies. Both know nothing, and are as deterministic as the real ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto, ValueInfoProto, helper, numpy_helper

SIDE = 16
CELLS = 12
WIDTH = 6
DIMENSIONS = 5
VOCABULARY = ("[PAD]", "[UNK]", "a", "photo", "of", "3d", "model", "rendering", "picture", "on", "white", "chair", "red", "椅", "子", "<bos>", "<eos>")  # fmt: skip
PAD, UNKNOWN, BEGIN, END = 0, 1, 15, 16
_DRAW = np.random.default_rng(7)
GRID = _DRAW.normal(size=(CELLS, DIMENSIONS)).astype(np.float32)
EMBEDDING = _DRAW.normal(size=(len(VOCABULARY), WIDTH)).astype(np.float32)
WORDS = _DRAW.normal(size=(WIDTH, DIMENSIONS)).astype(np.float32)


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def vision_twin(tensor: np.ndarray) -> np.ndarray:
    """(3, s, s) -> (d): the network's arithmetic, cell by cell."""
    half = tensor.shape[1] // 2
    cells = [
        tensor[c, y : y + half, x : x + half].mean() for c in range(3) for y in (0, half) for x in (0, half)
    ]
    return np.array(cells, np.float64) @ GRID


def text_twin(ids: Sequence[int], pool: str, real: int | None = None) -> np.ndarray:
    """Tokens -> (d). `pool`: "eos" (the highest id), "all" (the mean of all places), "mean" of the first `real`, "first"."""
    tokens = EMBEDDING[list(ids)].astype(np.float64)
    place = {"eos": int(np.argmax(ids)), "first": 0}
    row = tokens[: real or len(ids)].mean(0) if pool in ("mean", "all") else tokens[place[pool]]
    if pool == "eos":  # which would be the same for every text
        row = row + tokens.mean(0)
    return row @ WORDS


@dataclass
class Net:
    """Nodes of a graph in the making."""

    nodes: list[Any] = field(default_factory=list)
    inputs: list[ValueInfoProto] = field(default_factory=list)
    outputs: list[ValueInfoProto] = field(default_factory=list)
    constants: dict[str, np.ndarray] = field(default_factory=dict)

    def node(self, kind: str, given: Sequence[str], name: str, **more: Any) -> None:
        self.nodes.append(helper.make_node(kind, list(given), [name], **more))

    def takes(self, name: str, kind: int, shape: Sequence[str | int]) -> None:
        self.inputs.append(helper.make_tensor_value_info(name, kind, list(shape)))

    def gives(self, name: str, source: str, shape: Sequence[str | int]) -> None:
        self.node("Identity", [source], name)
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape)))

    def model(self) -> ModelProto:
        weights = [numpy_helper.from_array(value, name) for name, value in self.constants.items()]
        graph = helper.make_graph(self.nodes, "tiny", self.inputs, self.outputs, weights)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.model().SerializeToString())


def add_vision(net: Net, outputs: Mapping[str, str], side: str | int = "height") -> None:
    """`outputs`: name -> "embedding", "normalised", "cells" (not projected) or "tokens"."""
    net.takes("pixel_values", TensorProto.FLOAT, ["batch", 3, side, side])
    half = SIDE // 2
    net.node("AveragePool", ["pixel_values"], "grid", kernel_shape=[half, half], strides=[half, half])
    net.constants |= {
        "flat": np.array([-1, CELLS], np.int64),
        "patches": np.array([-1, 3, 4], np.int64),
        "W_v": GRID,
    }
    net.node("Reshape", ["grid", "flat"], "v_cells")
    net.node("Reshape", ["grid", "patches"], "v_patches")
    net.node("Transpose", ["v_patches"], "v_tokens", perm=[0, 2, 1])
    net.node("MatMul", ["v_cells", "W_v"], "v_embedding")
    net.node("LpNormalization", ["v_embedding"], "v_normalised", axis=1, p=2)
    shapes = {"embedding": ["batch", DIMENSIONS], "normalised": ["batch", DIMENSIONS], "cells": ["batch", CELLS], "tokens": ["batch", 4, 3]}  # fmt: skip
    for name, what in outputs.items():
        net.gives(name, f"v_{what}", shapes[what])


def add_text(
    net: Net,
    outputs: Mapping[str, str],
    pool: str,
    extra: Sequence[str] = (),
    length: str | int = "sequence",
    batch: str = "batch",
) -> None:
    """`outputs`: name -> "embedding", "normalised", "pooled" (not projected) or "tokens"; `extra`: inputs beside the ids."""
    for name in ("input_ids", *extra):
        net.takes(name, TensorProto.INT64, [batch, length])
    net.constants |= {"E": EMBEDDING, "W_t": WORDS, "zero": np.array(0, np.int64), "one": np.array([1], np.int64)}  # fmt: skip
    net.node("Gather", ["E", "input_ids"], "t_all")
    tokens = "t_all"
    if "token_type_ids" in extra:  # an embedding that is zero for type 0, as far as this network can tell
        net.node("Cast", ["token_type_ids"], "types", to=TensorProto.FLOAT)
        net.node("Unsqueeze", ["types", "two"], "types3")
        net.constants["two"] = np.array([2], np.int64)
        net.node("Add", ["t_all", "types3"], "t_typed")
        tokens = "t_typed"
    if pool == "eos":  # every token hears of the others
        net.node("ReduceMean", [tokens], "t_mean", axes=[1], keepdims=1)
        net.node("Add", [tokens, "t_mean"], "t_heard")
        tokens = "t_heard"
    net.node("Identity", [tokens], "t_tokens")
    if pool == "first":
        net.node("Gather", ["t_tokens", "zero"], "t_pooled", axis=1)
    elif pool == "all":
        net.node("ReduceMean", ["t_tokens"], "t_pooled", axes=[1], keepdims=0)
    else:
        if pool == "eos":
            net.node("ReduceMax", ["input_ids"], "highest", axes=[1], keepdims=1)
            net.node("Equal", ["input_ids", "highest"], "is_end")
            net.node("Cast", ["is_end"], "weight", to=TensorProto.FLOAT)
        else:
            net.node("Cast", ["attention_mask"], "weight", to=TensorProto.FLOAT)
        net.constants["third"] = np.array([2], np.int64)
        net.node("Unsqueeze", ["weight", "third"], "weight3")
        net.node("Mul", ["t_tokens", "weight3"], "weighted")
        net.node("ReduceSum", ["weighted", "one"], "summed", keepdims=0)
        net.node("ReduceSum", ["weight", "one"], "total", keepdims=1)
        net.node("Div", ["summed", "total"], "t_pooled")
    net.node("MatMul", ["t_pooled", "W_t"], "t_embedding")
    net.node("LpNormalization", ["t_embedding"], "t_normalised", axis=1, p=2)
    shapes = {"embedding": [batch, DIMENSIONS], "normalised": [batch, DIMENSIONS], "pooled": [batch, WIDTH], "tokens": [batch, length, WIDTH]}  # fmt: skip
    for name, what in outputs.items():
        net.gives(name, f"t_{what}", shapes[what])


def write_tokenizer(folder: Path, *, special: bool = True) -> None:
    """A tokenizer.json of whole words; <bos> and <eos> around them where `special`."""
    post: dict[str, Any] | None = None
    if special:
        begin, end = ({"SpecialToken": {"id": name, "type_id": 0}} for name in ("<bos>", "<eos>"))
        post = {
            "type": "TemplateProcessing",
            "single": [begin, {"Sequence": {"id": "A", "type_id": 0}}, end],
            "pair": [
                begin,
                {"Sequence": {"id": "A", "type_id": 0}},
                {"Sequence": {"id": "B", "type_id": 0}},
                end,
            ],
            "special_tokens": {
                name: {"id": name, "ids": [VOCABULARY.index(name)], "tokens": [name]}
                for name in ("<bos>", "<eos>")
            },
        }
    table = {
        "version": "1.0", "truncation": None, "padding": None, "normalizer": None, "decoder": None,
        "added_tokens": [
            {"id": VOCABULARY.index(name), "content": name, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
            for name in ("[PAD]", "<bos>", "<eos>")
        ],
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": post,
        "model": {"type": "WordLevel", "vocab": {word: place for place, word in enumerate(VOCABULARY)}, "unk_token": "[UNK]"},
    }  # fmt: skip
    (folder / "tokenizer.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def ids_of(text: str, *, special: bool = True) -> list[int]:
    """The ids of a text of words that are separated by spaces."""
    words = text.replace(".", " .").split()
    ids = [VOCABULARY.index(word) if word in VOCABULARY else UNKNOWN for word in words]
    return [BEGIN, *ids, END] if special else ids


def write_json(path: Path, table: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(table), encoding="utf-8")


def write_safetensors(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """float32 arrays as the format has them: the length of a header, the header, the bytes."""
    header: dict[str, Any] = {"__metadata__": {"format": "np"}}
    data = b""
    for name, array in arrays.items():
        raw = array.astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


CLIP_PREPROCESSOR = {
    "crop_size": {"height": SIDE, "width": SIDE}, "do_center_crop": True, "do_convert_rgb": True, "do_normalize": True, "do_rescale": True,
    "do_resize": True, "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711],
    "image_processor_type": "CLIPImageProcessor", "resample": 3, "rescale_factor": 1 / 255, "size": {"shortest_edge": SIDE},
}  # fmt: skip
SIGLIP_PREPROCESSOR = {
    "do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5],
    "image_processor_type": "SiglipImageProcessor", "resample": 2, "rescale_factor": 1 / 255, "size": {"height": SIDE, "width": SIDE},
}  # fmt: skip
JINA_PREPROCESSOR = {
    "size": SIDE, "mean": [0.48145466, 0.4578275, 0.40821073], "std": [0.26862954, 0.26130258, 0.27577711], "resize_mode": "shortest",
    "interpolation": "bicubic", "fill_color": 0, "image_processor_type": "JinaCLIPImageProcessor",
}  # fmt: skip


def clip(folder: Path, place: str = "onnx", ending: str = "") -> Path:
    """CLIP as two halves that are projected: input_ids alone, pooled at the end of the text inside."""
    vision, text = Net(), Net()
    add_vision(vision, {"image_embeds": "embedding", "last_hidden_state": "tokens"})
    add_text(text, {"text_embeds": "embedding", "last_hidden_state": "tokens"}, "eos", ["attention_mask"])
    vision.save(folder / place / f"vision_model{ending}.onnx")
    text.save(folder / place / f"text_model{ending}.onnx")
    write_configs(
        folder, {"model_type": "clip", "text_config": {"max_position_embeddings": 12}}, CLIP_PREPROCESSOR
    )
    return folder


def plain_clip(folder: Path) -> Path:
    """CLIP exported without its projections, at the top level; they lie in model.safetensors."""
    vision, text = Net(), Net()
    add_vision(vision, {"last_hidden_state": "tokens", "pooler_output": "cells"})
    add_text(text, {"last_hidden_state": "tokens"}, "eos")
    vision.save(folder / "vision_model.onnx")
    text.save(folder / "text_model.onnx")
    write_configs(
        folder, {"model_type": "clip", "text_config": {"max_position_embeddings": 12}}, CLIP_PREPROCESSOR
    )
    matrices = {
        "visual_projection.weight": GRID.T,
        "text_projection.weight": WORDS.T,
        "logit_scale": np.ones(1),
    }
    write_safetensors(folder / "model.safetensors", matrices)
    return folder


def combined_clip(folder: Path) -> Path:
    """CLIP as one network with both inputs."""
    net = Net()
    add_vision(net, {"image_embeds": "normalised"}, side=SIDE)
    add_text(net, {"text_embeds": "normalised"}, "eos", ["attention_mask"], batch="text_batch")
    net.save(folder / "onnx" / "model.onnx")
    write_configs(
        folder, {"model_type": "clip", "text_config": {"max_position_embeddings": 12}}, CLIP_PREPROCESSOR
    )
    return folder


def siglip(folder: Path) -> Path:
    """SigLIP 2: pooled over all places, so a text that is not filled up lands elsewhere; small letters only."""
    vision, text = Net(), Net()
    add_vision(vision, {"last_hidden_state": "tokens", "pooler_output": "embedding"})
    add_text(text, {"last_hidden_state": "tokens", "pooler_output": "embedding"}, "all")
    vision.save(folder / "onnx" / "vision_model.onnx")
    text.save(folder / "onnx" / "text_model.onnx")
    config = {"model_type": "siglip", "text_config": {"max_position_embeddings": 64, "vocab_size": 256000}}
    write_configs(folder, config, SIGLIP_PREPROCESSOR)
    return folder


def chinese_clip(folder: Path) -> Path:
    """Chinese-CLIP: one network, a BERT's three inputs."""
    net = Net()
    add_vision(net, {"image_embeds": "embedding"}, side=SIDE)
    add_text(net, {"text_embeds": "embedding"}, "mean", ["attention_mask", "token_type_ids"])
    net.save(folder / "onnx" / "model.onnx")
    preprocessor = {**CLIP_PREPROCESSOR, "do_center_crop": False, "size": {"height": SIDE, "width": SIDE}}
    write_configs(
        folder, {"model_type": "chinese_clip", "text_config": {"max_position_embeddings": 512}}, preprocessor
    )
    return folder


def jina_clip(folder: Path) -> Path:
    """jina-clip: one network, embeddings also at length 1, a preprocessor of its own spelling."""
    net = Net()
    add_vision(net, {"image_embeddings": "embedding", "l2norm_image_embeddings": "normalised"}, side=SIDE)
    add_text(net, {"text_embeddings": "embedding", "l2norm_text_embeddings": "normalised"}, "eos")
    net.save(folder / "onnx" / "model.onnx")
    write_configs(folder, {"model_type": "jina_clip", "text_config": {}}, JINA_PREPROCESSOR)
    return folder


def text_head(folder: Path) -> Path:
    """Multilingual-CLIP: a transformer without pooling, and its linear layer beside it."""
    text = Net()
    add_text(text, {"last_hidden_state": "tokens"}, "all", ["attention_mask"])
    text.save(folder / "onnx" / "model.onnx")
    write_json(folder / "config.json", {"model_type": "M-CLIP", "pad_token_id": PAD})
    write_tokenizer(folder)
    write_safetensors(
        folder / "model.safetensors",
        {"LinearTransformation.weight": WORDS.T, "LinearTransformation.bias": np.arange(DIMENSIONS) / 10},
    )
    return folder


def write_configs(folder: Path, config: Mapping[str, Any], preprocessor: Mapping[str, Any]) -> None:
    write_json(folder / "config.json", config)
    write_json(folder / "preprocessor_config.json", preprocessor)
    write_json(folder / "tokenizer_config.json", {"pad_token": "[PAD]", "model_max_length": 1e30})
    (folder / "README.md").write_text("---\nlanguage: en\nlicense: mit\n---\n# Tiny\n")
    write_tokenizer(folder)
