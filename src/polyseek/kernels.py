"""Compiled loops: numba, compiled once a machine and loaded from its cache afterwards.

Kernels take and return arrays and numbers only. A file of kernels holds nothing else, and is
imported where it is used, because importing numba takes half a second.
"""

from __future__ import annotations

import inspect
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])


def cache_folder() -> Path:
    """Where compiled kernels are kept: the platform's cache folder, else a temporary one."""
    import platformdirs

    folder = Path(platformdirs.user_cache_dir("polyseek", appauthor=False)) / "kernels"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    return folder if writable else Path(tempfile.gettempdir()) / "polyseek-kernels"


def kernel(function: Function) -> Function:
    """Compile a loop over arrays with numba: cached on disk, without the interpreter's lock.

    Fast-math is off, so that a kernel gives the same bits on every machine of one kind.
    """
    # numba fails at import when neither the package's folder nor the home can be written.
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder()))
    import numba

    # Tests check shapes by wrapping every function; numba must see the one inside.
    plain = inspect.unwrap(function)
    # The compiled dispatcher is called just like the function it was made from.
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(plain))


def inner_kernel(function: Function) -> Function:
    """Compile a small function that kernels call for each pixel or face; it may not allocate.

    Without the reference counts that would be raised and lowered for every array of every call, which
    cost more than the work itself.
    """
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder()))
    import numba

    # numba's stubs leave out _nrt, which is how its own functions without allocations are compiled.
    options: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
    return cast(Function, numba.njit(**options)(inspect.unwrap(function)))
