"""A folder in the layout of Hugging Face's ONNX exports -> a card: CLIP, SigLIP, Chinese-CLIP, jina-clip and the like.

What differs between the families is read from their configuration files and from the networks' own inputs and
outputs, once, and written into the card. Nothing is guessed later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polyseek.encoders.contract import Card
from polyseek.encoders.towers.card import PLAIN_TEMPLATES, Graph, Shape, Text, TowerCard
from polyseek.encoders.towers.matrices import Arrays
from polyseek.encoders.towers.network import Network
from polyseek.encoders.towers.preprocessor import pictures_of
from polyseek.errors import UsageError

FOLDERS = ("onnx", "")
# What exporters add to a file's name, from the most precise on.
PRECISIONS = ("", "fp16", "quantized", "int8", "uint8", "q4", "q4f16", "bnb4")
CONFIGS = ("config.json", "preprocessor_config.json", "tokenizer.json")
PREPROCESSORS = ("preprocessor_config.json", "processor_config.json")
MORE_CONFIGS = ("tokenizer_config.json", "special_tokens_map.json", "README.md")

_IMAGE_OUTPUTS = (
    "l2norm_image_embeddings", "image_embeds", "image_embeddings", "image_features", "unnorm_image_features",
)  # fmt: skip
_TEXT_OUTPUTS = (
    "l2norm_text_embeddings", "text_embeds", "text_embeddings", "text_features", "unnorm_text_features",
    "sentence_embedding",
)  # fmt: skip
_LONGEST = 512  # tokens: longer than anything that is searched for


@dataclass(frozen=True)
class Family:
    """What configuration files do not say of a kind of model. `length`: tokens it was trained with, where that differs.

    `pooled`: pooler_output is the embedding itself; `take`: which token is, of an unpooled text network.
    """

    title: str
    paper: str
    templates: tuple[str, ...] = PLAIN_TEMPLATES
    pad: str = "none"
    mask: str = "tokens"
    lower: bool = False
    length: int = 0
    pooled: bool = False
    take: str = ""


_MANY_LANGUAGES = ("{}", "a photo of {}", "a 3D model of {}")
FAMILIES: dict[str, Family] = {  # model_type of config.json
    "clip": Family("CLIP", "Radford et al. 2021, Learning Transferable Visual Models", take="last"),
    # Trained on texts in small letters, always filled up: shorter ones land elsewhere. A prompt is 64 tokens, so few.
    "siglip": Family(
        "SigLIP",
        "Zhai et al. 2023, Sigmoid Loss; Tschannen et al. 2025, SigLIP 2",
        ("{}", "a 3D model of {}"),
        pad="length",
        mask="all",
        lower=True,
        length=64,
        pooled=True,
    ),
    "chinese_clip": Family(
        "Chinese-CLIP",
        "Yang et al. 2022, Chinese CLIP",
        ("{}", "{}的照片。", "一张{}的图片。", "{}的三维模型。"),
        length=52,
        take="first",
    ),
    "jina_clip": Family("jina-clip", "Koukounas et al. 2024, jina-clip", _MANY_LANGUAGES),
    "open_clip": Family("open_clip", "Cherti et al. 2023, Reproducible Scaling Laws"),
}
OTHER = Family("Vision and text networks", "not said")


@dataclass(frozen=True)
class Found:
    """Which .onnx files a folder has: two halves, or one for both (`vision` and `text` are then the same)."""

    vision: str
    text: str


def looks_like(folder: Path) -> bool:
    """Has a folder the configuration files of such a layout, and an .onnx?"""
    return any((folder / name).is_file() for name in PREPROCESSORS) and any(
        each for place in FOLDERS for each in (folder / place).glob("*.onnx")
    )


def preprocessor_in(folder: Path) -> dict[str, Any]:
    """How pictures are read: a file of its own, or a part of that of all processors. Raises UsageError."""
    usual, newer = (folder / name for name in PREPROCESSORS)
    if not usual.is_file() and newer.is_file():
        part = read_json(newer).get("image_processor")
        if isinstance(part, dict):
            return dict[str, Any](part)
    return read_json(usual)


def networks_in(folder: Path, precision: str = "") -> Found:
    """The .onnx files of a folder. `precision`: one of PRECISIONS; empty: the most precise that is there.

    Raises UsageError that says which files would do.
    """
    check_precision(precision)
    for each in (precision,) if precision else PRECISIONS:
        ending = f"_{each}.onnx" if each else ".onnx"
        for place in FOLDERS:
            names = [
                str(Path(place, f"{half}{ending}").as_posix())
                for half in ("vision_model", "text_model", "model")
            ]
            there = [(folder / name).is_file() for name in names]
            if there[0] and there[1]:
                return Found(names[0], names[1])
            if there[2]:
                return Found(names[2], names[2])
    wanted = f"_{precision}" if precision else ""
    raise UsageError(
        "there are no networks of the expected names",
        path=str(folder),
        hint=f"place onnx/vision_model{wanted}.onnx and onnx/text_model{wanted}.onnx there, or onnx/model{wanted}.onnx",
    )


def check_precision(precision: str) -> None:
    """Raises UsageError for a precision that nobody exports."""
    if precision not in PRECISIONS:
        raise UsageError(
            f"there is no precision {precision!r}", hint=f"use one of {', '.join(PRECISIONS[1:])}"
        )


def card_of_folder(folder: Path, id: str, *, views: int, precision: str = "") -> TowerCard:
    """The card of such a folder, without dimensions, scales and files, which take running it.

    Raises UsageError that names the file or output that is missing.
    """
    found = networks_in(folder, precision)
    config = read_json(folder / "config.json")
    preprocessor = preprocessor_in(folder)
    kind = str(config.get("model_type", ""))
    family = FAMILIES.get(kind, OTHER)
    vision, text = Network(folder / found.vision), Network(folder / found.text)
    _refuse_patches(vision)
    vision_input = input_of(vision, "pixel_values")
    image = _output(vision, _IMAGE_OUTPUTS, family, folder, "visual_projection", tokens=False)
    words = _output(text, _TEXT_OUTPUTS, family, folder, "text_projection", tokens=True)
    return TowerCard(
        card=Card(
            id=id,
            title=f"{family.title}: {config.get('_name_or_path') or folder.name}",
            paper=family.paper,
            takes=f"{views} pictures of a model, pictures, words",
            dimensions=0,
            licence=licence_of(folder),
            version=1,
            good_at="what the network was trained on: photographs and their captions",
            weak_at="not measured on models; slower than the shipped encoders",
            invariant_to=("translation", "scale"),
            drift=0.01,
            trained_on="see where it comes from",
        ),
        shape=Shape(views=views),
        pictures=pictures_of(preprocessor, kind, Graph(found.vision, vision_input, **image)),
        text=text_of(folder, config, family, found.text, input_of(text, "input_ids"), words),
    )


def text_of(
    folder: Path, config: Mapping[str, Any], family: Family, model: str, input: str, taken: Mapping[str, str]
) -> Text:
    """How words are read: from config.json, tokenizer_config.json and tokenizer.json."""
    own: dict[str, Any] = config.get("text_config") or {}
    more = read_json(folder / "tokenizer_config.json", needed=False)
    if not (folder / "tokenizer.json").is_file():
        raise UsageError(
            "there is no tokenizer.json",
            path=str(folder),
            hint="place it beside config.json, it turns words into tokens",
        )
    limits = [family.length, own.get("max_position_embeddings"), more.get("model_max_length")]
    given = [int(each) for each in limits if isinstance(each, int | float) and 0 < each < 1_000_000]
    return Text(
        model=model,
        input=input,
        **taken,
        length=min([*given, _LONGEST]),
        pad=family.pad,
        pad_id=pad_id(folder, own, more),
        mask=family.mask,
        lower=family.lower or bool(more.get("do_lower_case")),
        templates=family.templates,
    )


def pad_id(folder: Path, config: Mapping[str, Any], tokenizer_config: Mapping[str, Any]) -> int:
    """The token that fills up: the tokenizer's, by its name, else the one that config.json says, else 0."""
    named = tokenizer_config.get("pad_token") or read_json(
        folder / "special_tokens_map.json", needed=False
    ).get("pad_token")
    name = named.get("content") if isinstance(named, Mapping) else named
    if isinstance(name, str):
        table = read_json(folder / "tokenizer.json")
        for token in table.get("added_tokens") or ():
            if token.get("content") == name:
                return int(token["id"])
        vocabulary = (table.get("model") or {}).get("vocab")
        if isinstance(vocabulary, Mapping) and name in vocabulary:
            return int(vocabulary[name])
    padding = config.get("pad_token_id")
    return padding if isinstance(padding, int) else 0


