"""What a library is asked: searches by words, files and likeness; records and vectors."""

from __future__ import annotations

import numpy as np
import pytest

import polyseek
from polyseek.encoders.shelf import load as load_encoder
from polyseek.errors import FileNotFound, MalformedFile, QueryError, UsageError
from polyseek.library import Library
from polyseek.search.query import Query


def test_words_find_models_by_name_and_folder(library):
    assert library.search("red chair")[0].name == "chair_red"
    assert {hit.name for hit in library.search("table")} == {"table_wood", "table_white", "table_low"}
    assert len(library.search("submarine")) == 0


def test_a_model_file_finds_itself_and_what_is_like_it(library, boxes):
    hits = library.search(boxes / "table" / "table_wood.glb", k=3)

    assert hits[0].name == "table_wood"
    assert hits[0].score == pytest.approx(1.0, abs=1e-3)
    assert {hit.name for hit in hits} == {"table_wood", "table_white", "table_low"}


def test_a_path_in_a_text_a_path_and_a_query_are_the_same_question(library, boxes):
    path = boxes / "chair" / "chair_red.glb"

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


def test_more_like_this_leaves_the_model_itself_out(library, id_of):
    hits = library.similar(id_of("rod_iron"), k=2)

    assert hits[0].name == "rod_steel"
    assert "rod_iron" not in [hit.name for hit in hits]


def test_an_upload_finds_what_the_same_file_on_disk_finds(library, boxes):
    path = boxes / "chair" / "chair_red.glb"

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


def test_hits_name_what_made_them(library, id_of):
    id = id_of("rod_iron")
    both, one = library.similar(id).made_by, library.similar(id, encoder="geo18").made_by

    spaces = {name: load_encoder(name).space.digest for name in ("shape1", "words2", "geo18")}
    assert both == {
        "polyseek": polyseek.__version__, "encoder": "shape1+words2",
        "space": f"{spaces['shape1']}+{spaces['words2']}",
    }  # fmt: skip
    assert one == {"polyseek": polyseek.__version__, "encoder": "geo18", "space": spaces["geo18"]}


def test_records_are_filtered_sorted_and_counted(library, sides):
    found = [record.name for record in library.records("longest < 1.2", sort="-size_y")]

    assert found[0] == "chair_tall"
    assert sorted(found) == ["chair_blue", "chair_red", "chair_tall"]
    assert library.count("longest < 1.2") == 3
    assert library.count() == len(sides)
    assert library.facets("longest < 1.2")["format"] == {"glb": 3}
    with pytest.raises(QueryError):
        library.count("colour_of_money = 3")


def test_vectors_are_the_encoders_own_rows(library, sides):
    ids, vectors = library.vectors()
    plain, numbers = library.vectors("geo18")

    encoder = load_encoder(library.settings.default_encoder)
    assert vectors.shape == (len(sides), encoder.space.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(sides)), abs=1e-5)
    assert set(ids) == set(plain) == {record.id for record in library.records()}
    assert numbers.shape[1] == load_encoder("geo18").space.dimensions
    with pytest.raises(UsageError):
        library.vectors("nonesuch")
