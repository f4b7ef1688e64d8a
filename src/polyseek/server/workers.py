"""The server's threads: a few that answer, two that wait for decoders, one for what may take long.

None holds up the others.

They live as long as the server does: a catalogue keeps one connection for each thread that asked it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from starlette.responses import Response

from polyseek.indexing.examples import WORKERS
from polyseek.server.answers import as_bytes

Result = TypeVar("Result")
# Bodies of uploads that are taken in at one time; the others wait on their connections.
UPLOADS = 4


class Workers:
    """Runs the library's calls off the event loop."""

    def __init__(self, answering: int | None = None) -> None:
        # The work is numpy and SQLite: more threads than processors only get in each other's way.
        self._answering = answering or min(8, (os.cpu_count() or 1) + 1)
        self.open()

    def open(self) -> None:
        """Ready for work, again after close()."""
        self._answer = ThreadPoolExecutor(self._answering, "answer")
        self._decode = ThreadPoolExecutor(WORKERS, "decode")
        self._aside = ThreadPoolExecutor(1, "aside")
        self.uploads = asyncio.Semaphore(UPLOADS)
        self.turntables = asyncio.Semaphore(1)

    async def answer(self, work: Callable[[], Result]) -> Result:
        """For what needs the library only."""
        return await asyncio.get_running_loop().run_in_executor(self._answer, work)

    async def decode(self, work: Callable[[], Result]) -> Result:
        """For what waits until a model file is read."""
        return await asyncio.get_running_loop().run_in_executor(self._decode, work)

    async def aside(self, work: Callable[[], Result]) -> Result:
        """For what may take long: getting ready, files on a disk that is slow or gone."""
        return await asyncio.get_running_loop().run_in_executor(self._aside, work)

    def close(self) -> None:
        """Let what runs come to its end; what waits is dropped."""
        for pool in (self._answer, self._decode, self._aside):
            pool.shutdown(cancel_futures=True)


async def answer_json(workers: Workers, make: Callable[[], Any], status: int = 200) -> Response:
    """The value as JSON, both made off the event loop: a long list may not hold up the other callers."""
    body = await workers.answer(lambda: as_bytes(make()))
    return Response(body, status_code=status, media_type="application/json")
