"""Networks built as CLIP, SigLIP, Chinese-CLIP and Multilingual-CLIP are, exported: vectors agree with PyTorch's to 1e-4."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("tokenizers")
pytest.importorskip("torch")

import torch

import tower_layouts as layouts
from polyseek.encoders.towers.card import TowerCard
from polyseek.encoders.towers.encoder import TowerEncoder
from polyseek.encoders.towers.hugging_face import card_of_folder
from polyseek.encoders.towers.picture_tensor import tensor_of
from polyseek.encoders.towers.text_head import card_of_folder as card_of_head
from tower_nets import Both, Size, Vision, Words, examples, export

TEXT = Size(width=16, depth=2, heads=2, length=64, vocabulary=len(layouts.VOCABULARY), out=8)
VIEW = Size(width=16, depth=2, heads=2, length=layouts.SIDE, vocabulary=8, out=8)
SAYINGS = ("a photo of a red chair", "chair", "red 椅 子 on white")


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(3)


def opened(card: TowerCard, folder: Path, base: TowerEncoder | None = None) -> TowerEncoder:
    assert card.text is not None
    whole = replace(
        card, text=replace(card.text, templates=("{}",)), card=replace(card.card, dimensions=VIEW.out)
    )
    return TowerEncoder(whole, folder, None if base is None else lambda id: base)


def pictures() -> list[np.ndarray]:
    draw = np.random.default_rng(1)
    return [
        draw.integers(0, 256, (high, wide, 4)).astype(np.uint8)
        for high, wide in ((16, 16), (50, 21), (9, 30))
    ]


def seen_by(net: Vision, encoder: TowerEncoder) -> np.ndarray:
    """PyTorch's own unit vectors of the pictures; tensors as test_hugging_face.py holds them to their recipe."""
    assert encoder.tower.pictures is not None
    tensors = torch.from_numpy(
        np.concatenate([tensor_of(each, encoder.tower.pictures) for each in pictures()])
    )
    with torch.no_grad():
        return layouts.unit(net(tensors).numpy())


def said_by(net: Words, ids: list[list[int]], *, masked: bool) -> np.ndarray:
    """PyTorch's own unit vectors of all texts in one padded batch."""
    longest = max(map(len, ids))
    padded = torch.tensor([[*each, *[layouts.PAD] * (longest - len(each))] for each in ids])
    mask = torch.tensor([[1] * len(each) + [0] * (longest - len(each)) for each in ids])
    with torch.no_grad():
        return layouts.unit((net(padded, mask) if masked else net(padded)).numpy())


def test_clip_in_two_halves(tmp_path: Path):
    words, vision = Words(TEXT, "end", masked=False).eval(), Vision(VIEW, "class").eval()
    export(words, examples("input_ids"), ("text_embeds",), tmp_path / "onnx" / "text_model.onnx")
    export(vision, examples("pixel_values"), ("image_embeds",), tmp_path / "onnx" / "vision_model.onnx")
    layouts.write_configs(tmp_path, {"model_type": "clip"}, layouts.CLIP_PREPROCESSOR)
    encoder = opened(card_of_folder(tmp_path, "tiny", views=2), tmp_path)

    assert encoder.encode_texts(SAYINGS) == pytest.approx(
        said_by(words, [layouts.ids_of(text) for text in SAYINGS], masked=False), abs=1e-4
    )
    assert encoder.encode_pictures(pictures()) == pytest.approx(seen_by(vision, encoder), abs=1e-4)


def test_siglip_whose_words_are_filled_up(tmp_path: Path):
    words, vision = Words(TEXT, "last", masked=False).eval(), Vision(VIEW, "attention").eval()
    export(words, examples("input_ids"), ("pooler_output",), tmp_path / "onnx" / "text_model.onnx")
    export(vision, examples("pixel_values"), ("pooler_output",), tmp_path / "onnx" / "vision_model.onnx")
    layouts.write_configs(tmp_path, {"model_type": "siglip"}, layouts.SIGLIP_PREPROCESSOR)
    encoder = opened(card_of_folder(tmp_path, "tiny", views=2), tmp_path)
    ids = [layouts.ids_of(text) for text in SAYINGS]
    filled = [each + [layouts.PAD] * (64 - len(each)) for each in ids]

    assert encoder.encode_texts(SAYINGS) == pytest.approx(said_by(words, filled, masked=False), abs=1e-4)
    assert encoder.encode_pictures(pictures()) == pytest.approx(seen_by(vision, encoder), abs=1e-4)


def test_chinese_clip_in_one_network(tmp_path: Path):
    words, vision = Words(TEXT, "first", masked=True).eval(), Vision(VIEW, "class").eval()
    both = Both(words, vision).eval()
    tensors = examples("input_ids", "pixel_values", "attention_mask")
    export(both, tensors, ("text_embeds", "image_embeds"), tmp_path / "onnx" / "model.onnx")
    preprocessor = {**layouts.CLIP_PREPROCESSOR, "do_center_crop": False, "size": {"height": 16, "width": 16}}
    layouts.write_configs(tmp_path, {"model_type": "chinese_clip"}, preprocessor)
    encoder = opened(card_of_folder(tmp_path, "tiny", views=2), tmp_path)

    assert encoder.encode_texts(SAYINGS) == pytest.approx(
        said_by(words, [layouts.ids_of(text) for text in SAYINGS], masked=True), abs=1e-4
    )
    assert encoder.encode_pictures(pictures()) == pytest.approx(seen_by(vision, encoder), abs=1e-4)


def test_a_multilingual_head_for_clip(tmp_path: Path):
    whole = Words(TEXT, "mean", masked=True).eval()
    tokens = Words(TEXT, "mean", masked=True, projected=False).eval()
    tokens.load_state_dict(whole.state_dict())
    folder = tmp_path / "head"
    export(
        tokens,
        examples("input_ids", "attention_mask"),
        ("last_hidden_state",),
        folder / "onnx" / "model.onnx",
    )
    layouts.write_json(folder / "config.json", {"model_type": "M-CLIP"})
    layouts.write_tokenizer(folder)
    layouts.write_safetensors(
        folder / "model.safetensors",
        {
            "LinearTransformation.weight": whole.projection.weight.detach().numpy(),
            "LinearTransformation.bias": whole.projection.bias.detach().numpy(),
        },
    )
    base = TowerEncoder(card_of_folder(layouts.clip(tmp_path / "base"), "base", views=2), tmp_path / "base")
    base.card = replace(base.card, dimensions=VIEW.out)

    encoder = opened(card_of_head(folder, "head", base), folder, base)

    assert encoder.encode_texts(SAYINGS) == pytest.approx(
        said_by(whole, [layouts.ids_of(text) for text in SAYINGS], masked=True), abs=1e-4
    )


def test_halves_of_weights_change_a_vector_little(tmp_path: Path):
    words, vision = Words(TEXT, "end", masked=False).eval(), Vision(VIEW, "class").eval()
    export(words, examples("input_ids"), ("text_embeds",), tmp_path / "text_model.onnx")
    halves = {"pixel_values": torch.zeros(1, 3, 16, 16).half()}
    export(vision.half(), halves, ("image_embeds",), tmp_path / "vision_model.onnx")
    layouts.write_configs(tmp_path, {"model_type": "clip"}, layouts.CLIP_PREPROCESSOR)

    encoder = opened(card_of_folder(tmp_path, "tiny", views=1), tmp_path)

    rows = encoder.encode_pictures(pictures())
    assert rows.dtype == np.float32
    assert rows == pytest.approx(seen_by(vision.float(), encoder), abs=0.01)
