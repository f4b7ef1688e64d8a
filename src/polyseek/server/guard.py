"""What keeps strangers out of a server on loopback: the Host that was asked, the Origin that asks, and what the page may load.

A web page of another site can make the browser call 127.0.0.1 (cross-site calls), or point its own
name there (DNS rebinding). The first is told by Origin, the second by Host.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from starlette.responses import Response

from polyseek.server.problems import problem

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def add_guard(app: FastAPI) -> None:
    """Refuse foreign hosts and origins; add the security headers to every answer."""

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if host_of(request.headers.get("host", "")) not in LOOPBACK:
            return problem(421, "this server answers on 127.0.0.1 only", kind="host")
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            return problem(403, "calls from other sites are refused", kind="origin")
        response = await call_next(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        if not request.url.path.startswith("/docs"):
            response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response


def host_of(header: str) -> str:
    """The host of a Host header without its port: "localhost:8080" -> "localhost", "[::1]:80" -> "[::1]"."""
    if header.startswith("["):
        return header[: header.find("]") + 1]
    return header.split(":", 1)[0].lower()
