"""What the commands do with a stranger's file, as functions that a worker process runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from polyseek.errors import PolyseekError

if TYPE_CHECKING:
    from polyseek.formats.inspect import Inspection
    from polyseek.formats.sandbox import Sandbox


def inspect_file(sandbox: Sandbox, path: str, up: str, unit: str | None) -> Inspection:
    """The inspection of a file; one that says why when its reader failed or was stopped."""
    from polyseek.formats.inspect import Inspection, inspect

    try:
        return sandbox.run(inspect, path, up=up, unit=unit, name=path)
    except PolyseekError as error:
        return Inspection.of_failure(path, error)


def glb_of(path: str, up: str, unit: str | None) -> bytes:
    """The model as GLB in the one frame."""
    from polyseek.formats.write_glb import write_glb
    from polyseek.library import load

    return write_glb(load(Path(path), up=up, unit=unit))
