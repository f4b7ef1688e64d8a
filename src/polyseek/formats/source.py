"""Where a model's bytes come from, and where its references may point: inside its root, nowhere else.

A reader sees only a Source: it asks for bytes and resolves the names that the file states. A name
that leaves the root, or is an address, is refused; nothing is ever fetched.
"""

from __future__ import annotations

import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from copy import copy
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, TypeVar, runtime_checkable
from urllib.parse import unquote

from polyseek.errors import FileNotFound, MalformedFile, OutsideReference, UnsupportedFormat
from polyseek.formats.limits import Limits

Result = TypeVar("Result")
# Below this size in bytes, how well a member compresses says nothing.
SMALL_MEMBER = 1_000_000


@runtime_checkable
class Source(Protocol):
    """One file of a model. `name`: what people see in messages. `opened`: references read so far, in order."""

    name: str
    opened: list[str]

    @property
    def stem(self) -> str: ...

    @property
    def suffix(self) -> str:
        """Lower case, with the dot."""
        ...

    def size(self) -> int: ...

    def read(self, limit: int | None = None) -> bytes:
        """All bytes, or the first `limit`."""
        ...

    def resolve(self, reference: str) -> Source:
        """The file that this one names.

        Raises FileNotFound when there is none, OutsideReference when it lies outside the root or is
        an address. Tried in order: as spelt, percent-decoded, without regard to case, and by its
        bare name beside the model (many exporters store paths of their own machine).
        """
        ...

    def local_path(self) -> Path | None:
        """Its path on this disk, for libraries that read paths only; None inside archives and uploads."""
        ...


def candidates(reference: str) -> list[PurePosixPath]:
    """The relative paths that `reference` may mean, most literal first. Raises OutsideReference for addresses."""
    spelt = reference.strip().replace("\\", "/")
    if "://" in spelt.split("?", 1)[0] and not spelt.lower().startswith("file://"):
        raise OutsideReference(f"the model names an address, {reference[:80]!r}; nothing is fetched")
    spelt = spelt[7:] if spelt.lower().startswith("file://") else spelt
    found: list[PurePosixPath] = []
    for text in (spelt, unquote(spelt)):
        path = PurePosixPath(text)
        # An absolute path or a drive letter is of somebody else's machine: only its last name can help.
        foreign = path.is_absolute() or text[1:2] == ":"
        for option in [PurePosixPath(path.name)] if foreign else [path, PurePosixPath(path.name)]:
            if option not in found and option.name and "\0" not in str(option):
                found.append(option)
    return found


class FileSource:
    """A file on disk. `root`: the folder that references may not leave; by default the file's own."""

    def __init__(self, path: Path, root: Path | None = None) -> None:
        self.path = path
        self.root = (root or path.parent).resolve()
        self.name = str(path)
        self.opened: list[str] = []
        self._real_folders: dict[str, str] = {}

    @property
    def stem(self) -> str:
        return self.path.stem

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()

    def size(self) -> int:
        return self._guarded(lambda: self.path.stat().st_size)

    def read(self, limit: int | None = None) -> bytes:
        def load() -> bytes:
            with self.path.open("rb") as file:
                return file.read(-1 if limit is None else limit)

        return self._guarded(load)

    def resolve(self, reference: str) -> FileSource:
        outside = False
        for option in candidates(reference):
            path = self.path.parent / option
            if not self._is_inside(path):
                outside = True
            elif (found := _existing(path)) is None:
                continue
            # A name that differs in case may be that of a link which leads out.
            elif found is not path and not self._is_inside(found):
                outside = True
            else:
                self.opened.append(reference)
                return self._beside(found)
        if outside:
            raise OutsideReference(f"the reference {reference[:80]!r} leaves the folder {self.root.name!r}")
        raise FileNotFound(f"the file {reference[:80]!r} that the model names is not there")

    def local_path(self) -> Path | None:
        return self.path

    def _beside(self, path: Path) -> FileSource:
        """A source of the same root, which is not followed again."""
        other = copy(self)
        other.path, other.name, other.opened = path, str(path), []
        return other

    def _is_inside(self, path: Path) -> bool:
        try:
            root, real = os.path.normcase(self.root), os.path.normcase(self._real(path))
        except (OSError, ValueError):
            return False
        return real.startswith(os.path.join(root, ""))  # noqa: PTH118 - the root with its last separator

    def _real(self, path: Path) -> str:
        """Links followed, so that one that leads out of the root is seen; the folders of a model once each."""
        folder, name = os.path.split(path)
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(folder)
        found = os.path.join(self._real_folders[folder], name)  # noqa: PTH118 - texts, for speed
        return os.path.realpath(found) if name in ("", ".", "..") or os.path.islink(found) else found  # noqa: PTH114 - texts, for speed

    def _guarded(self, action: Callable[[], Result]) -> Result:
        try:
            return action()
        except FileNotFoundError as error:
            raise FileNotFound("there is no such file", path=self.name) from error
        except OSError as error:
            raise FileNotFound(f"cannot be opened ({error.strerror or error})", path=self.name) from error


