"""Session: where the library is and how to talk, the same for every command."""

from __future__ import annotations

import json
import signal
import sys
import threading
import warnings
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from polyseek.errors import UsageError

if TYPE_CHECKING:
    from polyseek.library import Library


@dataclass(frozen=True)
class Session:
    """What the options that every command has said. `library` None: the person's own."""

    library: Path | None = None
    jobs: int | None = None
    json: bool = False
    quiet: bool = False
    progress: bool = True

    def open_library(self, *, create: bool = False) -> Library:
        """The library; with `create` False a LibraryError where there is none yet. What it warns of is a note."""
        from polyseek.errors import EncoderAbsent
        from polyseek.library import Library

        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", EncoderAbsent)
            library = Library.open(self.library, create=create)
        for each in caught:
            if issubclass(each.category, EncoderAbsent):
                self.note(f"polyseek: {each.message}")
            else:
                warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
        return library

    @property
    def shows_progress(self) -> bool:
        """A bar is drawn on a terminal only."""
        return self.progress and not self.quiet and sys.stderr.isatty()

    def say(self, text: str) -> None:
        """A result for a person, on stdout."""
        print(text)

    def note(self, text: str) -> None:
        """Something by the way, on stderr; silent with --quiet."""
        if not self.quiet:
            print(text, file=sys.stderr)

    def give(self, value: Any) -> None:
        """A result for a program: one JSON object on one line of stdout."""
        print(json.dumps(value, ensure_ascii=False))


@contextmanager
def stop_on_interrupt() -> Generator[threading.Event]:
    """An event that the first Ctrl-C sets, so that a run ends in order; the second one interrupts at once."""
    stop = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def first(number: int, frame: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, first)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def lines_of(arguments: Iterable[str]) -> list[str]:
    """The arguments, with `-` replaced by the lines of stdin. Raises UsageError when stdin is a terminal."""
    found: list[str] = []
    for argument in arguments:
        if argument != "-":
            found.append(argument)
            continue
        if sys.stdin.isatty():
            raise UsageError("`-` reads from standard input, which is a terminal", hint="pipe something in")
        found.extend(line.rstrip("\r\n") for line in sys.stdin if line.strip())
    return found


def read_text(source: str) -> str:
    """A text file that the person named, or stdin for `-`. Raises UsageError where that is not possible."""
    if source == "-":
        return "\n".join(lines_of(["-"]))
    try:
        return Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise UsageError(f"cannot be read ({reason})", path=source, hint="give a text file") from error


def write_bytes(target: Path, data: bytes) -> None:
    """Write a file that the person named, or stdout for `-`. Raises UsageError where that is not possible."""
    if str(target) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        target.write_bytes(data)
    except OSError as error:
        raise UsageError(
            f"cannot write ({error.strerror or error})", path=str(target), hint="choose another place"
        ) from error
