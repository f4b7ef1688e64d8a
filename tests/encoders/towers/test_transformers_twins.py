"""Where the package transformers is installed: tensors and vectors are those of its own processors and models.

It is no dependency of the project and is not installed for CI: `pip install transformers` beside torch to run these.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("tokenizers")
pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
import transformers

import tower_layouts as layouts
from polyseek.encoders.towers.encoder import TowerEncoder
from polyseek.encoders.towers.hugging_face import card_of_folder
from polyseek.encoders.towers.picture_tensor import tensor_of
from tower_nets import examples, export

SIDE = 32
SMALL = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
VISION = {**SMALL, "image_size": SIDE, "patch_size": 8}
TEXT = {**SMALL, "vocab_size": len(layouts.VOCABULARY), "pad_token_id": layouts.PAD}
SQUARE = {"height": SIDE, "width": SIDE}
pytestmark = [
    pytest.mark.skipif(
        int(transformers.__version__.split(".")[0]) < 5, reason="its processors have moved since"
    ),
    pytest.mark.filterwarnings("ignore"),
]


@dataclass(frozen=True)
class Family:
    """Names in transformers, what they are made with, and how the folder is exported."""

    name: str
    title: str
    text: dict[str, Any]
    processor: dict[str, Any]
    more: dict[str, Any]
    filled: int = 0
    combined: bool = False
    outputs: tuple[str, str] = ("text_embeds", "image_embeds")

    def model(self) -> Any:
        torch.manual_seed(2)
        config = getattr(transformers, f"{self.title}Config")(
            text_config=self.text, vision_config=VISION, **self.more
        )
        return getattr(transformers, f"{self.title}Model")(config).eval().requires_grad_(False)

    def pictures(self) -> Any:
        module = import_module(f"transformers.models.{self.name}.image_processing_pil_{self.name}")
        return getattr(module, f"{self.title}ImageProcessorPil")(**self.processor)


FAMILIES = {
    family.name: family
    for family in (
        Family(
            "clip", "CLIP", {**TEXT, "max_position_embeddings": 77, "bos_token_id": layouts.BEGIN, "eos_token_id": layouts.END},
            {"size": {"shortest_edge": SIDE}, "crop_size": SQUARE}, {"projection_dim": 16},
        ),
        Family(
            "siglip", "Siglip", {**TEXT, "max_position_embeddings": 64, "projection_size": 16}, {"size": SQUARE}, {},
            filled=64, outputs=("pooler_output", "pooler_output"),
        ),
        Family(
            "chinese_clip", "ChineseCLIP", {**TEXT, "max_position_embeddings": 64}, {"size": SQUARE, "do_center_crop": False},
            {"projection_dim": 16}, combined=True,
        ),
    )
}  # fmt: skip


class Half(torch.nn.Module):
    """get_text_features or get_image_features of a model."""

    def __init__(self, model: Any, way: str) -> None:
        super().__init__()
        self.model, self.way = model, way

    def forward(self, given: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        if self.way == "image":
            found = self.model.get_image_features(pixel_values=given)
        else:
            found = self.model.get_text_features(input_ids=given, attention_mask=mask)
        return found if torch.is_tensor(found) else found.pooler_output


class Both(torch.nn.Module):
    def __init__(self, text: Half, image: Half) -> None:
        super().__init__()
        self.text, self.image = text, image

    def forward(
        self, ids: torch.Tensor, pixels: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        return self.text(ids, mask), self.image(pixels)


@pytest.fixture(params=FAMILIES)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Family, Any, Half, Half, TowerEncoder]:
    family = FAMILIES[request.param]
    model, processor = family.model(), family.pictures()
    text, image = Half(model, "text"), Half(model, "image")
    model.config.save_pretrained(tmp_path)
    processor.save_pretrained(tmp_path)
    layouts.write_tokenizer(tmp_path)
    layouts.write_json(tmp_path / "tokenizer_config.json", {"pad_token": "[PAD]"})
    if family.combined:
        tensors = examples("input_ids", "pixel_values", "attention_mask", side=SIDE)
        export(Both(text, image), tensors, family.outputs, tmp_path / "onnx" / "model.onnx")
    else:
        export(text, examples("input_ids"), family.outputs[:1], tmp_path / "onnx" / "text_model.onnx")
        pixels = examples("pixel_values", side=SIDE)
        export(image, pixels, family.outputs[1:], tmp_path / "onnx" / "vision_model.onnx")
    card = card_of_folder(tmp_path, "tiny", views=1)
    assert card.text is not None
    sized = replace(card, text=replace(card.text, templates=("{}",)), card=replace(card.card, dimensions=16))
    return family, processor, text, image, TowerEncoder(sized, tmp_path)


def smooth(height: int, width: int) -> np.ndarray:
    """Colours that run over the picture, as photographs' do."""
    y, x = np.mgrid[:height, :width]
    waves = [np.sin(x / 7 + phase) + np.cos(y / 11 - phase) for phase in (0, 2, 4)]
    colour = np.stack([63.75 * (wave + 2) for wave in waves], -1).astype(np.uint8)
    return np.concatenate([colour, np.full((height, width, 1), 255, np.uint8)], -1)


def test_pictures_and_words_are_those_of_transformers(opened: tuple[Family, Any, Half, Half, TowerEncoder]):
    family, processor, text, image, encoder = opened
    assert encoder.tower.pictures is not None
    from PIL import Image

    for height, width in ((300, 200), (37, 91), (SIDE, SIDE)):
        picture = smooth(height, width)
        wanted = processor(images=Image.fromarray(picture[..., :3]), return_tensors="pt")["pixel_values"]
        assert tensor_of(picture, encoder.tower.pictures) == pytest.approx(wanted.numpy(), abs=1e-5)
        assert encoder.encode_pictures([picture]) == pytest.approx(
            layouts.unit(image(wanted).numpy()), abs=1e-4
        )
    for said in ("a photo of a red chair", "chair", "red 椅 子"):
        ids = layouts.ids_of(said)
        ids += [layouts.PAD] * (family.filled - len(ids))
        mask = torch.ones(1, len(ids), dtype=torch.int64) if family.combined else None
        row = text(torch.tensor([ids]), mask).numpy()
        assert encoder.encode_texts([said]) == pytest.approx(layouts.unit(row), abs=1e-4)
