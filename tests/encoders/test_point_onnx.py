"""An encoder of points comes back from its files as it was, alone and beside views."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

from polyseek.encoders.byte_ngrams import padded  # noqa: E402
from polyseek.encoders.contract import Card, CosineScale, Encoder, ReadsWords  # noqa: E402
from polyseek.encoders.point_onnx import OnnxPointEncoder  # noqa: E402
from polyseek.encoders.point_rows import rows_of  # noqa: E402
from polyseek.encoders.view_planes import pack  # noqa: E402
from polyseek.errors import UsageError  # noqa: E402
from polyseek.procedural import make  # noqa: E402
from polyseek.representations.contract import represent  # noqa: E402
from polyseek_training.compare import BUCKETS, CANDIDATES, Pair  # noqa: E402
from polyseek_training.ship_pair import write_pair  # noqa: E402

SCALE = CosineScale(0.1, 0.6, 0.3)
READ_POINTS = ("pointnet", "pointnet2", "fusion")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Untrained encoders of 32 dimensions, named as the candidates."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    made = tmp_path_factory.mktemp("towers")
    for name in READ_POINTS:
        card = Card(
            name, f'Untrained "{name}"', "none", "points", 32, "Apache-2.0", 1, "tests", "all else",
            ("translation", "scale"), figures={"seen_r10": 0.5},
        )  # fmt: skip
        pair = Pair(CANDIDATES[name], 32).eval()
        torch.save(pair.state_dict(), made / f"{name}.pt")
        write_pair(pair, CANDIDATES[name], card, SCALE, made)
    return made


@pytest.mark.parametrize("name", READ_POINTS)
def test_card_words_and_wants_come_back_from_the_files(folder: Path, name: str):
    encoder = OnnxPointEncoder(name, folder)

    assert isinstance(encoder, Encoder)
    assert isinstance(encoder, ReadsWords)
    assert encoder.words == SCALE
    assert encoder.card.title == f'Untrained "{name}"'
    assert encoder.card.invariant_to == ("translation", "scale")
    assert encoder.card.figures == {"seen_r10": 0.5}
    assert list(encoder.wants) == ["points", *(["views"] if name == "fusion" else [])]


@pytest.mark.parametrize("name", READ_POINTS)
def test_an_encoder_says_of_models_and_words_what_its_torch_twin_says(folder: Path, name: str):
    encoder = OnnxPointEncoder(name, folder)
    items = [represent(make(thing, 1), encoder.wants) for thing in ("chair", "mug")]
    pair = Pair(CANDIDATES[name], 32)
    pair.load_state_dict(torch.load(folder / f"{name}.pt", weights_only=True))
    pair.eval()

    rows, texts = encoder.encode(items), encoder.encode_texts(["a chair", "マグカップ"])

    given = {"points": np.stack([rows_of(item["points"]) for item in items])}
    if "views" in encoder.wants:
        given["views"] = np.stack([pack(item["views"]) for item in items])
    with torch.inference_mode():
        inputs = [torch.from_numpy(given[kind]) for kind in CANDIDATES[name].takes]
        expected = pair.shape(*inputs).numpy()
        words = pair.text(torch.from_numpy(padded(["a chair", "マグカップ"], BUCKETS))).numpy()
    # The files keep halves of the weights.
    assert np.einsum("ij,ij->i", rows, expected).min() > 0.999
    assert np.einsum("ij,ij->i", texts, words).min() > 0.999


def test_a_folder_without_the_card_is_named(tmp_path: Path):
    with pytest.raises(UsageError, match=r"no card pointnet9\.toml"):
        OnnxPointEncoder("pointnet9", tmp_path)


def test_encoders_of_different_weights_have_different_spaces(folder: Path):
    digests = {OnnxPointEncoder(name, folder).space.digest for name in READ_POINTS}

    assert len(digests) == len(READ_POINTS)
