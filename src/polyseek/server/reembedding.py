"""Keeps the vectors of a served library complete: a job of its own makes what is lacking, when nobody else indexes.

It looks when the server starts and whenever library.toml has changed, by this program or by an editor.
"""

from __future__ import annotations

import logging
import threading

from polyseek.errors import PolyseekError
from polyseek.library import Library
from polyseek.server.jobs import CLOSE_S, JobBoard

log = logging.getLogger(__name__)

LOOK_S = 2.0


class Reembedding:
    """One thread that starts a job of re-embedding when there is something to do; `library`: the server's own."""

    def __init__(self, library: Library, jobs: JobBoard) -> None:
        self._library = library
        self._jobs = jobs
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Begin to look."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._keep, name="reembedding", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no longer. The job belongs to the board, which ends it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(CLOSE_S)

    def _keep(self) -> None:
        look = True
        while not self._stop.is_set():
            try:
                look = self._has_changed() or look
                if look:
                    self._jobs.end_embedding()
                    if self._library.is_incomplete():
                        self._jobs.embed()
                    look = False
            except PolyseekError as error:  # a settings file that is being edited, a library that is busy
                log.info("looking for models without vectors: %s", error)
            self._stop.wait(LOOK_S)

    def _has_changed(self) -> bool:
        """Whether library.toml names other encoders, or other stages that make their vectors, than before."""
        before = self._library.settings
        self._library.reload()
        after = self._library.settings
        return (before.encoders, before.flow, before.stages) != (after.encoders, after.flow, after.stages)
