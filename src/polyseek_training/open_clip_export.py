# pyright: basic
# torch's and open_clip's own annotations are too loose for the strict mode.
"""open_clip models -> a folder in the layout that `polyseek models add` reads: two networks, tokenizer, configuration.

Torch and open_clip are needed here, once; what is written runs on onnxruntime. Both halves are compared with torch
before they are handed on.
"""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from polyseek.errors import PolyseekError, UsageError

OPSET = 17
TOLERANCE = 1e-4
# Above this an .onnx file cannot hold its weights itself (protobuf ends at 2 GB).
LARGEST_BYTES = 1_500_000_000
SAMPLE = "a photo of a red chair"


class Half(nn.Module):
    """One of the two ways into a model, as a network of its own."""

    def __init__(self, model: nn.Module, way: str) -> None:
        super().__init__()
        self.model, self.way = model, way

    def forward(self, given: Tensor) -> Tensor:
        return getattr(self.model, self.way)(given)


def export(source: str, folder: Path, say: Callable[[str], None] = lambda text: None) -> None:
    """`ARCH:PRETRAINED`, or `ARCH:/path/checkpoint`, into a folder. Raises UsageError for what open_clip does not know."""
    import open_clip  # pyright: ignore[reportMissingImports]

    name, _, weights = source.partition(":")
    if not name or not weights:
        raise UsageError(
            f"{source!r} is no model of open_clip",
            hint="write open_clip:ARCH:PRETRAINED, such as open_clip:ViT-B-32:laion2b_s34b_b79k, or :/path/checkpoint",
        )
    try:
        say(f"opening {name} with {weights}")
        model = open_clip.create_model(name, pretrained=weights, require_pretrained=True, output_dict=False)
        tokenizer = open_clip.get_tokenizer(name)
    except Exception as error:  # open_clip raises whatever the layers below it do
        raise UsageError(
            f"open_clip cannot open it ({error})",
            path=source,
            hint="python -m open_clip.list lists what there is",
        ) from error
    export_model(model, tokenizer, open_clip.get_model_preprocess_cfg(model), source, folder, say)


def export_model(
    model: Any,
    tokenizer: Any,
    preprocessing: Mapping[str, Any],
    source: str,
    folder: Path,
    say: Callable[[str], None] = lambda text: None,
) -> None:
    """Any model with encode_image and encode_text. `preprocessing`: as open_clip.get_model_preprocess_cfg gives it."""
    size = preprocessing["size"]
    height, width = (size, size) if isinstance(size, int) else size
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    ids = tokenizer([SAMPLE]).long()
    model = model.float().eval()
    say("exporting the vision half")
    picture = torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(0))
    write_half(
        Half(model, "encode_image"),
        picture,
        "pixel_values",
        "image_embeds",
        folder / "onnx/vision_model.onnx",
    )
    say("exporting the text half")
    write_half(Half(model, "encode_text"), ids, "input_ids", "text_embeds", folder / "onnx/text_model.onnx")
    inner = getattr(tokenizer, "tokenizer", None)
    if inner is not None:
        inner.save_pretrained(str(folder))
        # open_clip cleans texts before this tokenizer sees them.
        lower = getattr(tokenizer.clean_fn, "__name__", "") in ("_clean_lower", "_clean_canonicalize")
        padding = inner.pad_token_id or 0
    else:
        _write(folder / "tokenizer.json", bpe_tokenizer(tokenizer.encoder, list(tokenizer.bpe_ranks)))
        lower, padding = False, 0
    _write(folder / "tokenizer_config.json", {"do_lower_case": lower, "model_max_length": ids.shape[1]})
    _write(folder / "preprocessor_config.json", {**preprocessing, "size": [height, width]})
    text = {"max_position_embeddings": ids.shape[1], "pad_token_id": padding}
    _write(folder / "config.json", {"model_type": "open_clip", "_name_or_path": source, "text_config": text})


def write_half(half: nn.Module, example: Tensor, input: str, output: str, path: Path) -> None:
    """One half as an .onnx file, for one thing at a time. Raises PolyseekError where it does not agree with torch."""
    import onnx

    torch.backends.mha.set_fastpath_enabled(False)
    with tempfile.TemporaryDirectory() as work, warnings.catch_warnings(), torch.no_grad():
        # Tracing is called old, and tells of every shape that it takes for fixed, which they are here.
        warnings.simplefilter("ignore")
        traced = str(Path(work) / "half.onnx")
        torch.onnx.export(
            half.eval(),
            (example,),
            traced,
            input_names=[input],
            output_names=[output],
            opset_version=OPSET,
            dynamo=False,
        )
        network = onnx.load(traced)
        large = sum(len(each.raw_data) for each in network.graph.initializer) > LARGEST_BYTES
        onnx.save_model(
            network,
            str(path),
            save_as_external_data=large,
            location=f"{path.name}_data" if large else None,
        )
        wanted = half(example).numpy()
    compare(path, example.numpy(), wanted)


def compare(path: Path, given: np.ndarray, wanted: np.ndarray) -> None:
    """Raises PolyseekError where the network's unit vector is not the wanted one to TOLERANCE."""
    import onnxruntime as ort

    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = np.asarray(session.run(None, {session.get_inputs()[0].name: given})[0])
    apart = float(np.abs(_unit(found) - _unit(wanted)).max())
    if not apart <= TOLERANCE:
        raise PolyseekError(
            f"the exported network differs from torch by {apart:.1e}",
            path=path.name,
            hint="use another version of torch",
        )


def bpe_tokenizer(vocabulary: Mapping[str, int], merges: list[tuple[str, str]]) -> dict[str, Any]:
    """tokenizer.json of CLIP's byte-pair encoding (Sennrich et al. 2016, over bytes; words end with </w>).

    The last two of the vocabulary are the tokens before and after a text; `merges`: best first.
    """
    begin, end = sorted(vocabulary, key=lambda token: vocabulary[token])[-2:]
    split = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    normalising = [
        {"type": "NFC"},
        # As ftfy does, which cleans texts for open_clip.
        {"type": "Replace", "pattern": {"Regex": "[\u2018\u2019]"}, "content": "'"},
        {"type": "Replace", "pattern": {"Regex": "[\u201c\u201d]"}, "content": '"'},
        {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " "},
        {"type": "Lowercase"},
    ]
    splitting = [
        {"type": "Split", "pattern": {"Regex": split}, "behavior": "Removed", "invert": True},
        {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
    ]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": vocabulary[token], "content": token, "single_word": False, "lstrip": False, "rstrip": False,
                "normalized": False, "special": True,
            }
            for token in (begin, end)
        ],
        "normalizer": {"type": "Sequence", "normalizers": normalising},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": splitting},
        "post_processor": {
            "type": "RobertaProcessing",
            "sep": [end, vocabulary[end]],
            "cls": [begin, vocabulary[begin]],
            "trim_offsets": False,
            "add_prefix_space": False,
        },
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": end,
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "</w>",
            "fuse_unk": False,
            "vocab": dict(vocabulary),
            "merges": [list(pair) for pair in merges],
        },
    }  # fmt: skip


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def _write(path: Path, table: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
