"""Paths of the library to bytes, and the note of what a reader looks into."""

from __future__ import annotations

import zipfile

import pytest

from polyseek.assets.digest import digest_bytes, digest_model
from polyseek.errors import FileNotFound
from polyseek.indexing.sources import (
    ABSENT,
    TracedSource,
    digest_of,
    is_fresh,
    moved_along,
    open_source,
    split_member,
    split_node,
    stat_file,
)


@pytest.mark.parametrize(
    ("path", "file", "member"),
    [
        ("/m/a.glb", "/m/a.glb", None),
        ("/m/pack.zip!/chairs/a.glb", "/m/pack.zip", "chairs/a.glb"),
        ("/m/Pack.ZIP!/a.glb", "/m/Pack.ZIP", "a.glb"),
        ("/wow!/a.glb", "/wow!/a.glb", None),
    ],
)
def test_a_path_is_a_file_or_a_member_of_an_archive(path, file, member):
    assert split_member(path) == (file, member)


def test_a_node_is_told_from_its_scene_whatever_their_names_hold(tmp_path):
    scene = tmp_path / "room #2.glb"
    scene.write_bytes(b"x")

    assert split_node(f"{scene}#Root/Chair #1") == (str(scene), "Root/Chair #1")
    assert split_node("/gone/room.glb#Chair #1") == ("/gone/room.glb", "Chair #1")


def test_every_side_file_is_noted_also_those_of_side_files_and_those_that_are_not_there(tmp_path):
    (tmp_path / "textures").mkdir()
    (tmp_path / "a.obj").write_bytes(b"model")
    (tmp_path / "a.mtl").write_bytes(b"mtl")
    (tmp_path / "textures" / "wood.png").write_bytes(b"png")
    source = TracedSource(open_source(str(tmp_path / "a.obj")))

    source.resolve("a.mtl").resolve("textures/wood.png")
    with pytest.raises(FileNotFound):
        source.resolve("textures/gone.png")
    side_files = source.trace.side_files()

    assert side_files == (
        (str(tmp_path / "a.mtl"), 3, (tmp_path / "a.mtl").stat().st_mtime_ns),
        (str(tmp_path / "textures/gone.png"), *ABSENT),
        (str(tmp_path / "textures/wood.png"), 3, (tmp_path / "textures/wood.png").stat().st_mtime_ns),
    )
    assert all(is_fresh(each, stat_file) for each in side_files)
    assert digest_of(source, side_files) == digest_model(
        digest_bytes(b"model"), [digest_bytes(b"mtl"), digest_bytes(b"png")]
    )


def test_a_side_file_that_changes_goes_or_comes_is_no_longer_fresh(tmp_path):
    path = tmp_path / "a.mtl"
    path.write_bytes(b"mtl")
    size, mtime_ns = stat_file(str(path))

    assert is_fresh((str(path), size, mtime_ns), stat_file)
    assert not is_fresh((str(path), size + 1, mtime_ns), stat_file)
    assert not is_fresh((str(path), *ABSENT), stat_file)
    path.unlink()
    assert not is_fresh((str(path), size, mtime_ns), stat_file)
    assert is_fresh((str(path), *ABSENT), stat_file)


def test_members_of_archives_have_digests_and_side_files_too(tmp_path):
    archive = tmp_path / "pack.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("chairs/a.obj", b"model")
        file.writestr("chairs/a.mtl", b"mtl")
    source = TracedSource(open_source(f"{archive}!/chairs/a.obj"))

    source.resolve("a.mtl")
    side_files = source.trace.side_files()

    assert [(path, size) for path, size, _ in side_files] == [(f"{archive}!/chairs/a.mtl", 3)]
    assert digest_of(source, side_files) == digest_model(digest_bytes(b"model"), [digest_bytes(b"mtl")])


def test_side_files_are_looked_for_in_the_same_places_as_seen_from_the_new_path(tmp_path):
    (tmp_path / "new" / "models").mkdir(parents=True)
    (tmp_path / "new" / "textures").mkdir()
    (tmp_path / "new" / "textures" / "wood.png").write_bytes(b"1234")
    old = (("/old/textures/wood.png", 4, 7), ("/old/models/gone.mtl", *ABSENT))

    moved = moved_along(old, "/old/models/a.obj", str(tmp_path / "new/models/a.obj"))
    elsewhere = moved_along(old, "/old/models/a.obj", str(tmp_path / "a.obj"))

    assert moved is not None
    assert [path for path, *_ in moved] == [
        str(tmp_path / "new/textures/wood.png"),
        str(tmp_path / "new/models/gone.mtl"),
    ]
    assert elsewhere is None


def test_a_file_that_is_gone_has_no_digest(tmp_path):
    with pytest.raises(FileNotFound):
        digest_of(open_source(str(tmp_path / "gone.glb")), ())
