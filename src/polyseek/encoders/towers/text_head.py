"""A text network and a linear head that speak for another encoder's Space, as Multilingual-CLIP trained them.

Carlsson et al. 2022, Cross-lingual and Multilingual CLIP: a multilingual text transformer, the mean of its tokens that
are no padding, and one linear layer whose output is the vector that CLIP's own text network gives for the
English translation. The layout is that of an export of the transformer with its head beside it.
"""

from __future__ import annotations

from pathlib import Path

from polyseek.encoders.contract import Card
from polyseek.encoders.towers.card import PLAIN_TEMPLATES, Graph, Text, TowerCard
from polyseek.encoders.towers.encoder import TowerEncoder
from polyseek.encoders.towers.hugging_face import (
    FOLDERS,
    PRECISIONS,
    Family,
    check_precision,
    input_of,
    licence_of,
    read_json,
    text_of,
)
from polyseek.encoders.towers.matrices import Arrays
from polyseek.encoders.towers.network import Network
from polyseek.errors import UsageError

CONFIGS = ("2_Dense/model.safetensors", "2_Dense/config.json")
# Multilingual-CLIP's, sentence-transformers' (its head is a file of its own), and what else is usual.
HEADS = ("LinearTransformation", "linear", "text_projection", "head", "projection", "dense")
_SENTENCE = ("sentence_embedding", "text_embeds", "text_embeddings")
FAMILY = Family(
    "Text head",
    "Carlsson et al. 2022, Cross-lingual and Multilingual CLIP",
    ("{}", *PLAIN_TEMPLATES[1:3]),
    length=128,
)


def network_in(folder: Path, precision: str = "") -> str:
    """The text network of a folder: onnx/text_model.onnx or onnx/model.onnx, or at the top. Raises UsageError."""
    check_precision(precision)
    for each in (precision,) if precision else PRECISIONS:
        ending = f"_{each}.onnx" if each else ".onnx"
        for name in (f"{half}{ending}" for half in ("text_model", "model")):
            for place in FOLDERS:
                if (folder / place / name).is_file():
                    return Path(place, name).as_posix()
    raise UsageError("there is no text network", path=str(folder), hint="place onnx/model.onnx there")


def card_of_folder(folder: Path, id: str, base: TowerEncoder, *, precision: str = "") -> TowerCard:
    """The card of a text network and its head, joined to `base`. Raises UsageError that says what is missing."""
    model = network_in(folder, precision)
    network = Network(folder / model)
    graph = _graph(network, folder, model)
    config = read_json(folder / "config.json", needed=False)
    taken = {"output": graph.output, "take": graph.take, "projection": graph.projection}
    return TowerCard(
        card=Card(
            id=id,
            title=f"{FAMILY.title} for {base.card.id}: {config.get('_name_or_path') or folder.name}",
            paper=FAMILY.paper,
            takes=f"what {base.card.id} takes of models; words",
            dimensions=base.card.dimensions,
            licence=licence_of(folder),
            version=1,
            good_at="words in the languages that it was trained on",
            weak_at="not measured",
            invariant_to=base.card.invariant_to,
            drift=base.card.drift,
            trained_on="see where it comes from",
        ),
        joins=base.card.id,
        text=_text(folder, config, model, network, taken),
    )


def _text(
    folder: Path, config: dict[str, object], model: str, network: Network, taken: dict[str, str]
) -> Text:
    own = {"text_config": {"pad_token_id": config.get("pad_token_id")}}
    return text_of(folder, own, FAMILY, model, input_of(network, "input_ids"), taken)


def _graph(network: Network, folder: Path, model: str) -> Graph:
    """What is taken of the network: a sentence's vector, or its tokens' mean; and the head, where one lies there."""
    head = _head(folder)
    outputs = network.outputs
    for name in (*_SENTENCE, *outputs):
        if name in outputs and len(outputs[name].shape) == 2 and name != "pooler_output":
            return Graph(model, output=name, projection=head)
    for name, tensor in outputs.items():
        if len(tensor.shape) == 3:
            return Graph(model, output=name, take="mean", projection=head)
    raise UsageError(
        f"none of its outputs is one of tokens: {', '.join(outputs)}",
        path=str(network.path),
        hint="export the transformer with last_hidden_state",
    )


def _head(folder: Path) -> str:
    """ "FILE:NAME" of the linear layer; empty where no file has one, because the network has it inside."""
    for file in sorted([*folder.rglob("*.safetensors"), *folder.rglob("*.npz")]):
        names = Arrays.open(file).names
        for name in HEADS:
            if {name, f"{name}.weight"} & names:
                return f"{file.relative_to(folder).as_posix()}:{name}"
    return ""
