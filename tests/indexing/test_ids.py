"""Ids: short, of the path, never given twice."""

from __future__ import annotations

import base64
import hashlib

from polyseek.indexing.ids import SHORTEST, Ids, id_of


def test_an_id_is_the_beginning_of_the_paths_digest_in_base32():
    digest = hashlib.blake2b(b"/m/a.glb", digest_size=20).digest()

    assert id_of("/m/a.glb") == base64.b32encode(digest).decode().lower()[:8]
    assert id_of("/m/a.glb", 12).startswith(id_of("/m/a.glb"))


def test_a_model_that_has_an_id_keeps_it():
    assert Ids(lambda id: None).give("/m/a.glb", {"/m/a.glb": "kept"}) == "kept"


def test_an_id_that_another_path_holds_is_lengthened():
    taken = {id_of("/m/a.glb"): "/m/moved.glb"}

    assert Ids(taken.get).give("/m/a.glb", {}) == id_of("/m/a.glb", SHORTEST + 1)


def test_ids_given_in_one_run_differ_though_none_is_written_yet(monkeypatch):
    monkeypatch.setattr("polyseek.indexing.ids.id_of", lambda path, length: (path[0] * 7 + path[1:])[:length])
    ids = Ids(lambda id: None)

    assert [ids.give("ab1", {}), ids.give("ab2", {})] == ["aaaaaaab", "aaaaaaab2"]


def test_the_path_of_an_earlier_record_gives_its_id_again():
    earlier = {id_of("/m/a.glb"): "/m/a.glb"}

    assert Ids(earlier.get).give("/m/a.glb", {}) == id_of("/m/a.glb")
