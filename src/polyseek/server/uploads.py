"""An uploaded model: read in memory within a limit, with the side files that were dropped beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import UploadFile

from polyseek.errors import LimitExceeded, UnsupportedFormat, UsageError
from polyseek.formats.table import UNREADABLE, format_of

UPLOAD_MB = 256
UPLOAD_FILES = 200


@dataclass(frozen=True)
class Upload:
    """`name`: of the model file; `siblings`: the other files, by their names."""

    name: str
    data: bytes
    siblings: dict[str, bytes]


async def receive(files: Sequence[UploadFile]) -> Upload:
    """The model among the uploaded files, and the rest as its side files.

    Raises UsageError without a file, LimitExceeded over UPLOAD_MB or UPLOAD_FILES, UnsupportedFormat
    when none of them is a model.
    """
    if not files:
        raise UsageError("no file was sent", hint="send it as the multipart field `file`")
    if len(files) > UPLOAD_FILES:
        raise LimitExceeded(f"{len(files)} files are more than the limit upload_files = {UPLOAD_FILES}")
    contents: dict[str, bytes] = {}
    room = UPLOAD_MB * 1_000_000
    for file in files:
        data = await file.read(room + 1)
        room -= len(data)
        if room < 0:
            raise LimitExceeded(
                f"the upload is larger than the limit upload_mb = {UPLOAD_MB}",
                path=file.filename,
                hint="index the file instead of uploading it",
            )
        contents[(file.filename or "model").replace("\\", "/").lstrip("/")] = data
    return _choose(contents)


def _choose(contents: dict[str, bytes]) -> Upload:
    for name, data in contents.items():
        if format_of(name, data[:64]) is not None:
            return Upload(name, data, {other: bytes_ for other, bytes_ in contents.items() if other != name})
    name = next(iter(contents))
    for kind in UNREADABLE:
        if name.lower().endswith(kind.suffixes):
            raise UnsupportedFormat(f"a {kind.title} is not read by polyseek", path=name, hint=kind.instead)
    raise UnsupportedFormat(
        "this is no model that polyseek reads", path=name, hint="`polyseek formats` lists the kinds"
    )
