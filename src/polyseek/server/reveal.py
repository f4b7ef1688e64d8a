"""Showing a model's file in the system's file manager, for the person who sits at this machine."""

from __future__ import annotations

import ipaddress
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request

from polyseek.catalogue.record import Record
from polyseek.errors import FileNotFound, UsageError
from polyseek.indexing.sources import split_member, split_node
from polyseek.server.guard import LOOPBACK, host_of

# What proxies add: whoever is behind one sits elsewhere, although the call comes from this machine.
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def may_reveal(request: Request) -> bool:
    """Does the caller sit at this machine, and is there a file manager to open?"""
    headers = request.headers
    near = host_of(headers.get("host", "")) in LOOPBACK and not any(name in headers for name in _FORWARDED)
    return near and _is_loopback(request) and command(Path(__file__), sys.platform, os.environ) is not None


def command(file: Path, platform: str, environment: Mapping[str, str]) -> list[str] | str | None:
    """What opens the folder of a file, the file selected where the system can; None where nothing does."""
    if platform == "win32":
        # One text: Explorer reads its own quotes, which no file name holds.
        return f'explorer.exe /select,"{file}"'
    if platform == "darwin":
        return ["open", "-R", str(file)]
    seen = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    opener = shutil.which("xdg-open", path=environment.get("PATH")) if seen else None
    return [opener, str(file.parent)] if opener else None


def file_of(record: Record) -> Path:
    """The file on disk that a record was read from: of a member its archive. Raises FileNotFound."""
    path = split_node(record.path)[0] if record.parent else record.path
    file = Path(split_member(path)[0])
    if not file.exists():
        raise FileNotFound("the file is not there", path=str(file), hint="index its folder again")
    return file


def reveal(record: Record) -> Path:
    """Open the file manager on a record's file, which is returned. Raises FileNotFound, UsageError."""
    file = file_of(record)
    asked = command(file, sys.platform, os.environ)
    if asked is None:
        raise UsageError("this machine has no file manager to open", path=str(file))
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(asked, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise UsageError(f"the file manager cannot be opened ({error.strerror})", path=str(file)) from error
    # Some file managers go on until their window is closed: waited for aside.
    threading.Thread(target=process.wait, daemon=True).start()
    return file


def _is_loopback(request: Request) -> bool:
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
