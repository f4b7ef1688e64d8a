"""From a path of the library to its bytes, with every file noted that a reader looks into.

A path is `/models/a.glb`, or `/models/pack.zip!/chairs/a.glb` for a member of an archive.
"""

# Paths are text here: with 50,000 of them, pathlib would be most of the time.
# ruff: noqa: PTH100, PTH110, PTH116, PTH118, PTH120
from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from pathlib import Path

from polyseek.assets.digest import digest_bytes, digest_file, digest_model
from polyseek.errors import FileNotFound, OutsideReference
from polyseek.formats.limits import Limits
from polyseek.formats.source import ArchiveSource, FileSource, Source, candidates

INSIDE = "!/"
# What stands for bytes and mtime of a side file that a model names and that is not there.
ABSENT = (-1, 0)

SideFile = tuple[str, int, int]
Stat = Callable[[str], tuple[int, int] | None]


def full_path(path: str | Path) -> str:
    """As the person gave it, made absolute: `~` is resolved, links stay links, `..` is taken out."""
    return os.path.abspath(Path(path).expanduser())


def split_member(path: str) -> tuple[str, str | None]:
    """(file on disk, member inside it or None)."""
    place = path.lower().find(".zip" + INSIDE)
    return (path, None) if place < 0 else (path[: place + 4], path[place + 4 + len(INSIDE) :])


def split_node(path: str) -> tuple[str, str]:
    """(path of the scene, path of the node in it) of `.../room.glb#Chair`; both names may hold a # themselves."""
    places = [place for place, letter in enumerate(path) if letter == "#"]
    there = (place for place in places if os.path.exists(split_member(path[:place])[0]))
    place = next(there, places[0] if places else len(path))
    return path[:place], path[place + 1 :]


def open_source(
    path: str, root: str | None = None, limits: Limits | None = None
) -> FileSource | ArchiveSource:
    """The Source of a path of the library. `root`: the folder that references may not leave."""
    file, member = split_member(path)
    if member is not None:
        return ArchiveSource(Path(file), member, limits)
    return FileSource(Path(file), Path(root) if root else None)


def stat_file(path: str) -> tuple[int, int] | None:
    """(bytes, mtime_ns) of a file on disk, None when there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


def is_fresh(side_file: SideFile, stat: Stat) -> bool:
    """Is a side file as it was? Members of archives are: their archive's time is compared with the model's."""
    path, size, mtime_ns = side_file
    if split_member(path)[1] is not None:
        return True
    return (stat(path) or ABSENT) == (size, mtime_ns)


class TracedSource:
    """A Source that notes in `trace` what is opened through it, and what is named but not there."""

    def __init__(self, source: Source, trace: Trace | None = None) -> None:
        self.name = source.name
        self.opened = source.opened
        self.trace = trace or Trace()
        self._source = source

    @property
    def stem(self) -> str:
        return self._source.stem

    @property
    def suffix(self) -> str:
        return self._source.suffix

    def size(self) -> int:
        return self._source.size()

    def read(self, limit: int | None = None) -> bytes:
        return self._source.read(limit)

    def local_path(self) -> Path | None:
        return self._source.local_path()

    def resolve(self, reference: str) -> TracedSource:
        try:
            found = self._source.resolve(reference)
        except FileNotFound:
            self.trace.note_absent(self.name, reference)
            raise
        self.trace.found[found.name] = found
        return TracedSource(found, self.trace)


class Trace:
    """The side files of one model. `found`: path -> Source. `absent`: paths that are named, but not there."""

    def __init__(self) -> None:
        self.found: dict[str, Source] = {}
        self.absent: set[str] = set()

    def note_absent(self, owner: str, reference: str) -> None:
        try:
            spelt = candidates(reference)[0]
        except (OutsideReference, IndexError):
            return
        self.absent.add(os.path.normpath(os.path.join(os.path.dirname(owner), str(spelt))))

    def side_files(self) -> tuple[SideFile, ...]:
        """(path, bytes, mtime_ns) of each, sorted; ABSENT for those that are not there."""
        noted: list[SideFile] = []
        for path, source in self.found.items():
            size, mtime_ns = stat_file(path) or (source.size(), 0)
            noted.append((path, size, mtime_ns))
        absent = self.absent - self.found.keys()
        noted += [(path, *ABSENT) for path in absent if split_member(path)[1] is None]
        return tuple(sorted(noted))


def digest_of(source: Source, side_files: tuple[SideFile, ...]) -> str:
    """Digest of a model's bytes now. Raises FileNotFound when the file or a side file cannot be read."""
    present = [path for path, size, _ in side_files if size >= 0]
    return digest_model(_digest(source), [_digest(open_source(path)) for path in present])


def _digest(source: Source) -> str:
    path = source.local_path()
    if path is None:
        return digest_bytes(source.read())
    try:
        return digest_file(path)
    except OSError as error:
        raise FileNotFound(f"cannot be opened ({error.strerror or error})", path=source.name) from error


def moved_along(
    side_files: tuple[SideFile, ...], old_path: str, new_path: str
) -> tuple[SideFile, ...] | None:
    """The side files of a model at its new path, in the same places as seen from it; None when one is not there."""
    moved: list[SideFile] = []
    for path, size, mtime_ns in side_files:
        beside = os.path.relpath(_plain(path), posixpath.dirname(_plain(old_path)))
        target = os.path.normpath(os.path.join(os.path.dirname(new_path), beside))
        if size < 0:
            moved.append((target, *ABSENT))
        elif split_member(target)[1] is not None:
            moved.append((target, size, mtime_ns))
        elif (found := stat_file(target)) is not None:
            moved.append((target, *found))
        else:
            return None
    return tuple(moved)


def _plain(path: str) -> str:
    return path.replace(os.sep, "/")
