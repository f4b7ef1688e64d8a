"""The Library: from a folder of models to hits, and what a person does with it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

import polyseek
from polyseek.encoders.shelf import load as load_encoder
from polyseek.errors import (
    FileNotFound,
    LibraryError,
    MalformedFile,
    QueryError,
    UnknownId,
    UsageError,
)
from polyseek.indexing.settings import FILE_NAME, Settings, as_toml
from polyseek.library import Library
from polyseek.search.query import Query

SIDES = {
    "chair_red": (0.5, 1.0, 0.5),
    "chair_blue": (0.52, 1.0, 0.5),
    "chair_tall": (0.5, 1.15, 0.5),
    "table_wood": (2.0, 0.2, 1.0),
    "table_white": (2.1, 0.2, 1.0),
    "table_low": (2.0, 0.15, 1.0),
    "rod_iron": (0.02, 0.02, 2.0),
    "rod_steel": (0.02, 0.02, 2.2),
}


@pytest.fixture(scope="module")
def models(tmp_path_factory, write_box) -> Path:
    """Boxes that stand for chairs, tables and rods, each in a folder of its kind."""
    folder = tmp_path_factory.mktemp("models")
    for name, sides in SIDES.items():
        write_box(folder / name.split("_")[0] / f"{name}.glb", *sides)
    return folder


@pytest.fixture(scope="module")
def library(tmp_path_factory, models):
    """The library of `models`, shared by the tests that change nothing."""
    folder = tmp_path_factory.mktemp("library")
    (folder / FILE_NAME).write_text(as_toml(Settings(jobs=1)))
    with Library.open(folder) as library:
        report = library.add([models])
        assert (report.added, report.failures) == (len(SIDES), ())
        yield library


def id_of(library: Library, name: str) -> str:
    (record,) = library.records(f"name = '{name}'")
    return record.id


def test_words_find_models_by_name_and_folder(library):
    assert library.search("red chair")[0].name == "chair_red"
    assert {hit.name for hit in library.search("table")} == {"table_wood", "table_white", "table_low"}
    assert len(library.search("submarine")) == 0


def test_a_model_file_finds_itself_and_what_is_like_it(library, models):
    hits = library.search(models / "table" / "table_wood.glb", k=3)

    assert hits[0].name == "table_wood"
    assert hits[0].score == pytest.approx(1.0, abs=1e-3)
    assert {hit.name for hit in hits} == {"table_wood", "table_white", "table_low"}


def test_a_path_in_a_text_a_path_and_a_query_are_the_same_question(library, models):
    path = models / "chair" / "chair_red.glb"

    answers = [library.search(question, k=4) for question in (f'"{path}"', path, Query.like(path))]

    assert len({tuple((hit.id, hit.score) for hit in hits) for hits in answers}) == 1


def test_a_query_file_may_use_the_whole_folder_that_was_indexed(tmp_path):
    folder = tmp_path / "models"
    (folder / "chairs").mkdir(parents=True)
    (folder / "shared.mtl").write_text("newmtl m\nKd 1 0 0\n")
    path = folder / "chairs" / "a.obj"
    path.write_text("mtllib ../shared.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nusemtl m\nf 1 2 3\n")
    with Library.open(tmp_path / "library") as library:
        library.add([folder], jobs=1)
        (record,) = library.records()

        _, vectors = library.vectors()
        query = library._searchers.examples.model(str(path))

    assert (record.warnings, record.colours) == ((), ("#ff0000",))
    assert (
        query[load_encoder(library.settings.default_encoder).space.digest].tobytes() == vectors[0].tobytes()
    )


def test_more_like_this_leaves_the_model_itself_out(library):
    hits = library.similar(id_of(library, "rod_iron"), k=2)

    assert hits[0].name == "rod_steel"
    assert "rod_iron" not in [hit.name for hit in hits]


def test_an_upload_finds_what_the_same_file_on_disk_finds(library, models):
    path = models / "chair" / "chair_red.glb"

    upload = library.search_bytes("dropped.glb", path.read_bytes(), k=3)

    assert [hit.id for hit in upload] == [hit.id for hit in library.search(path, k=3)]
    assert "dropped.glb" in upload.query


def test_an_upload_that_is_no_model_says_why(library):
    with pytest.raises(MalformedFile) as caught:
        library.search_bytes("dropped.glb", b"glTF" + (2).to_bytes(4, "little") + bytes(4))

    assert caught.value.path == "dropped.glb"


def test_a_query_file_that_is_not_there_says_so(library, tmp_path):
    with pytest.raises(FileNotFound, match="no such file"):
        library.search(tmp_path / "gone.glb")


def test_hits_name_what_made_them(library):
    id = id_of(library, "rod_iron")
    both, one = library.similar(id).made_by, library.similar(id, encoder="geo18").made_by

    spaces = {name: load_encoder(name).space.digest for name in ("shape1", "words2", "geo18")}
    assert both == {
        "polyseek": polyseek.__version__, "encoder": "shape1+words2",
        "space": f"{spaces['shape1']}+{spaces['words2']}",
    }  # fmt: skip
    assert one == {"polyseek": polyseek.__version__, "encoder": "geo18", "space": spaces["geo18"]}


def test_records_are_filtered_sorted_and_counted(library):
    found = [record.name for record in library.records("longest < 1.2", sort="-size_y")]

    assert found[0] == "chair_tall"
    assert sorted(found) == ["chair_blue", "chair_red", "chair_tall"]
    assert library.count("longest < 1.2") == 3
    assert library.count() == len(SIDES)
    assert library.facets("longest < 1.2")["format"] == {"glb": 3}
    with pytest.raises(QueryError):
        library.count("colour_of_money = 3")


def test_vectors_are_the_encoders_own_rows(library):
    ids, vectors = library.vectors()
    plain, numbers = library.vectors("geo18")

    encoder = load_encoder(library.settings.default_encoder)
    assert vectors.shape == (len(SIDES), encoder.space.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(SIDES)), abs=1e-5)
    assert set(ids) == set(plain) == {record.id for record in library.records()}
    assert numbers.shape[1] == load_encoder("geo18").space.dimensions
    with pytest.raises(UsageError):
        library.vectors("nonesuch")


def test_thumbnails_are_webp_from_two_sides(library):
    front, back = (library.thumbnail(id_of(library, "chair_red"), name) for name in ("front", "back"))

    for picture in (front, back):
        assert picture[:4] == b"RIFF"
        assert picture[8:12] == b"WEBP"
    assert library.thumbnail(id_of(library, "chair_red"), "inside") is None
    with pytest.raises(UnknownId):
        library.thumbnail("nonesuch")


def test_a_models_glb_has_the_size_it_was_indexed_with(library, tmp_path):
    path = tmp_path / "out.glb"
    path.write_bytes(library.model_glb(id_of(library, "chair_red")))

    found = polyseek.inspect(path)

    assert found.triangles == 12
    assert found.size_metres == pytest.approx((0.5, 1.0, 0.5))


def test_info_counts_records_formats_and_vectors(library):
    info = library.info().as_json()

    assert json.loads(json.dumps(info)) == info
    assert (info["records"], info["present"], info["missing"]) == (len(SIDES), len(SIDES), 0)
    assert info["formats"] == {"glb": len(SIDES)}
    assert {each["id"]: each["vectors"] for each in info["encoders"]} == dict.fromkeys(
        library.settings.encoders, len(SIDES)
    )
    assert (info["healthy"], info["problems"], info["library"]) == (True, [], str(library.path))
    assert info["schema"] >= 1
    assert info["bytes"] > 10_000


def test_load_gives_an_asset_in_the_one_frame(models):
    asset = polyseek.load(models / "chair" / "chair_red.glb")
    turned = polyseek.load(str(models / "chair" / "chair_red.glb"), up="z", unit="mm")

    assert isinstance(asset, polyseek.Asset)
    assert (asset.frame.up, asset.frame.up_by, asset.frame.unit_metres) == ("y", "format", 1.0)
    assert (turned.frame.up, turned.frame.up_by, turned.frame.unit_metres) == ("z", "person", 0.001)


def test_edits_are_undone_one_by_one(light_library, tmp_path, write_box):
    write_box(tmp_path / "models" / "a.glb")
    light_library.add([tmp_path / "models"])
    (record,) = light_library.records()

    assert light_library.tag([record.id], add=["mine"]) == 1
    assert light_library.remove([record.id]) == 1
    assert light_library.count() == 0
    assert light_library.undo()
    assert light_library.count("tag = 'mine'") == 1
    assert len(light_library.history()) >= 1
    assert light_library.undo()
    assert light_library.count("tag = 'mine'") == 0
    assert light_library.undo() is None


def test_missing_models_are_forgotten_only_when_asked(light_library, tmp_path, write_box):
    path = write_box(tmp_path / "models" / "a.glb")
    light_library.add([tmp_path / "models"])
    path.unlink()
    light_library.add([tmp_path / "models"])

    assert light_library.count() == 1
    assert light_library.prune() == 1
    assert light_library.count() == 0


def test_a_backup_opens_as_a_library(light_library, tmp_path, write_box):
    write_box(tmp_path / "models" / "a.glb")
    light_library.add([tmp_path / "models"])
    target = tmp_path / "copy"
    target.mkdir()

    light_library.backup(target / "library.db")

    with Library.open(target, create=False) as copy:
        assert [record.id for record in copy.records()] == [record.id for record in light_library.records()]


def test_a_library_is_made_with_settings_that_a_person_can_read(tmp_path):
    with Library.open(tmp_path / "new"):
        pass

    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["library.db", "library.toml"]
    assert "# Which encoders" in (tmp_path / "new" / "library.toml").read_text()


def test_opening_without_making_is_refused_where_there_is_none(tmp_path):
    with pytest.raises(LibraryError) as caught:
        Library.open(tmp_path / "none", create=False)

    assert caught.value.path == str(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_the_library_is_the_environments_unless_it_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("POLYSEEK_LIBRARY", str(tmp_path / "mine"))

    with Library.open() as mine, Library.open(tmp_path / "other") as other:
        assert (mine.path, other.path) == (tmp_path / "mine", tmp_path / "other")


def test_a_library_where_nothing_can_be_written_says_so(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(LibraryError) as caught:
        Library.open(tmp_path / "file" / "library")

    assert "--library" in caught.value.hint


SCRIPT = """
import sys
import polyseek

