"""The catalogue's contract on SqliteCatalogue: records, files, batches, words, facets, several writers."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from polyseek.catalogue.condition import Compare
from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record, Tag
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.encoders.contract import Space
from polyseek.errors import LibraryBusy, LibraryError, QueryError, SpaceMismatch, UnknownId, UsageError
from polyseek.words import tokens

FULL = Record(
    id="k3f9", path="/m/pack.zip!/chairs/Red_Chair.glb", root="/m", name="Red_Chair", format="glb", bytes=123,
    digest="e" * 32, status="present", added="2026-01-01T00:00:00Z", words=("red", "chair"),
    tags=(Tag("chair"), Tag("red", "person")), size_metres=(1.0, 2.0, 0.5), up="z", up_by="guess", up_confidence=0.75,
    unit_by="person", triangles=12, vertices=8, parts=2, has_texture=True, has_vertex_colour=True, has_normals=True,
    animated=True, watertight=True, colours=("#ff0000",), measures={"volume": None, "area": 2.5, "body_count": 3},
    licence="CC0-1.0", warnings=("no texture",), parent="abcd",
)  # fmt: skip


def names(catalogue: SqliteCatalogue, query: str) -> list[str]:
    keys = [key for key, _ in catalogue.match_words(tokens(query), 100)]
    records = catalogue.records_by_key(keys)
    return [records[key].name for key in keys]


def test_a_record_comes_back_as_it_was_written(catalogue):
    with catalogue.batch() as batch:
        batch.put(Stamp("/m/pack.zip!/chairs/Red_Chair.glb", "/m", 1, 2, "x"), [Entry(FULL)])

    found = catalogue.record("k3f9")

    assert replace(found, measures={}) == replace(FULL, measures={})
    assert {name: found.measures[name] for name in FULL.measures} == FULL.measures
    assert set(found.measures.values()) == {None, 2.5, 3}


def test_a_stamp_comes_back_as_it_was_written(catalogue):
    stamp = Stamp("/m/a.obj", "/m", 5, 10**18, "dd", (("/m/a.mtl", 3, 7),), "rr", ("malformed", "cut short"))
    with catalogue.batch() as batch:
        batch.fail(stamp)

    assert list(catalogue.stamps()) == [stamp]
    assert list(catalogue.stamps("/m")) == [stamp]
    assert list(catalogue.stamps("/n")) == []


def test_a_batch_that_fails_leaves_nothing(catalogue, put):
    put("a.glb")
    before = catalogue.generation()

    def interrupted():
        with catalogue.batch() as batch:
            batch.mark(["/models/a.glb"], "missing")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert catalogue.record("id-a").status == "present"
    assert catalogue.generation() == before


def test_every_write_changes_the_generation_for_every_reader(catalogue, put, tmp_path):
    with SqliteCatalogue.open(tmp_path) as other:
        before = other.generation()
        put("a.glb")
        after = other.generation()
        catalogue.tag(["id-a"], ["new"])

        assert before < after < other.generation()


def test_indexing_again_keeps_added_date_and_what_a_person_did_to_tags(catalogue, put):
    put("a.glb", tags=("wood", "oak"), added="first")
    catalogue.tag(["id-a"], add=["mine"], remove=["oak"])

    put("a.glb", tags=("wood", "oak", "new"), added="second", triangles=7)

    record = catalogue.record("id-a")
    assert record.added == "first"
    assert record.triangles == 7
    assert {(tag.tag, tag.by) for tag in record.tags} == {
        ("wood", "file"),
        ("new", "file"),
        ("mine", "person"),
    }


def test_a_model_that_its_file_no_longer_holds_becomes_missing(catalogue):
    stamp = Stamp("/m/scene.glb", "/m", 1, 1, "x")
    nodes = [replace(FULL, id=f"n{i}", path=f"/m/scene.glb#{i}") for i in range(3)]
    with catalogue.batch() as batch:
        batch.put(stamp, [Entry(node) for node in nodes])
    with catalogue.batch() as batch:
        batch.put(stamp, [Entry(node) for node in nodes[:2]])

    assert [catalogue.record(f"n{i}").status for i in range(3)] == ["present", "present", "missing"]
    assert catalogue.ids_of_file("/m/scene.glb") == ["n0", "n1", "n2"]


def test_a_file_that_cannot_be_read_any_more_keeps_its_records_as_missing(catalogue, put):
    put("a.glb")
    with catalogue.batch() as batch:
        batch.fail(Stamp("/models/a.glb", "/models", 1, 1, "x", failure=("malformed", "cut")))

    assert catalogue.record("id-a").status == "missing"
    assert next(catalogue.stamps()).failure == ("malformed", "cut")


def test_a_moved_file_keeps_its_record_and_takes_the_new_names(catalogue, put):
    put("props/M3_bolt.glb", tags=("props", "bolt", "from info"), words=("m3", "bolt", "models", "props"))
    catalogue.tag(["id-m3_bolt"], ["mine"])
    with catalogue.batch() as batch:
        batch.move("/models/props/M3_bolt.glb", Stamp("/other/parts/M4_bolt.glb", "/other", 10, 2, "d"))

    record = catalogue.record("id-m3_bolt")
    assert (record.path, record.root, record.name) == ("/other/parts/M4_bolt.glb", "/other", "M4_bolt")
    assert {(tag.tag, tag.by) for tag in record.tags} == {
        ("m4", "file"), ("bolt", "file"), ("other", "file"), ("parts", "file"), ("from info", "file"), ("mine", "person"),
    }  # fmt: skip
    assert names(catalogue, "M4") == ["M4_bolt"]
    assert names(catalogue, "M3") == []
    assert [stamp.path for stamp in catalogue.stamps()] == ["/other/parts/M4_bolt.glb"]
    assert catalogue.problems() == []


def test_a_move_to_the_same_path_only_renews_the_stamp(catalogue, put):
    put("a.glb")
    with catalogue.batch() as batch:
        batch.move("/models/a.glb", Stamp("/models/a.glb", "/models", 10, 99, "d"))

    assert [stamp.mtime_ns for stamp in catalogue.stamps()] == [99]
    assert catalogue.record("id-a").name == "a"


def test_mark_counts_what_changed(catalogue, put):
    put("a.glb")
    put("b.glb")
    with catalogue.batch() as batch:
        assert batch.mark(["/models/a.glb", "/models/none.glb"], "missing") == 1
        assert batch.mark(["/models/a.glb", "/models/b.glb"], "missing") == 1

    assert catalogue.count(Compare("status", "=", "missing")) == 2


def test_an_id_may_be_given_by_its_beginning(catalogue, put):
    put("chair.glb")
    put("chest.glb")

    assert catalogue.record("id-cha").name == "chair"
    with pytest.raises(UnknownId, match="several") as several:
        catalogue.record("id-ch")
    assert "id-chair" in several.value.hint
    with pytest.raises(UnknownId, match="no model") as none:
        catalogue.record("idx")
    assert "id-chair" in none.value.hint
    with pytest.raises(UnknownId):
        catalogue.record("")


def test_records_are_sorted_cut_and_paged(catalogue, put):
    for name, triangles, licence in (("b", 3, "MIT"), ("a", 1, None), ("c", 2, "CC0")):
        put(f"{name}.glb", triangles=triangles, licence=licence)

    def listed(**how: object) -> str:
        return "".join(record.name for record in catalogue.records(**how))

    assert listed() == "abc"
    assert listed(sort="-triangles") == "bca"
    assert listed(sort="licence") == "cba"
    assert listed(sort="-name", limit=1, offset=1) == "b"
    with pytest.raises(QueryError):
        listed(sort="key; DROP TABLE records")


def test_facets_count_each_value(catalogue, put):
    put("a.glb", tags=("red",), has_texture=True, licence="MIT")
    put("b.glb", tags=("red", "blue"), format="obj")
    put("c.glb")
    catalogue.remove(["id-c"])

    everything, textured = catalogue.facets(), catalogue.facets(Compare("has_texture", "=", True))

    assert everything["format"] == {"glb": 1, "obj": 1}
    assert everything["tag"] == {"red": 2, "blue": 1}
    assert everything["has_texture"] == {"false": 1, "true": 1}
    assert everything["licence"] == {"MIT": 1}
    assert textured["tag"] == {"red": 1}


def test_words_match_names_before_tags_and_folders(catalogue, put):
    put("furniture/x1.glb", tags=("chair",))
    put("chair/x2.glb")
    put("things/chair.glb")

    assert names(catalogue, "chair") == ["chair", "x1", "x2"]


def test_words_know_what_matched_where(catalogue, put):
    put("chairs/red_stool.glb", tags=("oak",))
    groups = tokens("chair stool oak steel")

    (columns,) = catalogue.matched_columns(groups, [catalogue.key_of("id-red_stool")]).values()

    assert columns == ["folders", "name", "tags", ""]


@pytest.mark.parametrize(
    ("typo", "word"),
    [
        ("chiar", "chair"),
        ("chiars", "chair"),
        ("lmap", "lamp"),
        ("chandeleir", "chandelier"),
        ("hydrant", "firehydrant"),
    ],
)
def test_slips_and_parts_lead_to_words_of_the_library(catalogue, put, typo, word):
    for name in ("chair", "lamp", "chandelier", "firehydrant", "table"):
        put(f"{name}.glb")

    assert catalogue.similar_words(typo)[0] == word


def test_words_that_no_record_has_any_more_are_not_offered(catalogue, put):
    put("chair.glb")
    catalogue.remove(["id-chair"])

    assert catalogue.similar_words("chiar") == []


def test_marks_of_the_full_text_language_mean_nothing_in_a_query(catalogue, put):
    put("chair.glb")

    for text in ('chair"', "chair OR table", "NEAR(chair)", "name : chair", "chair*", "-", "^chair", "'"):
        catalogue.match_words(tokens(text), 10)
    assert catalogue.match_words([['"'], ["a*"]], 10) == []


def test_pictures_come_back_by_name(catalogue, put):
    put("a.glb")

    assert catalogue.picture("id-a") == b"webp"
    assert catalogue.picture("id-a", "back") is None


def test_a_vector_of_another_space_is_refused(catalogue, put):
    put("a.glb")
    stamp = Stamp("/m/b.glb", "/m", 1, 1, "x")
    for digest, size in (("cd" * 8, 6), ("ab" * 8, 7)):
        with pytest.raises(SpaceMismatch), catalogue.batch() as batch:
            batch.put(stamp, [Entry(replace(FULL, path="/m/b.glb"), {digest: np.ones(size, np.float32)})])
    with pytest.raises(SpaceMismatch):
        catalogue.vectors("cd" * 8)
    with pytest.raises(SpaceMismatch):
        catalogue.add_space(Space("made", 9, "ab" * 8), "made")

    assert catalogue.count() == 1


def test_a_writer_waits_for_another_and_then_says_so_while_readers_go_on(catalogue, put, tmp_path):
    put("a.glb")
    with SqliteCatalogue.open(tmp_path, timeout_s=0.05) as other, catalogue.batch() as batch:
        batch.mark(["/models/a.glb"], "missing")
        with pytest.raises(LibraryBusy):
            other.tag(["id-a"], ["late"])
        assert other.record("id-a").status == "present"


def test_threads_share_one_catalogue(catalogue, put):
    put("a.glb")
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for _ in range(5):
                catalogue.tag(["id-a"], [f"tag{number}"])
                catalogue.record("id-a")
                catalogue.tag(["id-a"], remove=[f"tag{number}"])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert catalogue.record("id-a").tags == ()


def test_a_folder_without_a_library_is_said_when_none_may_be_made(tmp_path):
    with pytest.raises(LibraryError, match="no library"):
        SqliteCatalogue.open(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_closed_catalogue_says_so(tmp_path):
    catalogue = SqliteCatalogue.open(tmp_path)
    catalogue.close()

    with pytest.raises(LibraryError, match="closed"):
        catalogue.count()


def test_a_backup_is_a_whole_library(catalogue, put, tmp_path):
    put("a.glb")
    target = tmp_path / "copy" / "library.db"
    target.parent.mkdir()
    catalogue.backup(str(target))

    with SqliteCatalogue.open(target.parent, create=False) as copy:
        assert copy.record("id-a") == catalogue.record("id-a")
        assert copy.problems() == []
    with pytest.raises(UsageError, match="exists"):
        catalogue.backup(str(target))


def test_nothing_but_the_library_is_written(catalogue, put, tmp_path: Path):
    put("a.glb")

    assert {path.name for path in tmp_path.iterdir()} <= {"library.db", "library.db-wal", "library.db-shm"}
