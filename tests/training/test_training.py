"""The trainer learns, its splits hold, and what it exports says the same."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
ort = pytest.importorskip("onnxruntime")

from polyseek_training.__main__ import main  # noqa: E402
from polyseek_training.batches import Batches  # noqa: E402
from polyseek_training.captions import Sayings, say, sayings_of_shape  # noqa: E402
from polyseek_training.dataset import Dataset, changed  # noqa: E402
from polyseek_training.drawing import DRAWN, SIDE  # noqa: E402
from polyseek_training.export import export_onnx  # noqa: E402
from polyseek_training.lexicon import by_english_name, concept_of, read_lexicon  # noqa: E402
from polyseek_training.loop import Towers, load_towers, loss_of, seen, train  # noqa: E402
from polyseek_training.losses import by_prefixes, soft_contrast, soft_targets  # noqa: E402
from polyseek_training.nets.byte_text import ByteText  # noqa: E402
from polyseek_training.nets.view_cnn import ViewCNN  # noqa: E402
from polyseek_training.recipes import Recipe, Stage  # noqa: E402
from polyseek_training.run import SPLIT  # noqa: E402
from polyseek_training.shapes import Shape, draw_shapes, made_shapes, read_planes  # noqa: E402
from polyseek_training.splits import read_split, split, write_split  # noqa: E402


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def shapes_of(groups: int, concepts: int, pack: str = "a-pack") -> list[Shape]:
    return [
        Shape(f"{pack}/{g}-{c}.glb", pack, f"{pack}/{g}", f"thing{g % concepts}", f"thing {g}")
        for g in range(groups)
        for c in range(2)
    ]


def toy(count: int = 12) -> Dataset:
    """Four concepts told apart by outline alone."""
    planes = np.zeros((count, DRAWN, 7, SIDE, SIDE), np.uint8)
    outlines = (np.s_[8:56, 28:36], np.s_[28:36, 8:56], np.s_[12:52, 12:52], np.s_[28:36, 28:36])
    for index in range(count):
        rows, columns = outlines[index % 4]
        planes[index, :, :, rows, columns] = 200
    names = ("ball", "house", "teapot", "zebra")
    shapes = tuple(Shape(f"{i}", "p", f"g{i}", names[i % 4], names[i % 4]) for i in range(count))
    sayings = tuple(Sayings(names[i % 4], (names[i % 4],), (), {}) for i in range(count))
    return Dataset(shapes, planes, sayings, ("train",) * count)


def test_soft_contrast_with_sharp_identity_targets_is_cross_entropy():
    rng = np.random.default_rng(0)
    one, other = (
        torch.nn.functional.normalize(torch.tensor(rng.normal(size=(5, 8))), dim=-1) for _ in range(2)
    )
    scale = torch.tensor(7.0, dtype=torch.float64)

    loss = soft_contrast(one, other, torch.eye(5, dtype=torch.float64), scale, 0.001)

    logits, right = scale * one @ other.T, torch.arange(5)
    entropy = torch.nn.functional.cross_entropy
    assert loss.item() == pytest.approx(((entropy(logits, right) + entropy(logits.T, right)) / 2).item())


def test_soft_targets_of_equal_likenesses_share_evenly():
    targets = soft_targets(torch.tensor([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0]]), 0.01)

    assert targets[0].tolist() == pytest.approx([0.5, 0.5, 0.0], abs=1e-6)
    assert targets.sum(1).tolist() == pytest.approx([1.0, 1.0])


def test_no_variant_group_is_on_two_sides_and_held_out_packs_are_whole(tmp_path: Path):
    shapes = [*shapes_of(200, 30), *shapes_of(6, 3, "gazebo-models")]

    sides = split(shapes, 3)
    write_split(tmp_path / "split.tsv", sides)

    assert read_split(tmp_path / "split.tsv") == sides
    assert set(sides) == {shape.group for shape in shapes}
    assert {sides[s.group] for s in shapes if s.pack == "gazebo-models"} == {"pack"}
    unseen = {s.concept for s in shapes if sides[s.group] == "unseen"}
    trained = {s.concept for s in shapes if sides[s.group] == "train"}
    tested = {s.concept for s in shapes if sides[s.group] in ("test", "validation")}
    assert not unseen & (trained | tested)
    assert tested <= trained


def test_the_kept_split_has_every_side():
    assert set(read_split(SPLIT).values()) == {"train", "validation", "test", "unseen", "pack"}


def test_captions_name_the_thing_in_several_languages():
    named = by_english_name(read_lexicon())
    chair = named["chair"]
    shape = Shape("x", "p", "g", "chair", "chair desk")
    random = np.random.default_rng(0)

    said = [say(sayings_of_shape(shape, named), random) for _ in range(400)]

    assert concept_of(("mauve chair",), named) == chair
    assert len(set(said)) > 40
    for tongue in ("zh", "es", "fr", "de", "ja"):
        assert any(name in text for name in chair.names[tongue] for text in said), tongue


def test_prefixes_are_spaces_of_their_own():
    rng = np.random.default_rng(0)
    one = torch.nn.functional.normalize(torch.tensor(rng.normal(size=(6, 16))), dim=-1)
    targets, scale = torch.eye(6, dtype=torch.float64), torch.tensor(9.0, dtype=torch.float64)
    alone = one.clone()
    alone[:, :4] = 0

    whole = by_prefixes(one, one, targets, scale, 0.01, ())
    both = by_prefixes(one, one, targets, scale, 0.01, (4,))

    first = torch.nn.functional.normalize(one[:, :4], dim=-1)
    assert both.item() == pytest.approx(
        (whole + soft_contrast(first, first, targets, scale, 0.01)).item() / 2
    )
    assert by_prefixes(alone, alone, targets, scale, 0.01, (4,)) > both


def test_texts_that_are_no_shapes_own_count_as_wrong_answers():
    one = torch.eye(3, 8)
    texts = torch.eye(4, 8)
    alike = torch.eye(3, 4)

    apart = soft_contrast(one, texts, alike, torch.tensor(10.0), 0.01)
    texts[3] = texts[0]
    mixed = soft_contrast(one, texts, alike, torch.tensor(10.0), 0.01)

    # One of three shapes can no longer be told from the fourth text: ln 2 for it, forth only.
    assert (mixed - apart).item() == pytest.approx(np.log(2) / 3 / 2, abs=1e-3)


def test_a_recipe_goes_through_its_stages():
    stages = (Stage(0.5, 16, 8, 2), Stage(0.5, 32, 4, 3))
    recipe = Recipe("r", minutes=1, stages=stages)

    assert [recipe.stage(done) for done in (0.0, 0.49, 0.5, 0.99, 1.0)] == [stages[0]] * 2 + [stages[1]] * 3


def test_a_mirrored_view_has_mirrored_normals():
    planes = np.zeros((1, 7, 8, 8), np.uint8)
    planes[0, 3:, 2:5, 3] = 228  # n_x = 100 / 127

    seen = [changed(planes, np.random.default_rng(seed)) for seed in range(20)]

    values = {int(v) for views in seen for v in np.unique(views[:, 4])}
    assert values == {0, 228, 28}
    assert all((views[:, 5] > 0).sum() == 3 for views in seen)


def test_made_shapes_are_drawn_once_and_the_same(tmp_path: Path):
    shapes = [shape for shape in made_shapes(1, 0) if shape.concept in ("mug", "chair")]

    drawn = draw_shapes(tmp_path, shapes, tmp_path / "cache")
    first = read_planes(tmp_path / "cache", [digest for digest, _ in drawn.values()])
    files = {file: file.stat().st_mtime_ns for file in (tmp_path / "cache").glob("*.planes")}
    again = draw_shapes(tmp_path, shapes, tmp_path / "cache")

    assert again == drawn
    assert first.shape == (2, DRAWN, 7, SIDE, SIDE)
    assert all(file.stat().st_mtime_ns == when for file, when in files.items())
    assert (first[:, :, 3] > 0).any((2, 3)).all()
    assert all(attributes for _, attributes in drawn.values())


def test_loss_falls_on_a_toy_set_and_a_run_goes_on_from_its_checkpoint(tmp_path: Path):
    data = toy()
    rng = np.random.default_rng(1)
    names = ("ball", "house", "teapot", "zebra")
    meanings = dict(zip(names, np.linalg.qr(rng.normal(size=(384, 4)))[0].T.astype(np.float32), strict=True))
    recipe = Recipe("toy", minutes=1, stages=(Stage(1.0, 16, 8, 2),), concepts=4)
    batches = Batches(data, data.sayings[:4], meanings, recipe)

    train(batches, recipe, tmp_path, steps=1)
    towers = train(batches, recipe, tmp_path, steps=60)

    lines = (tmp_path / "log.jsonl").read_text().splitlines()
    first, last = (float(line.split('"shapes": ')[1].split(",")[0]) for line in (lines[0], lines[-1]))
    assert '"step": 60' in lines[-1]
    assert last < 0.8 * first
    assert torch.equal(load_towers(tmp_path).text.table.weight, towers.text.table.weight)


def test_half_precision_sees_nearly_the_same():
    torch.manual_seed(0)
    net = ViewCNN(widths=(8, 16), dimensions=12).eval()
    views = torch.randint(0, 256, (3, 2, 7, 32, 32), dtype=torch.uint8)

    with torch.no_grad():
        found, expected = seen(net, views), net(views)

    assert found.dtype == torch.float32
    assert (found * expected).sum(1).min() > 0.999


def test_shapes_without_a_name_are_learned_from_by_their_pictures_alone():
    data = toy()
    data = replace(data, nameless=data.planes[:4])
    meanings = {
        name: np.eye(4, 384, dtype=np.float32)[i]
        for i, name in enumerate(("ball", "house", "teapot", "zebra"))
    }
    recipe = Recipe("toy", minutes=1, stages=(Stage(1.0, 16, 8, 2),), concepts=4, nameless=3)
    stage = recipe.stages[0]

    step = Batches(data, data.sayings[:4], meanings, recipe).draw(np.random.default_rng(0), stage)

    assert len(step.views) == len(step.pictures) == 8 + 3
    assert step.likeness.shape == (8, 12)
    assert step.same.shape == (11, 11)
    assert step.same[8:].tolist() == [*np.eye(11)[8:].tolist()]

    views = step.views.clone()
    views[8:] = 255 - views[8:]
    towers = Towers().eval()
    before, after = (loss_of(towers, replace(step, views=each), recipe) for each in (step.views, views))
    assert all(before[name] == after[name] for name in ("shapes", "pictures", "words", "meanings"))
    assert before["same"] != after["same"]


@pytest.mark.parametrize("tower", ["shape", "text"])
def test_torch_and_onnx_agree(tower: str):
    torch.manual_seed(0)
    net = ViewCNN(widths=(8, 16), dimensions=12) if tower == "shape" else ByteText(500, 8, 12)
    net = net.eval()
    if tower == "shape":
        small, given = (
            torch.randint(0, 256, (n, v, 7, 16, 16), dtype=torch.uint8) for n, v in ((2, 3), (4, 5))
        )
        axes = {0: "models", 1: "views"}
    else:
        small, given = (torch.randint(0, 500, shape) for shape in ((2, 6), (5, 9)))
        axes = {0: "texts", 1: "ngrams"}

    session = ort.InferenceSession(export_onnx(net, small, axes, halve=False))
    halved = ort.InferenceSession(export_onnx(net, small, axes))

    with torch.no_grad():
        expected = net(given).numpy()
    assert np.abs(session.run(None, {"input": given.numpy()})[0] - expected).max() < 1e-4
    assert np.abs(halved.run(None, {"input": given.numpy()})[0] - expected).max() < 1e-2


def test_export_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        export_onnx(ByteText(50, 8, 12), torch.randint(0, 50, (2, 6)), {0: "texts", 1: "ngrams"})


def test_the_split_command_writes_the_split_of_a_manifest(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    lines = [f"a/{g}.glb,a,a/{g},thing,thing {g}" for g in range(9)]
    text = "\n".join(["path,pack,variant_group,concept,words", *lines])
    (tmp_path / "manifest.csv").write_text(text, encoding="utf-8")

    status = main(["split", str(tmp_path / "split.tsv"), "--models", str(tmp_path)])
    missing = main(["split", str(tmp_path / "split.tsv"), "--models", str(tmp_path / "none")])

    assert (status, missing) == (0, 2)
    assert set(read_split(tmp_path / "split.tsv")) == {f"a/{g}" for g in range(9)}
    assert "no manifest.csv" in capsys.readouterr().err
