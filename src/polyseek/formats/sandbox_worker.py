"""The inside of a worker process: take a task from the parent, do it, answer; leave when the parent is gone.

Messages are pickles, each after its length (8 bytes, little-endian). The parent sends a Hello, then
Tasks; the worker answers each with a Reply.
"""

from __future__ import annotations

import logging
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from polyseek.errors import DecoderCrashed, LimitExceeded, PolyseekError
from polyseek.formats.sandbox_memory import set_ceiling

log = logging.getLogger(__name__)

# How long after its time limit a task is ended by the system's own clock, should the parent be gone.
GRACE_SECONDS = 5
RAISE_MEMORY = "raise limits.memory_mb in the library's settings, or decimate the model"


@dataclass(frozen=True)
class Hello:
    """`warm`: called once before the first task, outside every limit: imports and compiles what tasks need."""

    memory_mb: int
    warm: Callable[[], None] | None


@dataclass(frozen=True)
class Task:
    """`name`: what errors call it. `seconds`: its time limit, kept by the parent."""

    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    seconds: float


@dataclass(frozen=True)
class Reply:
    """`last`: the worker ends after this answer, because its memory can no longer be trusted to be free."""

    value: Any = None
    error: PolyseekError | None = None
    last: bool = False


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message and flush. Raises OSError when the other side is gone."""
    stream.write(len(message).to_bytes(8, "little"))
    stream.write(message)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """The next message, None when the other side is gone."""
    size = int.from_bytes(_exactly(stream, 8) or b"", "little")
    return _exactly(stream, size) if size else None


def _exactly(stream: BinaryIO, size: int) -> bytes | None:
    data = stream.read(size)
    return data if len(data) == size else None


def main() -> None:
    """Serve tasks from standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    requests, answers = _private_pipes()
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    # The parent's end closes however it dies; a reader of its own sees that even while a task runs.
    threading.Thread(target=_listen, args=(requests, inbox), daemon=True).start()
    reply, memory_mb = _greet(inbox.get())
    send(answers, pickle.dumps(reply))
    while reply.error is None and not reply.last:
        message = inbox.get()
        reply = _answer(message, memory_mb)
        send(answers, _packed(reply))
        if not reply.last:
            reply = Reply()
    answers.close()
    os._exit(0)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The parent's pipes moved away from the standard streams, where C libraries print and read."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    return requests, answers


def _listen(requests: BinaryIO, inbox: queue.SimpleQueue[bytes]) -> None:
    while (message := receive(requests)) is not None:
        inbox.put(message)
    os._exit(0)


def _greet(message: bytes) -> tuple[Reply, int]:
    try:
        hello: Hello = pickle.loads(message)
        if hello.warm is not None:
            hello.warm()
        set_ceiling(hello.memory_mb)
    except PolyseekError as error:
        return Reply(error=error), 0
    except Exception as error:
        text = f"a worker process could not start ({type(error).__name__}: {error})"
        return Reply(error=PolyseekError(text, hint="`polyseek doctor` looks for the cause")), 0
    return Reply(), hello.memory_mb


def _answer(message: bytes, memory_mb: int) -> Reply:
    name = ""
    try:
        task: Task = pickle.loads(message)
        name = task.name
        if sys.platform != "win32":
            signal.alarm(int(task.seconds) + GRACE_SECONDS)
        return Reply(task.function(*task.arguments, **task.keywords))
    except MemoryError:
        return Reply(error=too_much_memory(memory_mb, name), last=True)
    except PolyseekError as error:
        return Reply(error=error)
    except RecursionError:
        return Reply(error=DecoderCrashed("nested too deeply to be read", path=name))
    # A reader's own fault on a stranger's bytes costs that file only, whatever it is.
    except Exception as error:
        log.debug("%s: %s", name, error, exc_info=True)
        text = f"the reader failed ({type(error).__name__}: {str(error)[:200]})"
        return Reply(error=DecoderCrashed(text, path=name, hint="export the model again, or report the file"))
    finally:
        if sys.platform != "win32":
            signal.alarm(0)


def too_much_memory(memory_mb: int, name: str) -> LimitExceeded:
    """The error for a task over the memory limit."""
    text = f"it needs more memory than the limit memory_mb = {memory_mb:,}"
    return LimitExceeded(text, path=name, hint=RAISE_MEMORY)


def _packed(reply: Reply) -> bytes:
    try:
        return pickle.dumps(reply)
    except Exception as error:  # anything may hide in a result; the worker goes on
        text = f"the result cannot be handed back ({type(error).__name__}: {error})"
        return pickle.dumps(Reply(error=DecoderCrashed(text), last=reply.last))