def read_json(path: Path, *, needed: bool = True) -> dict[str, Any]:
    """The table of a JSON file; empty where it is not `needed` and not there. Raises UsageError."""
    if not needed and not path.is_file():
        return {}
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"there is no {path.name}", path=str(path.parent), hint="place it there") from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UsageError(f"the file cannot be read ({error})", path=str(path)) from error
    if not isinstance(table, dict):
        raise UsageError("the file holds no table", path=str(path))
    return dict[str, Any](table)


def licence_of(folder: Path) -> str:
    """The licence that the head of a README.md names; "not said" else."""
    try:
        lines = (folder / "README.md").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "not said"
    if lines[:1] != ["---"]:
        return "not said"
    for line in lines[1:]:
        if line == "---":
            break
        key, _, value = line.partition(":")
        if key == "license" and value.strip():
            return value.strip()
    return "not said"


def input_of(network: Network, usual: str) -> str:
    """The name of the input: the usual one, or the only one. Raises UsageError."""
    if usual in network.inputs:
        return usual
    if len(network.inputs) == 1:
        return next(iter(network.inputs))
    raise UsageError(
        f"none of its inputs is called {usual}: {', '.join(network.inputs)}",
        path=str(network.path),
        hint="write a card for it (docs/towers.md)",
    )


