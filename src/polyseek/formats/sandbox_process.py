"""One worker process seen from the parent: start it, give it a task, stop it when it takes too much."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from polyseek.errors import DecoderCrashed, LimitExceeded, PolyseekError
from polyseek.formats.sandbox_memory import CEILING_HOLDS, resident_mb
from polyseek.formats.sandbox_worker import Hello, Reply, Task, receive, send, too_much_memory

# Compiling every kernel the first time takes some seconds on a slow machine.
START_SECONDS = 300.0
# Small files are done before their memory is worth a look.
MEMORY_LOOK_SECONDS = 0.25
_START = (
    "import os, sys; sys.path[:] = sys.argv[1].split(os.pathsep); "
    "from polyseek.formats.sandbox_worker import main; main()"
)
# One task, one core: more processes, not more threads. It also keeps sums in one order.
_ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMBA", "VECLIB_MAXIMUM")
}


class WorkerProcess:
    """A fresh interpreter that runs polyseek.formats.sandbox_worker; used by one thread at a time.

    It is started by name, not by multiprocessing, so that a script without a `__main__` guard can
    use the library, and no state of the parent travels.
    """

    def __init__(self, memory_mb: int, warm: Callable[[], None] | None) -> None:
        self._memory_mb = memory_mb
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._begun = 0.0
        self._verdict: str | None = None
        self._ready = False
        self.alive = True
        hello = pickle.dumps(Hello(memory_mb, warm))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, os.pathsep.join(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD},
            # Out of the terminal's group: Ctrl-C reaches the parent only.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._requests = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        self._send(hello)

    @property
    def pid(self) -> int:
        return self._process.pid

    def call(self, task: Task) -> Any:
        """The task's value. Raises its PolyseekError, LimitExceeded or DecoderCrashed; see `alive` afterwards."""
        if not self._ready:
            self._exchange("", None, START_SECONDS)
            self._ready = True
        return self._exchange(task.name, pickle.dumps(task), task.seconds)

    def look(self, now: float) -> None:
        """Kill the process if its task is past its time or, where the system holds no ceiling, its memory."""
        with self._lock:
            if self._deadline is None or self._verdict is not None:
                return
            if now > self._deadline:
                self._verdict = "time"
            elif self._is_over_memory(now):
                self._verdict = "memory"
            if self._verdict is not None:
                self._process.kill()

    def _is_over_memory(self, now: float) -> bool:
        if CEILING_HOLDS or not self._ready or now - self._begun < MEMORY_LOOK_SECONDS:
            return False
        return resident_mb(self.pid) > self._memory_mb

    def kill(self) -> None:
        """End the process now, from any thread; the one that uses it finds out."""
        with self._lock:
            self._verdict = "stopped"
            self._process.kill()

    def stop(self) -> None:
        """End the process now and wait for its end."""
        self.alive = False
        self._process.kill()
        self._process.wait()
        for stream in (self._requests, self._answers):
            try:
                stream.close()
            except OSError:
                continue  # unsent bytes of a dead process

    def has_exited(self) -> bool:
        """Ended by itself or by others while nobody used it."""
        return self._process.poll() is not None

    def _exchange(self, name: str, message: bytes | None, seconds: float) -> Any:
        with self._lock:
            self._begun = time.monotonic()
            self._deadline = self._begun + seconds
        if message is not None:
            self._send(message)
        answer = self._receive()
        with self._lock:
            self._deadline = None
        if answer is None:
            self.stop()
            raise self._cause_of_death(name, seconds)
        reply: Reply = pickle.loads(answer)
        # Killed in the very moment it answered: the answer counts, the process does not.
        if reply.last or self._verdict is not None or (message is None and reply.error is not None):
            self.stop()
        if reply.error is not None:
            raise reply.error.at(name) if name else reply.error
        return reply.value

    def _send(self, message: bytes) -> None:
        try:
            send(self._requests, message)
        except OSError:
            return  # it died: the missing answer tells

    def _receive(self) -> bytes | None:
        try:
            return receive(self._answers)
        except (OSError, ValueError):
            return None  # closed by `stop` in another thread

    def _cause_of_death(self, name: str, seconds: float) -> PolyseekError:
        status = self._process.returncode
        if self._verdict == "memory":
            return too_much_memory(self._memory_mb, name)
        if self._verdict == "time" or status == -getattr(signal, "SIGALRM", 0):
            return LimitExceeded(f"it took longer than {seconds:g} seconds", path=name)
        if not self._ready:
            return PolyseekError(
                f"a worker process could not start (it {_manner(status)})",
                hint="`polyseek doctor` looks for the cause",
            )
        return DecoderCrashed(
            f"the reader died (it {_manner(status)})",
            path=name,
            hint="export the model again, or report the file",
        )


def _manner(status: int) -> str:
    """ "was ended by SIGSEGV", "left with status 3"."""
    if status >= 0:
        return f"left with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"
