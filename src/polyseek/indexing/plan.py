"""What is to be done: the files that a scan found, against what the library remembers of them."""

# Paths are text here: with 50,000 of them, pathlib would be most of the time.
# ruff: noqa: PTH119
from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from polyseek.catalogue.contract import Stamp
from polyseek.errors import PolyseekError
from polyseek.indexing.scan import Found, Scan
from polyseek.indexing.sources import (
    SideFile,
    digest_of,
    is_fresh,
    moved_along,
    open_source,
    split_member,
    stat_file,
)
from polyseek.indexing.told import Told, told_in
from polyseek.indexing.work import Job


@dataclass(frozen=True)
class Move:
    """A file that lay at `old_path` and has the same bytes now at `stamp.path`."""

    old_path: str
    stamp: Stamp


@dataclass
class Plan:
    """`known`: paths of files as they were. `failed`: stamps of files that still cannot be read. `gone`: paths.

    `changed`: those of `jobs` that have records already.
    """

    jobs: list[Job] = field(default_factory=list[Job])
    known: list[str] = field(default_factory=list[str])
    failed: list[Stamp] = field(default_factory=list[Stamp])
    moved: list[Move] = field(default_factory=list[Move])
    gone: list[str] = field(default_factory=list[str])
    changed: set[str] = field(default_factory=set[str])

    @property
    def total(self) -> int:
        """Files to be looked at."""
        return len(self.jobs) + len(self.known) + len(self.failed) + len(self.moved)


def make_plan(
    scan: Scan,
    stamps: Iterable[Stamp],
    reading: str,
    failing: str,
    told: Told,
    stopped: Callable[[], bool],
) -> Plan:
    """Compare by size and time, of the file and its side files; only files that may have moved are opened.

    `reading`, `failing`: digests of what decides a reading and a failure (Recipe.digest,
    Recipe.failing_digest). `told`: what the person says now; what is left out holds as it was told of
    each file before. A file of the library that the scan should have found and did not is gone.
    """
    remembered = {stamp.path: stamp for stamp in stamps}
    stat = _Stat()
    plan = Plan()
    new: list[Job] = []
    for path, found in scan.found.items():
        before = remembered.get(path)
        job = _job(found, before, reading, failing, told)
        if before is None:
            new.append(job)
        elif not _is_same(job, before) or not all(is_fresh(each, stat) for each in before.side_files):
            if before.failure is None:
                plan.changed.add(path)
            same_options = before.failure is None and before.reading == job.reading
            plan.jobs.append(replace(job, before=before if same_options else None))
        elif before.failure is None:
            plan.known.append(path)
        else:
            plan.failed.append(before)
    moves = _moves(new, remembered, scan, stopped)
    left = {move.old_path for move in moves}
    arrived = {move.stamp.path for move in moves}
    plan.moved = moves
    plan.jobs += [job for job in new if job.path not in arrived]
    plan.gone = [
        path for path in remembered if path not in scan.found and path not in left and scan.covers(path)
    ]
    return plan


def _job(found: Found, before: Stamp | None, reading: str, failing: str, told: Told) -> Job:
    # A file stays with the root it was first indexed under, whichever folder is named later.
    root = before.root if before is not None and _is_inside(found.path, before.root) else found.root
    told = told.over(told_in(before.reading)) if before is not None else told
    return Job(
        found.path,
        root,
        found.bytes,
        found.mtime_ns,
        f"{reading}{told}{found.sidecars}",
        f"{failing}{told}{found.sidecars}",
        told=told,
    )


def _is_inside(path: str, root: str) -> bool:
    return path.startswith(root.rstrip(os.sep) + os.sep)


def _is_same(job: Job, before: Stamp) -> bool:
    wanted = job.reading if before.failure is None else job.failing
    return (before.bytes, before.mtime_ns, before.reading) == (job.bytes, job.mtime_ns, wanted)


def _moves(
    new: list[Job], remembered: dict[str, Stamp], scan: Scan, stopped: Callable[[], bool]
) -> list[Move]:
    """New files that have size and bytes of one that is no longer where it was; each of those moves once."""
    sizes = {job.bytes for job in new}
    lost: dict[int, list[Stamp]] = {}
    for path, stamp in remembered.items():
        if (
            stamp.bytes in sizes
            and stamp.failure is None
            and path not in scan.found
            and _is_lost(stamp, scan)
        ):
            lost.setdefault(stamp.bytes, []).append(stamp)
    moves: list[Move] = []
    for job in new:
        candidates = lost.get(job.bytes, [])
        if not candidates or stopped():
            continue
        found = _moved_from(job, candidates)
        if found is not None:
            old, side_files = found
            candidates.remove(old)
            # What was told of a file goes with it.
            reading = job.reading.replace(str(job.told), str(told_in(old.reading)), 1)
            stamp = Stamp(job.path, job.root, job.bytes, job.mtime_ns, old.digest, side_files, reading)
            moves.append(Move(old.path, stamp))
    return moves


def _is_lost(stamp: Stamp, scan: Scan) -> bool:
    if scan.covers(stamp.path):
        return True
    return stat_file(split_member(stamp.path)[0]) is None


def _moved_from(job: Job, candidates: list[Stamp]) -> tuple[Stamp, tuple[SideFile, ...]] | None:
    """The file that this one was, by its digest; among equals one of the same name first."""
    name = os.path.basename(job.path)
    digests: dict[tuple[SideFile, ...], str | None] = {}
    for old in sorted(candidates, key=lambda stamp: os.path.basename(stamp.path) != name):
        side_files = moved_along(old.side_files, old.path, job.path)
        # Other options than it was read with, or side files left behind: to be read anew.
        if side_files is None or not _is_read_alike(old.reading, job):
            continue
        if side_files not in digests:
            digests[side_files] = _digest(job, side_files)
        if digests[side_files] == old.digest:
            return old, side_files
    return None


def _is_read_alike(reading: str, job: Job) -> bool:
    """Same recipe, and nothing is told now that was not told then; sidecars stay behind and may differ."""
    before = told_in(reading)
    return reading[:16] == job.reading[:16] and str(job.told.over(before)) == str(before)


def _digest(job: Job, side_files: tuple[SideFile, ...]) -> str | None:
    try:
        return digest_of(open_source(job.path, job.root), side_files)
    except (PolyseekError, OSError):
        return None


class _Stat:
    """Sizes and times of side files, each looked at once a run: many models share a texture."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, int] | None] = {}

    def __call__(self, path: str) -> tuple[int, int] | None:
        if path not in self._known:
            self._known[path] = stat_file(path)
        return self._known[path]
