"""`polyseek serve`: open the library's page in the browser."""

from __future__ import annotations

import errno
import re
import secrets
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from polyseek.cli.session import Session
from polyseek.errors import UsageError

if TYPE_CHECKING:
    from polyseek.library import Library

EXAMPLE = "polyseek serve --port 8080 --no-open"
PORT = 7359
# Who is told the address may come before the server is ready: so many calls wait, and are not refused.
WAITING = 128

Port = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65535, help=f"Default {PORT}, or a free one when it is taken."),
]
Host = Annotated[
    str,
    typer.Option(
        "--host", metavar="ADDRESS", help="Let other machines in too, with the token that is printed."
    ),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host",
        metavar="NAME",
        help="A name of a proxy in front, to be asked for under it, with the token.",
    ),
]
NoOpen = Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")]


def run(
    session: Session,
    port: Port = None,
    host: Host = "127.0.0.1",
    allow_host: AllowHost = None,
    no_open: NoOpen = False,
) -> int:
    """Serve the library's page and its HTTP API, on this machine only unless --host says more, until Ctrl-C.

    Behind a proxy with TLS: --allow-host models.example, once for each name that it is reached by.
    """
    allowed = frozenset(map(checked_name, allow_host or ()))
    with session.open_library(create=True) as library:
        return serve(session, library, port=port, host=host, opens=not no_open, allowed=allowed)


def serve(
    session: Session,
    library: Library,
    *,
    port: int | None,
    opens: bool,
    host: str = "127.0.0.1",
    allowed: frozenset[str] = frozenset(),
) -> int:
    """Print the address on stdout, open the browser if asked, and answer until interrupted.

    Where other machines reach it, by `host` or through a proxy called one of `allowed`, a new token is
    part of the address, and is printed only here.
    """
    import uvicorn

    from polyseek.server.app import make_app
    from polyseek.server.guard import Admission, is_loopback

    listener = listen(port, host)
    # A proxy on this machine calls from loopback, whoever asked it: then everyone shows the token.
    token = None if is_loopback(host) and not allowed else secrets.token_urlsafe(32)
    address = address_of(listener, host) + (f"?token={token}" if token else "")
    if session.json:
        session.give({"address": address})
    else:
        session.say(f"polyseek is at {address} (Ctrl-C stops)")
        if token:
            session.say("Whoever has this address can use the library; on the way it is not encrypted.")
        for name in sorted(allowed):
            session.say(f"Behind your proxy it is at https://{name}/?token={token}")
    # Whoever reads this line from a pipe is waiting for it.
    print(end="", flush=True)
    if opens:
        open_browser(address)
    names = frozenset({host.lower()}) if is_loopback(host) else own_names(host)
    app = make_app(library, Admission(token, names | allowed))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    server.run(sockets=[listener])
    return 0


def checked_name(name: str) -> str:
    """A host's name in lower case. Raises UsageError for what no Host header holds as its name."""
    bare = name.lower().rstrip(".")
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", bare):
        raise UsageError(
            f"{name!r} is no name of a host", hint="give it bare, as models.example: no https://, no port"
        )
    return bare


def listen(port: int | None, host: str = "127.0.0.1") -> socket.socket:
    """A socket on an address of this machine. Raises UsageError when the address or the asked port cannot be had."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host.strip("[]"), PORT if port is None else port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise UsageError(f"there is no address {host!r}", hint="give a number, as --host 0.0.0.0") from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(place)
        listener.listen(WAITING)
    except OSError as error:
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
        if port is not None or not taken:
            listener.close()
            what, hint = (f"port {port}", "give another --port") if taken else (host, "give another --host")
            raise UsageError(f"{what} cannot be used ({error.strerror})", hint=hint) from error
        listener.bind((place[0], 0, *place[2:]))
        listener.listen(WAITING)
    return listener


def address_of(listener: socket.socket, host: str) -> str:
    """What a browser is given; for every address of the machine (0.0.0.0, ::) the one that others most likely reach."""
    from ipaddress import ip_address

    name, port = listener.getsockname()[:2]
    if host == "localhost":
        name = host
    elif ip_address(name).is_unspecified:
        name = outward_address()
    elif ":" in name:
        name = f"[{name}]"
    return f"http://{name}:{port}/"


def outward_address() -> str:
    """This machine's number on its network; its name where it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Picks the route; a datagram socket sends nothing by this. The number is RFC 5737's for examples.
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def own_names(host: str) -> frozenset[str]:
    """The names under which other machines may ask for this one, in lower case."""
    name = socket.gethostname().lower()
    return frozenset({host.lower(), name, f"{name}.local"})


def open_browser(address: str) -> None:
    """Open the address in the person's browser, where there is one; it may not hold up the server."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
