"""References stay inside their root; archives are read within limits."""

import io
import zipfile

import pytest

from polyseek.errors import (
    EmptyModel,
    FileNotFound,
    LimitExceeded,
    MalformedFile,
    OutsideReference,
    UnsupportedFormat,
)
from polyseek.formats import ArchiveSource, FileSource, Limits, MemorySource, read_asset
from polyseek.formats.source import members

OFF = b"OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n"


@pytest.fixture
def pack(tmp_path):
    def made(files, compression=zipfile.ZIP_DEFLATED):
        path = tmp_path / "pack.zip"
        with zipfile.ZipFile(path, "w", compression) as file:
            for name, data in files.items():
                file.writestr(name, data)
        return path

    return made


def test_references_are_found_inside_the_root_and_refused_outside(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "textures").mkdir()
    (tmp_path / "models" / "a.obj").write_bytes(b"")
    (tmp_path / "textures" / "Wood.png").write_bytes(b"wood")
    source = FileSource(tmp_path / "models" / "a.obj", tmp_path)

    assert source.resolve("../textures/Wood.png").read() == b"wood"
    assert source.resolve("..\\textures\\wood.PNG").read() == b"wood"
    with pytest.raises(OutsideReference):
        source.resolve("../../../../etc/passwd")
    with pytest.raises(OutsideReference):
        source.resolve("https://example.org/wood.png")
    with pytest.raises(FileNotFound):
        source.resolve("/somewhere/else.png")


def test_a_link_out_of_the_root_is_refused(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (root / "a.png").symlink_to(tmp_path / "secret")

    with pytest.raises(OutsideReference):
        FileSource(root / "a.obj").resolve("a.png")


def test_a_member_finds_its_side_files_in_the_archive(pack):
    path = pack({"a/b.obj": b"mesh", "tex/c.png": b"pixels"})
    source = ArchiveSource(path, "a/b.obj")

    assert (source.read(), source.read(2), source.size()) == (b"mesh", b"me", 4)
    assert source.resolve("../tex/C.png").read() == b"pixels"
    assert source.opened == ["../tex/C.png"]
    with pytest.raises(OutsideReference):
        source.resolve("../../tex/c.png")


def test_members_are_the_models_that_stand_inside(pack):
    names = [
        "a.glb",
        "dir/b.OBJ",
        "../c.stl",
        "/d.stl",
        "__MACOSX/._a.glb",
        "read.txt",
        "inner.zip",
        "x/../../e.off",
    ]

    assert members(pack(dict.fromkeys(names, b""))) == ["a.glb", "dir/b.OBJ"]


def test_a_bomb_is_refused_by_its_ratio_and_by_its_size(pack):
    path = pack({"a.stl": b"\0" * 5_000_000})

    with pytest.raises(LimitExceeded, match="archive_ratio"):
        ArchiveSource(path, "a.stl", Limits(archive_ratio=100)).read()
    with pytest.raises(LimitExceeded, match="archive_member_mb"):
        ArchiveSource(path, "a.stl", Limits(archive_member_mb=1)).read()


def test_damaged_archives_and_missing_members_are_refused(pack, tmp_path):
    path = pack({"a.off": OFF}, zipfile.ZIP_STORED)
    whole = path.read_bytes()
    with pytest.raises(FileNotFound):
        ArchiveSource(path, "b.off").read()
    path.write_bytes(whole.replace(b"OFF\n3", b"OFF\n4"))
    with pytest.raises(MalformedFile):
        ArchiveSource(path, "a.off").read()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MalformedFile):
        members(path)
    with pytest.raises(FileNotFound):
        members(tmp_path / "none.zip")


def test_an_encrypted_member_is_refused(pack):
    path = pack({"a.off": OFF})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)

    with pytest.raises(UnsupportedFormat, match="encrypted"):
        ArchiveSource(path, "a.off").read()


def test_an_archive_of_no_model_and_one_of_two_are_refused(pack):
    with pytest.raises(EmptyModel):
        read_asset(FileSource(pack({"a.txt": b""})))
    with pytest.raises(UnsupportedFormat, match="2 models"):
        read_asset(FileSource(pack({"a.off": OFF, "b.off": OFF})))


def test_an_archive_in_an_archive_is_not_opened(pack):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("a.off", OFF)

    with pytest.raises(UnsupportedFormat, match="inside"):
        read_asset(ArchiveSource(pack({"inner.zip": inner.getvalue()}), "inner.zip"))


def test_references_of_an_upload_stay_inside_it():
    source = MemorySource("a/m.gltf", b"", {"a/m.bin": b"1", "t.png": b"2"})

    assert (source.resolve("m.bin").read(), source.resolve("../t.png").read()) == (b"1", b"2")
    with pytest.raises(OutsideReference):
        source.resolve("../../t2.png")
