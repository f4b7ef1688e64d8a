"""A library is searched by its old Spaces until the new ones are filled, then by those."""

from __future__ import annotations

from collections import Counter

import pytest

from polyseek.encoders.shelf import load as load_encoder
from polyseek.errors import QueryError
from polyseek.indexing import reembed as reembedding
from polyseek.indexing.events import Committed
from polyseek.indexing.settings import FILE_NAME, change_setting
from polyseek.library import Library


def found(hits) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in hits.hits]


def space_of(hits) -> str:
    return hits.made_by["space"]


def test_searches_by_models_find_the_same_all_the_while(d2_library, switch, models, monkeypatch):
    monkeypatch.setattr(reembedding, "COMMIT_FILES", 1)
    example = models / "kitchen" / "cup.glb"
    id = next(d2_library.records('name = "cup"')).id
    like, near = d2_library.search(example), d2_library.similar(id)
    seen: list[tuple[bool, bool, str]] = []
    with switch(d2_library, "geo18") as library:

        def look(event):
            if isinstance(event, Committed) and event.done < event.total:
                now, beside = library.search(example), library.similar(id)
                seen.append((found(now) == found(like), found(beside) == found(near), space_of(now)))

        library.reembed(progress=look)
        after = library.search(example)

        old, new = load_encoder("d2").space.digest, load_encoder("geo18").space.digest
        assert Counter(seen) == {(True, True, old): 4}
        assert space_of(after) == space_of(library.similar(id)) == new
        assert after.hits[0].id == id
        assert after.hits[0].score == pytest.approx(1.0, abs=1e-4)


def test_no_search_compares_vectors_of_two_spaces(d2_library, switch, monkeypatch):
    """Each Space is asked for once a search, and all vectors in hand are of that one."""
    with switch(d2_library, "geo18", "lightfield") as library:
        library.reembed()
        asked: list[str] = []
        read = library._catalogue.vectors

        def noted(digest):
            asked.append(digest)
            return read(digest)

        monkeypatch.setattr(library._catalogue, "vectors", noted)
        library.similar(next(library.records()).id)

        assert asked == [load_encoder("geo18").space.digest]


def test_words_are_looked_for_once_their_encoder_has_read_the_models(d2_library, switch):
    with switch(d2_library, "d2", "words2") as library:
        with pytest.raises(QueryError, match="has been read by words2"):
            library.search("cup", mode="meaning")

        library.reembed()

        hits = library.search("cup", mode="meaning")
        assert hits.made_by["words_space"] == load_encoder("words2").space.digest
        assert len(hits.hits) == 7
        assert space_of(library.similar(hits.hits[0].id)) == load_encoder("d2").space.digest


def test_an_encoder_that_was_dropped_reads_words_until_its_successor_can(d2_library, switch):
    with switch(d2_library, "d2", "words2") as library:
        library.reembed()
    with switch(library, "d2") as without:
        assert len(without.search("cup", mode="meaning").hits) == 7

        without.reembed()

        with pytest.raises(QueryError, match="reads words"):
            without.search("cup", mode="meaning")


def test_an_open_library_takes_up_changed_settings_when_it_is_told_to(d2_library):
    with Library.open(d2_library.path) as library:
        id = next(library.records()).id
        assert library.similar(id).made_by["encoder"] == "d2"
        path = library.path / FILE_NAME
        change_setting(path, "encoders", ("geo18",))
        change_setting(path, "default_encoder", "geo18")

        assert library.reload()
        assert not library.reload()

        assert library.similar(id).made_by["encoder"] == "d2"
        library.reembed()
        assert library.similar(id).made_by["encoder"] == "geo18"
