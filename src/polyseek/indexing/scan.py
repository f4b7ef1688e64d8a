"""Walk folders in place: which model files are there, by name, size and time, without opening them.

Hidden folders, those that programs and shares keep for themselves, and the library's own are left
out. Of a ZIP archive only the list of members is read.
"""

# Paths are text here: with 50,000 of them, pathlib would be most of the time.
# ruff: noqa: PTH112, PTH113, PTH118, PTH119, PTH120, PTH122, PTH208
from __future__ import annotations

import fnmatch
import hashlib
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from polyseek.errors import FileNotFound, PolyseekError, UnsupportedFormat
from polyseek.formats.limits import Limits
from polyseek.formats.source import opened_archive, stays_inside
from polyseek.formats.table import FORMATS, UNREADABLE
from polyseek.indexing.sources import INSIDE, stat_file
from polyseek.indexing.surroundings import sidecars_of

SKIPPED_FOLDERS = frozenset(
    {
        "@eadir", "@recycle", "#recycle", "#snapshot", "__macosx", "node_modules", "$recycle.bin",
        "system volume information", "lost+found",
    }
)  # fmt: skip
ARCHIVE = ".zip"


@dataclass(frozen=True)
class Found:
    """A model file, or a member of an archive (its bytes, the archive's time).

    `sidecars`: digest of names, sizes and times of the licence and info files that speak of it.
    """

    path: str
    root: str
    bytes: int
    mtime_ns: int
    sidecars: str = ""


@dataclass
class Scan:
    """What a walk found. `roots`: folders that were walked to the end, and single files that were looked for.

    `unreadable`: folders and archives whose content is not known; what was indexed of them stays as it is.
    """

    found: dict[str, Found] = field(default_factory=dict[str, Found])
    roots: list[str] = field(default_factory=list[str])
    unreadable: list[str] = field(default_factory=list[str])
    failures: list[tuple[str, PolyseekError]] = field(default_factory=list["tuple[str, PolyseekError]"])

    def covers(self, path: str) -> bool:
        """Would this walk have found `path`, were it there?"""
        return _is_below(path, self.roots) and not _is_below(path, self.unreadable)


@dataclass(frozen=True)
class ScanOptions:
    """`exclude`: globs over the path from its root ("*/wip/*"), or over a bare name. `skip`: folders, absolute.

    `exclude_in`: root -> further globs, which hold where that folder is walked.
    """

    exclude: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    exclude_in: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])


def scan(paths: Sequence[str], options: ScanOptions, stopped: Callable[[], bool] = lambda: False) -> Scan:
    """Walk absolute paths: folders, archives, single files. Sorted, each file once.

    A folder that is not there is a walk that found nothing in it. `stopped` ends the walk early;
    then `roots` lacks what was not walked to the end.
    """
    walk = _Walk(options, stopped)
    for path in paths:
        if stopped():
            break
        walk.add(path)
    return walk.result


