"""Network shares are recognised by the type of the file system a path lies on."""

from __future__ import annotations

from pathlib import Path

import pytest

from polyseek.catalogue.connection import on_network_share

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
