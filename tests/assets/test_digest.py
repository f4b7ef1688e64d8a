"""The digest: of bytes, not of names, places or times."""

from __future__ import annotations

import hashlib

from polyseek.assets.digest import digest_bytes, digest_file, digest_model


def test_a_file_has_the_digest_of_its_bytes(tmp_path):
    data = bytes(range(256)) * 10_000  # more than one piece
    path = tmp_path / "a.glb"
    path.write_bytes(data)

    expected = hashlib.blake2b(data, digest_size=16).hexdigest()

    assert digest_file(path) == digest_bytes(data) == expected


def test_a_model_without_side_files_has_the_digest_of_its_file():
    assert digest_model("ab") == "ab"


def test_side_files_count_in_any_order_and_differ_from_the_file_itself():
    assert digest_model("a", ["b", "c"]) == digest_model("a", ["c", "b"])
    assert (
        len({digest_model("a", ["b"]), digest_model("b", ["a"]), digest_model("a"), digest_model("b")}) == 4
    )