class _Walk:
    def __init__(self, options: ScanOptions, stopped: Callable[[], bool]) -> None:
        self.result = Scan()
        self.stopped = stopped
        self.limits = options.limits
        self.options = options
        self.excluded: list[re.Pattern[str]] = []
        self.skip = {os.path.realpath(folder) for folder in options.skip}
        self.skip_names = {os.path.basename(folder) for folder in self.skip}
        self.suffixes = tuple(suffix for kind in FORMATS for suffix in kind.suffixes if suffix != ARCHIVE)
        self.unread: dict[str, list[str]] = {}

    def add(self, path: str) -> None:
        globs = (*self.options.exclude, *self.options.exclude_in.get(path, ()))
        self.excluded = [re.compile(fnmatch.translate(glob)) for glob in globs]
        if os.path.isdir(path):
            self.folder(path, path, "", {os.path.realpath(path)})
            self.name_unread(path)
        elif os.path.isfile(path):
            self.single(path)
        else:
            # Perhaps a share that is not mounted: what was indexed of it becomes missing, no more.
            self.result.failures.append((path, FileNotFound("there is no such file or folder", path=path)))
        if not self.stopped():
            self.result.roots.append(path)

    def single(self, path: str) -> None:
        """A file that the person named: said to be no model where a walk would pass it by."""
        root = os.path.dirname(path)
        sidecars = _sidecar_digest(root, sidecars_of(_names(root)), "")
        size, mtime_ns = stat_file(path) or (0, 0)
        if path.lower().endswith(ARCHIVE):
            self.archive(path, root, mtime_ns, sidecars)
        elif path.lower().endswith(self.suffixes):
            self.note(Found(path, root, size, mtime_ns, sidecars))
        else:
            self.result.failures.append((path, unsupported(path)))

    def folder(self, folder: str, root: str, above: str, walked: set[str]) -> None:
        """One folder and all below it. `above`: digest of the sidecars of the folders above."""
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            reason = FileNotFound(f"the folder cannot be read ({error.strerror or error})", path=folder)
            self.result.failures.append((folder, reason))
            self.result.unreadable.append(folder)
            return
        sidecars = _sidecar_digest(folder, sidecars_of(entry.name for entry in entries), above)
        for entry in entries:
            if self.stopped():
                return
            if self.is_left_out([entry.name], entry.path, root):
                continue
            try:
                if entry.is_dir():
                    self.below(entry, root, sidecars, walked)
                elif entry.name.lower().endswith((*self.suffixes, ARCHIVE)):
                    self.file(entry, root, sidecars)
                else:
                    self.unread.setdefault(os.path.splitext(entry.name)[1].lower(), []).append(entry.path)
            except OSError as error:
                reason = FileNotFound(f"cannot be looked at ({error.strerror or error})", path=entry.path)
                self.result.failures.append((entry.path, reason))
                self.result.unreadable.append(entry.path)

    def below(self, entry: os.DirEntry[str], root: str, sidecars: str, walked: set[str]) -> None:
        if entry.is_symlink():
            # A link into what is walked anyway, or to a folder above, would go round in circles.
            target = os.path.realpath(entry.path)
            if any(_is_below(target, [other]) or _is_below(other, [target]) for other in walked):
                return
            walked = walked | {target}
        if entry.name in self.skip_names and os.path.realpath(entry.path) in self.skip:
            return
        self.folder(entry.path, root, sidecars, walked)

    def file(self, entry: os.DirEntry[str], root: str, sidecars: str) -> None:
        if not entry.is_file():  # a broken link, a pipe
            return
        found = entry.stat()
        if entry.name.lower().endswith(ARCHIVE):
            self.archive(entry.path, root, found.st_mtime_ns, sidecars)
        else:
            self.note(Found(entry.path, root, found.st_size, found.st_mtime_ns, sidecars))

    def archive(self, path: str, root: str, mtime_ns: int, sidecars: str) -> None:
        try:
            members = _members(path, self.limits)
        except PolyseekError as error:
            self.result.failures.append((path, error.at(path)))
            self.result.unreadable.append(path)
            return
        for name, size in members:
            member = f"{path}{INSIDE}{name}"
            if name.lower().endswith(self.suffixes) and not self.is_left_out(name.split("/"), member, root):
                self.note(Found(member, root, size, mtime_ns, sidecars))

    def note(self, found: Found) -> None:
        try:
            found.path.encode()
        except UnicodeEncodeError:
            shown = found.path.encode("utf-8", "replace").decode()
            reason = FileNotFound("its name is not text", path=shown, hint="rename the file")
            self.result.failures.append((shown, reason))
            return
        self.result.found.setdefault(found.path, found)

    def is_left_out(self, steps: list[str], path: str, root: str) -> bool:
        """`steps`: the names that this entry adds to what was walked."""
        if any(step.startswith(".") or step.lower() in SKIPPED_FOLDERS for step in steps):
            return True
        if not self.excluded:
            return False
        relative = os.path.relpath(path, root).replace(os.sep, "/")
        forms = (steps[-1], relative, "/" + relative, f"/{relative}/")
        return any(glob.match(form) for glob in self.excluded for form in forms)

    def name_unread(self, root: str) -> None:
        """One line for each kind of file that is not read, unless a model of the same name lies beside it."""
        stems = {os.path.splitext(path)[0] for path in self.result.found}
        for kind in UNREADABLE:
            paths = [path for suffix in kind.suffixes for path in self.unread.pop(suffix, [])]
            paths = [path for path in paths if os.path.splitext(path)[0] not in stems]
            if paths:
                more = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
                error = UnsupportedFormat(f"a {kind.title} is not read by polyseek{more}", hint=kind.instead)
                self.result.failures.append((paths[0], error))
        self.unread.clear()


def unsupported(path: str) -> PolyseekError:
    """The error for a file of no kind that polyseek reads; it says what to do where that is known."""
    suffix = os.path.splitext(path)[1].lower()
    for kind in UNREADABLE:
        if suffix in kind.suffixes:
            return UnsupportedFormat(f"a {kind.title} is not read by polyseek", path=path, hint=kind.instead)
    return UnsupportedFormat(
        f"{suffix or 'a file without suffix'} is not a known model format",
        path=path,
        hint="`polyseek formats` lists the kinds",
    )


def _members(archive: str, limits: Limits) -> list[tuple[str, int]]:
    """(name, bytes unpacked) of the files in a ZIP archive, sorted. Raises as opened_archive does, and LimitExceeded."""
    with opened_archive(Path(archive)) as file:
        infos = file.infolist()
    limits.check("nodes", len(infos), "members of an archive")
    return sorted(
        (info.filename, info.file_size) for info in infos if not info.is_dir() and stays_inside(info.filename)
    )


def _sidecar_digest(folder: str, names: Sequence[str], above: str) -> str:
    """Changes with any licence or info file of the folder or above; "" where there is none."""
    if not names:
        return above
    stamps = [(name, stat_file(os.path.join(folder, name))) for name in sorted(names)]
    return hashlib.blake2b(repr((above, stamps)).encode(), digest_size=8).hexdigest()


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _is_below(path: str, folders: Sequence[str]) -> bool:
    """Is `path` one of these, or inside one (also inside an archive)?"""
    return any(
        path == folder or path.startswith((folder.rstrip(os.sep) + os.sep, folder + INSIDE))
        for folder in folders
    )
