"""The family of errors a person can meet. Each says what happened, to which file, and what to do.

PolyseekError                exit status 1 unless noted
├── FileError                one model file could not be used; the rest goes on
│   ├── FileNotFound         there is no such file, or it cannot be opened
│   ├── UnsupportedFormat    polyseek does not read this kind of file
│   ├── MalformedFile        the bytes break the format's rules
│   ├── EmptyModel           nothing to see: no triangles and no points
│   ├── OutsideReference     the file names another one outside its folder, or an address
│   ├── LimitExceeded        more memory, time or size than the limits allow
│   └── DecoderCrashed       the reader died; only its worker process was lost
├── MissingExtra             an optional package is needed
├── UnknownId                the library holds no such record
├── QueryError               exit 2: a query or a `where` expression cannot be understood
├── UsageError               exit 2: an option or argument is wrong
└── LibraryError             exit 3: the library cannot be used
    ├── LibraryDamaged       the catalogue's file is not intact
    ├── LibraryNewer         written by a later version of polyseek
    ├── LibraryBusy          another process is writing for too long
    └── SpaceMismatch        vectors of different Spaces were about to be mixed
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any, ClassVar


class PolyseekError(Exception):
    """`message`: what happened. `path`: the file it happened to, if any. `hint`: what to do."""

    kind: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 1

    def __init__(self, message: str, *, path: str | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.hint = hint

    def __str__(self) -> str:
        """`what happened: file: what to do`, the parts that are known."""
        return ": ".join(part for part in (self.message, self.path, self.hint) if part)

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors travel from worker processes; Exception's own pickling drops keywords.
        return _rebuild, (type(self), self.message, self.path, self.hint)

    def at(self, path: str) -> PolyseekError:
        """The same error, said of `path` where it named no file yet."""
        return self if self.path else type(self)(self.message, path=path, hint=self.hint)

    def as_json(self) -> dict[str, Any]:
        """`{"kind","message","path","hint"}`, the form every interface shares."""
        return {"kind": self.kind, "message": self.message, "path": self.path, "hint": self.hint}


class EncoderAbsent(UserWarning):
    """A library names an encoder that this machine has not; it opened, and does without."""


def _rebuild(cls: type[PolyseekError], message: str, path: str | None, hint: str) -> PolyseekError:
    return cls(message, path=path, hint=hint)


class FileError(PolyseekError):
    kind = "file"


class FileNotFound(FileError):
    kind = "not_found"


class UnsupportedFormat(FileError):
    kind = "unsupported"


class MalformedFile(FileError):
    kind = "malformed"


class EmptyModel(FileError):
    kind = "empty"


class OutsideReference(FileError):
    kind = "outside"


class LimitExceeded(FileError):
    kind = "limit"


class DecoderCrashed(FileError):
    kind = "crashed"


class MissingExtra(PolyseekError):
    kind = "extra"


class UnknownId(PolyseekError):
    kind = "unknown_id"


class QueryError(PolyseekError):
    kind = "query"
    exit_status = 2


class UsageError(PolyseekError):
    kind = "usage"
    exit_status = 2


class LibraryError(PolyseekError):
    kind = "library"
    exit_status = 3


class LibraryDamaged(LibraryError):
    kind = "damaged"


class LibraryNewer(LibraryError):
    kind = "newer"


class LibraryBusy(LibraryError):
    kind = "busy"


class SpaceMismatch(LibraryError):
    kind = "space"


def need(module: str, *, extra: str) -> ModuleType:
    """Import an optional package where it is used, or raise MissingExtra that names the extra."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtra(
            f"this needs the package {module!r}", hint=f"pip install 'polyseek[{extra}]'"
        ) from error
