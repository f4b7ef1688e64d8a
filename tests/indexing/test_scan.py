"""The scan: what is found where, and what is passed by."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from polyseek.formats.limits import Limits
from polyseek.indexing.scan import ScanOptions, scan


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def found(folder: Path, **options) -> list[str]:
    result = scan([str(folder)], ScanOptions(**options))
    return [os.path.relpath(path, folder) for path in result.found]


def test_models_are_found_in_all_folders_in_order_of_their_names(tmp_path):
    touch(tmp_path, "b.glb", "a/z.STL", "a/deep/er/y.obj", "notes.txt", "a/picture.png")

    assert found(tmp_path) == ["a/deep/er/y.obj", "a/z.STL", "b.glb"]


@pytest.mark.parametrize(
    "name",
    [
        ".git/a.glb", "@eaDir/a.glb", "__MACOSX/a.glb", ".Trash-1000/a.glb", "node_modules/p/a.glb",
        "#recycle/a.glb", ".demo/a.glb", ".hidden.glb", "deep/@eaDir/a.glb", "._a.glb",
    ],
)  # fmt: skip
def test_what_programs_and_shares_keep_for_themselves_is_passed_by(tmp_path, name):
    touch(tmp_path, name, "kept.glb")

    assert found(tmp_path) == ["kept.glb"]


def test_the_librarys_own_folder_is_passed_by(tmp_path):
    touch(tmp_path, "library/a.glb", "other/library/b.glb")

    assert found(tmp_path, skip=(str(tmp_path / "library"),)) == ["other/library/b.glb"]


@pytest.mark.parametrize(
    ("glob", "left"),
    [
        ("*/wip/*", ["a.glb", "b/c.glb"]),
        ("wip", ["a.glb", "b/c.glb"]),
        ("*.glb", []),
        ("b/c.glb", ["a.glb", "b/wip/d.glb"]),
        ("a.*", ["b/c.glb", "b/wip/d.glb"]),
    ],
)
def test_excluded_globs_leave_out_folders_and_files(tmp_path, glob, left):
    touch(tmp_path, "a.glb", "b/c.glb", "b/wip/d.glb")

    assert found(tmp_path, exclude=(glob,)) == left


def test_members_of_archives_are_found_with_size_and_without_unpacking(tmp_path):
    with zipfile.ZipFile(tmp_path / "pack.ZIP", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("chairs/a.glb", b"x" * 1000)
        archive.writestr("__MACOSX/chairs/._a.glb", b"x")
        archive.writestr("readme.txt", b"x")
    before = sorted(tmp_path.rglob("*"))

    result = scan([str(tmp_path)], ScanOptions())

    (member,) = result.found.values()
    assert member.path == f"{tmp_path}/pack.ZIP!/chairs/a.glb"
    assert member.bytes == 1000
    assert member.mtime_ns == (tmp_path / "pack.ZIP").stat().st_mtime_ns
    assert sorted(tmp_path.rglob("*")) == before


def test_a_damaged_archive_is_one_failure_and_hides_nothing_else(tmp_path):
    touch(tmp_path, "broken.zip", "a.glb")

    result = scan([str(tmp_path)], ScanOptions())

    assert [Path(path).name for path in result.found] == ["a.glb"]
    assert [(Path(path).name, error.kind) for path, error in result.failures] == [("broken.zip", "malformed")]
    assert not result.covers(f"{tmp_path}/broken.zip!/x.glb")
    assert result.covers(f"{tmp_path}/gone.glb")


def test_an_archive_of_too_many_members_is_refused_by_the_limits_name(tmp_path):
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        for number in range(11):
            archive.writestr(f"{number}.glb", b"x")

    result = scan([str(tmp_path)], ScanOptions(limits=Limits(nodes=10)))

    assert not result.found
    assert "nodes = 10" in result.failures[0][1].message


def test_links_are_followed_but_never_in_circles(tmp_path):
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    touch(outside, "far.glb")
    touch(inside, "near.glb")
    (inside / "round").symlink_to(inside, target_is_directory=True)
    (inside / "up").symlink_to(tmp_path, target_is_directory=True)
    (inside / "away").symlink_to(outside, target_is_directory=True)
    (inside / "broken.glb").symlink_to(tmp_path / "nowhere.glb")

    assert found(inside) == ["away/far.glb", "near.glb"]


def test_a_file_that_was_named_is_found_and_its_neighbours_are_not_looked_at(tmp_path):
    touch(tmp_path, "a.glb", "b.glb")

    result = scan([str(tmp_path / "a.glb")], ScanOptions())

    assert list(result.found) == [str(tmp_path / "a.glb")]
    assert result.found[str(tmp_path / "a.glb")].root == str(tmp_path)
    assert not result.covers(str(tmp_path / "b.glb"))


def test_what_is_not_there_is_a_failure_and_a_walk_that_found_nothing(tmp_path):
    share = str(tmp_path / "share")

    result = scan([share], ScanOptions())

    assert [(path, error.kind) for path, error in result.failures] == [(share, "not_found")]
    assert result.covers(f"{share}/a.glb")


def test_kinds_that_are_not_read_get_one_line_each_that_says_what_to_do(tmp_path):
    touch(tmp_path, "a.blend", "b.blend", "twin.blend", "twin.glb", "part.sldprt")

    failures = scan([str(tmp_path)], ScanOptions()).failures

    lines = sorted((Path(path).name, error.kind, error.message, error.hint) for path, error in failures)
    assert [line[:2] for line in lines] == [("a.blend", "unsupported"), ("part.sldprt", "unsupported")]
    assert "and 1 more" in lines[0][2]
    assert "Export" in lines[0][3]


def test_a_file_found_under_two_paths_given_is_there_once(tmp_path):
    touch(tmp_path, "a/b.glb")

    result = scan([str(tmp_path), str(tmp_path / "a")], ScanOptions())

    assert len(result.found) == 1
    assert result.found[str(tmp_path / "a/b.glb")].root == str(tmp_path)


def test_a_licence_or_info_file_beside_or_above_changes_what_is_remembered(tmp_path):
    touch(tmp_path, "pack/models/a.glb", "other/b.glb")
    model, other = str(tmp_path / "pack/models/a.glb"), str(tmp_path / "other/b.glb")
    before = scan([str(tmp_path)], ScanOptions()).found

    touch(tmp_path, "pack/LICENSE.txt")
    after = scan([str(tmp_path)], ScanOptions()).found

    assert before[model].sidecars != after[model].sidecars
    assert before[other].sidecars == after[other].sidecars


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_not_text_is_a_failure(tmp_path):
    with open(os.fsencode(tmp_path) + b"/\xff\xfe.glb", "wb"):  # noqa: PTH123
        touch(tmp_path, "good.glb")

    result = scan([str(tmp_path)], ScanOptions())

    assert [Path(path).name for path in result.found] == ["good.glb"]
    assert result.failures[0][1].hint == "rename the file"


def test_a_walk_that_is_stopped_says_nothing_of_what_it_did_not_see(tmp_path):
    touch(tmp_path, "a.glb", "b.glb")

    result = scan([str(tmp_path)], ScanOptions(), stopped=lambda: True)

    assert not result.covers(str(tmp_path / "a.glb"))
