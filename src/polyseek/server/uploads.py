"""Uploaded models and pictures: read in memory within limits, and told apart from the side files beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.datastructures import UploadFile

from polyseek.errors import LimitExceeded, UnsupportedFormat, UsageError
from polyseek.formats.table import UNREADABLE, format_of
from polyseek.search.query import Query, Term, is_picture

UPLOAD_MB = 256
UPLOAD_FILES = 200
MOST_THINGS = 12  # models and pictures that are searched by at one time


async def receive(files: Sequence[UploadFile]) -> dict[str, bytes]:
    """Name -> bytes, in the order they came; a second file of a name gets a folder before it.

    Raises LimitExceeded over UPLOAD_MB or UPLOAD_FILES.
    """
    if len(files) > UPLOAD_FILES:
        raise LimitExceeded(f"{len(files)} files are more than the limit upload_files = {UPLOAD_FILES}")
    contents: dict[str, bytes] = {}
    room = UPLOAD_MB * 1_000_000
    for number, file in enumerate(files):
        data = await file.read(room + 1)
        room -= len(data)
        if room < 0:
            raise LimitExceeded(
                f"the upload is larger than the limit upload_mb = {UPLOAD_MB}",
                path=file.filename,
                hint="index the file instead of uploading it",
            )
        name = (file.filename or "model").replace("\\", "/").lstrip("/") or "model"
        contents[name if name not in contents else f"{number}/{name}"] = data
    return contents


def things_in(files: Mapping[str, bytes]) -> Query:
    """What files are searched by where nobody said: each model among them; without one, the thing that all pictures show.

    The rest are side files. Raises UnsupportedFormat where there is neither model nor picture.
    """
    models = [name for name, data in files.items() if _is_model(name, data)]
    if models:
        return Query(tuple(Term("file", name) for name in models))
    pictures = [name for name in files if is_picture(name)]
    if not pictures:
        raise _neither(next(iter(files)))
    return Query.image(*pictures)


def thing_of(names: Sequence[str], weight: float, files: Mapping[str, bytes]) -> Term:
    """One model, or several pictures of one thing, among the files. Raises UsageError, UnsupportedFormat."""
    for name in names:
        if name not in files:
            raise UsageError(f"the part names {name!r}, which was not uploaded", hint="send it as a `file`")
    if len(names) == 1 and _is_model(names[0], files[names[0]]):
        return Term("file", names[0], weight)
    for name in names:
        if not is_picture(name):
            raise (
                _neither(name)
                if len(names) == 1
                else UsageError(f"{name!r} is no picture, and a part is one model or pictures of one thing")
            )
    return Term("picture", names[0], weight, tuple(names[1:]))


def _is_model(name: str, data: bytes) -> bool:
    return format_of(name, data[:64]) is not None


def _neither(name: str) -> UnsupportedFormat:
    for kind in UNREADABLE:
        if name.lower().endswith(kind.suffixes):
            return UnsupportedFormat(f"a {kind.title} is not read by polyseek", path=name, hint=kind.instead)
    return UnsupportedFormat(
        "this is no model or picture that polyseek reads",
        path=name,
        hint="`polyseek formats` lists the kinds of models; pictures are PNG, JPEG, WebP, BMP and GIF",
    )
