"""Connections end with their threads; network shares are told by the type of the file system a path lies on."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from polyseek.catalogue.connection import Connections, on_network_share

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
nas:/models /mnt/nas nfs4 rw 0 0
//server/share /mnt/with\\040space cifs rw 0 0
/dev/sdb1 /mnt/nas/local ext4 rw 0 0
me@host: /home/me/remote fuse.sshfs rw 0 0
short
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/home/me", False),
        ("/mnt/nas", True),
        ("/mnt/nas/models/a", True),
        ("/mnt/nas/local/a", False),
        ("/mnt/nasty", False),
        ("/mnt/with space/a", True),
        ("/home/me/remote/library", True),
        ("\\\\server\\share\\library", True),
    ],
)
def test_the_longest_mount_point_decides(path: str, network: bool):
    assert on_network_share(Path(path), MOUNTS) is network


def test_a_thread_has_one_connection_which_closes_when_the_thread_ends(tmp_path: Path):
    connections = Connections(tmp_path / "library.db", timeout_s=1, network=False)
    mine = connections.get()
    seen: list[sqlite3.Connection] = []

    for _ in range(5):
        thread = threading.Thread(target=lambda: seen.append(connections.get()))
        thread.start()
        thread.join()

    assert len(connections) == 1
    assert connections.get() is mine
    for connection in seen:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
    connections.close()


def test_closing_ends_the_connections_of_threads_that_live_on(tmp_path: Path):
    connections = Connections(tmp_path / "library.db", timeout_s=1, network=False)
    opened, over = threading.Event(), threading.Event()
    seen: list[sqlite3.Connection] = []

    def work() -> None:
        seen.append(connections.get())
        opened.set()
        over.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    assert opened.wait(10)
    connections.close()

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        seen[0].execute("SELECT 1")
    over.set()
    thread.join()
