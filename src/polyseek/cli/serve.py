"""`polyseek serve`: open the library's page in the browser."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Annotated

import typer

from polyseek.cli.session import Session
from polyseek.errors import UsageError

if TYPE_CHECKING:
    from polyseek.library import Library

EXAMPLE = "polyseek serve --port 8080 --no-open"
PORT = 7359

Port = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65535, help=f"Default {PORT}, or a free one when it is taken."),
]
NoOpen = Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")]


def run(session: Session, port: Port = None, no_open: NoOpen = False) -> int:
    """Serve the library's page and its HTTP API on this machine only, until Ctrl-C."""
    with session.open_library(create=True) as library:
        return serve(session, library, port=port, opens=not no_open)


def serve(session: Session, library: Library, *, port: int | None, opens: bool) -> int:
    """Print the address on stdout, open the browser if asked, and answer until interrupted."""
    import uvicorn

    from polyseek.server.app import make_app

    listener = listen(port)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    if session.json:
        session.give({"address": address})
    else:
        session.say(f"polyseek is at {address} (Ctrl-C stops)")
    # Whoever reads this line from a pipe is waiting for it.
    print(end="", flush=True)
    if opens:
        open_browser(address)
    server = uvicorn.Server(uvicorn.Config(make_app(library), log_level="warning", access_log=False))
    server.run(sockets=[listener])
    return 0


def listen(port: int | None) -> socket.socket:
    """A socket on loopback. Raises UsageError when the asked port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", PORT if port is None else port))
    except OSError as error:
        if port is not None:
            listener.close()
            raise UsageError(
                f"port {port} cannot be used ({error.strerror})", hint="give another --port"
            ) from error
        listener.bind(("127.0.0.1", 0))
    return listener


def open_browser(address: str) -> None:
    """Open the address in the person's browser, where there is one; it may not hold up the server."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