def _existing(path: Path) -> Path | None:
    """The file at `path`, else one beside it whose name differs in case only."""
    try:
        if path.is_file():
            return path
        names = {entry.name.casefold(): entry for entry in path.parent.iterdir()}
        found = names.get(path.name.casefold())
        return found if found is not None and found.is_file() else None
    except (OSError, ValueError):
        return None


class MemorySource:
    """Bytes at hand: an upload with the files dropped beside it, a member of an archive, a test.

    `siblings`: relative POSIX path -> bytes or a function that gives them; `name` is relative to the same root.
    """

    def __init__(self, name: str, data: bytes, siblings: Mapping[str, bytes] | None = None) -> None:
        self.name = name
        self.data = data
        self.siblings = dict(siblings or {})
        self.opened: list[str] = []

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    def size(self) -> int:
        return len(self.data)

    def read(self, limit: int | None = None) -> bytes:
        return self.data if limit is None else self.data[:limit]

    def resolve(self, reference: str) -> MemorySource:
        member = resolve_member(self.name, reference, list(self.siblings))
        self.opened.append(reference)
        return MemorySource(member, self.siblings[member], self.siblings)

    def local_path(self) -> Path | None:
        return None


def resolve_member(owner: str, reference: str, names: list[str]) -> str:
    """The one of `names` that `reference`, stated in the file `owner`, means. Raises as Source.resolve does."""
    outside = False
    folded = {name.casefold(): name for name in names}
    for option in candidates(reference):
        parts: list[str] = []
        for step in (*PurePosixPath(owner).parent.parts, *option.parts):
            if step == "..":
                if not parts:
                    outside = True
                    break
                parts.pop()
            elif step != ".":
                parts.append(step)
        else:
            path = "/".join(parts)
            if path in names:
                return path
            if path.casefold() in folded:
                return folded[path.casefold()]
    if outside:
        raise OutsideReference(f"the reference {reference[:80]!r} leaves the archive or upload")
    raise FileNotFound(f"the file {reference[:80]!r} that the model names is not there")