def _output(
    network: Network, names: Sequence[str], family: Family, folder: Path, projection: str, *, tokens: bool
) -> dict[str, str]:
    """`output`, `take` and `projection` of a half: its embedding, else its pooled vector or token, and a matrix."""
    outputs = network.outputs
    for name in names:
        if name in outputs:
            return {"output": name}
    pooled, every = "pooler_output", "last_hidden_state"
    if pooled in outputs and family.pooled:
        return {"output": pooled}
    if pooled in outputs and not (tokens and family.take == "first"):
        return {"output": pooled, "projection": _projection(folder, projection, network)}
    if tokens and every in outputs and family.take:
        return {"output": every, "take": family.take, "projection": _projection(folder, projection, network)}
    if len(outputs) == 1 and len(next(iter(outputs.values())).shape) == 2:
        return {"output": next(iter(outputs))}
    raise UsageError(
        f"none of its outputs is an embedding: {', '.join(outputs)}",
        path=str(network.path),
        hint=f"export it with its projection, so that it gives {names[1]}, or write a card (docs/towers.md)",
    )


def _projection(folder: Path, name: str, network: Network) -> str:
    """ "FILE:NAME" of the matrix that the network lacks, in the weights beside it."""
    for file in sorted([*folder.glob("*.safetensors"), *folder.glob("*.npz")]):
        if {name, f"{name}.weight"} & Arrays.open(file).names:
            return f"{file.name}:{name}"
    raise UsageError(
        f"its vectors are not projected, and no file holds {name}.weight",
        path=str(network.path),
        hint="export it with its projection, or place model.safetensors beside config.json",
    )


def _refuse_patches(vision: Network) -> None:
    if {"spatial_shapes", "pixel_attention_mask"} & set(vision.inputs):
        raise UsageError(
            "the network reads patches of pictures of any shape (NaFlex), which is not supported",
            path=str(vision.path),
            hint="use a version of it for one size, such as siglip2-base-patch16-224",
        )
