"""Bodies of requests, counted and timed while they arrive: one that is too large or too slow ends early."""

from __future__ import annotations

import asyncio
import math

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from polyseek.server.problems import problem
from polyseek.server.uploads import UPLOAD_MB

BODY_BYTES = 1_000_000
UPLOAD_BYTES = UPLOAD_MB * 1_000_000
# Boundaries and headers of the parts, beside the files themselves.
ENVELOPE_BYTES = 500_000
BODY_S = 120.0


class BodyLimit:
    """ASGI middleware. A body of more than BODY_BYTES (uploads: UPLOAD_BYTES) is a 413, of more than `seconds` a 408.

    A declared Content-Length is refused before a byte is read; what is not declared is counted.
    """

    def __init__(self, app: ASGIApp, seconds: float = BODY_S) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = limit_of(headers.get("content-type", ""))
        declared = headers.get("content-length", "0")
        if not (declared.isascii() and declared.isdigit()) or int(declared[:20]) > limit:
            refused = _too_large(limit)
            await problem(refused.status_code, refused.detail, kind="limit")(scope, receive, send)
            return
        await self.app(scope, self._counted(receive, limit), send)

    def _counted(self, receive: Receive, limit: int) -> Receive:
        room = limit
        deadline = math.inf
        over = False

        async def counted() -> Message:
            nonlocal room, deadline, over
            if over:  # whoever still listens waits for the end of the connection
                return await receive()
            now = asyncio.get_running_loop().time()
            deadline = min(deadline, now + self.seconds)
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(
                    408, f"the request took longer than {self.seconds:g} s to send"
                ) from error
            room -= len(message.get("body", b""))
            if room < 0:
                raise _too_large(limit)
            over = not message.get("more_body", False)
            return message

        return counted


def limit_of(content_type: str) -> int:
    """The largest body of this kind, in bytes."""
    uploads = content_type.lower().startswith("multipart/form-data")
    return UPLOAD_BYTES + ENVELOPE_BYTES if uploads else BODY_BYTES


def _too_large(limit: int) -> HTTPException:
    return HTTPException(413, f"the request is larger than the limit of {limit // 1_000_000} MB")
