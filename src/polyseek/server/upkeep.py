"""The calls that keep a library tidy: files of the same bytes, records taken out, missing ones forgotten.

Nothing here touches a file of the person; every edit is one that `POST /undo` takes back.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from polyseek.errors import UsageError
from polyseek.library import Library
from polyseek.server.examples import answers
from polyseek.server.requests import RemoveRequest
from polyseek.server.workers import Workers, answer_json

_LONGEST = 200
_DIGEST = 32


def add_upkeep(api: APIRouter, library: Library, workers: Workers) -> None:
    """`GET /duplicates`, `POST /records/remove`, `POST /prune`."""

    @api.get("/duplicates", responses=answers("duplicates"))
    async def duplicates(
        cursor: Annotated[str | None, Query(max_length=_LONGEST)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Response:
        """Files of the same bytes in groups, the largest waste first; `next` is the cursor of the next page.

        `number` and `waste` are of all groups. A group goes from the list when its copies are taken out.
        """

        def page() -> dict[str, Any]:
            found = library.duplicates(limit=limit, after=None if cursor is None else read_cursor(cursor))
            last = found.groups[-1] if len(found.groups) == limit else None
            return {
                "groups": [group.as_json() for group in found.groups],
                "number": found.number,
                "waste": found.waste,
                "next": None if last is None else cursor_behind(last.waste, last.digest),
            }

        return await answer_json(workers, page)

    @api.post("/records/remove", responses=answers("removed"))
    async def remove(request: RemoveRequest) -> Response:
        """Take records out of the library; their files stay. `POST /undo` takes it back."""
        return await answer_json(workers, lambda: {"removed": library.remove(request.ids)})

    @api.post("/prune", responses=answers("pruned"))
    async def prune() -> Response:
        """Forget the records whose files are missing. `POST /undo` takes it back."""
        return await answer_json(workers, lambda: {"pruned": library.prune()})


def cursor_behind(waste: int, digest: str) -> str:
    """The cursor behind a group, URL-safe and opaque. It needs no group to be there still."""
    return base64.urlsafe_b64encode(json.dumps([waste, digest]).encode()).decode().rstrip("=")


def read_cursor(text: str) -> tuple[int, str]:
    """(waste, digest). Raises UsageError for one that no page gave."""
    try:
        waste, digest = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True))
        if (
            type(waste) is not int
            or not 0 <= waste < 2**63
            or type(digest) is not str
            or len(digest) > _DIGEST
        ):
            raise ValueError
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise UsageError("this cursor was not given by an earlier page") from error
    return waste, digest
