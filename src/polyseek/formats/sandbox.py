"""Sandbox: files come from strangers, so they are decoded in worker processes.

A worker has a memory limit, each task a time limit. A crash, a hang or a bomb costs the file in
hand, which gets one clear error; its worker is replaced and the rest goes on. Workers stay warm
between tasks and end with the parent, however that ends.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from polyseek.errors import LimitExceeded, PolyseekError
from polyseek.formats.limits import Limits
from polyseek.formats.sandbox_process import WorkerProcess
from polyseek.formats.sandbox_worker import Task

Result = TypeVar("Result")

# CAD kernels tessellate: they have a time limit of their own, limits.step_seconds.
SLOW_SUFFIXES = (".step", ".stp", ".iges", ".igs", ".brep")
LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Outcome:
    """What became of one task: a value, or the error that took its place."""

    name: str
    value: Any = None
    error: PolyseekError | None = None


class Sandbox:
    """`jobs` worker processes, started when first needed. A context manager; safe to use from several threads.

    `warm`: an importable function that each worker calls once before its first task, outside the
    limits. Functions that run here are importable by name; arguments and results can be pickled.
    """

    def __init__(
        self, jobs: int = 1, limits: Limits | None = None, warm: Callable[[], None] | None = None
    ) -> None:
        self.jobs = max(1, jobs)
        self.limits = limits or Limits()
        self._warm = warm
        # A slot is a worker or the right to start one; the last one given back is the warmest.
        self._slots: queue.LifoQueue[WorkerProcess | None] = queue.LifoQueue()
        for _ in range(self.jobs):
            self._slots.put(None)
        self._workers: set[WorkerProcess] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._watch: threading.Thread | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def start(self) -> None:
        """Start one worker now, if none is running or free, and do not wait for it: the next task will find it warm."""
        with suppress(queue.Empty):
            slot = self._slots.get_nowait()
            try:
                slot = slot or self._new_worker()
            finally:
                self._slots.put(slot)

    def run(
        self,
        function: Callable[..., Result],
        *arguments: Any,
        name: str,
        seconds: float | None = None,
        **keywords: Any,
    ) -> Result:
        """`function(*arguments, **keywords)` in a worker. `name`: of the file, for messages and time limit.

        Raises the task's own PolyseekError, LimitExceeded over memory or time, DecoderCrashed when
        the worker died or the function failed in a way that nobody foresaw.
        """
        bound = self._seconds(name) if seconds is None else seconds
        task = Task(name, function, arguments, keywords, bound)
        with self._worker() as worker:
            return self._call(worker, task)

    def stream(
        self, function: Callable[..., Any], tasks: Iterable[tuple[str, tuple[Any, ...]]]
    ) -> Iterator[Outcome]:
        """One Outcome for each task `(name, arguments)`, in the order they finish.

        Tasks are taken from the iterable as workers get free, by other threads but one at a time;
        a slow consumer holds them back. Closing the iterator early ends the tasks in hand.
        """
        source = iter(tasks)
        taking = threading.Lock()
        stop = threading.Event()
        finished: queue.Queue[Outcome | BaseException | None] = queue.Queue(maxsize=4 * self.jobs)
        busy: set[WorkerProcess] = set()

        def work() -> None:
            try:
                while not stop.is_set():
                    with taking:
                        task = next(source, None)
                    if task is None:
                        break
                    finished.put(self._outcome(function, *task, busy))
            # Whatever stops a thread is the caller's to see: raised where the outcomes are read.
            except BaseException as error:
                finished.put(error)
            finally:
                finished.put(None)

        threads = [threading.Thread(target=work, daemon=True) for _ in range(self.jobs)]
        for thread in threads:
            thread.start()
        running = len(threads)
        try:
            while running:
                outcome = finished.get()
                if outcome is None:
                    running -= 1
                elif isinstance(outcome, Outcome):
                    yield outcome
                else:
                    raise outcome
        finally:
            stop.set()
            while running:
                for worker in list(busy):
                    worker.kill()
                with suppress(queue.Empty):
                    running -= finished.get(timeout=LOOK_SECONDS) is None
            for thread in threads:
                thread.join()

    def close(self) -> None:
        """End all workers."""
        self._closed.set()
        with self._lock:
            workers, self._workers = self._workers, set()
        for worker in workers:
            worker.stop()
        if self._watch is not None and self._watch is not threading.current_thread():
            self._watch.join()

    def _outcome(
        self, function: Callable[..., Any], name: str, arguments: tuple[Any, ...], busy: set[WorkerProcess]
    ) -> Outcome:
        task = Task(name, function, arguments, {}, self._seconds(name))
        with self._worker() as worker:
            busy.add(worker)
            try:
                return Outcome(name, self._call(worker, task))
            except PolyseekError as error:
                return Outcome(name, error=error.at(name))
            finally:
                busy.discard(worker)

    def _call(self, worker: WorkerProcess, task: Task) -> Any:
        try:
            return worker.call(task)
        except LimitExceeded as error:
            if error.hint:
                raise
            limit = "step_seconds" if task.name.lower().endswith(SLOW_SUFFIXES) else "seconds"
            text = f"it took longer than the limit {limit} = {task.seconds:g}"
            hint = f"raise limits.{limit} in the library's settings, or simplify the model"
            raise LimitExceeded(text, path=task.name, hint=hint) from error

    def _seconds(self, name: str) -> float:
        slow = name.lower().endswith(SLOW_SUFFIXES)
        return self.limits.step_seconds if slow else self.limits.seconds

    @contextmanager
    def _worker(self) -> Generator[WorkerProcess]:
        slot = self._slots.get()
        try:
            if slot is None or slot.has_exited():
                self._forget(slot)
                slot = None
                slot = self._new_worker()
            yield slot
        finally:
            if slot is not None and not slot.alive:
                self._forget(slot)
                slot = None
            self._slots.put(slot)

    def _new_worker(self) -> WorkerProcess:
        with self._lock:
            if self._closed.is_set():
                raise PolyseekError("the sandbox is closed")
            worker = WorkerProcess(self.limits.memory_mb, self._warm)
            self._workers.add(worker)
            if self._watch is None:
                self._watch = threading.Thread(target=self._keep_watch, daemon=True)
                self._watch.start()
        return worker

    def _forget(self, worker: WorkerProcess | None) -> None:
        if worker is None:
            return
        worker.stop()
        with self._lock:
            self._workers.discard(worker)

    def _keep_watch(self) -> None:
        while not self._closed.wait(LOOK_SECONDS):
            with self._lock:
                workers = list(self._workers)
            now = time.monotonic()
            for worker in workers:
                worker.look(now)
