"""Cursors: where a page of records ended, so that the next one goes on there although records came or went."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from polyseek.errors import UsageError
from polyseek.search.browse import Listing

ANCHORS = 3  # the last records of a page, any of which finds the place again
_LONGEST = 1000


@dataclass(frozen=True)
class Cursor:
    """`offset`: of the next page, in cards. `last`: ids of records on the cards before it, the nearest last."""

    offset: int
    last: tuple[str, ...] = ()

    @classmethod
    def text_after(cls, page: Listing) -> str | None:
        """The cursor behind a page, URL-safe and opaque; None at the end of the list."""
        end = page.start + len(page.groups)
        if not page.groups or end >= page.cards:
            return None
        packed = json.dumps([end, *(group[0].id for group in page.groups[-ANCHORS:])]).encode()
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
