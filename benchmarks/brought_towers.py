"""What an encoder that a person adds costs: CLIP's and SigLIP's architectures in full size, with random weights.

    python benchmarks/brought_towers.py [--models 12] [--only clip-b32]

Each is built in torch, exported, added as `polyseek models add` does (its measuring of scores included), and then
timed on one core: adding, opening, words to vector, picture to vector, and one made model drawn and encoded. Its
vectors are compared with torch's. Speed and size do not depend on what weights are; what is found does, and is
not measured here. Needs torch and onnx (extra `train`) and tokenizers (extra `towers`), up to 6 GB of memory and 4 GB of
disk. Writes benchmarks/results/brought_towers.json and prints a table.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

# The networks and layouts are those that the tests hold to their papers, in another size.
sys.path.append(str(Path(__file__).parents[1] / "tests"))
import tower_layouts as layouts
from polyseek.encoders.towers import shelf
from polyseek.encoders.towers.adding import Wish, add
from polyseek.encoders.towers.encoder import TowerEncoder
from polyseek.encoders.towers.picture_tensor import tensor_of
from polyseek.procedural import CATEGORIES, make
from polyseek.representations.contract import represent
from tower_nets import Size, Vision, Words, examples, export

RESULTS = Path(__file__).parent / "results" / "brought_towers.json"
WORDS = ("chair", "a red sports car", "halloween pumpkin", "small wooden table", "tree")


@dataclass(frozen=True)
class Kind:
    """An architecture. `pools`: of its words and of its pictures, as tower_nets has them."""

    vision: Size
    text: Size
    pools: tuple[str, str]
    outputs: tuple[str, str]
    config: dict[str, Any]
    preprocessor: dict[str, Any]


CLIP_CONFIG = {"model_type": "clip", "text_config": {"max_position_embeddings": 77}}
SIGLIP_CONFIG = {"model_type": "siglip", "text_config": {"max_position_embeddings": 64}}


def clip(side: int) -> dict[str, Any]:
    return {**layouts.CLIP_PREPROCESSOR, "size": {"shortest_edge": side}, "crop_size": side}


KINDS = {
    "clip-b32": Kind(
        Size(768, 12, 12, 224, 32, 512), Size(512, 12, 8, 77, 49408, 512), ("end", "class"), ("text_embeds", "image_embeds"), CLIP_CONFIG, clip(224)
    ),
    "clip-b16": Kind(
        Size(768, 12, 12, 224, 16, 512), Size(512, 12, 8, 77, 49408, 512), ("end", "class"), ("text_embeds", "image_embeds"), CLIP_CONFIG, clip(224)
    ),
    "siglip2-b16": Kind(
        Size(768, 12, 12, 224, 16, 768), Size(768, 12, 12, 64, 256000, 768), ("last", "attention"), ("pooler_output", "pooler_output"), SIGLIP_CONFIG,
        {**layouts.SIGLIP_PREPROCESSOR, "size": {"height": 224, "width": 224}},
    ),
}  # fmt: skip


def build(kind: Kind, folder: Path) -> tuple[Words, Vision]:
    """The two halves with random weights, exported into a folder as a Hugging Face export has them."""
    torch.manual_seed(0)
    words = Words(kind.text, kind.pools[0], masked=False).eval()
    vision = Vision(kind.vision, kind.pools[1]).eval()
    export(words, examples("input_ids"), kind.outputs[:1], folder / "onnx" / "text_model.onnx")
    pixels = examples("pixel_values", side=kind.vision.length)
    export(vision, pixels, kind.outputs[1:], folder / "onnx" / "vision_model.onnx")
    layouts.write_configs(folder, kind.config, kind.preprocessor)
    return words, vision


def median_ms(run: Callable[[], object], times: int) -> float:
    """Processor time of one run; the first, which opens and warms, does not count."""
    run()
    taken: list[float] = []
    for _ in range(times):
        start = time.process_time()
        run()
        taken.append((time.process_time() - start) * 1000)
    return round(statistics.median(taken), 1)


def measure(name: str, kind: Kind, models: int, work: Path) -> dict[str, Any]:
    words, vision = build(kind, work / name)
    start = time.process_time()
    added = add(str(work / name), Wish(views=8))
    adding = time.process_time() - start
    start = time.process_time()
    encoder = shelf.open_tower(added.id)
    opening = (time.process_time() - start) * 1000
    picture = np.random.default_rng(0).integers(0, 256, (300, 400, 4)).astype(np.uint8)
    assets = [make(category, 1) for category in list(CATEGORIES)[:models]]
    drawn = [represent(asset, encoder.wants) for asset in assets]
    each: list[float] = []
    for asset in assets:
        start = time.process_time()
        encoder.encode([represent(asset, encoder.wants)])
        each.append((time.process_time() - start) * 1000)
    texts = iter(WORDS * 100)
    return {
        "megabytes": round(added.bytes / 1e6),
        "seconds to add": round(adding, 1),
        "ms to open": round(opening, 1),
        "prompts a query": len(encoder.tower.text.templates) if encoder.tower.text else 0,
        "ms a query of words": median_ms(lambda: encoder.encode_texts([next(texts)]), 5),
        "ms a picture": median_ms(lambda: encoder.encode_pictures([picture]), 5),
        "ms a model of 8 views": round(statistics.median(each)),
        "ms of that to encode": median_ms(lambda: encoder.encode(drawn[:1]), 3),
        "largest difference from torch": float(f"{difference(encoder, words, vision, picture):.1e}"),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }


def difference(encoder: TowerEncoder, words: Words, vision: Vision, picture: np.ndarray) -> float:
    """The largest between a number of a unit vector here and in torch."""
    assert encoder.tower.pictures is not None
    assert encoder.tower.text is not None
    card = encoder.tower.text
    ids = layouts.ids_of("a red chair")
    filled = ids + [card.pad_id] * (card.length - len(ids)) if card.pad == "length" else ids
    with torch.no_grad():
        seen = vision(torch.from_numpy(tensor_of(picture, encoder.tower.pictures))).numpy()
        said = words(torch.tensor([filled])).numpy()
    ours = encoder._token_inputs("a red chair")[0]
    row = encoder._texts.row(ours)
    apart = np.abs(layouts.unit(row) - layouts.unit(said[0])).max()
    return float(max(apart, np.abs(encoder.encode_pictures([picture]) - layouts.unit(seen)).max()))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--models", type=int, default=12)
    parser.add_argument("--only", choices=list(KINDS), action="append")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    found: dict[str, Any] = {}
    for name in options.only or KINDS:
        with tempfile.TemporaryDirectory() as work:
            os.environ["POLYSEEK_TOWERS"] = str(Path(work) / "towers")
            found[name] = measure(name, KINDS[name], options.models, Path(work))
        print(name, json.dumps(found[name]), flush=True)
    if options.only and options.output.is_file():
        # Those that were not asked for again stay as they are.
        found = json.loads(options.output.read_text())["encoders"] | found
    options.output.write_text(json.dumps({"models": options.models, "encoders": found}, indent=1) + "\n")


if __name__ == "__main__":
    main()
