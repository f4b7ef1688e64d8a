"""The stages, one after the other, on a model in memory; and their replacement by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from polyseek.encoders.shelf import load as load_encoder
from polyseek.errors import PolyseekError
from polyseek.formats.limits import Limits
from polyseek.indexing.reader import read_models, run_stages, vectors_of, vectors_of_upload, warm
from polyseek.indexing.settings import STAGES, Settings
from polyseek.indexing.sources import open_source
from polyseek.indexing.stages import file_tags, name_of, resolved
from polyseek.indexing.surroundings import Surroundings
from polyseek.indexing.told import Told
from polyseek.indexing.work import Item, Job, Options, Recipe, Work

RECIPE = Recipe.of(
    replace(Settings(), flow=("scan", "load", "split", "represent", "encode", "record")), Options()
)


def job(path: Path, root: Path | None = None) -> Job:
    found = path.stat()
    return Job(str(path), str(root or path.parent), found.st_size, found.st_mtime_ns, "reading", "failing")


def test_a_file_becomes_a_record_with_its_size_counts_and_measures(tmp_path, write_box):
    path = write_box(tmp_path / "models" / "red" / "crate_old.glb", 2.0, 0.5, 1.0)

    (entry,) = read_models(job(path, tmp_path / "models"), RECIPE).entries

    record = entry.record
    assert record.size_metres == pytest.approx((2.0, 0.5, 1.0))
    assert (record.triangles, record.parts, record.watertight, record.format) == (12, 1, True, "glb")
    assert record.measures["volume"] == pytest.approx(1.0)
    assert record.measures["area"] == pytest.approx(2 * (2 * 0.5 + 0.5 * 1 + 2 * 1))
    assert (record.name, record.up, record.up_by, record.unit_by) == ("crate_old", "y", "format", "format")
    assert {"crate", "old", "red"} <= set(record.words)
    assert len(record.colours) == 1


def test_a_record_has_a_unit_vector_of_each_encoder(tmp_path, write_box):
    path = write_box(tmp_path / "a.glb", 2.0, 0.5, 1.0)

    (entry,) = read_models(job(path), RECIPE).entries

    spaces = [load_encoder(id).space for id in RECIPE.encoders]
    assert {digest: vector.shape for digest, vector in entry.vectors.items()} == {
        space.digest: (space.dimensions,) for space in spaces
    }
    for vector in entry.vectors.values():
        assert vector.dtype == np.float32
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-6)


def test_a_query_has_the_vectors_that_indexing_gave_the_same_file(tmp_path, write_box):
    path = write_box(tmp_path / "a.glb", 2.0, 0.5, 1.0)
    (entry,) = read_models(job(path), RECIPE).entries

    by_path = vectors_of(str(path), None, RECIPE)
    by_bytes = vectors_of_upload("upload.glb", path.read_bytes(), {}, RECIPE)

    for digest, vector in entry.vectors.items():
        assert by_path[digest].tobytes() == vector.tobytes()
        assert by_bytes[digest].tobytes() == vector.tobytes()


def test_the_same_bytes_with_another_time_are_not_read_again(tmp_path, write_box):
    path = write_box(tmp_path / "a.glb")
    first = read_models(job(path), RECIPE)

    again = read_models(replace(job(path), mtime_ns=5, before=first.stamp), RECIPE)
    write_box(path, 3, 3, 3)
    changed = read_models(replace(job(path), before=first.stamp), RECIPE)

    assert again.entries is None
    assert again.stamp == replace(first.stamp, mtime_ns=5)
    assert len(changed.entries) == 1
    assert changed.stamp.digest != first.stamp.digest


def test_a_file_that_cannot_be_read_is_a_stamp_with_the_reason(tmp_path):
    path = tmp_path / "a.obj"
    path.write_bytes(b"")

    reading = read_models(job(path), RECIPE)

    kind, reason = reading.stamp.failure
    assert kind in ("malformed", "empty")
    assert reason
    assert reading.stamp.reading == "failing"


def test_the_objects_of_a_scene_have_their_own_names_sizes_and_vectors(tmp_path, write_scene):
    path = write_scene(tmp_path / "room.glb", "Chair_red", "Table")

    whole, chair, table = read_models(replace(job(path), told=Told(split="nodes")), RECIPE).entries

    assert whole.record.size_metres == pytest.approx((4.0, 1.0, 1.0))
    assert chair.record.size_metres == table.record.size_metres == pytest.approx((1.0, 1.0, 1.0))
    assert (chair.record.name, chair.record.parent) == ("Chair_red", str(path))
    assert "chair" in chair.record.words
    assert {tag.tag for tag in chair.record.tags} >= {"chair", "red"}
    assert "table" not in {tag.tag for tag in chair.record.tags}
    assert whole.record.parent is None


@pytest.mark.parametrize(
    ("path", "root", "around", "name", "folders"),
    [
        ("/m/packs/a/chair.glb", "/m/packs", Surroundings(), "chair", ("packs", "a")),
        ("/m/apple/model.gltf", "/m", Surroundings(name="Apple Half"), "Apple Half", ("m", "apple")),
        ("/m/apple/scene.gltf", "/m", Surroundings(), "apple", ("m", "apple")),
        ("/m/cup/cup.gltf", "/m", Surroundings(name="Tea Cup"), "cup", ("m", "cup")),
        ("/m/pack.zip!/chairs/a.glb", "/m", Surroundings(), "a", ("m", "pack", "chairs")),
        ("/a.glb", "/", Surroundings(), "a", ()),
    ],
)
def test_a_model_is_named_by_its_file_unless_that_names_nothing(path, root, around, name, folders):
    assert name_of(path, root, around) == (name, folders)


def test_tags_come_from_the_name_and_the_surroundings_each_once():
    tags = [tag.tag for tag in file_tags("Banner_thin_red", ("flags",), Surroundings(tags=("red", "cloth")))]

    assert tags.count("red") == 1
    assert {"banner", "thin", "red", "cloth"} <= set(tags)


def twice(items: list[Item], work: Work) -> list[Item]:
    """A stage of a person's own."""
    return [*items, *items]


