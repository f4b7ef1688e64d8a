"""Watch folders: index again whenever something in them changes, until told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

log = logging.getLogger(__name__)

# A copy of many files comes as one change when it pauses for SETTLE_MS, at the latest after DEBOUNCE_MS.
SETTLE_MS = 400
DEBOUNCE_MS = 5_000
POLL_MS = 5_000
# Kinds of file systems (Linux: /proc/mounts) whose changes by other machines raise no event here.
NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "smb3", "fuse", "9p", "afs", "davfs", "ncpfs")


def follow(
    folders: Sequence[str], refresh: Callable[[], object], stop: threading.Event, poll: bool | None = None
) -> None:
    """Call `refresh` after every pause in the changes below `folders`; returns when `stop` is set.

    `poll`: look every POLL_MS instead of waiting for events; None does so where events do not come,
    on network shares and where the system has no watches left.
    """
    import watchfiles

    wanted = any(map(on_network, folders)) if poll is None else poll
    while not stop.is_set():
        try:
            changes = watchfiles.watch(
                *folders,
                watch_filter=_concerns_models,
                debounce=DEBOUNCE_MS,
                step=SETTLE_MS,
                stop_event=stop,
                force_polling=wanted,
                poll_delay_ms=POLL_MS,
                raise_interrupt=True,
            )
            for _ in changes:
                refresh()
            return
        except OSError as error:
            if wanted:
                raise
            log.warning("no more watches (%s): polling instead", error)
            wanted = True


def _concerns_models(change: object, path: str) -> bool:
    """Anything but hidden files: side files and folders count as much as models."""
    del change
    return not Path(path).name.startswith(".")


def on_network(path: str) -> bool:
    """Does `path` lie on a share of another machine? False where the system does not tell."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return path.startswith("\\\\")
    held: dict[Path, str] = {}
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        held[Path(point.replace("\\040", " "))] = kind  # a later mount covers an earlier one
    real = Path(path).resolve()
    kind = next((held[folder] for folder in (real, *real.parents) if folder in held), "")
    return kind.startswith(NETWORK_FILE_SYSTEMS)
