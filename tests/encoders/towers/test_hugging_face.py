"""Folders in the layouts of ONNX exports become encoders whose vectors are those of the networks, computed plainly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("tokenizers")

from PIL import Image

import tower_layouts as layouts
from polyseek.encoders.towers.card import Text, TowerCard
from polyseek.encoders.towers.encoder import TowerEncoder
from polyseek.encoders.towers.hugging_face import card_of_folder
from polyseek.errors import UsageError

MEAN = np.array([0.48145466, 0.4578275, 0.40821073])
STD = np.array([0.26862954, 0.26130258, 0.27577711])


def opened(folder: Path, templates: tuple[str, ...] = ("{}",)) -> TowerEncoder:
    card = card_of_folder(folder, "tiny", views=2)
    text = card.text
    assert text is not None
    sized = replace(
        card, text=replace(text, templates=templates), card=replace(card.card, dimensions=layouts.DIMENSIONS)
    )
    return TowerEncoder(sized, folder)


def picture(height: int = 40, width: int = 24) -> np.ndarray:
    """A smooth picture without transparency."""
    y, x = np.mgrid[:height, :width]
    colour = np.stack(
        [x * 255 / width, y * 255 / height, (x + y) * 255 / (height + width), np.full_like(x, 255)], -1
    )
    return colour.round().astype(np.uint8)


def clip_tensor(pixels: np.ndarray, resample: Image.Resampling = Image.Resampling.BICUBIC) -> np.ndarray:
    """Shortest side to SIDE, the middle cut out, normalised: written out for a tall picture."""
    height, width = pixels.shape[:2]
    tall = int(layouts.SIDE * height / width)
    resized = np.asarray(Image.fromarray(pixels[..., :3]).resize((layouts.SIDE, tall), resample))
    top = (tall - layouts.SIDE) // 2
    return ((resized[top : top + layouts.SIDE] / 255 - MEAN) / STD).transpose(2, 0, 1)


def squashed(pixels: np.ndarray, resample: Image.Resampling, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    resized = np.asarray(Image.fromarray(pixels[..., :3]).resize((layouts.SIDE, layouts.SIDE), resample))
    return ((resized / 255 - mean) / std).transpose(2, 0, 1)


HALF = np.full(3, 0.5)
LAYOUTS: dict[
    str, tuple[Callable[[Path], Path], str, str]
] = {  # -> how it is written, its pooling, its pictures
    "clip": (layouts.clip, "eos", "clip"),
    "plain clip": (layouts.plain_clip, "eos", "clip"),
    "combined clip": (layouts.combined_clip, "eos", "clip"),
    "siglip": (layouts.siglip, "all", "siglip"),
    "chinese clip": (layouts.chinese_clip, "mean", "squash"),
    "jina clip": (layouts.jina_clip, "eos", "clip"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_words_and_pictures_of_a_layout_are_the_networks_own(name: str, tmp_path: Path):
    write, pool, kind = LAYOUTS[name]
    encoder = opened(write(tmp_path / "export"))
    ids = layouts.ids_of("a red chair")
    padded = ids + [layouts.PAD] * (64 - len(ids)) if name == "siglip" else ids
    tensors = {
        "clip": clip_tensor(picture()),
        "siglip": squashed(picture(), Image.Resampling.BILINEAR, HALF, HALF),
        "squash": squashed(picture(), Image.Resampling.BICUBIC, MEAN, STD),
    }

    words = encoder.encode_texts(["a red chair"])[0]
    seen = encoder.encode_pictures([picture()])[0]

    assert words == pytest.approx(layouts.unit(layouts.text_twin(padded, pool)), abs=1e-5)
    assert seen == pytest.approx(layouts.unit(layouts.vision_twin(tensors[kind])), abs=1e-5)


def test_prompts_are_averaged_as_unit_vectors(tmp_path: Path):
    encoder = opened(layouts.clip(tmp_path / "export"), ("{}", "a photo of a {}"))
    rows = [layouts.text_twin(layouts.ids_of(text), "eos") for text in ("chair", "a photo of a chair")]

    expected = layouts.unit(np.mean([layouts.unit(row) for row in rows], axis=0))

    assert encoder.encode_texts(["chair"])[0] == pytest.approx(expected, abs=1e-5)


def test_long_words_are_cut_and_still_end(tmp_path: Path):
    encoder = opened(layouts.clip(tmp_path / "export"))
    words = " ".join(["red"] * 30)

    row = encoder.encode_texts([words])[0]

    # 12 tokens: the first, ten words, and the last, at which the network looks.
    assert row == pytest.approx(
        layouts.unit(layouts.text_twin([layouts.BEGIN, *[12] * 10, layouts.END], "eos")), abs=1e-5
    )


def test_siglip_reads_small_letters_only(tmp_path: Path):
    encoder = opened(layouts.siglip(tmp_path / "export"))

    small, large = encoder.encode_texts(["red chair", "Red CHAIR"])

    assert small == pytest.approx(large)


def test_a_network_of_a_fixed_length_gets_texts_filled_up(tmp_path: Path):
    folder = layouts.clip(tmp_path / "export")
    text = layouts.Net()
    layouts.add_text(text, {"text_embeds": "embedding"}, "mean", ["attention_mask"], length=9)
    text.save(folder / "onnx" / "text_model.onnx")
    encoder = opened(folder)
    ids = layouts.ids_of("red chair")

    expected = layouts.text_twin(ids + [layouts.PAD] * (9 - len(ids)), "mean", real=len(ids))

    assert encoder.encode_texts(["red chair"])[0] == pytest.approx(layouts.unit(expected), abs=1e-5)


def test_what_is_transparent_shows_the_background_of_the_card(tmp_path: Path):
    encoder = opened(layouts.clip(tmp_path / "export"))
    clear = picture(16, 16)
    clear[..., 3] = 0

    row = encoder.encode_pictures([clear])[0]

    white = ((np.ones((16, 16, 3)) - MEAN) / STD).transpose(2, 0, 1)
    assert row == pytest.approx(layouts.unit(layouts.vision_twin(white)), abs=1e-5)


def test_the_card_says_what_the_folder_said(tmp_path: Path):
    card = card_of_folder(layouts.siglip(tmp_path / "export"), "mine", views=5)

    assert card.text is not None
    assert card.pictures is not None
    assert (card.text.pad, card.text.length, card.text.mask, card.text.lower) == ("length", 64, "all", True)
    assert (card.pictures.resize, card.pictures.crop, card.pictures.resample) == ("squash", (), "bilinear")
    assert (card.card.id, card.card.licence, card.shape and card.shape.views) == ("mine", "mit", 5)


def test_the_most_precise_weights_are_taken_unless_others_are_asked_for(tmp_path: Path):
    folder = layouts.clip(tmp_path / "export")
    layouts.clip(folder, ending="_quantized")

    def model(card: TowerCard) -> str:
        assert isinstance(card.text, Text)
        return card.text.model

    assert model(card_of_folder(folder, "a", views=1)) == "onnx/text_model.onnx"
    assert (
        model(card_of_folder(folder, "a", views=1, precision="quantized")) == "onnx/text_model_quantized.onnx"
    )
    with pytest.raises(UsageError, match="no networks") as caught:
        card_of_folder(folder, "a", views=1, precision="q4")
    assert "onnx/vision_model_q4.onnx" in caught.value.hint


def test_the_newer_file_of_all_processors_does_as_well(tmp_path: Path):
    folder = layouts.siglip(tmp_path / "export")
    usual = card_of_folder(folder, "a", views=1)
    layouts.write_json(folder / "processor_config.json", {"image_processor": layouts.SIGLIP_PREPROCESSOR})
    (folder / "preprocessor_config.json").unlink()

    assert card_of_folder(folder, "a", views=1) == usual


@pytest.mark.parametrize("missing", ["config.json", "preprocessor_config.json", "tokenizer.json"])
def test_a_missing_file_is_named(missing: str, tmp_path: Path):
    folder = layouts.clip(tmp_path / "export")
    (folder / missing).unlink()

    with pytest.raises(UsageError, match=f"no {missing}"):
        card_of_folder(folder, "a", views=1)


def test_vectors_without_a_projection_are_refused(tmp_path: Path):
    folder = layouts.plain_clip(tmp_path / "export")
    (folder / "model.safetensors").unlink()

    with pytest.raises(UsageError, match=r"no file holds visual_projection\.weight"):
        card_of_folder(folder, "a", views=1)