def test_a_stage_is_any_function_that_the_settings_name(tmp_path, write_box, monkeypatch):
    path = write_box(tmp_path / "a.glb")
    recipe = replace(RECIPE, stages=(STAGES["load"], "mine:twice"))
    monkeypatch.setattr(
        "polyseek.indexing.reader.resolved", lambda place: twice if "mine" in place else resolved(place)
    )

    assert len(run_stages(Work(job(path), recipe, open_source(str(path))))) == 2


def test_a_stage_that_cannot_be_found_says_which():
    with pytest.raises(PolyseekError, match="nowhere:stage"):
        resolved("nowhere:stage")


def test_warming_up_runs_every_stage_of_the_recipe():
    warm(RECIPE)


def test_a_recipes_digest_changes_with_all_that_decides_a_record_and_with_nothing_else():
    spaces = {id: load_encoder(id).space for id in RECIPE.encoders}
    other_space = {id: replace(space, digest="other") for id, space in spaces.items()}

    digests = [
        RECIPE.digest(),
        replace(RECIPE, thumbnail_side=64).digest(),
        replace(RECIPE, stages=("mine:load",), load="mine:load").digest(),
    ]
    with_limits = replace(RECIPE, limits=Limits(seconds=1))

    assert len(set(digests)) == len(digests)
    # What a person told is remembered file by file, beside the digest.
    assert RECIPE.told(Told(up="z", unit="mm", split="nodes")).digest() == RECIPE.digest()
    # Vectors are added to a record that is there.
    assert replace(RECIPE, encoders=("d2",), vectors_only=True).digest() == RECIPE.digest()
    assert with_limits.digest() == RECIPE.digest()
    assert with_limits.failing_digest(spaces, "1.0") != RECIPE.failing_digest(spaces, "1.0")
    assert RECIPE.failing_digest(other_space, "1.0") != RECIPE.failing_digest(spaces, "1.0")
    assert RECIPE.failing_digest(spaces, "1.1") != RECIPE.failing_digest(spaces, "1.0")