library = polyseek.Library.open(sys.argv[1])
report = library.add([sys.argv[2]])
print(report.added, library.search("cup")[0].name)
library.close()
"""


def test_a_plain_script_without_a_main_guard_indexes_and_searches(tmp_path, write_box):
    write_box(tmp_path / "models" / "cup.glb", 0.1, 0.1, 0.1)
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)

    answer = subprocess.run(
        [sys.executable, script, tmp_path / "library", tmp_path / "models"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "1 cup\n"


def test_what_was_told_of_files_holds_until_it_is_taken_back(models: Path, light_library: Library):
    number = light_library.add([models], up="z", unit="mm").added
    before = {record.id: record.size_metres for record in light_library.records()}

    again = light_library.add([models])
    first = sorted(models.rglob("*.glb"))[0]
    first.rename(models / f"moved_{first.name}")
    moved = light_library.add([models])

    assert (again.known, again.changed) == (number, 0)
    assert (moved.moved, moved.changed) == (1, 0)
    assert {record.id: record.size_metres for record in light_library.records()} == before
    assert {record.up_by for record in light_library.records()} == {"person"}

    back = light_library.add([models], up="auto", unit="auto")

    assert back.changed == number
    assert {record.up_by for record in light_library.records()} == {"format"}


def test_a_record_tells_when_it_was_added_and_keeps_it_when_its_file_changes(
    models: Path, light_library: Library, write_box
):
    before = datetime.now(UTC).replace(microsecond=0)
    light_library.add([models])
    first = next(light_library.records())
    added = datetime.fromisoformat(first.added)
    assert before <= added <= datetime.now(UTC)

    time.sleep(1.1)  # the moment is told in seconds
    write_box(Path(first.path), 3.0, 3.0, 3.0)
    report = light_library.add([models])

    assert report.changed == 1
    assert light_library.record(first.id).added == first.added
