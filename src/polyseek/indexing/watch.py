"""Watch folders: index again whenever something in them changes, until told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from polyseek.catalogue.connection import on_network_share
from polyseek.indexing.events import Event, Failed

log = logging.getLogger(__name__)

# A copy of many files comes as one change when it pauses for SETTLE_MS, at the latest after DEBOUNCE_MS.
SETTLE_MS = 400
DEBOUNCE_MS = 5_000
POLL_MS = 5_000
QUIET_MS = 2_000


def follow(
    folders: Sequence[str], refresh: Callable[[], object], stop: threading.Event, poll: bool | None = None
) -> None:
    """Call `refresh` now, and after every pause in the changes below `folders`; returns when `stop` is set.

    `poll`: look every POLL_MS instead of waiting for events; None does so where events do not come,
    on network shares and where the system has no watches left.
    """
    import watchfiles

    wanted = any(on_network_share(Path(folder)) for folder in folders) if poll is None else poll
    refresh()
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
                rust_timeout=QUIET_MS,
                yield_on_timeout=True,
                raise_interrupt=True,
            )
            settled = False
            for change in changes:
                # The first quiet moment too: a change may have come before the watch was set up.
                if change or not settled:
                    refresh()
                settled = True
            return
        except OSError as error:
            if wanted:
                raise
            log.warning("no more watches (%s): polling instead", error)
            wanted = True


def only_news(listen: Callable[[Event], object]) -> Callable[[Event], None]:
    """A listener that passes on every event but failures it has passed on before: a rescan tells them all again."""
    told: set[Failed] = set()

    def hear(event: Event) -> None:
        if isinstance(event, Failed):
            if event in told:
                return
            told.add(event)
        listen(event)

    return hear


def _concerns_models(change: object, path: str) -> bool:
    """Anything but hidden files: side files and folders count as much as models."""
    del change
    return not Path(path).name.startswith(".")
