"""Where a library is, and how it is opened and made."""

from __future__ import annotations

import pytest

from polyseek.errors import LibraryError
from polyseek.library import Library


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
