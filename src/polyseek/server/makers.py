"""Who made models, as the licence and info files beside them say; read when somebody wants to credit them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from polyseek.catalogue.record import Record
from polyseek.indexing.surroundings import INFO_NAME, READ_BYTES, sidecars_of
from polyseek.library import Library
from polyseek.server.examples import answers
from polyseek.server.requests import Id
from polyseek.server.workers import Workers, answer_json

LONGEST = 120
# How files name a maker, the plainest way first. A licence's own sentences name nobody.
NAMED = (
    re.compile(
        r"^\W*(?:author|maker|creator|artist|attribution)s?\s*:\s*(\S.*)$", re.IGNORECASE | re.MULTILINE
    ),
    re.compile(
        r"^\W*(?:created|made|modelled|modeled|designed)(?:\s*[/&,]\s*\w+|\s+and\s+\w+)?\s+by\s*:?\s+(\S.*)$",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        r"^\W*copyright\s*(?:\(c\)|©)?\s*(?:\d{4}(?:[ \t]*[-–,][ \t]*\d{4})*)[ \t,.:]*(?:by[ \t]+)?([^\W\d].*)$",
        re.IGNORECASE | re.MULTILINE,
    ),
)


class MakersRequest(BaseModel):
    """Models whose makers are asked for."""

    ids: list[Id] = Field(min_length=1, max_length=10_000, examples=[["k3f9", "m2c7"]])


def add_makers(api: APIRouter, library: Library, workers: Workers) -> None:
    """`POST /records/makers`."""

    @api.post("/records/makers", responses=answers("makers"))
    async def makers(request: MakersRequest) -> Response:
        """Who made each of these models, as the licence or info.json file nearest to it says; null where none does."""
        found = await workers.aside(lambda: makers_of(library.records_of(request.ids)))
        return await answer_json(workers, lambda: {"makers": found})


def makers_of(records: Iterable[Record]) -> dict[str, str | None]:
    """Id -> maker, from the files of the model's folder and of those above it up to the indexed one.

    Of a model in an archive the files beside the archive count.
    """
    known: dict[Path, str | None] = {}
    return {record.id: _of_folder(_folder(record), Path(record.root), known) for record in records}


def maker_in(text: str) -> str | None:
    """Whom a licence file names as the maker: `Author: …`, `Created by …`, `Copyright 2024 …`; one line, else None."""
    for pattern in NAMED:
        if found := pattern.search(text):
            return found.group(1).strip().rstrip(".,;")[:LONGEST] or None
    return None


def _folder(record: Record) -> Path:
    return Path(record.path.partition("!/")[0]).parent


def _of_folder(folder: Path, root: Path, known: dict[Path, str | None]) -> str | None:
    if not folder.is_relative_to(root):
        return None
    if folder not in known:
        known[folder] = _said_in(folder, root)
        if known[folder] is None and folder != root:
            known[folder] = _of_folder(folder.parent, root, known)
    return known[folder]


def _said_in(folder: Path, root: Path) -> str | None:
    try:
        names = sorted(sidecars_of(entry.name for entry in folder.iterdir() if entry.is_file()), key=len)
    except OSError:  # missing, or on a disk that is not there
        return None
    texts = {name: _read(folder / name, root) for name in names}
    info = next((_creator(text) for name, text in texts.items() if name.lower() == INFO_NAME), None)
    return info or next((maker for text in texts.values() if (maker := maker_in(text))), None)


def _read(path: Path, root: Path) -> str:
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return ""  # a link that leads out of what was indexed
        with path.open("rb") as file:
            return file.read(READ_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _creator(text: str) -> str | None:
    try:
        info: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    values = [info.get(key) for key in ("creator", "author", "maker")] if isinstance(info, dict) else []
    return next(
        (value.strip()[:LONGEST] for value in values if isinstance(value, str) and value.strip()), None
    )
