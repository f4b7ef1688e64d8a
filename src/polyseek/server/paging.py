"""Cursors: where a page of records ended, so that the next one goes on there although records came or went."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from polyseek.catalogue.record import Record
from polyseek.errors import UsageError
from polyseek.library import Library

# The last records of a page, any of which finds the place again; records that are looked through for them.
ANCHORS = 3
WINDOW = 500
_LONGEST = 1000


@dataclass(frozen=True)
class Cursor:
    """`offset`: of the next page. `last`: ids of the records before it, the nearest last."""

    offset: int
    last: tuple[str, ...]

    @classmethod
    def after(cls, offset: int, page: list[Record]) -> Cursor:
        """Of a page that began at `offset`."""
        return cls(offset + len(page), tuple(record.id for record in page[-ANCHORS:]))

    def text(self) -> str:
        """URL-safe and opaque."""
        packed = json.dumps([self.offset, *self.last]).encode()
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Cursor:
        """Raises UsageError for one that no page gave."""
        try:
            if len(text) > _LONGEST:
                raise ValueError
            offset, *last = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True))
            if type(offset) is not int or not 0 <= offset <= 10**9 or len(last) > ANCHORS:
                raise ValueError
            return cls(offset, tuple(str(id) for id in last))
        except (ValueError, TypeError, binascii.Error, RecursionError) as error:
            raise UsageError("this cursor was not given by an earlier page") from error


def resume(library: Library, where: str | None, sort: str, cursor: Cursor) -> int:
    """The offset at which the list goes on after the cursor's page.

    Right as long as one of the page's last records is still there, at most WINDOW places from where
    it was; else the old offset. Raises QueryError.
    """
    if not cursor.last:
        return cursor.offset
    start = max(0, cursor.offset - 1)
    just_before = [record.id for record in library.records(where, sort=sort, limit=1, offset=start)]
    if just_before == [cursor.last[-1]]:
        return cursor.offset
    start = max(0, cursor.offset - WINDOW)
    near = [record.id for record in library.records(where, sort=sort, limit=2 * WINDOW, offset=start)]
    for id in reversed(cursor.last):
        if id in near:
            return start + near.index(id) + 1
    return cursor.offset
