"""Connections to a library's file: one a thread, with WAL, foreign keys and a time limit on waiting.

SQLite's own errors become the family of polyseek.errors here, and nowhere else.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from polyseek.errors import LibraryBusy, LibraryDamaged, LibraryError

log = logging.getLogger(__name__)

# Types of file system, as /proc/mounts names them, whose files live on another machine.
NETWORK_TYPES = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        "ncpfs",
        "9p",
        "ceph",
        "glusterfs",
        "lustre",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.glusterfs",
        "fuse.davfs",
        "davfs",
        "fuse.smbnetfs",
        "fuse.gvfsd-fuse",
        "beegfs",
    ]
)

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class _Own:
    """A thread's connection. Only the thread's local storage holds it, so it goes, and closes, when the thread ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __del__(self) -> None:
        self.connection.close()


class Connections:
    """One connection for each thread that asks, closed when its thread ends, the rest together.

    `timeout_s`: the longest wait for another writer.
    """

    def __init__(self, path: Path, *, timeout_s: float, network: bool) -> None:
        self.path = path
        self._timeout_s = timeout_s
        # WAL shares memory between processes, which two machines cannot do.
        self._journal = "TRUNCATE" if network else "WAL"
        self._own = threading.local()
        self._all: WeakSet[_Own] = WeakSet()
        self._lock = threading.Lock()
        self._closed = False

    def get(self) -> sqlite3.Connection:
        """This thread's connection, opened when it first asks."""
        if self._closed:
            raise LibraryError("the library is closed", path=str(self.path), hint="open it again")
        own: _Own | None = getattr(self._own, "found", None)
        if own is None:
            own = _Own(self._open())
            self._own.found = own
            with self._lock:
                self._all.add(own)
        return own.connection

    def __len__(self) -> int:
        """How many are open."""
        return len(self._all)

    def _open(self) -> sqlite3.Connection:
        # check_same_thread off only so that close() may close every thread's connection.
        connection = sqlite3.connect(
            self.path, timeout=self._timeout_s, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA journal_mode = {self._journal}")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -16384")
        except BaseException:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        with self._lock:
            self._closed = True
            for own in self._all:
                own.connection.close()
            self._all.clear()


@contextmanager
def translated(path: Path) -> Generator[None]:
    """SQLite's errors as polyseek's: LibraryBusy, LibraryDamaged, else LibraryError."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the plain result code; a few errors of the module itself carry none.
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in _BUSY:
            raise LibraryBusy(
                "another process has been writing for too long", path=str(path), hint="try again in a while"
            ) from error
        if code in _DAMAGED or (code == sqlite3.SQLITE_ERROR and "malformed" in str(error)):
            raise LibraryDamaged(
                f"the library's file is damaged ({error})", path=str(path), hint="run: polyseek repair"
            ) from error
        hint = {
            sqlite3.SQLITE_FULL: "free some disk space",
            sqlite3.SQLITE_READONLY: "the folder must be writable",
            sqlite3.SQLITE_CANTOPEN: "check that the folder exists and may be written",
        }.get(code, "run: polyseek doctor")
        raise LibraryError(f"the library cannot be used ({error})", path=str(path), hint=hint) from error


@contextmanager
def transaction(connection: sqlite3.Connection, *, derived: bool = False) -> Generator[None]:
    """All of it or nothing. Joins the transaction that this connection is in, if it is in one.

    `derived`: what is written follows from what stands there, so the generation stays.
    """
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        if not derived:
            connection.execute("UPDATE changes SET generation = generation + 1")
        connection.execute("COMMIT")
    except BaseException:
        # A full disk rolls back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def on_network_share(path: Path, mounts: str | None = None) -> bool:
    """Does `path` lie on another machine's disk? `mounts`: text of /proc/mounts, read where None.

    Where the system has no /proc/mounts, only Windows' `\\\\server\\share` paths are recognised.
    """
    if str(path).startswith("\\\\"):
        return True
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return False
    here = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        inside = here == point or here.startswith(point.rstrip("/") + "/")
        # The longest mount point decides; of two at one place, the later one lies on top.
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind in NETWORK_TYPES
