"""A library: the one object behind Python, the command line and the server.

It is a folder with a catalogue (`library.db`) and settings (`library.toml`). Models stay where they are;
nothing outside the library's folder is ever written.
"""

from __future__ import annotations

from polyseek.library.facade import Library
from polyseek.library.info import Info
from polyseek.library.models import load
from polyseek.library.opening import RepairReport

__all__ = ["Info", "Library", "RepairReport", "load"]
