"""What keeps strangers out: the Host that was asked, the Origin that asks, the token, and what the page may load.

A web page of another site can make the browser call 127.0.0.1 (cross-site calls), or point its own
name there (DNS rebinding). The first is told by Origin and Sec-Fetch-Site, the second by Host. Other
machines, and whoever comes through a proxy, are let in by a token only: as a bearer, or as the cookie
that `/?token=...` sets.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from polyseek.server.problems import problem

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
COOKIE = "polyseek_token"
HOST_HINT = "use the address that `polyseek serve` printed"
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Admission:
    """Who may call. `token`: what every call must show, None on loopback. `names`: further names to be asked under.

    With a token, numeric addresses pass as Host too: rebinding needs a name.
    """

    token: str | None = None
    names: frozenset[str] = frozenset()

    def host(self, host: str) -> bool:
        """May the server be asked under this name (without port)?"""
        return host in LOOPBACK | self.names or (self.token is not None and _is_address(host))

    def shown(self, headers: Headers) -> bool:
        """Does the call show the token, as a bearer or as the cookie?"""
        if self.token is None:
            return True
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.same(bearer.strip()):
            return True
        return self.same(_cookie(headers.get("cookie", "")))

    def same(self, given: str) -> bool:
        """Is it the token? The time this takes does not tell how much of it is right."""
        return self.token is not None and compare_digest(given.encode(), self.token.encode())


class Guard:
    """ASGI middleware: refuses foreign hosts, origins and callers without the token; adds the security headers."""

    def __init__(self, app: ASGIApp, admission: Admission) -> None:
        self.app = app
        self.admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope) or self._entry(scope)
        await (answer or self.app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self.admission.host(host_of(host)):
            return problem(421, "this server does not answer under that name", kind="host", hint=HOST_HINT)
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != host
        # A browser says so of pictures and scripts too, for which it sends no Origin.
        embedded = scope["path"].startswith("/api/") and headers.get("sec-fetch-site") in (
            "cross-site",
            "same-site",
        )
        if foreign or embedded:
            return problem(403, "calls from other sites are refused", kind="origin")
        return None

    def _entry(self, scope: Scope) -> Response | None:
        """None for a call that may go on; the token in the page's address becomes a cookie."""
        if self.admission.token is None:
            return None
        if scope["path"] == "/" and scope["method"] == "GET":
            asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            if any(name == "token" and self.admission.same(value) for name, value in asked):
                rest = urlencode([(name, value) for name, value in asked if name != "token"])
                # Out of the address bar, and so out of the history and of what is shared.
                answer = RedirectResponse(f"/?{rest}" if rest else "/", status_code=303)
                # Whatever a client claims here only keeps its own cookie off plain HTTP.
                secure = Headers(scope=scope).get("x-forwarded-proto") == "https"
                answer.set_cookie(COOKIE, self.admission.token, httponly=True, samesite="lax", secure=secure)
                return answer
        if self.admission.shown(Headers(scope=scope)):
            return None
        refused = problem(
            401,
            "this library asks for its token",
            kind="token",
            hint="open the address that `polyseek serve` printed, or send Authorization: Bearer TOKEN",
        )
        refused.headers["WWW-Authenticate"] = 'Bearer realm="polyseek"'
        return refused


def host_of(header: str) -> str:
    """The host of a Host header without its port: "localhost:8080" -> "localhost", "[::1]:80" -> "[::1]"."""
    if header.startswith("["):
        return header[: header.find("]") + 1]
    return header.split(":", 1)[0].lower().removesuffix(".")


def is_loopback(host: str) -> bool:
    """Is it a name or number that only this machine itself reaches?"""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""