class ArchiveSource:
    """A member of a ZIP archive, read into memory without unpacking on disk. `name`: `pack.zip!/chairs/a.glb`.

    The files that the member names are members too. Archives inside archives are not opened. What
    is read is bounded by limits.archive_member_mb and limits.archive_ratio, whatever the archive
    states. Raises MalformedFile for a damaged archive, UnsupportedFormat for an encrypted member.
    """

    def __init__(self, archive: Path, member: str, limits: Limits | None = None) -> None:
        self.archive = archive
        self.member = member
        self.limits = limits or Limits()
        self.name = f"{archive}!/{member}"
        self.opened: list[str] = []
        self._names: list[str] | None = None

    @property
    def stem(self) -> str:
        return PurePosixPath(self.member).stem

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.member).suffix.lower()

    def size(self) -> int:
        with opened_archive(self.archive) as file:
            return _member(file, self.member).file_size

    def read(self, limit: int | None = None) -> bytes:
        with opened_archive(self.archive) as file:
            self._names = file.namelist()
            return read_member(file, self.member, self.limits, limit)

    def resolve(self, reference: str) -> ArchiveSource:
        if self._names is None:
            with opened_archive(self.archive) as file:
                self._names = file.namelist()
        member = resolve_member(self.member, reference, self._names)
        self.opened.append(reference)
        found = ArchiveSource(self.archive, member, self.limits)
        found._names = self._names
        return found

    def local_path(self) -> Path | None:
        return None


@contextmanager
def opened_archive(archive: Path | BinaryIO, name: str = "") -> Generator[zipfile.ZipFile]:
    """A ZIP archive, open for reading; what its bytes do wrong becomes an error of this house."""
    label = name or str(archive)
    try:
        with zipfile.ZipFile(archive) as file:
            yield file
    except FileNotFoundError as error:
        raise FileNotFound("there is no such archive", path=label) from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise MalformedFile(f"the ZIP archive is damaged ({error})", path=label) from error
    except NotImplementedError as error:
        raise UnsupportedFormat(
            f"the ZIP archive uses a compression that cannot be read ({error})", path=label
        ) from error
    except OSError as error:
        raise FileNotFound(f"cannot be read ({error.strerror or error})", path=label) from error


def read_member(file: zipfile.ZipFile, member: str, limits: Limits, limit: int | None = None) -> bytes:
    """The bytes of a member, or the first `limit`, within limits.archive_member_mb and limits.archive_ratio."""
    info = _member(file, member)
    if info.flag_bits & 1:
        raise UnsupportedFormat(f"{member} is encrypted", hint="unpack the archive with its password")
    limits.check("archive_member_mb", info.file_size / 1e6, f"MB in {member}")
    # Small members may well be all zeros; only where it costs memory is a high ratio a bomb.
    if info.file_size > SMALL_MEMBER:
        ratio = info.file_size / max(info.compress_size, 1)
        limits.check("archive_ratio", ratio, f"times its compressed size is what {member} unpacks to")
    with file.open(info) as stream:
        # zipfile stops at the stated size and checks the sum there, so no more than that is unpacked.
        return stream.read(info.file_size if limit is None else limit)


def members(archive: Path | BinaryIO, limits: Limits | None = None) -> list[str]:
    """The members that are models, in the archive's order; none of those that hide or lead outside.

    Nested archives are not opened and not listed. Raises as opened_archive does, and LimitExceeded
    for more members than limits.nodes.
    """
    from polyseek.formats.table import FORMATS

    suffixes = {suffix for kind in FORMATS for suffix in kind.suffixes} - {".zip"}
    with opened_archive(archive) as file:
        (limits or Limits()).check("nodes", len(file.namelist()), "members of an archive")
        return [
            info.filename
            for info in file.infolist()
            if not info.is_dir()
            and PurePosixPath(info.filename).suffix.lower() in suffixes
            and stays_inside(info.filename)
        ]


def stays_inside(member: str) -> bool:
    """Whether a member's name is a plain path below the archive, and no hidden file of a file manager."""
    path = PurePosixPath(member)
    hidden = any(part == "__MACOSX" or part.startswith(".") for part in path.parts)
    return not (hidden or path.is_absolute() or "\\" in member or ":" in member or "\0" in member)


def _member(file: zipfile.ZipFile, member: str) -> zipfile.ZipInfo:
    if not stays_inside(member):
        raise OutsideReference(f"the member {member[:80]!r} leads outside its archive")
    try:
        return file.getinfo(member)
    except KeyError as error:
        raise FileNotFound(f"the archive has no member {member[:80]!r}") from error
